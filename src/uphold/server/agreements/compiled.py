"""The posted revisions in their compiled form, each taken apart once a process.

A revision never changes once it is posted, so what was compiled is known by its digest. Asking
costs one small query; only a revision that this process has not met yet is read whole.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from hashlib import sha256
from threading import Lock

from uphold.agreement.agreement import Agreement
from uphold.agreement.lock import lock, unlock
from uphold.facts.canonical import canonical_json
from uphold.server.agreements.models import Revision

MOST_KEPT = 400
"""Compiled revisions that a process keeps: at some 0.5 MB each, those of a large installation."""

_kept: OrderedDict[str, Agreement] = OrderedDict()
_guard = Lock()


def revisions(provider: int) -> tuple[Agreement, ...]:
    """Every posted revision of the provider, its suppliers' too, in the order of posting."""
    rows = Revision.objects.filter(provider_id=provider)
    return compiled(provider, rows.order_by("pk").values_list("digest", flat=True))


def own_revisions(provider: int) -> tuple[Agreement, ...]:
    """The revisions of what the provider itself promises, without its suppliers' agreements."""
    rows = Revision.objects.filter(provider_id=provider, is_supplier=False)
    return compiled(provider, rows.order_by("pk").values_list("digest", flat=True))


def compiled(provider: int, digests: Iterable[str]) -> tuple[Agreement, ...]:
    """The provider's revisions of these digests, in their order."""
    wanted = tuple(digests)
    with _guard:
        found = {digest: _kept[digest] for digest in wanted if digest in _kept}
        for digest in found:
            _kept.move_to_end(digest)
    unknown = {digest for digest in wanted if digest not in found}
    if unknown:
        rows = Revision.objects.filter(provider_id=provider, digest__in=unknown)
        for digest, text in rows.values_list("digest", "lock"):
            found[digest] = unlock(json.loads(text))
            keep(digest, found[digest])
    return tuple(found[digest] for digest in wanted)


def sealed(agreement: Agreement) -> tuple[str, str]:
    """The compiled form of an agreement as canonical JSON, and its SHA-256 in hexadecimal."""
    text = canonical_json(lock(agreement))
    return text.decode(), sha256(text).hexdigest()


def keep(digest: str, agreement: Agreement) -> None:
    """Remembers a compiled revision, and forgets the one longest unused when there are many."""
    with _guard:
        _kept[digest] = agreement
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
