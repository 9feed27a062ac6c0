"""Making every row again from the facts, and telling where it comes out otherwise.

A row bears the instant and the position it was worked out for; worked out for these again, it must
be the same. A difference means that a row was changed by hand, that a program's rules changed
without a rebuild, or a mistake of ours: it is named, and the row as the facts have it stays.

A provider's ledger is held while its rows are made. Pages go on showing the rows as they were until
all are there; whoever appends waits, and is told to come again if that takes too long.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Final

from django.db import transaction

from uphold.server.ledger.appending import held
from uphold.server.ledger.models import FactRow, Head
from uphold.server.ledger.projecting import Projector, projectors

MOST_TOLD: Final = 1_000
_ABSENT: Final = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a row that came out otherwise: where it stands, and both values as JSON.

    `field` leads to it ("clocks.0.due_us"); it is empty where there was or is no row at all.
    """

    projector: str
    subject: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild made: how many subjects have rows, how many differ, and where.

    `differences` names at most a thousand values. `waiting` counts subjects whose rows the worker
    has still to write because of an import; that they had none yet is no difference.
    """

    subjects: int
    differing: int
    differences: tuple[Difference, ...]
    waiting: int


def rebuild(provider: int) -> Rebuilt:
    """Makes every row of the provider's again, in one transaction, and compares."""
    found: list[Difference] = []
    subjects = differing = behind = 0
    with transaction.atomic():
        head = held(provider)
        for projector in projectors():
            queued = _waiting(provider, projector)
            before = _taken(provider, projector)
            _make(provider, projector, before)
            unstated = _unstated(head, projector, before)
            projected = dict.fromkeys(unstated, (head.recorded_us, head.position, b""))
            _make(provider, projector, projected)
            for subject, (_, _, old) in sorted((before | projected).items()):
                new = projector.snapshot(provider, subject)
                subjects += new is not None
                if not old and subject in queued:
                    behind += 1
                    continue
                told = list(differences(projector.name, subject, _unpacked(old), new))
                differing += bool(told)
                found += told[: max(0, MOST_TOLD - len(found))]
    return Rebuilt(subjects, differing, tuple(found), behind)


_Stated = dict[str, tuple[int, int, bytes]]
"""By subject: as of when, at which position, and its rows, packed."""


def _taken(provider: int, projector: Projector) -> _Stated:
    """Takes every row away; gives what there was."""
    stated = list(projector.stated(provider))
    before = {
        subject: (as_of_us, position, _packed(projector.snapshot(provider, subject)))
        for subject, as_of_us, position in stated
    }
    projector.clear(provider)
    return before


def _make(provider: int, projector: Projector, wanted: _Stated) -> None:
    """Has the rows of each subject made for the instant and position it was made for."""
    moments = sorted((at_us, position, subject) for subject, (at_us, position, _) in wanted.items())
    for (at_us, position), group in groupby(moments, itemgetter(0, 1)):
        projector.project(provider, [subject for _, _, subject in group], at_us, position)


def _unstated(head: Head, projector: Projector, stated: _Stated) -> list[str]:
    """The subjects that facts are about and that have no row."""
    rows = FactRow.objects.filter(provider=head.provider_id, thing__in=sorted(projector.things))
    names = rows.values_list("subject", flat=True).distinct().order_by("subject")
    return [name for name in names.iterator() if name not in stated]


def _waiting(provider: int, projector: Projector) -> frozenset[str]:
    """The subjects of imports whose rows the worker has still to write."""
    rows = FactRow.objects.filter(provider=provider, thing__in=sorted(projector.things))
    return frozenset(rows.filter(imported__left__gt=0).values_list("subject", flat=True))


def differences(
    projector: str, subject: str, before: object, after: object
) -> Iterator[Difference]:
    """Every value in which two snapshots differ."""
    for path, old, new in _differing("", before, _unpacked(_packed(after))):
        yield Difference(projector, subject, path, old, new)


def _differing(path: str, before: object, after: object) -> Iterator[tuple[str, str, str]]:
    if before == after:
        return
    pairs: Iterable[tuple[object, object, object]] = ()
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(before.keys() | after.keys())
        pairs = [(name, before.get(name, _ABSENT), after.get(name, _ABSENT)) for name in names]
    elif isinstance(before, list) and isinstance(after, list):
        both = zip_longest(before, after, fillvalue=_ABSENT)
        pairs = [(number, *each) for number, each in enumerate(both)]
    else:
        yield path, _shown(before), _shown(after)
    for name, old, new in pairs:
        yield from _differing(f"{path}.{name}" if path else str(name), old, new)


def _shown(value: object) -> str:
    return value if value == _ABSENT else json.dumps(value, ensure_ascii=False)


def _packed(snapshot: object) -> bytes:
    """A snapshot small enough to keep a hundred thousand of; empty for none."""
    return b"" if snapshot is None else zlib.compress(json.dumps(snapshot).encode(), 1)


def _unpacked(packed: bytes) -> object:
    return json.loads(zlib.decompress(packed)) if packed else None
