"""Posting a revision: checked first, then written with the fact that it was posted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from uphold.agreement.agreement import Agreement
from uphold.facts import Fact, make_fact
from uphold.facts.times import to_datetime
from uphold.server import clock
from uphold.server.agreements import rules
from uphold.server.agreements.compiled import compiled, keep, sealed
from uphold.server.agreements.draft import Draft, draft
from uphold.server.agreements.models import Revision, Translation
from uphold.server.agreements.shapes import NotPosted, Posted
from uphold.server.ledger import services as ledger


def examine(
    provider: int,
    source: str | bytes,
    translations: Sequence[str | bytes] = (),
    *,
    is_supplier: bool = False,
    elsewhere: bool = False,
) -> Draft:
    """The page as it would be posted now: what is wrong with it, and what it would change."""
    return draft(
        source,
        translations,
        known(provider),
        clock.now_us(),
        is_supplier=is_supplier,
        elsewhere=elsewhere,
    )


def post(
    provider: int,
    source: str | bytes,
    *,
    by: str,
    translations: Sequence[str | bytes] = (),
    is_supplier: bool = False,
    elsewhere: bool = False,
) -> Posted:
    """Posts a revision, which takes effect by its own amendment term from now on.

    The first revision of a name counts from the date that its page bears: that agreement was in
    force before it came here. So does one that is said to have been published `elsewhere`. The
    page, its compiled form and the fact are written together; `by` is the key of who posts it.
    Raises `NotPosted`, and `ledger.services.Busy`.
    """
    found = examine(provider, source, translations, is_supplier=is_supplier, elsewhere=elsewhere)
    if found.errors or found.agreement is None or found.in_force_us is None:
        raise NotPosted(found.errors)
    agreement = found.agreement
    try:
        position = ledger.again(lambda: _written(provider, found, agreement, by))
    except IntegrityError:
        _refuse_overtaken(provider, agreement)
        raise
    keep(sealed(agreement)[1], agreement)
    return Posted(
        agreement.name,
        agreement.revision,
        found.at_us,
        found.in_force_us,
        position,
        found.problems,
    )


def _written(provider: int, found: Draft, agreement: Agreement, by: str) -> int:
    """Writes page and fact in one transaction; gives the ledger's position behind them."""
    with transaction.atomic():
        _write(provider, found, agreement, by)
        appended = ledger.append(provider, [_fact(agreement, found)])
        _refuse_overtaken(provider, agreement, beyond=agreement.revision)
    return appended.position


def known(provider: int) -> tuple[rules.Known, ...]:
    """The revisions that are posted, with the instants from which they are in force."""
    rows = Revision.objects.filter(provider_id=provider).order_by("pk")
    told = tuple(rows.values_list("digest", "in_force_us", "is_supplier"))
    agreements = compiled(provider, (digest for digest, _, _ in told))
    return tuple(
        rules.Known(agreement, in_force, supplier)
        for agreement, (_, in_force, supplier) in zip(agreements, told, strict=True)
    )


def _write(provider: int, found: Draft, agreement: Agreement, by: str) -> None:
    assert found.in_force_us is not None
    text, digest = sealed(agreement)
    row = Revision.objects.create(
        provider_id=provider,
        name=agreement.name,
        revision=agreement.revision,
        title=agreement.title,
        language=agreement.language,
        posted_us=found.at_us,
        in_force_us=found.in_force_us,
        source=agreement.document.source,
        lock=text,
        digest=digest,
        posted_by=by,
        is_supplier=found.is_supplier,
    )
    Translation.objects.bulk_create(
        Translation(
            revision=row,
            language=each.language,
            title=each.title,
            source=each.document.source,
        )
        for each in found.translations
    )


def _fact(agreement: Agreement, found: Draft) -> Fact:
    assert found.in_force_us is not None
    return make_fact(
        "agreement.posted",
        to_datetime(found.at_us),
        f"agreement:{agreement.name}",
        agreement=agreement.name,
        revision=str(agreement.revision),
        in_force=to_datetime(found.in_force_us).isoformat(),
    )


def _refuse_overtaken(provider: int, agreement: Agreement, beyond: int | None = None) -> None:
    """Refuses what another has overtaken meanwhile; appends of a provider come in turn.

    `beyond` is the revision itself once it is written.
    """
    last = rules.last_of(known(provider), agreement.name)
    least = agreement.revision if beyond is None else beyond + 1
    if last is not None and last.agreement.revision >= least:
        raise NotPosted((rules.behind(agreement, last.agreement),))
