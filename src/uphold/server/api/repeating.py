"""Calls that may be sent again: with the same `Idempotency-Key` they take effect once.

The answer is written in the transaction of the effect, so a killed server leaves both or neither.
Of two calls at the same time the second waits for the first's commit, on the key's own uniqueness,
and gets its answer. A call that was refused changed nothing and is not kept: put right, it may be
sent with the same key.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpResponse

from uphold.messages import message
from uphold.server import clock
from uphold.server.api.models import KeptAnswer
from uphold.server.api.problems import Problem
from uphold.server.api.signing_in import ApiRequest
from uphold.server.ledger.services import Busy

KEPT_US: Final = 24 * 3600 * 1_000_000
HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
LONGEST: Final = 200
ATTEMPTS: Final = 3


def key_of(request: ApiRequest) -> str | None:
    """The key that a call bears, if any. Raises the problem `invalid` for one that is none."""
    key = request.headers.get(HEADER)
    if key is None or (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        return key
    raise Problem("invalid", message("api.key-wrong", longest=LONGEST))


def once(
    request: ApiRequest, act: Callable[[], HttpResponse], *, apart: bool = False
) -> HttpResponse:
    """The answer of `act`, or the one it gave before under the same key.

    `apart` is for an act that may be done again without harm and is too long for one transaction:
    its answer is kept behind it.
    """
    key = key_of(request)
    if key is None:
        return act()
    digest = _digest(request)
    kept = _kept(request.caller, key)
    if kept is not None:
        return _again(kept, digest)
    try:
        return _apart(request, key, digest, act) if apart else _together(request, key, digest, act)
    except IntegrityError:
        kept = _kept(request.caller, key)
        if kept is None:
            raise
        return _again(kept, digest)


def _together(
    request: ApiRequest, key: str, digest: str, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer and the effect in one transaction, begun anew where other writers broke it off."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                row = _row(request, key, digest)
                row.save(force_insert=True)
                answer = act()
                _fill(row, answer)
                row.save(update_fields=["status", "body"])
                return answer
        except Busy:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError(ATTEMPTS)


def _apart(
    request: ApiRequest, key: str, digest: str, act: Callable[[], HttpResponse]
) -> HttpResponse:
    answer = act()
    row = _row(request, key, digest)
    _fill(row, answer)
    with transaction.atomic():
        row.save(force_insert=True)
    return answer


def _row(request: ApiRequest, key: str, digest: str) -> KeptAnswer:
    until = clock.now_us() + KEPT_US
    return KeptAnswer(caller=request.caller, key=key, digest=digest, expires_us=until)


def _fill(row: KeptAnswer, answer: HttpResponse) -> None:
    row.status, row.body = answer.status_code, answer.content.decode()


def _kept(caller: str, key: str) -> KeptAnswer | None:
    """The answer kept under the key; one whose time is over is gone."""
    found = KeptAnswer.objects.filter(caller=caller, key=key).first()
    if found is not None and found.expires_us <= clock.now_us():
        found.delete()
        return None
    return found


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        raise Problem("key-reused", message("api.key-reused"))
    return HttpResponse(
        kept.body,
        status=kept.status,
        content_type="application/json",
        headers={REPLAYED: "true"},
    )


def _digest(request: ApiRequest) -> str:
    """What makes two calls the same: method, address, the kind of body, and the body."""
    parts = (request.method or "", request.get_full_path(), request.content_type or "")
    told = "\n".join(parts).encode() + b"\n" + request.body
    return sha256(told).hexdigest()
