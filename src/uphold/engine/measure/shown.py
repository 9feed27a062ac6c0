"""What evidence shows of one service or check, kind by kind; a rule over parts applied to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from uphold.engine.measure.looking import Track
from uphold.engine.measure.outage import Question
from uphold.engine.measure.spans import Spans, intersection, merged, shared_by, without
from uphold.engine.measure.stretches import (
    Stretches,
    figures,
    inside,
    joined,
    outside,
    shared,
)

Kind = tuple[str, int]
"""A kind of evidence, with the number of places it comes from."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one service or check.

    `down` has the joined stretches by kind and number of places; `spoken` the time that sources
    of a kind speak for, down or up; `known` that of all kinds, and of people. `settled` are the
    outages of parts that were reconciled alone, each as a stretch; `questions` are theirs.
    `tracks` are the single sources'.
    """

    down: Mapping[Kind, Stretches]
    spoken: Mapping[str, Spans]
    known: Spans
    settled: Stretches = ()
    questions: tuple[Question, ...] = ()
    tracks: tuple[Track, ...] = ()

    def of(self, kind: str, places: int = 1) -> Stretches:
        """The stretches of one kind that so many places show."""
        return self.down.get((kind, places), ())


NOTHING = Shown({}, {}, ())


def both(one: Shown, other: Shown) -> Shown:
    """Two accounts of one service: down where either shows it."""
    if one is NOTHING or other is NOTHING:
        return other if one is NOTHING else one
    kinds = sorted({*one.down, *other.down})
    spoken = sorted({*one.spoken, *other.spoken})
    return Shown(
        {kind: joined((*one.of(*kind), *other.of(*kind))) for kind in kinds},
        {kind: merged(_spoken((one, other), kind)) for kind in spoken},
        merged((*one.known, *other.known)),
        (*one.settled, *other.settled),
        (*one.questions, *other.questions),
        (*one.tracks, *other.tracks),
    )


def by_rule(parts: Sequence[Shown], least: int) -> Shown:
    """A service that is down when at least so many of its parts are, for each kind of evidence.

    Where sources of a kind say nothing about a part, what other kinds show of it stands in, so
    that parts may be watched by different sources; a kind shows the service down only where it
    shows one of the parts down itself. What is known follows from the parts by the same rule:
    a part of which nothing is known may be either.
    """
    kinds = sorted({kind for part in parts for kind in part.down})
    down = {kind: _down(parts, least, kind) for kind in kinds}
    spoken = {
        kind: _known(
            [part.spoken.get(kind, ()) for part in parts],
            [figures(part.of(kind)) for part in parts],
            least,
        )
        for kind in sorted({kind for part in parts for kind in part.spoken})
    }
    known = _known([part.known for part in parts], [_any_down(part) for part in parts], least)
    if least == 1:
        settled = tuple(chain.from_iterable(part.settled for part in parts))
    else:
        settled = shared([part.settled for part in parts], least)
    return Shown(
        down,
        spoken,
        known,
        settled,
        tuple(chain.from_iterable(part.questions for part in parts)),
        tuple(chain.from_iterable(part.tracks for part in parts)),
    )


def _down(parts: Sequence[Shown], least: int, kind: Kind) -> Stretches:
    own = [part.of(*kind) for part in parts]
    if least == 1:
        return joined(chain.from_iterable(own))
    with_others = [
        joined((*part.of(*kind), *outside(_others(part, kind[0]), part.spoken.get(kind[0], ()))))
        for part in parts
    ]
    return joined(inside(shared(with_others, least), figures(chain.from_iterable(own))))


def _others(part: Shown, kind: str) -> Stretches:
    """What all other kinds show of a part, and what is settled of it."""
    found = (part.of(other) for other, places in part.down if other != kind and places == 1)
    return joined((*chain.from_iterable(found), *part.settled))


def _any_down(part: Shown) -> Spans:
    return figures((*chain.from_iterable(part.down.values()), *part.settled))


def _known(known: Sequence[Spans], down: Sequence[Spans], least: int) -> Spans:
    """When so many parts are down, or so many up that not enough can be down."""
    up = [without(one, other) for one, other in zip(known, down, strict=True)]
    certain = [intersection(one, other) for one, other in zip(known, down, strict=True)]
    most_up = len(known) - least + 1
    sure_up = shared_by(up, most_up) if most_up >= 1 else ()
    return merged((*shared_by(certain, least), *sure_up))


def _spoken(both_of: Iterable[Shown], kind: str) -> Iterable[tuple[int, int]]:
    return chain.from_iterable(each.spoken.get(kind, ()) for each in both_of)
