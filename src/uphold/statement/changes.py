"""What changed between two statements of one period: facts, figures, credits, and the price."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from uphold.statement.form import Statement
from uphold.statement.redacting import HIDDEN

ByKey: TypeAlias = Mapping[str, Mapping[str, Any]]

_FIGURE = ("state", "availability", "lowest", "highest", "downtime_seconds", "unknown_seconds")
_VERDICT = ("state", "due", "stopped")
_CREDIT = ("state", "amount", "currency", "days", "granted")


def changes_between(before: Statement, after: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as JSON values; `after` are the parts of the later statement.

    `facts` by what became of them; `evidence` and `agreements` by name; `verdicts`, `figures`
    and `credits` by key, before and after, None where there is none. `price` is the sum of the
    credits by currency; `unknown` counts those whose amount nobody knows, before and after.
    """
    both = before.parts["verdicts"], after["verdicts"]
    verdicts, figures, credits_ = (
        (_by_key(both[0], kind), _by_key(both[1], kind))
        for kind in ("verdicts", "figures", "credits")
    )
    return {
        "facts": _facts(before.parts["index"], after),
        "evidence": _names(before.parts["index"], after["index"], "run"),
        "agreements": _names(before.parts["index"], after["index"], "agreement"),
        "verdicts": _unlike(verdicts, _VERDICT),
        "figures": _unlike(figures, _FIGURE),
        "credits": _unlike(credits_, _CREDIT),
        "price": _price(credits_),
        "unknown": [
            sum(each["amount"] is None and each["days"] is None for each in found.values())
            for found in credits_
        ],
    }


def _by_key(verdicts: Mapping[str, Any], kind: str) -> ByKey:
    """Verdicts by agreement and key: two agreements may name a term alike."""
    return {f"{each['agreement']} {each['key']}": each for each in verdicts[kind]}


def _facts(index: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Facts that came, those that correct or retract one, and those that are no longer there."""
    entries = after["index"]["fact"]
    known = set(map(_identity, index["fact"]))
    now = set(map(_identity, entries))
    found: dict[str, list[dict[str, Any]]] = {"added": [], "corrected": [], "retracted": []}
    for entry, fact in zip(entries, after["facts"], strict=True):
        if _identity(entry) in known:
            continue
        if "corrects" in fact:
            found["corrected"].append({**_entry(entry), "corrects": fact["corrects"]})
        elif "retracts" in fact:
            found["retracted"].append({**_entry(entry), "retracts": fact["retracts"]})
        else:
            found["added"].append(_entry(entry))
    gone = [_entry(each) for each in index["fact"] if _identity(each) not in now]
    return {**found, "gone": gone}


def _identity(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes a fact the same in both: its id, but for one that a salt of its own has hidden."""
    if entry["id"].startswith(HIDDEN):
        return entry["type"], entry["subject"], entry["at"]
    return (entry["id"],)


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("id", "type", "subject", "at")}


def _names(before: Mapping[str, Any], after: Mapping[str, Any], kind: str) -> list[str]:
    """The names of things that are not what they were, or came, or went."""
    was = {(each["name"], each["digest"]) for each in before[kind]}
    now = {(each["name"], each["digest"]) for each in after[kind]}
    return sorted({name for name, _ in was ^ now})


def _unlike(both: tuple[ByKey, ByKey], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    """The verdicts of which one of the fields differs, with these fields before and after."""
    before, after = both
    found = []
    for name in sorted({*before, *after}):
        was, now = (_fields(each.get(name), fields) for each in both)
        if was != now:
            key = (after.get(name) or before[name])["key"]
            found.append({"key": key, "before": was, "after": now})
    return found


def _fields(verdict: Mapping[str, Any] | None, fields: tuple[str, ...]) -> dict[str, Any] | None:
    return None if verdict is None else {name: verdict[name] for name in fields}


def _price(both: tuple[ByKey, ByKey]) -> list[dict[str, str]]:
    """What the change costs, by currency: the credits after less those before."""
    was, now = map(_sums, both)
    return [
        {
            "currency": currency,
            "before": f"{was.get(currency, Decimal(0)):f}",
            "after": f"{now.get(currency, Decimal(0)):f}",
            "difference": f"{now.get(currency, Decimal(0)) - was.get(currency, Decimal(0)):f}",
        }
        for currency in sorted({*was, *now})
    ]


def _sums(found: ByKey) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for credit in found.values():
        if credit["amount"] is not None and credit["currency"] is not None:
            so_far = sums.get(credit["currency"], Decimal(0))
            sums[credit["currency"]] = so_far + Decimal(credit["amount"])
    return sums
