"""Suppliers' agreements: whose they are, and where they promise less than is promised on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import PurePath

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.measures import WindowOf
from uphold.agreement.terms.duty import SupplierTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.money.currency import plain
from uphold.engine.reasons import interpretations
from uphold.messages import Message, Percent, message
from uphold.worktime.durations import CalendarDays, CalendarMonths

_LINK = "://"
_PERIOD_MONTHS = {
    "calendar month": 1,
    "calendar quarter": 3,
    "calendar year": 12,
    "contract year": 12,
}


@dataclass(frozen=True, slots=True)
class Supply:
    """That one agreement leans on another: `provider` is who leans, `supplier` who is leant on."""

    provider: str
    supplier: str
    term: str
    agreement: str


class GapKind(StrEnum):
    """What is missing at a supplier."""

    NOT_NAMED = "no agreement named"
    LINK_ONLY = "a link only"
    NOT_LOADED = "agreement not loaded"
    NOT_PROMISED = "nothing promised"
    OTHER_WINDOW = "no comparable window"
    LESS_PROMISED = "less promised"


@dataclass(frozen=True, slots=True)
class Gap:
    """A promise on a service that its supplier does not cover.

    `term` is the supplier term of `agreement`; `promise` our availability term on `service`, and
    `supplied` the supplier's that comes nearest, each with its target as a share of one. They are
    None where there is none: then the gap is that the supplier's agreement cannot be compared.
    """

    kind: GapKind
    agreement: str
    revision: int
    clause: str
    term: str
    supplier: str
    service: str | None
    promise: str | None
    promised: Fraction | None
    supplied_by: str | None
    supplied: Fraction | None
    because: tuple[Message, ...]

    @property
    def key(self) -> str:
        """`northgrid/calling/account-uptime`."""
        return "/".join(each for each in (self.term, self.service, self.promise) if each)

    @property
    def points(self) -> Fraction | None:
        """How much less the supplier promises, in percentage points."""
        if self.promised is None or self.supplied is None:
            return None
        return (self.promised - self.supplied) * 100


def supply_of(agreement: Agreement, agreements: Iterable[Agreement]) -> Supply | None:
    """Who leans on an agreement, if it is a supplier's; the first by name where several do."""
    for other in sorted(agreements, key=lambda each: (each.name, -each.revision)):
        for term in other.of(SupplierTerm):
            if names(other, term, agreement):
                return Supply(other.provider, agreement.provider, term.name, other.name)
    return None


def leaning_on(agreements: Sequence[Agreement]) -> dict[str, frozenset[str]]:
    """The agreements that lean on each supplier's, all by name."""
    found: dict[str, set[str]] = {}
    for other in agreements:
        for term in other.of(SupplierTerm):
            for each in agreements:
                if names(other, term, each):
                    found.setdefault(each.name, set()).add(other.name)
    return {name: frozenset(leaning) for name, leaning in found.items()}


def names(other: Agreement, term: SupplierTerm, agreement: Agreement) -> bool:
    """Whether a supplier term of one agreement means another.

    By the file beside it or the agreement's name; without either, by who provides it.
    """
    if other.name == agreement.name:
        return False
    address = term.agreement
    if address is not None and _LINK not in address:
        path = PurePath(address)
        return agreement.name in (address, path.stem) or (
            path.stem == PurePath(agreement.document.file).stem
        )
    titles = {_folded(term.name), _folded(term.title or term.name)}
    return _folded(agreement.provider) in titles and other.provider != agreement.provider


def gaps(agreements: Iterable[Agreement]) -> tuple[Gap, ...]:
    """Where more is promised on a supplier's service than the supplier promises.

    The latest revision of each agreement counts. A supplier without an agreement that can be
    compared is a gap of its own.
    """
    latest: dict[str, Agreement] = {}
    for each in sorted(agreements, key=lambda each: each.revision):
        latest[each.name] = each
    current = tuple(each for _, each in sorted(latest.items()))
    return tuple(
        gap
        for agreement in current
        for term in agreement.of(SupplierTerm)
        for gap in _of_term(agreement, term, current)
    )


def _of_term(
    agreement: Agreement, term: SupplierTerm, current: Sequence[Agreement]
) -> Iterator[Gap]:
    theirs = [each for each in current if names(agreement, term, each)]
    promises = [
        (service, promise)
        for service in term.for_
        for promise in agreement.of(AvailabilityTerm)
        if service in promise.of
    ]
    if not theirs:
        yield from _without_agreement(agreement, term, promises)
        return
    supplied = [each for other in theirs for each in other.of(AvailabilityTerm)]
    for service, promise in promises:
        gap = _compared(agreement, term, (service, promise), supplied)
        if gap is not None:
            yield gap


def _without_agreement(
    agreement: Agreement, term: SupplierTerm, promises: list[tuple[str, AvailabilityTerm]]
) -> Iterator[Gap]:
    """The supplier's agreement cannot be compared: for each promise on it, or once for all."""
    name = _name(term)
    if term.agreement is None:
        kind, told = GapKind.NOT_NAMED, message("reason.gap-not-named", supplier=name)
    elif _LINK in term.agreement:
        kind = GapKind.LINK_ONLY
        told = message("reason.gap-link-only", supplier=name, link=term.agreement)
    else:
        kind = GapKind.NOT_LOADED
        told = message("reason.gap-not-loaded", supplier=name, file=term.agreement)
    concerned: list[tuple[str | None, AvailabilityTerm | None]] = [*promises]
    for ours in concerned or [(None, None)]:
        yield _gap(kind, agreement, term, ours, None, told)


def _compared(
    agreement: Agreement,
    term: SupplierTerm,
    ours: tuple[str, AvailabilityTerm],
    supplied: Sequence[AvailabilityTerm],
) -> Gap | None:
    """The gap between one promise of ours and the best of theirs; None where it is covered."""
    _, promise = ours
    if not supplied:
        told = message("reason.gap-not-promised", supplier=_name(term))
        return _gap(GapKind.NOT_PROMISED, agreement, term, ours, None, told)
    comparable = [each for each in supplied if _covers(each.window, promise.window)]
    if not comparable:
        best = max(supplied, key=_target)
        told = message(
            "reason.gap-other-window",
            supplier=_name(term),
            window=str(best.window),
            promised=str(promise.window),
        )
        return _gap(GapKind.OTHER_WINDOW, agreement, term, ours, best, told)
    best = max(comparable, key=_target)
    if _target(best) >= _target(promise):
        return None
    told = message(
        "reason.gap-less-promised",
        supplier=_name(term),
        supplied=Percent(plain(_target(best) * 100)),
        promised=Percent(plain(_target(promise) * 100)),
        points=plain((_target(promise) - _target(best)) * 100),
    )
    return _gap(GapKind.LESS_PROMISED, agreement, term, ours, best, told)


def _covers(theirs: WindowOf, ours: WindowOf) -> bool:
    """Whether a share kept in each of their windows is kept in each of ours.

    Ours must be made up of whole ones of theirs: months cover a quarter or a year. Twelve months
    that end with each month are not made up of calendar years, though they are as long.
    """
    their_months, our_months = _months(theirs), _months(ours)
    if their_months is not None and our_months is not None:
        if "contract year" in (theirs.period, ours.period):
            return theirs == ours
        begins_alike = theirs.period is None or ours.period is not None or their_months == 1
        return our_months % their_months == 0 and begins_alike
    their_days, our_days = _days(theirs), _days(ours)
    return their_days is not None and our_days is not None and our_days % their_days == 0


def _months(window: WindowOf) -> int | None:
    if window.period is not None:
        return _PERIOD_MONTHS.get(window.period)
    return window.length.n if isinstance(window.length, CalendarMonths) else None


def _days(window: WindowOf) -> int | None:
    return window.length.n if isinstance(window.length, CalendarDays) else None


def _target(term: AvailabilityTerm) -> Fraction:
    return Fraction(term.target.share.value) / 100


def _gap(
    kind: GapKind,
    agreement: Agreement,
    term: SupplierTerm,
    ours: tuple[str | None, AvailabilityTerm | None],
    theirs: AvailabilityTerm | None,
    told: Message,
) -> Gap:
    service, promise = ours
    promised: tuple[Message, ...] = ()
    if promise is not None and service is not None:
        share = Percent(plain(_target(promise) * 100))
        promised = (
            message(
                "reason.gap-promised",
                term=promise.name,
                clause=promise.clause,
                service=service,
                target=share,
            ),
        )
    return Gap(
        kind=kind,
        agreement=agreement.name,
        revision=agreement.revision,
        clause=term.clause,
        term=term.name,
        supplier=_name(term),
        service=service,
        promise=promise.name if promise else None,
        promised=_target(promise) if promise else None,
        supplied_by=theirs.name if theirs else None,
        supplied=_target(theirs) if theirs else None,
        because=(*promised, told, *interpretations(term)),
    )


def _name(term: SupplierTerm) -> str:
    return term.title or term.name


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())
