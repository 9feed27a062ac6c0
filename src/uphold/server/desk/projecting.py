"""Writing the desk's rows with the facts, and when they must be written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

from uphold.agreement.phrases.targets import ReleaseTarget
from uphold.agreement.terms.promise import ClockTerm
from uphold.facts import Fact
from uphold.server.agreements.services import revisions
from uphold.server.desk.judging import POSTED, judge
from uphold.server.desk.models import Clock, Thing
from uphold.server.desk.rows import Rows, rows_of
from uphold.server.desk.standing import DONE
from uphold.server.desk.warnings import WAKE, WARNING, wakes_of, warnings_of
from uphold.server.worker.services import settle_subjects

_CHUNK: Final = 200
_CLOCK_KEY: Final = ("thing", "agreement", "name", "cycle")
_NOT_COMPARED = frozenset({"id", "thing"})
_BEARS_ON_NOTHING = frozenset({"customer.contact", "customer.infrastructure changed"})
_OTHERWISE_AGREED = "customer.agreed"
_EVER: Final = -(2**62)
_NEVER: Final = 2**62


class DeskProjector:
    """Requests, complaints and orders as rows, with their clocks, warnings and texts."""

    name = "desk"
    things = frozenset({"request", "complaint", "order"})

    def project(self, provider: int, subjects: Iterable[str], as_of_us: int, position: int) -> None:
        """Writes the rows of the subjects as of an instant, in the open transaction."""
        for some in _chunks(sorted(subjects)):
            judged = judge(provider, some, as_of_us, until=position)
            found = {each: rows_of(judged, each, position) for each in some}
            _write({name: rows for name, rows in found.items() if rows is not None})
            gone = [name for name, rows in found.items() if rows is None]
            if gone:
                Thing.objects.filter(provider_id=provider, subject__in=gone).delete()
            warnings = {each: warnings_of(judged, each) for each in some}
            settle_subjects(provider, WARNING, warnings)
            settle_subjects(provider, WAKE, {each: wakes_of(judged, each) for each in some})

    def stated(self, provider: int) -> Iterable[tuple[str, int, int]]:
        """Every row there is: its subject, as of when, and at which position."""
        rows = Thing.objects.filter(provider_id=provider).order_by("id")
        return rows.values_list("subject", "as_of_us", "position").iterator()

    def snapshot(self, provider: int, subject: str) -> object:
        """The rows of a subject as JSON values."""
        thing = Thing.objects.filter(provider_id=provider, subject=subject).first()
        if thing is None:
            return None
        clocks = thing.clocks.order_by("agreement", "name", "cycle")
        return {
            "thing": _values(thing),
            "clocks": [_values(each) for each in clocks],
        }

    def clear(self, provider: int) -> None:
        """Takes every row of the provider away."""
        Thing.objects.filter(provider_id=provider).delete()

    def bearing(self, provider: int, facts: Collection[Fact]) -> Iterable[str]:
        """The things to be judged anew because of what happened to customers or agreements.

        What begins at an instant changes nothing of what was done before; a correction may.
        """
        for fact in facts:
            if fact.thing != "customer":
                yield from _of_others(provider, fact).values_list("subject", flat=True).iterator()
        yield from _of_customers(provider, facts)


def _of_customers(provider: int, facts: Iterable[Fact]) -> Iterator[str]:
    """The things of the customers that facts are about, of each those since the first of them."""
    since: dict[str, int] = {}
    for fact in facts:
        if fact.thing == "customer" and fact.type not in _BEARS_ON_NOTHING:
            begins = None if fact.type == _OTHERWISE_AGREED else _since(fact)
            key = fact.subject.partition(":")[2]
            since[key] = min(since.get(key, _NEVER), _EVER if begins is None else begins)
    for some in _chunks(sorted(since)):
        things = Thing.objects.filter(provider_id=provider, customer__in=some).filter(
            Q(stage__lt=DONE) | Q(changed_us__gte=min(since[each] for each in some))
        )
        rows = things.values_list("subject", "customer", "stage", "changed_us")
        for subject, customer, stage, changed_us in rows.iterator():
            if stage < DONE or changed_us >= since[customer]:
                yield subject


def _of_others(provider: int, fact: Fact) -> QuerySet[Thing]:
    """The things on which a fact about an agreement or a release bears."""
    things = Thing.objects.filter(provider_id=provider)
    since = _since(fact)
    if fact.type == POSTED:
        name = str(fact.written["agreement"])
        is_first = sum(each.name == name for each in revisions(provider)) <= 1
        if since is None or is_first:
            return things
        return things.filter(Q(counts_us__isnull=True) | Q(arrived_us__gte=since))
    if fact.thing == "release":
        return things.filter(agreement__in=_aiming_at_releases(provider))
    return things.none()


def _since(fact: Fact) -> int | None:
    """From when on the fact acts, in microseconds; None for one that corrects another."""
    if fact.corrects or fact.retracts:
        return None
    begins = fact.value("from") if isinstance(fact.written.get("from"), str) else None
    return min(fact.at_us, begins) if isinstance(begins, int) else fact.at_us


def _aiming_at_releases(provider: int) -> frozenset[str]:
    """The names of agreements in which some clock is due when a release ships."""
    return frozenset(
        agreement.name
        for agreement in revisions(provider)
        for term in agreement.of(ClockTerm)
        if any(isinstance(target, ReleaseTarget) for target in term.targets())
    )


def _write(wanted: Mapping[str, Rows]) -> None:
    """The rows there are become the wanted ones; what has not changed is not written."""
    if not wanted:
        return
    Thing.objects.bulk_create(
        [rows.thing for rows in wanted.values()],
        update_conflicts=True,
        unique_fields=["provider", "subject"],
        update_fields=_fields(Thing, "provider", "subject"),
    )
    for rows in wanted.values():
        for row in rows.clocks:
            row.thing_id = rows.thing.pk
    things = [rows.thing.pk for rows in wanted.values()]
    _settle(things, [row for rows in wanted.values() for row in rows.clocks])


def _settle(things: Sequence[int], wanted: Sequence[Clock]) -> None:
    """The clocks of these things become the wanted ones."""
    before = {_key(row): row for row in Clock.objects.filter(thing_id__in=things)}
    kept = {_key(row) for row in wanted}
    gone = [row.pk for name, row in before.items() if name not in kept]
    if gone:
        Clock.objects.filter(pk__in=gone).delete()
    changed = [
        row
        for row in wanted
        if (old := before.get(_key(row))) is None or _values(old) != _values(row)
    ]
    if changed:
        Clock.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=list(_CLOCK_KEY),
            update_fields=_fields(Clock, *_CLOCK_KEY),
        )


def _key(row: Clock) -> tuple[Any, ...]:
    return row.thing_id, row.agreement, row.name, row.cycle


def _fields(model: type[Model], *without: str) -> list[str]:
    """The names of the model's fields, without its own id and those named."""
    left_out = {"id", *without}
    return [field.name for field in model._meta.concrete_fields if field.name not in left_out]


def _values(row: Model) -> dict[str, Any]:
    """The row's values by field, without the ids that the database gives."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _NOT_COMPARED
    }


def _chunks(subjects: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(subjects), _CHUNK):
        yield subjects[start : start + _CHUNK]
