"""Posting: what is checked, what is refused, and from when a revision holds (E2, B7)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.server.agreements.pages import page, translation
from tests.server.people import World

from uphold.facts.times import to_datetime
from uphold.messages import Reader
from uphold.server import clock
from uphold.server.agreements import services
from uphold.server.agreements.services import NotPosted
from uphold.server.ledger import services as ledger

pytestmark = pytest.mark.django_db
SHIPPED = Path(__file__).resolve().parents[3] / "agreements"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def posted(provider: int, source: str, when: str, **rest: object) -> services.Posted:
    with clock.clock_at(at(when)):
        return services.post(provider, source, by="per_1", **rest)  # type: ignore[arg-type]


def codes(error: pytest.ExceptionInfo[NotPosted]) -> set[str]:
    return {problem.code for problem in error.value.problems}


@pytest.mark.requirement("E2")
def test_the_first_revision_counts_from_the_date_on_its_page(world: World) -> None:
    north = world.provider()
    done = posted(north, page(), "2026-04-10T12:00:00+02:00")
    assert to_datetime(done.posted_us) == at("2026-03-01T09:00:00+01:00")
    assert done.in_force_us == done.posted_us
    facts = ledger.context_of(north, [])
    assert [(fact.type, fact.at, fact.written["revision"]) for fact in facts] == [
        ("agreement.posted", at("2026-03-01T09:00:00+01:00"), "1")
    ]


@pytest.mark.requirement("E2")
def test_a_later_revision_takes_effect_when_it_is_posted_and_not_when_its_page_says(
    world: World,
) -> None:
    north = world.provider()
    posted(north, page(), "2026-04-10T12:00:00+02:00")
    second = page(revision=2, posted="2026-04-11T08:00:00+02:00", hours=4)
    done = posted(north, second, "2026-04-11T15:30:00+02:00")
    assert to_datetime(done.in_force_us) == at("2026-04-11T15:30:00+02:00")
    assert [each.revision for each in services.revisions(north)] == [1, 2]


def test_a_notice_in_the_amendment_term_delays_the_effect(world: World) -> None:
    north = world.provider()
    waits = "A change holds 30 calendar days after it is posted."
    posted(north, page(), "2026-04-10T12:00:00+02:00")
    second = page(
        revision=2,
        posted="2026-04-11T08:00:00+02:00",
        in_force="30 calendar days after posted",
        changes=waits,
    )
    done = posted(north, second, "2026-04-11T08:00:00+02:00")
    assert to_datetime(done.in_force_us) == at("2026-05-11T08:00:00+02:00")


@pytest.mark.requirement("E2")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"revision": 1}, "posting-revision"),
        ({"revision": 2, "posted": "2026-04-12T08:00:00+02:00"}, "posting-date"),
        ({"revision": 2, "posted": "2026-02-01T08:00:00+01:00"}, "posting-date"),
        ({"revision": 2, "posted": "2026-04-01T08:00:00+02:00"}, "posting-date"),
        ({"revision": 2, "name": "North-Support"}, "posting-name"),
        ({"name": "north support"}, "posting-name"),
    ],
    ids=["not beyond", "ahead", "before the last", "long past", "alike", "no address"],
)
def test_what_cannot_follow_is_refused_with_its_place(
    world: World, changed: dict[str, object], code: str
) -> None:
    north = world.provider()
    posted(north, page(), "2026-03-02T12:00:00+01:00")
    with pytest.raises(NotPosted) as refused:
        posted(north, page(**changed), "2026-04-11T12:00:00+02:00")  # type: ignore[arg-type]
    assert codes(refused) == {code}
    problem = refused.value.problems[0]
    assert problem.place.line in range(2, 7)
    assert problem.hint is not None
    for language in ("en", "nb", "pl", "nl", "es"):
        assert problem.message.id not in Reader(language).text(problem.message)
    assert len(services.revisions(north)) == 1


def test_a_revision_that_was_published_elsewhere_counts_from_then(world: World) -> None:
    north = world.provider()
    posted(north, page(), "2026-04-10T12:00:00+02:00")
    second = page(revision=2, posted="2026-03-20T08:00:00+01:00", hours=4)
    done = posted(north, second, "2026-04-11T12:00:00+02:00", elsewhere=True)
    assert to_datetime(done.in_force_us) == at("2026-03-20T08:00:00+01:00")


def test_a_revision_cannot_overtake_one_that_is_still_to_take_effect(world: World) -> None:
    north = world.provider()
    waits = "A change holds 30 calendar days after it is posted."
    slow = page(in_force="30 calendar days after posted", changes=waits)
    posted(north, slow, "2026-03-02T12:00:00+01:00")
    quick = page(revision=2, posted="2026-03-05T08:00:00+01:00")
    with pytest.raises(NotPosted) as refused:
        posted(north, quick, "2026-03-05T12:00:00+01:00")
    assert codes(refused) == {"posting-overtakes"}


def test_a_page_that_the_checker_objects_to_is_not_posted(world: World) -> None:
    north = world.provider()
    wrong = page().replace("target: 8 business hours", "target: 9 business hours")
    with pytest.raises(NotPosted) as refused:
        posted(north, wrong, "2026-03-02T12:00:00+01:00")
    assert codes(refused) == {"figure-not-quoted"}
    assert services.revisions(north) == ()
    assert ledger.position(north) == 0


@pytest.mark.requirement("E18")
def test_a_translation_is_posted_with_its_original_when_its_figures_agree(world: World) -> None:
    north = world.provider()
    with pytest.raises(NotPosted) as refused:
        posted(north, page(), "2026-03-02T12:00:00+01:00", translations=[translation(hours=6)])
    assert codes(refused) == {"translation-figure-differs"}
    done = posted(north, page(), "2026-03-02T12:00:00+01:00", translations=[translation()])
    assert done.revision == 1


def test_a_page_that_names_a_file_of_the_server_is_not_even_compiled(world: World) -> None:
    north = world.provider()
    peeks = page().replace(
        "hours: {mon-fri: 08:00-16:00}", "hours: {mon-fri: 08:00-16:00}\nholidays: /etc/hosts.ics"
    )
    with pytest.raises(NotPosted) as refused:
        posted(north, peeks, "2026-03-02T12:00:00+01:00")
    assert codes(refused) == {"posting-file"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7", "file-kind"),
        ("---\nagreement: x\n".encode("utf-16"), "encoding"),
        (b"# No header\n", "header-missing"),
        (b"x" * (1024 * 1024 + 1), "file-too-large"),
        (b"---\ntitle: K\xf8ben\n---\n", "encoding-byte"),
    ],
    ids=["empty", "pdf", "utf-16", "no header", "huge", "latin 1"],
)
def test_what_is_no_page_is_refused_in_clear_words(world: World, source: bytes, code: str) -> None:
    with pytest.raises(NotPosted) as refused:
        posted(world.provider(), source, "2026-03-02T12:00:00+01:00")  # type: ignore[arg-type]
    assert code in codes(refused)


def test_what_was_posted_is_judged_by_as_it_was_compiled(world: World) -> None:
    north, south = world.provider(), world.provider("south")
    source = (SHIPPED / "easymeeting.md").read_text(encoding="utf-8")
    norwegian = (SHIPPED / "easymeeting.nb.md").read_text(encoding="utf-8")
    posted(north, source, "2026-03-02T12:00:00+01:00", translations=[norwegian])
    (agreement,) = services.revisions(north)
    assert (agreement.name, agreement.revision) == ("easymeeting", 1)
    assert services.revisions(south) == ()


def test_asking_for_the_revisions_costs_one_query(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    north = world.provider()
    posted(north, page(), "2026-03-02T12:00:00+01:00")
    services.revisions(north)
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = services.revisions(north)
    assert services.revisions(north)[0] is first[0]


def test_a_suppliers_agreement_is_kept_apart_from_the_providers_own(world: World) -> None:
    north = world.provider()
    posted(north, page(), "2026-03-02T12:00:00+01:00")
    posted(north, page(name="grid"), "2026-03-02T12:00:00+01:00", is_supplier=True)
    assert [each.name for each in services.revisions(north)] == ["north-support", "grid"]
    assert [each.name for each in services.own_revisions(north)] == ["north-support"]
    second = page(name="grid", revision=2, posted="2026-03-03T08:00:00+01:00")
    with pytest.raises(NotPosted) as refused:
        posted(north, second, "2026-03-03T12:00:00+01:00")
    assert codes(refused) == {"posting-name"}


def test_now_is_the_servers_clock(world: World) -> None:
    with clock.clock_at(datetime(2026, 2, 1, tzinfo=UTC)), pytest.raises(NotPosted) as refused:
        services.post(world.provider(), page(), by="per_1")
    assert codes(refused) == {"posting-date"}


@pytest.mark.parametrize("name", ["biztek", "easymeeting"])
def test_the_next_revision_of_a_shipped_agreement_is_tried_by_the_stories_of_the_first(
    world: World, name: str
) -> None:
    first = (SHIPPED / f"{name}.md").read_text(encoding="utf-8")
    posted(world.provider(), first, "2026-05-01T12:00:00+02:00")
    later = re.sub(r"(?m)^posted: .*$", "posted: 2026-06-01T09:00:00+02:00", first)
    later = re.sub(r"(?m)^revision: .*$", "revision: 2\nsupersedes: 1", later)
    with clock.clock_at(at("2026-06-01T09:30:00+02:00")):
        found = services.tried(services.examine(world.provider(), later))
    assert len(found.examples) > 20
    assert found.failed == ()
