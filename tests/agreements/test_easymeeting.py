"""Easymeeting's agreement on facts: each row's verdict, from the shipped file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from uphold.agreement import Agreement, load_agreement, read_document
from uphold.agreement.check import check
from uphold.agreement.document import Document
from uphold.agreement.terms.measure import ServiceTerm
from uphold.engine import Verdict, evaluate
from uphold.facts import FACT_TYPES, Fact, make_fact
from uphold.messages import Reader

FILE = Path(__file__).resolve().parents[2] / "agreements" / "easymeeting.md"
NORWEGIAN = FILE.with_name("easymeeting.nb.md")
EVERYBODY = ("customers", "partners", "resellers")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


def local(text: str) -> str:
    """A wall time in Norway's summer, `2020-10-05 10:00` or with seconds, as RFC 3339."""
    day, _, time = text.partition(" ")
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}+02:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(local(text))


def fact(fact_type: str, time: str, subject: str, /, **rest: object) -> Fact:
    return make_fact(fact_type, local(time), subject, **rest)


def customer(name: str = "nord", region: str = "europe") -> Fact:
    return fact("customer.agreed", "2020-09-24 09:00", f"customer:{name}",
                account=name, region=region)  # fmt: skip


def opened(time: str = "2020-10-05 10:00", **rest: object) -> Fact:
    return fact("request.opened", time, "request:1", **({"account": "nord"} | rest))


def ordered(item: str, time: str, **rest: object) -> Fact:
    return fact("order.placed", time, "order:1", account="nord", item=item, **rest)


@dataclass(frozen=True)
class Judged:
    """The verdicts on some facts, to be asked for by name."""

    verdicts: tuple[Verdict, ...]

    def __getitem__(self, clock: str) -> Verdict:
        (found,) = (verdict for verdict in self.verdicts if verdict.clock == clock)
        return found


def judge(agreements: Agreement | list[Agreement], time: str, facts: Iterable[Fact]) -> Judged:
    revisions = agreements if isinstance(agreements, list) else [agreements]
    return Judged(tuple(evaluate(revisions, list(facts), at(time))))


def revised(number: int, posted: str, old: str, new: str) -> Agreement:
    """The shipped agreement as a later revision in which some words are others."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    text = text.replace("\nrevision: 1\n", f"\nrevision: {number}\n")
    text = text.replace("posted: 2020-09-23T00:00:00+02:00", f"posted: {local(posted)}")
    return load_agreement((f"easymeeting-{number}.md", text.replace(old, new)))


# -- the agreement and its revisions


@pytest.mark.requirement("E2")
def test_a_request_follows_the_revision_in_force_when_its_clock_started(
    agreement: Agreement,
) -> None:
    stricter = revised(2, "2020-10-05 12:00", "8 business hours", "4 business hours")
    before = judge([agreement, stricter], "2020-10-05 13:00", [customer(), opened()])
    after = judge([agreement, stricter], "2020-10-05 13:00",
                  [customer(), opened("2020-10-05 12:00")])  # fmt: skip
    assert (before["response"].revision, before["response"].due) == (1, at("2020-10-06 10:00"))
    assert (after["response"].revision, after["response"].due) == (2, at("2020-10-05 16:00"))


@pytest.mark.requirement("E2")
def test_a_request_from_before_the_posting_is_owed_nothing(agreement: Agreement) -> None:
    verdict = judge(agreement, "2020-09-24 10:00", [opened("2020-09-22 10:00")])["response"]
    assert verdict.state == "not owed"


# -- what is covered, and for whom


@pytest.mark.requirement("E3")
def test_the_catalogue_names_the_covered_services_and_what_costs_extra(
    agreement: Agreement,
) -> None:
    services = {term.name: term.chargeable for term in agreement.of(ServiceTerm)}
    assert [name for name, chargeable in services.items() if chargeable] == ["on-site-assistance"]
    for name in services:
        verdict = judge(agreement, "2020-10-05 11:00", [customer(), opened(service=name)])
        assert not verdict["response"].leans_on("covered-services"), name


@pytest.mark.requirement("E3")
def test_a_request_about_something_else_is_owed_nothing(agreement: Agreement) -> None:
    facts = [customer(), opened(service="room-furniture")]
    verdict = judge(agreement, "2020-10-05 11:00", facts)["response"]
    assert verdict.state == "not owed"
    assert verdict.leans_on("covered-services")


@pytest.mark.requirement("E4")
def test_waiting_for_the_representative_is_recorded_and_seen_on_the_clock(
    agreement: Agreement,
) -> None:
    waiting = fact("request.awaiting", "2020-10-05 12:00", "request:1",
                   cause="representative", what="someone in the meeting room")  # fmt: skip
    facts = [customer(), opened(), waiting]
    judged = judge(agreement, "2020-10-05 15:00", facts)
    assert judged["response"].state == "held"
    assert judged["response"].due == at("2020-10-06 13:00")
    assert judged["response"].provisional
    assert judged["representative-awaited"].state == "met"

    back = fact("request.resumed", "2020-10-06 10:00", "request:1", cause="representative")
    judged = judge(agreement, "2020-10-06 11:00", [*facts, back])
    assert judged["response"].state == "running"
    assert judged["response"].due == at("2020-10-06 16:00")
    assert judged["response"].promised_due == at("2020-10-06 10:00")


@pytest.mark.requirement("E4")
@pytest.mark.parametrize(("what", "state"), [("a new firewall", "met"), (None, "missed")])
def test_a_customer_reports_a_change_of_its_infrastructure(
    agreement: Agreement, what: str | None, state: str
) -> None:
    said = {} if what is None else {"what": what}
    change = fact("customer.infrastructure changed", "2020-10-05 10:00", "customer:nord",
                  account="nord", **said)  # fmt: skip
    judged = judge(agreement, "2020-10-05 11:00", [customer(), change])
    assert judged["infrastructure-change"].state == state


CAUSES = ("third-party", "connection", "misuse", "unsupported", "content")


@pytest.mark.requirement("E6")
@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_of_others_ends_the_promise_and_names_its_clause(
    agreement: Agreement, cause: str
) -> None:
    found = fact("request.cause", "2020-10-05 11:00", "request:1", cause=cause)
    judged = judge(agreement, "2020-10-07 12:00", [customer(), opened(kind="incident"), found])
    for clock in ("response", "troubleshooting"):
        assert judged[clock].state == "not owed"
        assert judged[clock].leans_on("causes-of-others")


@pytest.mark.requirement("E6")
def test_a_cause_that_is_ours_or_found_too_late_changes_nothing(agreement: Agreement) -> None:
    own = fact("request.cause", "2020-10-05 11:00", "request:1", cause="own")
    late = fact("request.cause", "2020-10-06 10:00:01", "request:1", cause="misuse")
    for cause in (own, late):
        judged = judge(agreement, "2020-10-07 12:00", [customer(), opened(), cause])
        assert judged["response"].state == "missed"


# -- backups


def backup(number: int, time: str) -> Fact:
    return fact("backup.taken", time, f"backup:{number}", set="core")


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    ("second", "state"), [("2020-10-11 02:00", "met"), ("2020-10-11 02:00:01", "missed")]
)
def test_the_register_of_backups_is_judged_weekly(
    agreement: Agreement, second: str, state: str
) -> None:
    taken = [backup(1, "2020-10-04 02:00"), backup(2, second)]
    verdicts = evaluate([agreement], taken, at("2020-10-11 12:00"))
    verdict = verdicts.of("register:core", "weekly-backup.taken")[0]
    assert (verdict.state, verdict.due) == (state, at("2020-10-11 02:00"))
    assert verdict.stopped == at(second)


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    ("deleted", "state"), [("2020-10-24 02:00", "met"), ("2020-10-24 01:59:59", "missed")]
)
def test_a_backup_is_kept_for_twenty_days(agreement: Agreement, deleted: str, state: str) -> None:
    facts = [backup(1, "2020-10-04 02:00"), fact("backup.deleted", deleted, "backup:1")]
    verdict = judge(agreement, "2020-10-24 12:00", facts)["weekly-backup.kept"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-24 02:00"))


# -- maintenance and emergencies


def planned(kind: str, time: str, start: str = "2020-10-19 22:00") -> Fact:
    return fact("maintenance.planned", time, "maintenance:1", kind=kind,
                start=local(start), end=local("2020-10-23 02:00"))  # fmt: skip


def announced(time: str, to: tuple[str, ...] = EVERYBODY) -> Fact:
    return fact("maintenance.announced", time, "maintenance:1", to=to)


@pytest.mark.requirement("E5", "E9a")
@pytest.mark.parametrize(
    ("schedule", "announcement", "to", "states"),
    [
        ("2020-10-05 22:00", "2020-10-12 22:00", EVERYBODY, ("met", "met")),
        ("2020-10-05 22:00:01", "2020-10-12 22:00", EVERYBODY, ("missed", "met")),
        ("2020-10-05 22:00", "2020-10-12 22:00:01", EVERYBODY, ("met", "missed")),
        ("2020-10-05 22:00", "2020-10-12 22:00", ("customers", "partners"), ("met", "missed")),
    ],
)
def test_planned_maintenance_is_scheduled_and_announced_to_all_in_time(
    agreement: Agreement,
    schedule: str,
    announcement: str,
    to: tuple[str, ...],
    states: tuple[str, str],
) -> None:
    facts = [planned("planned", schedule), announced(announcement, to)]
    judged = judge(agreement, "2020-10-13 12:00", facts)
    assert (
        judged["planned-maintenance.scheduled"].state,
        judged["planned-maintenance.announced"].state,
    ) == states
    assert judged["planned-maintenance.scheduled"].due == at("2020-10-05 22:00")
    assert judged["planned-maintenance.announced"].due == at("2020-10-12 22:00")


@pytest.mark.requirement("E9a")
def test_while_planning_it_shows_by_when_the_announcement_must_go_out(
    agreement: Agreement,
) -> None:
    judged = judge(agreement, "2020-10-12 21:00", [planned("planned", "2020-10-05 22:00")])
    assert judged["planned-maintenance.announced"].state == "running"
    assert judged["planned-maintenance.announced"].due == at("2020-10-12 22:00")


@pytest.mark.requirement("E9a")
def test_a_new_planned_start_is_scheduled_and_announced_anew(agreement: Agreement) -> None:
    moved = fact("maintenance.changed", "2020-10-13 10:00", "maintenance:1",
                 start=local("2020-10-22 22:00"), end=local("2020-10-23 02:00"))  # fmt: skip
    facts = [planned("planned", "2020-10-05 22:00"), announced("2020-10-12 12:00"), moved]
    verdicts = evaluate([agreement], facts, at("2020-10-16 10:00"))
    scheduled = verdicts.of("maintenance:1", "planned-maintenance.scheduled")[-1]
    again = verdicts.of("maintenance:1", "planned-maintenance.announced")[-1]
    assert (scheduled.state, scheduled.due) == ("missed", at("2020-10-08 22:00"))
    assert (again.state, again.due) == ("missed", at("2020-10-15 22:00"))


@pytest.mark.requirement("E9b")
@pytest.mark.parametrize(
    ("announcement", "state"), [("2020-10-11 00:30", "met"), ("2020-10-11 00:30:01", "missed")]
)
def test_unplanned_maintenance_is_announced_at_once(
    agreement: Agreement, announcement: str, state: str
) -> None:
    facts = [planned("unplanned", "2020-10-10 23:30"), announced(announcement, ("customers",))]
    judged = judge(agreement, "2020-10-11 12:00", facts)
    assert judged["unplanned-maintenance.announced"].state == state
    assert judged["unplanned-maintenance.announced"].due == at("2020-10-11 00:30")


@pytest.mark.requirement("E9c")
@pytest.mark.parametrize(
    ("failure", "announcement", "to", "due", "state"),
    [
        ("2020-10-05 10:00", "2020-10-05 23:59:59", EVERYBODY, "2020-10-06 00:00", "met"),
        ("2020-10-05 10:00", "2020-10-06 00:00:01", EVERYBODY, "2020-10-06 00:00", "missed"),
        ("2020-10-05 10:00", "2020-10-05 12:00", ("customers",), "2020-10-06 00:00", "missed"),
        ("2020-10-05 16:00", "2020-10-06 16:00", EVERYBODY, "2020-10-06 16:00", "met"),
        ("2020-10-10 10:00", "2020-10-12 16:00", EVERYBODY, "2020-10-12 16:00", "met"),
        ("2020-10-10 10:00", "2020-10-12 16:00:01", EVERYBODY, "2020-10-12 16:00", "missed"),
    ],
)
def test_an_emergency_is_announced_that_day_or_out_of_hours_the_next_business_day(
    agreement: Agreement, failure: str, announcement: str, to: tuple[str, ...], due: str, state: str
) -> None:
    facts = [
        fact("outage.reported", failure, "outage:1", service="licence", kind="emergency"),
        fact("outage.announced", announcement, "outage:1", to=to),
    ]
    verdict = judge(agreement, "2020-10-13 12:00", facts)["emergency-service.announced"]
    assert (verdict.state, verdict.due) == (state, at(due))


def test_a_failure_that_is_no_emergency_has_no_such_notice(agreement: Agreement) -> None:
    failure = fact("outage.reported", "2020-10-05 10:00", "outage:1", service="licence")
    judged = judge(agreement, "2020-10-06 12:00", [failure])
    assert "emergency-service.announced" not in {verdict.clock for verdict in judged.verdicts}


# -- hours and channels


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("region", "due"),
    [("europe", "2020-10-06 10:00"), ("america", "2020-10-05 22:00")],
)
def test_each_region_has_its_own_desk(agreement: Agreement, region: str, due: str) -> None:
    facts = [customer(region=region), opened()]
    verdict = judge(agreement, "2020-10-05 12:00", facts)["response"]
    assert verdict.due == at(due)


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("channel", "time", "term"),
    [
        ("telephone", "2020-10-05 16:00", "telephone-out-of-hours"),
        ("telephone", "2020-10-10 12:00", "telephone-out-of-hours"),
        ("chat", "2020-10-05 10:00", "chat"),
        ("on-site", "2020-10-05 10:00", "on-site"),
    ],
)
def test_some_channels_are_best_effort(
    agreement: Agreement, channel: str, time: str, term: str
) -> None:
    facts = [customer(), opened(time, channel=channel)]
    verdict = judge(agreement, "2020-10-13 12:00", facts)["response"]
    assert verdict.state == "not owed"
    assert verdict.leans_on(term)


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("channel", "time", "due"),
    [
        ("telephone", "2020-10-05 15:59:59", "2020-10-06 15:59:59"),
        ("telephone", "2020-10-06 08:00", "2020-10-06 16:00"),
        ("e-mail", "2020-10-10 12:00", "2020-10-12 16:00"),
        ("portal", "2020-10-10 12:00", "2020-10-12 16:00"),
    ],
)
def test_other_requests_are_promised_in_office_hours(
    agreement: Agreement, channel: str, time: str, due: str
) -> None:
    judged = judge(agreement, "2020-10-13 12:00", [customer(), opened(time, channel=channel)])
    assert (judged["response"].state, judged["response"].due) == ("missed", at(due))


@pytest.mark.requirement("E10")
def test_the_24x7_addition_changes_the_calendar_of_telephone_calls_alone(
    agreement: Agreement,
) -> None:
    added = fact("customer.added", "2020-10-01 00:00", "customer:nord", account="nord",
                 addition="24x7", service="licence")  # fmt: skip

    def due(**rest: object) -> datetime | None:
        facts = [customer(), added, opened("2020-10-10 12:00", **rest)]
        return judge(agreement, "2020-10-10 13:00", facts)["response"].due

    assert due(channel="telephone", service="licence") == at("2020-10-10 20:00")
    assert due(channel="e-mail", service="licence") == at("2020-10-12 16:00")
    assert due(channel="telephone", service="cloud-connect") is None


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(("by", "state"), [("t3", "met"), (None, "missed")])
def test_help_outside_hours_is_arranged_by_the_technical_staff(
    agreement: Agreement, by: str | None, state: str
) -> None:
    said = {} if by is None else {"by": by}
    arranged = fact("request.session arranged", "2020-10-05 12:00", "request:1",
                    start=local("2020-10-10 18:00"), end=local("2020-10-10 20:00"),
                    **said)  # fmt: skip
    judged = judge(agreement, "2020-10-05 13:00", [customer(), opened(), arranged])
    assert judged["arranged-help"].state == state


# -- response


@pytest.mark.requirement("E11")
@pytest.mark.parametrize(
    ("priority", "due"),
    [
        ("high", "2020-10-06 10:00"),
        ("medium", "2020-10-13 10:00"),
        ("low", "2020-10-12 16:00"),
        (None, "2020-10-06 10:00"),
    ],
)
@pytest.mark.parametrize(
    ("clock", "stop", "service"),
    [
        ("response", "request.answered", "licence"),
        ("remote-help", "request.started", "remote-assistance"),
    ],
)
def test_response_and_remote_help_keep_to_the_time_of_the_priority(
    agreement: Agreement, priority: str | None, due: str, clock: str, stop: str, service: str
) -> None:
    said = {} if priority is None else {"priority": priority}
    asked = [customer(), opened(service=service, **said)]
    met = judge(agreement, "2020-10-14 12:00", [*asked, fact(stop, due, "request:1")])[clock]
    late = fact(stop, f"{due}:01", "request:1")
    missed = judge(agreement, "2020-10-14 12:00", [*asked, late])[clock]
    assert (met.state, met.due, met.standing) == ("met", at(due), "endeavour")
    assert (missed.state, missed.due) == ("missed", at(due))


@pytest.mark.requirement("E11")
def test_the_examples_of_each_priority_are_there_for_whoever_classifies(
    agreement: Agreement,
) -> None:
    term = agreement.priority_of("request")
    assert term is not None
    assert set(term.means) == set(term.order()) == {"high", "medium", "low"}


@pytest.mark.requirement("E11")
def test_a_change_of_priority_keeps_the_start_and_never_undoes_a_miss(
    agreement: Agreement,
) -> None:
    def classified(time: str, priority: str) -> Fact:
        return fact("request.classified", time, "request:1", priority=priority)

    lowered = [customer(), opened(), classified("2020-10-05 11:00", "low")]
    assert judge(agreement, "2020-10-05 12:00", lowered)["response"].due == at("2020-10-12 16:00")
    raised = [customer(), opened(priority="low"), classified("2020-10-07 09:00", "high")]
    assert judge(agreement, "2020-10-07 12:00", raised)["response"].due == at("2020-10-07 09:00")
    too_late = [customer(), opened(), classified("2020-10-06 12:00", "low")]
    assert judge(agreement, "2020-10-07 12:00", too_late)["response"].state == "missed"


# -- delivery


@pytest.mark.requirement("E15")
@pytest.mark.parametrize(
    ("item", "time", "due"),
    [
        ("online-licence", "2020-10-10 23:58", "2020-10-11 00:03"),
        ("manual-licence", "2020-10-09 11:00", "2020-10-12 16:00"),
        ("number-registration", "2020-10-09 11:00", "2020-10-13 16:00"),
        ("meeting-support", "2020-10-05 10:00", "2020-10-06 16:00"),
    ],
)
def test_orders_are_delivered_in_time_as_a_guideline(
    agreement: Agreement, item: str, time: str, due: str
) -> None:
    for late, state in ((due, "met"), (f"{due}:01", "missed")):
        facts = [customer(), ordered(item, time), fact("order.delivered", late, "order:1")]
        verdict = judge(agreement, "2020-10-14 12:00", facts)[item]
        assert (verdict.state, verdict.due, verdict.standing) == (state, at(due), "guideline")


@pytest.mark.requirement("E15")
@pytest.mark.parametrize("item", ["meeting-bridge", "webcast"])
@pytest.mark.parametrize(
    ("time", "state"), [("2020-10-05 10:00", "met"), ("2020-10-05 10:00:01", "missed")]
)
def test_a_bridge_or_a_webcast_needs_a_week(
    agreement: Agreement, item: str, time: str, state: str
) -> None:
    facts = [customer(), ordered(item, time, wanted=local("2020-10-12 10:00"))]
    verdict = judge(agreement, "2020-10-05 12:00", facts)["meeting-order.placed"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-05 10:00"))


@pytest.mark.requirement("E15")
@pytest.mark.parametrize("cause", ["remote access", "details"])
def test_support_is_held_while_access_or_details_are_missing(
    agreement: Agreement, cause: str
) -> None:
    facts = [
        customer(),
        ordered("meeting-support", "2020-10-05 10:00"),
        fact("order.held", "2020-10-06 09:00", "order:1", cause=cause),
        opened(kind="problem"),
        fact("request.awaiting", "2020-10-06 09:00", "request:1", cause=cause),
    ]
    held = judge(agreement, "2020-10-06 11:00", facts)
    assert (held["meeting-support"].state, held["troubleshooting"].state) == ("held", "held")
    assert held["response"].state == "missed"

    back = [
        fact("order.resumed", "2020-10-06 12:00", "order:1", cause=cause),
        fact("request.resumed", "2020-10-06 12:00", "request:1", cause=cause),
    ]
    judged = judge(agreement, "2020-10-06 13:00", [*facts, *back])
    assert judged["meeting-support"].due == at("2020-10-07 11:00")
    assert judged["troubleshooting"].due == at("2020-10-07 11:00")


@pytest.mark.requirement("E15")
@pytest.mark.parametrize(
    ("time", "state"), [("2020-10-06 16:00", "met"), ("2020-10-06 16:00:01", "missed")]
)
def test_troubleshooting_starts_within_one_full_business_day(
    agreement: Agreement, time: str, state: str
) -> None:
    facts = [customer(), opened(kind="incident"), fact("request.started", time, "request:1")]
    verdict = judge(agreement, "2020-10-07 12:00", facts)["troubleshooting"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-06 16:00"))


# -- two languages


def page(path: Path, old: str = "", new: str = "") -> Document:
    """A shipped page, perhaps with some words exchanged."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    reading = read_document((path.name, text.replace(old, new) if old else text))
    assert reading.document is not None
    return reading.document


@pytest.mark.requirement("E18")
def test_a_verdict_shows_the_clause_and_its_reasons_in_norwegian(agreement: Agreement) -> None:
    verdict = judge(agreement, "2020-10-05 12:00", [customer(), opened()])["response"]
    clause = page(NORWEGIAN).clause(verdict.clause)
    assert clause is not None
    assert "innen 8 arbeidstimer når prioriteten er høy" in clause.text
    reader = Reader("nb", "Europe/Oslo")
    told = " ".join(reader.text(reason) for reason in verdict.because)
    assert "8 arbeidstimer" in told


@pytest.mark.requirement("E18")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("innen 8 arbeidstimer", "innen 9 arbeidstimer"),
        ("20 dager", "21 dager"),
        ("minst 99,0 %", "minst 99,9 %"),
        ("innen 2 virkedager", "innen 2 timer"),
        ("08:00 til 16:00 EST", "08:00 til 04:00 EST"),
    ],
)
def test_the_norwegian_page_gives_the_same_figures_or_is_reported(old: str, new: str) -> None:
    original = page(FILE)
    assert check(original, [page(NORWEGIAN)], FILE.parent, FACT_TYPES) == ()
    found = check(original, [page(NORWEGIAN, old, new)], FILE.parent, FACT_TYPES)
    assert found
    assert all(problem.code.startswith("translation-figure-") for problem in found)
