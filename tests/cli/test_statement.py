"""`uphold key new`, `statement` and `verify`: from the provider's machine to the customer's."""

import json
import sys
from pathlib import Path

import pytest
from tests.cli.desk import Ran, Run
from tests.cli.hosting import AT, JUDGED
from tests.cli.test_credits import add

from uphold.facts.canonical import digest

Hosting = tuple[Path, Path, Path]


@pytest.fixture
def key(uphold: Run, tmp_path: Path) -> Path:
    path = tmp_path / "provider.key"
    assert uphold("key", "new", "--out", path).code == 0
    return path


def made(uphold: Run, hosting: Hosting, out: Path, *more: str | Path) -> Ran:
    page, checks, facts = hosting
    return uphold(
        "statement", page, "--facts", facts, "--evidence", checks, "--interval", "5m",
        "--at", AT, "--customer", "acme", "--window", "2026-08", "--out", out, *more,
    )  # fmt: skip


def test_a_key_is_made_once(uphold: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.key"
    ran = uphold("key", "new", "--out", path, "--json")
    assert ran.code == 0
    assert set(ran.json) == {"private", "public", "fingerprint"}
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    again = uphold("key", "new", "--out", path)
    assert (again.code, again.out) == (2, "")
    assert "never overwritten" in again.err
    assert path.read_bytes() == before


@pytest.mark.requirement("X4")
def test_a_statement_is_made_and_checked_with_nothing_else(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "acme.json"
    ran = made(uphold, hosting, out, "--key", key)
    assert (ran.code, ran.err) == (0, "")
    assert f"{out} is written." in ran.out
    assert "Signed with the key" in ran.out
    content = out.read_bytes()
    for path in hosting:
        path.unlink()
    monkeypatch.chdir(tmp_path)
    alone = uphold("verify", out)
    assert alone.code == 0
    assert "signer unknown" in alone.out
    assert "The statement is for acme, 2026-08." in alone.out
    pinned = uphold("verify", out, "--key", f"{key}.pub")
    assert pinned.code == 0
    assert pinned.out.startswith("Intact: every figure follows")
    told = uphold("verify", out, "--json").json
    assert told["status"] == "intact, signer unknown"
    assert told["difference"] is None
    assert out.read_bytes() == content


def test_pages_are_written_beside_the_file(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    out = tmp_path / "acme.json"
    ran = made(uphold, hosting, out, "--key", key, "--html", "--lang", "nb")
    assert (ran.code, ran.err) == (0, "")
    page = tmp_path / "acme.html"
    assert f"{page} " in ran.out
    text = page.read_text(encoding="utf-8")
    assert '<html lang="nb"' in text
    assert "97,923" in text
    assert "acme.json" in text
    told = made(uphold, hosting, tmp_path / "acme.html", "--html", "--json").json
    assert [Path(each).name for each in told["files"]] == ["acme.html", "acme.html.html"]


def test_a_page_to_print(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))  # type: ignore[arg-type]
    out = tmp_path / "acme.json"
    assert made(uphold, hosting, out, "--pdf").code == 0
    assert out.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")


def test_without_the_printer_the_way_to_it_is_told(
    uphold: Run, hosting: Hosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ran = made(uphold, hosting, tmp_path / "acme.json", "--pdf")
    assert (ran.code, ran.out) == (2, "")
    assert "uphold[pdf]" in ran.err


def test_verify_names_what_differs(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    out, changed = tmp_path / "acme.json", tmp_path / "changed.json"
    made(uphold, hosting, out, "--key", key)
    changed.write_bytes(out.read_bytes().replace(b'"97.923"', b'"99.923"'))
    ran = uphold("verify", changed)
    assert (ran.code, ran.out) == (1, "")
    assert str(changed) in ran.err
    assert uphold("verify", changed, "--json").json["difference"]["part"] == "verdicts"
    other = tmp_path / "other.key"
    uphold("key", "new", "--out", other)
    ran = uphold("verify", out, "--key", f"{other}.pub")
    assert ran.code == 1
    assert uphold("verify", out, "--key", f"{other}.pub", "--json").json["difference"]["kind"] == (
        "key"
    )


def test_your_own_copy_of_the_agreement(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    out = tmp_path / "acme.json"
    made(uphold, hosting, out, "--key", key)
    page = hosting[0]
    assert uphold("verify", out, "--agreement", page).code == 0
    page.write_text(page.read_text().replace("Search and code are", "Code and search are", 1))
    text = page.read_text().replace("[Search and code are each up]", "[are each up]")
    page.write_text(text)
    ran = uphold("verify", out, "--agreement", page)
    assert ran.code == 1
    assert "hosting" in ran.err


def test_what_is_no_statement(uphold: Run, hosting: Hosting, key: Path, tmp_path: Path) -> None:
    for path in (hosting[1], key):
        ran = uphold("verify", path)
        assert (ran.code, ran.out) == (2, "")
        assert "no statement" in ran.err
    ran = uphold("verify", tmp_path / "none.json")
    assert ran.code == 2
    assert "There is no file" in ran.err
    out = tmp_path / "acme.json"
    made(uphold, hosting, out)
    assert "signed" in uphold("verify", out).out
    ran = uphold("verify", out, "--key", hosting[1])
    assert ran.code == 2
    assert "holds no public" in ran.err


def test_a_closed_period_is_only_stated_anew(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    made(uphold, hosting, first, "--key", key)
    ran = made(uphold, hosting, second, "--key", key, "--previous", first)
    assert (ran.code, ran.out) == (2, "")
    assert "closed" in ran.err
    assert not second.exists()
    with hosting[2].open("a") as facts:
        facts.write(json.dumps(JUDGED) + "\n")
    reason = "code was down as well"
    ran = made(uphold, hosting, second, "--key", key, "--restates", first, "--reason", reason)
    assert (ran.code, ran.err) == (0, "")
    assert uphold("verify", second, "--restated", first).code == 0
    # code was down for 900 of 86,700 s: 98.961 %, so 25 % of 400.00 EUR more.
    assert "Credits: €100.00 → €200.00 (€100.00)." in ran.out
    restates = json.loads(second.read_text())["restates"]
    assert restates["reason"] == reason
    assert restates["changes"]["price"] == [
        {"currency": "EUR", "before": "100.00", "after": "200.00", "difference": "100.00"}
    ]
    third = tmp_path / "third.json"
    again = ("--key", key, "--restates", first, "--reason", "and again", "--previous", second)
    ran = made(uphold, hosting, third, *again)
    assert (ran.code, ran.out) == (2, "")
    assert not third.exists()


def test_a_period_that_lasts_is_provisional_and_stays_open(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    early, final = tmp_path / "early.json", tmp_path / "final.json"
    page, checks, facts = hosting
    given = (page, "--facts", facts, "--evidence", checks, "--interval", "5m", "--key", key)
    whose = ("--customer", "acme", "--window", "2026-08")
    ran = uphold("statement", *given, *whose, "--at", "2026-08-20T12:00:00Z", "--out", early)
    assert (ran.code, ran.err) == (0, "")
    assert "2026-08 is not over: it ends Tue, 1 Sept 2026 00:00." in ran.out
    ran = made(uphold, hosting, final, "--key", key, "--previous", early)
    assert (ran.code, ran.err) == (0, "")
    assert "is not over" not in ran.out
    assert uphold("verify", final, "--previous", early).code == 0


@pytest.mark.parametrize("which", [0, 1, 2])
def test_nothing_that_is_read_is_written_over(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path, which: int
) -> None:
    """Neither the agreement, nor the evidence, nor the facts, by whatever name."""
    out = tmp_path / "." / ".." / tmp_path.name / hosting[which].name
    before = out.read_bytes()
    ran = made(uphold, hosting, out, "--key", key)
    assert (ran.code, ran.out) == (2, "")
    assert "is read by this command" in ran.err
    assert out.read_bytes() == before


def test_a_statement_is_not_written_over_the_one_that_it_follows(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first.json"
    made(uphold, hosting, first, "--key", key)
    before = first.read_bytes()
    for option in (("--previous", first), ("--restates", first, "--reason", "late")):
        ran = made(uphold, hosting, first, "--key", key, *option)
        assert (ran.code, ran.out) == (2, "")
        assert "is read by this command" in ran.err
    assert "is read by this command" in made(uphold, hosting, key, "--key", key).err
    assert first.read_bytes() == before


def test_where_nothing_can_be_written(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "acme.json"
    assert f"there is no folder {tmp_path / 'none'}" in made(uphold, hosting, nowhere).err
    assert f"{tmp_path} is a folder." in made(uphold, hosting, tmp_path).err


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (("--customer", "acne"), "--customer is given twice"),
        (("--reason", "late"), "--restates and --reason go together"),
        (("--restates", "x.json"), "--restates and --reason go together"),
        (("--key", "nothing.key"), "nothing.key cannot be read"),
        (("--previous", "nothing.json"), "There is no file nothing.json."),
    ],
)
def test_mistakes(
    uphold: Run, hosting: Hosting, tmp_path: Path, more: tuple[str, ...], found: str
) -> None:
    out = tmp_path / "acme.json"
    ran = made(uphold, hosting, out, *more)
    assert (ran.code, ran.out) == (2, "")
    assert found in ran.err
    assert not out.exists()


def test_who_is_unknown_and_what_is_missing(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    page, checks, facts = hosting
    out = ("--out", tmp_path / "x.json", "--window", "2026-08")
    ran = uphold("statement", page, facts, checks, *out, "--customer", "acne")
    assert (ran.code, ran.out) == (2, "")
    assert "No fact names a customer acne." in ran.err
    ran = uphold("statement", page, facts, checks, *out)
    assert "uphold statement needs --customer." in ran.err
    ran = uphold("statement", page, facts, checks, "--customer", "acme", "--window", "2026-08")
    assert "uphold statement needs --out." in ran.err
    ran = uphold("statement", page, checks, *out, "--customer", "acme")
    assert "The facts name no customer at all" in ran.err


def test_facts_that_cannot_be_read_are_not_left_out_of_a_seal(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    with hosting[2].open("a") as facts:
        facts.write('{"type": "outage.judged", "at": "2026-08-04"}\n')
    out = tmp_path / "acme.json"
    ran = made(uphold, hosting, out, "--key", key)
    assert (ran.code, ran.out) == (2, "")
    assert "facts.jsonl:3:" in ran.err
    assert "would be missing from it for good" in ran.err
    assert not out.exists()
    ran = made(uphold, hosting, out, "--key", key, "--keep-going")
    assert ran.code == 1
    assert "facts.jsonl:3:" in ran.err
    assert uphold("verify", out).code == 0


def test_the_window_is_that_of_the_customers_own_agreement(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    """Whichever is given first: another customer's agreement has the clocks of another zone."""
    page, checks, facts = hosting
    other = tmp_path / "other.md"
    text = page.read_text().replace("agreement: hosting", "agreement: other")
    other.write_text(text.replace("zone: Europe/Oslo", "zone: America/New_York"))
    out = tmp_path / "acme.json"
    for pages in ((other, page), (page, other)):
        ran = made(uphold, (pages[0], checks, facts), out, pages[1], "--key", key)
        assert (ran.code, ran.err) == (0, "")
        about = json.loads(out.read_text())["about"]
        assert about["window"]["zone"] == "Europe/Oslo"
        assert about["window"]["start"] == "2026-07-31T22:00:00Z"
        assert [each["agreement"] for each in about["agreements"]] == ["hosting"]


def test_a_fee_put_right_after_the_statement(
    uphold: Run, hosting: Hosting, key: Path, tmp_path: Path
) -> None:
    """Two accounts: 25 % of 400.00 EUR and of 1,000.00 EUR, then of 440.00 EUR and 1,200.00 EUR."""
    agreed = json.loads(hosting[2].read_text().splitlines()[0])
    second = {**agreed, "account": "acme-2", "fee": "1000.00 EUR"}
    add(hosting[2], second, {**agreed, "customer": "acme", "account": "acme-9", "fee": "1.00 EUR",
                             "from": "2026-09-01T00:00:00+02:00"})  # fmt: skip
    first, anew = tmp_path / "first.json", tmp_path / "anew.json"
    assert made(uphold, hosting, first, "--key", key).code == 0
    add(
        hosting[2],
        {**agreed, "fee": "440.00 EUR", "corrects": digest(agreed),
         "recorded": "2026-09-09T00:00:00Z"},
        {"type": "customer.fee", "at": "2026-06-02T00:00:00Z", "subject": "customer:acme",
         "account": "acme-2", "amount": "1200.00 EUR", "recorded": "2026-09-09T00:00:00Z"},
    )  # fmt: skip
    told = ("--restates", first, "--reason", "the fees were wrong")
    ran = made(uphold, hosting, anew, "--key", key, *told)
    assert (ran.code, ran.err) == (0, "")
    assert "Credits: €350.00 → €410.00 (€60.00)." in ran.out
    changes = json.loads(anew.read_text())["restates"]["changes"]
    assert [(each["before"]["amount"], each["after"]["amount"]) for each in changes["credits"]] == [
        ("100.00", "110.00"),
        ("250.00", "300.00"),
    ]
    assert len(changes["facts"]["corrected"]) == len(changes["facts"]["added"]) == 1
    assert uphold("verify", anew, "--restated", first).code == 0
