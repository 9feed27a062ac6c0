"""A person is forgotten: their words and name go, what happened and every figure stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.server.desk.house import House, at, make_house
from tests.server.ledger.installations import Installations
from tests.server.ledger.story import lived

from uphold.engine import evaluate
from uphold.facts import FactSet, make_fact
from uphold.facts.times import to_datetime
from uphold.server.accounts import services as accounts
from uphold.server.agreements.services import revisions
from uphold.server.desk.models import Clock
from uphold.server.ledger import services as ledger
from uphold.server.ledger.erasing import erase_person
from uphold.server.ledger.models import FactRow, Text

END = 1_786_000_000_000_000


@pytest.fixture
def house(db: None) -> House:
    with at("2026-08-03T09:00:00+02:00"):
        house = make_house("biztek")
    lived(house)
    return house


def verdicts(house: House) -> list[object]:
    facts = FactSet.of(fact for _, fact in ledger.facts_since(house.provider, 0))
    judged = evaluate(list(revisions(house.provider)), facts, to_datetime(END))
    return [(each.subject, each) for each in judged]


def words(house: House) -> Mapping[str, str | None]:
    facts = ledger.facts_of(house.provider, ["request:2"])
    return ledger.texts(house.provider, [str(fact.written.get("written", "")) for fact in facts])


def test_every_verdict_is_as_before_and_the_words_are_gone(house: House) -> None:
    before = (verdicts(house), list(FactRow.objects.values()), list(Clock.objects.values()))
    assert before[0]
    assert list(words(house).values()) == ["It prints blanks again."]
    assert ledger.subjects_with(house.provider, "BLANKS again") == ("request:2",)
    with at("2026-09-01T09:00:00+02:00"):
        assert erase_person(house.provider, "acme-user") == 1
        assert erase_person(house.provider, "acme-user") == 0
    assert list(words(house).values()) == [None]
    assert ledger.subjects_with(house.provider, "blanks") == ()
    assert accounts.names_of(["acme-user"], provider=house.provider) == {}
    assert Text.objects.filter(salt="", content="").count() == 1
    assert (verdicts(house), list(FactRow.objects.values()), list(Clock.objects.values())) == before
    assert ledger.rebuild(house.provider).differing == 0


def test_no_file_holds_the_words_any_more(installations: Installations) -> None:
    own = installations.new("sqlite")
    path = Path(own.url.removeprefix("sqlite:///"))

    def kept() -> bytes:
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))

    words = ("It prints blanks again. " * 400, "acme-user@example.org")
    with own.inside():
        with at("2026-08-03T09:00:00+02:00"):
            house = make_house("biztek")
            told = ledger.new_text(house.provider, words[0], kind="public", person="acme-user")
            subject = {"customer": "acme", "written": told.digest}
            opened = make_fact(
                "request.opened", "2026-08-03T09:00:00+02:00", "request:1", **subject
            )
            ledger.append(house.provider, [opened], texts=[told])
        assert all(each.encode()[:24] in kept() for each in words)
        erase_person(house.provider, "acme-user")
        assert not any(each.encode()[:24] in kept() for each in words)


def test_from_a_digest_nobody_can_guess_what_was_written(house: House) -> None:
    one, other = (ledger.new_text(house.provider, "Yes.", kind="public") for _ in range(2))
    assert one.digest != other.digest
    assert "Yes." not in repr(one)


def test_the_words_of_another_provider_stand(house: House) -> None:
    south = accounts.new_provider("South", key="south").id
    assert ledger.texts(south, list(words(house))) == {}
    assert ledger.subjects_with(south, "blanks") == ()
    assert erase_person(south, "acme-user") == 0
    assert list(words(house).values()) == ["It prints blanks again."]
