"""Tokens for the API: shown once, kept as a digest, narrowed by scopes, ended by time or hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from uphold.messages import message
from uphold.server import clock
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import May
from uphold.server.accounts.models import Person, Token
from uphold.server.accounts.secret import digest_of, new_secret
from uphold.server.accounts.shapes import NotDone, TokenView, Wrong
from uphold.server.accounts.viewing import viewer_of

BEGINS: Final = "uphold_"
"""How every token begins, so that one that was published by mistake is recognised."""

MOST: Final = 50
"""So many open tokens one person has; without a limit, neither had the calls of one person any."""

_SHOWN: Final = len(BEGINS) + 6
_SEEN_EVERY_US: Final = 60_000_000


def new_token(
    viewer: Viewer, name: str, scopes: Collection[May], *, expires_us: int | None = None
) -> tuple[TokenView, str]:
    """A token of the viewer in their organisation, and the text that is shown this once.

    It lets do what is in `scopes` and what the person may do themselves, whichever is less; READ is
    always in it. Raises `NotDone`.
    """
    wrong = []
    if not name.strip() or len(name.strip()) > 100:
        wrong.append(Wrong("name", message("accounts.name-needed", length=100)))
    if not scopes or not all(viewer.may(scope) for scope in scopes):
        wrong.append(Wrong("scopes", message("accounts.scopes-unfit")))
    now = clock.now_us()
    if expires_us is not None and expires_us <= now:
        wrong.append(Wrong("expires", message("accounts.expiry-past")))
    if sum(is_open(each) for each in tokens_of(viewer.person)) >= MOST:
        wrong.append(Wrong("", message("accounts.tokens-most", most=MOST)))
    if wrong:
        raise NotDone(*wrong)
    text = BEGINS + new_secret()
    row = Token.objects.create(
        person=Person.objects.get(key=viewer.person),
        organisation_id=viewer.organisation,
        name=name.strip(),
        prefix=text[:_SHOWN],
        digest=digest_of(text),
        scopes=[scope for scope in May if scope in {May.READ, *scopes}],
        created_us=now,
        expires_us=expires_us,
    )
    return _view(row), text


def tokens_of(person: str) -> tuple[TokenView, ...]:
    """A person's tokens, the newest first."""
    rows = Token.objects.filter(person__key=person).select_related("organisation")
    return tuple(_view(row) for row in rows.order_by("-created_us", "-pk"))


def is_open(token: TokenView) -> bool:
    """Whether the token still opens anything."""
    over = token.expires_us is not None and token.expires_us <= clock.now_us()
    return token.revoked_us is None and not over


def revoke_token(person: str, token: int) -> bool:
    """Ends one of the person's tokens; False where it is not theirs or ended before."""
    rows = Token.objects.filter(pk=token, person__key=person, revoked_us__isnull=True)
    return rows.update(revoked_us=clock.now_us()) == 1


def viewer_of_token(text: str) -> Viewer | None:
    """Whoever comes by this token, with what it lets them do; None where it opens nothing."""
    now = clock.now_us()
    row = (
        Token.objects.filter(digest=digest_of(text), revoked_us__isnull=True)
        .select_related("person")
        .first()
    )
    if row is None or (row.expires_us is not None and row.expires_us <= now):
        return None
    scopes = frozenset(May(scope) for scope in row.scopes)
    viewer = viewer_of(row.person, row.organisation_id, scopes=scopes)
    if viewer is None or viewer.organisation != row.organisation_id:
        return None
    if row.used_us is None or row.used_us < now - _SEEN_EVERY_US:
        Token.objects.filter(pk=row.pk).update(used_us=now)
    return viewer


def _view(row: Token) -> TokenView:
    return TokenView(
        id=row.pk,
        name=row.name,
        prefix=row.prefix,
        organisation=row.organisation.name,
        scopes=tuple(May(scope) for scope in row.scopes),
        created_us=row.created_us,
        expires_us=row.expires_us,
        used_us=row.used_us,
        revoked_us=row.revoked_us,
    )
