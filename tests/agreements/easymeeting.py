"""What the tests of Easymeeting's agreement share: the shipped file, facts, and judging them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from uphold.agreement import Agreement, load_agreement
from uphold.engine import Verdict, evaluate
from uphold.facts import Fact, make_fact

FILE = Path(__file__).resolve().parents[2] / "agreements" / "easymeeting.md"


def local(text: str) -> str:
    """A wall time in Norway's summer, `2020-10-05 10:00` or with seconds, as RFC 3339."""
    day, _, time = text.partition(" ")
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}+02:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(local(text))


def fact(fact_type: str, time: str, subject: str, /, **rest: object) -> Fact:
    return make_fact(fact_type, local(time), subject, **rest)


def customer(name: str = "nord", region: str = "europe") -> Fact:
    return fact("customer.agreed", "2020-09-24 09:00", f"customer:{name}",
                account=name, region=region)  # fmt: skip


def opened(time: str = "2020-10-05 10:00", **rest: object) -> Fact:
    return fact("request.opened", time, "request:1", **({"account": "nord"} | rest))


def ordered(item: str, time: str, **rest: object) -> Fact:
    return fact("order.placed", time, "order:1", account="nord", item=item, **rest)


@dataclass(frozen=True)
class Judged:
    """The verdicts on some facts, to be asked for by name."""

    verdicts: tuple[Verdict, ...]

    def __getitem__(self, clock: str) -> Verdict:
        (found,) = (verdict for verdict in self.verdicts if verdict.clock == clock)
        return found


def judge(agreements: Agreement | list[Agreement], time: str, facts: Iterable[Fact]) -> Judged:
    revisions = agreements if isinstance(agreements, list) else [agreements]
    return Judged(tuple(evaluate(revisions, list(facts), at(time))))


def revised(number: int, posted: str, old: str, new: str) -> Agreement:
    """The shipped agreement as a later revision in which some words are others."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    text = text.replace("\nrevision: 1\n", f"\nrevision: {number}\n")
    text = text.replace("posted: 2020-09-23T00:00:00+02:00", f"posted: {local(posted)}")
    return load_agreement((f"easymeeting-{number}.md", text.replace(old, new)))
