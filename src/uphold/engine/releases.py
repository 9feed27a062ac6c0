"""The release calendar: which release is the n-th after an instant, and when it ships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its planned and actual shipping, in microseconds, if known."""

    subject: str
    product: str | None
    planned: int | None
    shipped: int | None

    @property
    def time(self) -> int | None:
        """When it shipped, else when it is planned to."""
        return self.shipped if self.shipped is not None else self.planned


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases known, each as its latest facts have it."""

    releases: tuple[Release, ...] = ()

    def after(self, start: int, count: int, product: str | None) -> Release | None:
        """The n-th release that ships after an instant; None if no plan goes so far.

        Shipped ones come in the order they shipped, then planned ones by their plan. A release
        that names a product counts only for that product.
        """
        fit = [
            release
            for release in self.releases
            if release.product is None or product is None or release.product == product
        ]
        shipped = sorted(
            (release for release in fit if release.shipped is not None and release.shipped > start),
            key=lambda release: (release.shipped or 0, release.subject),
        )
        coming = sorted(
            (release for release in fit if release.shipped is None and release.planned is not None),
            key=lambda release: (release.planned or 0, release.subject),
        )
        found = [*shipped, *coming]
        return found[count - 1] if len(found) >= count else None


def releases_of(facts: Iterable[Fact]) -> Releases:
    """The releases of a set of facts in order; other facts are passed over."""
    found: dict[str, Release] = {}
    for fact in facts:
        if fact.thing != "release":
            continue
        known = found.get(fact.subject, Release(fact.subject, None, None, None))
        product = fact.written.get("product")
        planned = fact.value("planned") if fact.type == "release.planned" else known.planned
        found[fact.subject] = Release(
            fact.subject,
            str(product) if product is not None else known.product,
            planned if isinstance(planned, int) else None,
            fact.at_us if fact.type == "release.shipped" else known.shipped,
        )
    return Releases(tuple(found.values()))
