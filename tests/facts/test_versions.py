"""Facts of other versions: older ones are brought up, newer ones refused, stored ones kept."""

from types import MappingProxyType

import pytest
from tests.facts.made import lines_of, read

from uphold.facts import canonical_json, checking, digest
from uphold.facts.versions import VersionUnknownError, brought_up

OPENED: dict[str, object] = {
    "type": "request.opened",
    "at": "2027-02-01T10:00:00Z",
    "subject": "request:1",
}


def renamed(old: str, new: str, fact: dict[str, object]) -> dict[str, object]:
    return {new if key == old else key: value for key, value in fact.items()}


@pytest.mark.parametrize("version", [0, 2])
def test_a_version_that_nothing_reads_is_refused(version: int) -> None:
    facts, problems = read(lines_of(OPENED | {"v": version}))
    assert facts == ()
    assert [problem.code for problem in problems] == ["fact-version-unknown"]


def test_versions_are_brought_up_one_after_the_other() -> None:
    upgraders = {
        1: lambda fact: renamed("severity", "importance", fact),
        2: lambda fact: renamed("importance", "priority", fact),
    }
    old = OPENED | {"v": 1, "severity": "high"}
    assert brought_up(old, 1, 3, upgraders) == OPENED | {"v": 3, "priority": "high"}
    assert brought_up(old, 3, 3, upgraders) == old | {"v": 3}
    with pytest.raises(VersionUnknownError, match=r"version 0 is unknown; .* reads up to 3"):
        brought_up(old, 0, 3, upgraders)


def test_an_older_fact_keeps_the_id_that_its_first_spelling_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upgraders = MappingProxyType({0: lambda fact: renamed("severity", "priority", fact)})
    monkeypatch.setattr(checking, "UPGRADERS", upgraders)
    old = OPENED | {"v": 0, "severity": "high"}
    recorded = old | {"recorded": "2027-02-01T12:00:00Z"}
    facts, problems = read(lines_of(old, recorded, old | {"id": "own"}))
    assert not problems
    assert [fact.value("priority") for fact in facts] == ["high"] * 3
    assert [fact.id for fact in facts] == [digest(old), digest(old), "own"]
    assert b'"v":0' in canonical_json(old)
