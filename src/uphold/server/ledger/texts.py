"""Words that people wrote, kept apart from the facts so that they can be erased."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from uphold.facts import Fact
from uphold.server.ledger.models import Text
from uphold.server.ledger.reading import in_lots


@dataclass(frozen=True, slots=True)
class NewText:
    """Words on their way into the ledger; `digest` goes into the field `written` of a fact."""

    digest: str
    kind: str
    person: str
    language: str
    content: str = field(repr=False)
    salt: str = field(repr=False)
    provider: int


def new_text(
    provider: int, content: str, *, kind: str, person: str = "", language: str = ""
) -> NewText:
    """Words to be appended with the facts that name them (`append(…, texts=…)`).

    `person` is the key of who wrote them: erasing that person empties them. The digest is salted
    anew each time: the same words by the same person have another one. What no database can store
    (NUL, half of a surrogate pair) becomes a question mark.
    """
    storable = content.encode("utf-8", "replace").decode().replace("\x00", "?")
    salt = secrets.token_hex(16)
    return NewText(salted_digest(salt, storable), kind, person, language, storable, salt, provider)


def salted_digest(salt: str, content: str) -> str:
    """SHA-256 over the salt and the words, in lower-case hexadecimal."""
    return hashlib.sha256(f"{salt}:{content}".encode()).hexdigest()


def texts(provider: int, digests: Collection[str]) -> Mapping[str, str | None]:
    """The words of each digest that is known; None for words that were erased."""
    found: dict[str, str | None] = {}
    for some in in_lots(sorted(set(digests))):
        rows = Text.objects.filter(provider=provider, digest__in=some)
        for digest, content, erased in rows.values_list("digest", "content", "erased_us"):
            found[digest] = content if erased is None else None
    return found


def writers_of(provider: int, digests: Collection[str]) -> Mapping[str, str]:
    """The key of who wrote the words of each digest, erased ones too; none for unknown words."""
    found: dict[str, str] = {}
    for some in in_lots(sorted(set(digests))):
        rows = Text.objects.filter(provider=provider, digest__in=some).exclude(person="")
        found.update(rows.values_list("digest", "person"))
    return found


def subjects_with(
    provider: int, phrase: str, *, kinds: Collection[str] | None = None, most: int = 1_000
) -> tuple[str, ...]:
    """The subjects about which somebody wrote this, the latest first; letters' case is passed over.

    Every word of `phrase` must occur in one text. `kinds` narrows the texts to those the asker may
    read. Wrong tenants are the caller's to keep out by asking for the subjects that are visible.
    """
    wanted = Q(provider=provider, erased_us=None)
    for word in phrase.replace("\x00", " ").split():
        wanted &= Q(content__icontains=word)
    if kinds is not None:
        wanted &= Q(kind__in=sorted(kinds))
    rows = Text.objects.filter(wanted).order_by("-pk").values_list("subject", flat=True)
    return tuple(dict.fromkeys(rows[:most]))


def keep(provider: int, new: Iterable[NewText], facts: Iterable[Fact]) -> None:
    """Writes the words that the facts name, in the open transaction."""
    told = {str(fact.written["written"]): fact for fact in facts if "written" in fact.written}
    rows = [
        Text(
            provider_id=provider,
            digest=each.digest,
            salt=each.salt,
            person=each.person,
            kind=each.kind,
            subject=told[each.digest].subject,
            language=each.language,
            content=each.content,
        )
        for each in new
        if each.digest in told
    ]
    if rows:
        Text.objects.bulk_create(rows)


def unknown_digests(provider: int, digests: Collection[str]) -> frozenset[str]:
    """Those of the digests for which there are no words."""
    return frozenset(digests) - texts(provider, digests).keys()


def erase_texts(provider: int, person: str, erased_us: int) -> int:
    """Empties everything that a person wrote; gives how many texts that were."""
    rows = Text.objects.filter(provider=provider, person=person, erased_us=None)
    return rows.update(content="", salt="", erased_us=erased_us)
