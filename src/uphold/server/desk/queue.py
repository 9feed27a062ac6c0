"""The queue: what is to be worked on, in the agreement's order, a page at a time (E16).

A page costs a fixed number of queries whatever the size of the queue: pages follow one another by
where the last row stands, never by counting, and the total is counted up to a limit.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from uphold.server import clock
from uphold.server.accounts.access import Viewer, visible
from uphold.server.accounts.services import names_of, names_of_parties
from uphold.server.desk.models import QUEUE, Thing
from uphold.server.desk.prose import INTERNAL, PUBLIC, part_of
from uphold.server.desk.queue_query import Query
from uphold.server.desk.queue_reasons import Place, Reasons
from uphold.server.desk.shapes import Page, Row
from uphold.server.desk.standing import DONE, WAITING, WORKING
from uphold.server.ledger.services import position, subjects_with, texts

PAGE: Final = 50
MOST_COUNTED: Final = 1_000
"""The total is counted no further: "more than 1,000" tells as much."""

_MOST_FOUND: Final = 1_000
_TITLE: Final = 160
_STAGES: Final = {
    "open": (WORKING,),
    "waiting": (WAITING,),
    "unfinished": (WAITING, WORKING),
    "done": (DONE,),
    "all": (),
}
_KEYS: Final = {
    "agreement": (*QUEUE, "id"),
    "due": ("due_us", "number", "id"),
    "newest": ("-number", "-id"),
}
"""What rows are ordered by; the id settles it, for numbers from elsewhere may be equal."""


@dataclass(frozen=True, slots=True)
class _After:
    """Where a page begins: behind these values of the order's keys, as the row of that place."""

    values: tuple[int, ...]
    place: int


def queue(viewer: Viewer, query: Query, after: str | None = None, *, size: int = PAGE) -> Page:
    """One page of what the viewer may see; `after` is that of the page before."""
    now = clock.now_us()
    names = names_of_parties(viewer.provider)
    keys = _KEYS[_order(query)]
    rows = _filtered(viewer, query, names, now).order_by(*keys)
    start = _read(after, len(keys))
    found = list((rows.filter(_from(keys, start.values)) if start else rows)[: size + 2])
    before = found.pop(0) if start and found and _values(keys, found[0]) == start.values else None
    shown, first = found[:size], start.place if start else 0
    return Page(
        rows=_shown(viewer, query, shown, names, now, first, before),
        position=position(viewer.provider),
        total=rows.order_by()[: MOST_COUNTED + 1].count(),
        after=_written(keys, shown[-1], first + len(shown)) if len(found) > size else None,
    )


def _order(query: Query) -> str:
    """The order asked for; the order of work means nothing where work is done: newest first."""
    is_work = query.state in ("open", "waiting", "unfinished")
    return query.order if is_work or query.order != "agreement" else "newest"


def _filtered(viewer: Viewer, query: Query, names: Any, now: int) -> QuerySet[Thing]:
    rows = visible(viewer, Thing.objects.all())
    stages = _STAGES[query.state]
    if len(stages) == 1:
        rows = rows.filter(stage=stages[0])
    elif stages:
        rows = rows.filter(stage__in=stages)
    for name, value in (
        ("thing", query.thing),
        ("customer", query.customer),
        ("priority", query.priority),
    ):
        rows = rows.filter(**{name: value}) if value else rows
    if query.mine:
        rows = rows.filter(assigned=viewer.person)
    if query.unassigned:
        rows = rows.filter(assigned="")
    if query.late:
        rows = rows.filter(due_us__lt=now)
    elif query.order == "due":
        rows = rows.filter(due_us__isnull=False)
    return rows.filter(_found(viewer, query.text, names)) if query.text else rows


def _found(viewer: Viewer, text: str, names: Any) -> Q:
    """Where the text is found: in the number, the customer's name, or what was written.

    The customer's people find nothing by what the desk wrote for itself.
    """
    number = text.removeprefix("#")
    wanted = Q(pk__in=())
    if number.isascii() and number.isdecimal() and len(number) < 19:
        wanted |= Q(number=int(number))
    folded = text.casefold()
    customers = [key for key, name in names.items() if folded in name.casefold()]
    if customers:
        wanted |= Q(customer__in=customers[:_MOST_FOUND])
    kinds = (PUBLIC, INTERNAL) if viewer.is_staff else (PUBLIC,)
    subjects = subjects_with(viewer.provider, text, kinds=kinds, most=_MOST_FOUND)
    return wanted | Q(subject__in=subjects) if subjects else wanted


def _from(keys: Sequence[str], values: Sequence[int]) -> Q:
    """The row with these values of the keys and those behind it.

    The row itself comes along because the next one's reason compares it with that. The first key is
    bounded by itself too, so that an index leads there at once.
    """
    found = Q(pk__in=())
    same = Q()
    for key, value in zip(keys, values, strict=True):
        name, falling = key.removeprefix("-"), key.startswith("-")
        found |= same & Q(**{f"{name}__{'lt' if falling else 'gt'}": value})
        same &= Q(**{name: value})
    first, falling = keys[0].removeprefix("-"), keys[0].startswith("-")
    return Q(**{f"{first}__{'lte' if falling else 'gte'}": values[0]}) & (found | same)


def _values(keys: Sequence[str], row: Thing) -> tuple[int, ...]:
    """What the row has of the order's keys."""
    return tuple(getattr(row, key.removeprefix("-")) for key in keys)


def _written(keys: Sequence[str], row: Thing, place: int) -> str:
    text = ",".join(str(each) for each in (place, *_values(keys, row)))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(after: str | None, count: int) -> _After | None:
    """Where to go on; from the beginning where the text is none that we wrote."""
    if not after or len(after) > 200:
        return None
    try:
        text = urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode("ascii")
        numbers = [int(each) for each in text.split(",")]
    except (NotBase64, ValueError):
        return None
    known = all(-(1 << 62) < each < 1 << 62 for each in numbers)
    if len(numbers) != count + 1 or not known or numbers[0] < 0:
        return None
    return _After(tuple(numbers[1:]), numbers[0])


def _shown(
    viewer: Viewer,
    query: Query,
    things: Sequence[Thing],
    names: Any,
    now: int,
    first: int,
    before: Thing | None,
) -> tuple[Row, ...]:
    titles = texts(viewer.provider, {each.title for each in things if each.title})
    assigned = {each.assigned for each in things if each.assigned}
    people = names_of(assigned, provider=viewer.provider)
    reasons = Reasons(viewer.provider, _order(query))
    found = []
    for place, thing in enumerate(things, start=first + 1):
        reason = reasons.why(Place(place, thing, before))
        found.append(row_of(thing, titles, names, people, now, reason))
        before = thing
    return tuple(found)


def row_of(thing: Thing, titles: Any, parties: Any, people: Any, now: int, reason: Any) -> Row:
    """One line of a list; what is missed by now is late."""
    title = part_of(titles.get(thing.title) or "", 1) or (thing.kind if _is_order(thing) else "")
    return Row(
        subject=thing.subject,
        number=thing.number,
        thing=thing.thing,
        title=title.replace("\n", " ")[:_TITLE],
        customer=thing.customer,
        customer_name=parties.get(thing.customer, thing.customer),
        priority=thing.priority,
        kind=thing.kind,
        state=thing.state,
        waits_for=tuple(thing.waits_for),
        assigned_name=people.get(thing.assigned, ""),
        opened_us=thing.opened_us,
        due_us=thing.due_us,
        left_us=thing.left_us,
        next_clock=thing.next_clock,
        is_late=thing.due_us is not None and thing.due_us < now,
        why=reason,
        agreement=thing.agreement,
    )


def _is_order(thing: Thing) -> bool:
    """Whether the thing may go without a title: an order is called by what is ordered."""
    return thing.thing == "order"
