"""Taking an action, or only looking at what it would do: the same facts, appended or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from uphold.facts import Fact, FactError, make_fact
from uphold.facts.times import DAY
from uphold.messages import Message, message
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.services import PersonView, party_by_id, person_by_key
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.table import action_named, actions_on
from uphold.server.desk.actions.table import openings as opening_actions
from uphold.server.desk.changes import changes
from uphold.server.desk.judging import Judged
from uphold.server.desk.models import Thing
from uphold.server.desk.reading import Given, read
from uphold.server.desk.refusing import refusals
from uphold.server.desk.rows import number_of
from uphold.server.desk.shapes import Done, Field, Offer, Preview, Values, Wrong
from uphold.server.desk.situation import Situation, situation_before, situation_of
from uphold.server.desk.telling import not_counting, says
from uphold.server.ledger import services as ledger
from uphold.server.ledger.services import Moved, NewText

PORTAL: Final = "portal"
_ATTEMPTS: Final = 3
_LONG_AGO_US: Final = 366 * DAY


class NotTaken(Exception):
    """An action that was not taken; `wrong` says why, and at which fields."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.said.id}" for each in wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Drafted:
    """An action's facts and words, judged with all that was there before."""

    situation: Situation
    facts: tuple[Fact, ...]
    texts: tuple[NewText, ...]
    after: Judged
    wrong: tuple[Wrong, ...]


def act(
    viewer: Viewer,
    action: str,
    subject: str | None,
    values: Values,
    *,
    seen: int | None = None,
    channel: str = PORTAL,
) -> Done:
    """Takes an action. `subject` is None for what makes a new thing.

    `channel` is the way a customer's own action comes, where nobody says otherwise.
    `seen` is the ledger's position that the viewer saw the thing at (`ThingView.position`).
    Raises `NotTaken`, `NotAllowed`, `NotFound`, and `Moved` where something happened since then.
    """
    taken = _named(viewer, action, subject)
    if subject is None:
        drafted = _sound(_drafted(viewer, taken, None, values, channel))
        return _made(viewer, taken, drafted)
    for attempt in range(1, _ATTEMPTS + 1):
        drafted = _drafted(viewer, taken, subject, values, channel)
        if drafted.wrong and seen is not None:
            _refuse_overtaken(viewer, subject, seen)
        drafted = _sound(drafted)
        behind = drafted.situation.position
        looked = behind if seen is None else min(seen, behind)
        try:
            found = ledger.append(
                viewer.provider,
                drafted.facts,
                seen={**dict.fromkeys(_into(drafted.facts), behind), subject: looked},
                texts=drafted.texts,
            )
        except Moved as moved:
            if (seen is not None and moved.subject == subject) or attempt == _ATTEMPTS:
                raise
            continue
        except ledger.Refused as refused:
            raise _refused(refused) from refused
        return Done(subject, number_of(subject), found.position)
    raise AssertionError(_ATTEMPTS)


def preview(
    viewer: Viewer, action: str, subject: str | None, values: Values, *, channel: str = PORTAL
) -> Preview:
    """What the action would do to the clocks, in words, and what is wrong with it."""
    drafted = _drafted(viewer, _named(viewer, action, subject), subject, values, channel)
    if not drafted.facts:
        return Preview((), (), drafted.wrong)
    situation, after = drafted.situation, drafted.after
    name = situation.subject
    said = tuple(dict.fromkeys((*not_counting(after, name, drafted.facts), *says(after, name))))
    before = says(situation.judged, name)
    return Preview(
        tuple(changes(situation.judged, after, name)),
        tuple(each for each in said if each not in before),
        drafted.wrong,
    )


def offers(viewer: Viewer, subject: str) -> tuple[Offer, ...]:
    """What the viewer can do with a thing now."""
    return offers_in(situation_of(viewer, subject))


def offers_in(situation: Situation) -> tuple[Offer, ...]:
    """What can be done in a situation."""
    return tuple(
        _offer(each, situation) for each in actions_on(situation.thing) if each.is_open(situation)
    )


def openings(viewer: Viewer, values: Values | None = None) -> tuple[Offer, ...]:
    """What the viewer can make: with choices for the customer in `values`, once there is one."""
    told = values or {}
    customer, account = str(told.get("customer") or ""), str(told.get("account") or "")
    found = []
    for action in opening_actions():
        if viewer.may(action.may):
            situation = situation_before(viewer, action.thing, customer, account)
            found.append(_offer(action, situation))
    return tuple(found)


def _offer(action: Action, situation: Situation) -> Offer:
    return Offer(
        action.name, action.label, action.fields(situation), action.is_main, situation.thing
    )


def _named(viewer: Viewer, name: str, subject: str | None) -> Action:
    """The action that is meant. Raises `NotFound` for one that there is not, and `NotAllowed`."""
    if subject is None:
        found = next((each for each in opening_actions() if each.name == name), None)
    else:
        found = action_named(subject.partition(":")[0], name)
        found = None if found is not None and found.makes else found
    if found is None:
        raise NotFound
    require(viewer, found.may)
    return found


def _drafted(
    viewer: Viewer, action: Action, subject: str | None, values: Values, channel: str
) -> Drafted:
    """The action's facts and what is wrong with them; no facts where they cannot be made."""
    situation = replace(_situation(viewer, action, subject, values), channel=channel)
    if subject is not None and not action.is_open(situation):
        return _nothing(situation, (Wrong("", message("desk.wrong-not-now")),))
    person = person_by_key(viewer.person)
    fields = action.fields(situation)
    given, wrong = read(fields, values, _zone(situation, person))
    wrong += _wrong_ahead(given, situation.now_us) + _wrong_customer(situation, fields)
    wrong = wrong or action.wrong(situation, given)
    if wrong:
        return _nothing(situation, wrong)
    pen = Pen(situation, person.language if person else "")
    try:
        action.write(situation, given, pen)
    except FactError as error:
        return _nothing(situation, tuple(Wrong("", each.message) for each in error.problems))
    return _judged(situation, fields, pen)


def _judged(situation: Situation, fields: tuple[Field, ...], pen: Pen) -> Drafted:
    facts, name = tuple(pen.facts), situation.subject
    after = situation.judged.adding(facts, situation.now_us)
    wrong = refusals(after, name, facts, fields)
    if after.history(name) is None:
        wrong += (Wrong("", message("desk.wrong-nothing-left")),)
    wrong += _wrong_merge(situation, facts)
    return Drafted(situation, facts, tuple(pen.texts), after, wrong)


def _situation(viewer: Viewer, action: Action, subject: str | None, values: Values) -> Situation:
    if subject is not None:
        return situation_of(viewer, subject)
    customer, account = values.get("customer") or "", values.get("account") or ""
    found = situation_before(viewer, action.thing, str(customer), str(account))
    author = str(values.get("author") or "") if viewer.is_staff else ""
    return replace(found, author=author) if author else found


def _zone(situation: Situation, person: PersonView | None) -> str:
    """On whose clocks a time without an offset is: the person's, else the agreement's."""
    if person is not None and person.zone:
        return person.zone
    if situation.agreement is not None:
        return situation.agreement.zone
    home = party_by_id(situation.viewer.provider)
    return home.zone if home else "UTC"


def _wrong_ahead(given: Given, now_us: int) -> tuple[Wrong, ...]:
    """What is recorded as happened must have."""
    at = given.get("at")
    if not isinstance(at, int) or now_us - _LONG_AGO_US <= at <= now_us:
        return ()
    return (Wrong("at", message("desk.wrong-at")),)


def _wrong_customer(situation: Situation, fields: tuple[Field, ...]) -> tuple[Wrong, ...]:
    if situation.customer or any(each.name == "customer" for each in fields):
        return ()
    return (Wrong("", message("desk.wrong-no-customer")),)


def _wrong_merge(situation: Situation, facts: tuple[Fact, ...]) -> tuple[Wrong, ...]:
    """A request goes on in another one of the same customer that has not been merged itself."""
    into = next(iter(_into(facts)), None)
    if into is None:
        return ()
    there = Thing.objects.filter(
        provider_id=situation.viewer.provider, customer=situation.customer, subject=into
    ).exclude(state="merged")
    if into != situation.subject and there.exists():
        return ()
    return (Wrong("into", message("desk.wrong-into")),)


def _into(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """The other requests in which one goes on by these facts, on which they rest too."""
    merged = (fact for fact in facts if fact.type == "request.merged" and not fact.retracts)
    return tuple(str(fact.written["into"]) for fact in merged)


def _refuse_overtaken(viewer: Viewer, subject: str, seen: int) -> None:
    """What is wrong now may not have been when they looked. Raises `Moved`."""
    if ledger.positions_of(viewer.provider, [subject]).get(subject, 0) > seen:
        raise Moved(subject)


def _sound(drafted: Drafted) -> Drafted:
    if drafted.wrong:
        raise NotTaken(drafted.wrong)
    return drafted


def _nothing(situation: Situation, wrong: tuple[Wrong, ...]) -> Drafted:
    return Drafted(situation, (), (), situation.judged, wrong)


def _made(viewer: Viewer, action: Action, drafted: Drafted) -> Done:
    """Appends what begins a new thing, under the provider's next number."""

    def numbered(subject: str) -> list[Fact]:
        return [_about(fact, subject) for fact in drafted.facts]

    try:
        found = ledger.append_new(viewer.provider, action.thing, numbered, texts=drafted.texts)
    except ledger.Refused as refused:
        raise _refused(refused) from refused
    return Done(found.subject, number_of(found.subject), found.position)


def _about(fact: Fact, subject: str) -> Fact:
    """The same fact about another subject."""
    rest = {
        name: value for name, value in fact.written.items() if name not in ("type", "at", "subject")
    }
    return make_fact(fact.type, str(fact.written["at"]), subject, **rest)


def _refused(refused: ledger.Refused) -> NotTaken:
    problems: tuple[Message, ...] = refused.problems
    return NotTaken(tuple(Wrong("", each) for each in problems))
