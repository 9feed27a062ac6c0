"""The compiled form of a revision, and the published schema of an agreement."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from uphold.agreement import load_agreement
from uphold.agreement.document_json import to_json
from uphold.agreement.lock import LockFormError, lock, unlock
from uphold.agreement.schema import agreement_schema
from uphold.agreement.terms.load import read_term
from uphold.engine.examples import run_examples
from uphold.worktime import calendar as worktime_calendar
from uphold.worktime import zone

ROOT = Path(__file__).parents[2] / "agreements"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md"))
    if not path.stem.endswith(".nb")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_locked_agreement_judges_alike_without_any_table(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = load_agreement(page)
    form = json.loads(json.dumps(lock(agreement)))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an installed table was read")

    monkeypatch.setattr(worktime_calendar.Calendar, "__init__", refuse)
    monkeypatch.setattr(zone, "find_zone", refuse)
    monkeypatch.setattr(zone, "ZoneInfo", refuse)
    again = unlock(form)
    assert lock(again) == form
    assert (again.posted_us, again.in_force_us) == (agreement.posted_us, agreement.in_force_us)
    before, after = run_examples(agreement), run_examples(again)
    assert [run.verdicts for run in before] == [run.verdicts for run in after]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_agreement_fits_the_published_schema(page: Path) -> None:
    schema = agreement_schema()
    Draft202012Validator.check_schema(schema)
    form = to_json(load_agreement(page).document)
    assert not list(Draft202012Validator(schema).iter_errors(form))


def test_the_schema_refuses_a_key_that_no_term_has() -> None:
    form = to_json(load_agreement(ROOT / "examples" / "harbour.md").document)
    form["clauses"][-1]["terms"][0]["term"]["colour"] = "blue"
    assert list(Draft202012Validator(agreement_schema()).iter_errors(form))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_term_reads_back_from_its_json_form(page: Path) -> None:
    for term in load_agreement(page).terms:
        written = json.loads(json.dumps(term.json_form()))
        again = read_term(written).model_copy(update={"clause": term.clause})
        assert again == term


@pytest.mark.parametrize(
    "form", [None, [], {}, {"form": "uphold.agreement/9"}, {"form": "uphold.agreement/1"}]
)
def test_what_is_no_compiled_agreement_is_refused_in_words(form: Any) -> None:
    with pytest.raises(LockFormError, match=r"form|cannot be read"):
        unlock(form)
