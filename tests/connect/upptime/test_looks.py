"""Upptime's records to looks: repositories, single histories, and the real log."""

import os
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.connect.adapter import SourceError
from uphold.connect.upptime import Options, looks
from uphold.connect.upptime.history import STATES, read_history
from uphold.facts.evidence import Measure, Run
from uphold.facts.problems import Place, Problem
from uphold.facts.times import MINUTE, parse_time
from uphold.messages import LANGUAGES, Reader, message

FIVE_MINUTES = timedelta(minutes=5)
HISTORY = """\
url: https://www.google.com
status: {status}
code: {code}
responseTime: {took}
lastUpdated: {at}
startTime: 2020-08-10T07:54:39.000Z
generator: Upptime <https://github.com/upptime/upptime>
"""
FIRST_FORM = """\
- url: https://koj.co
- status: up
- code: 200
- responseTime: 327
- lastUpdated: 2020-08-09T02:28:21.143Z
"""


def history(status: str, at: str, took: int = 98) -> str:
    """A history file as Upptime writes it."""
    code = 0 if status == "down" else 200
    return HISTORY.format(status=status, code=code, took=took, at=at)


def look(check: str, state: str, at: str, took: int | None) -> Run:
    """The look that such a file bears."""
    instant = parse_time(at)
    measure = None if took is None else Measure(milliseconds=took)
    return Run("checks", "upptime", check, instant, instant, state, None, 1, measure)


Committing = Callable[[dict[str, str | None], str], None]


@pytest.fixture
def status_page(tmp_path: Path, system_part: Callable[[str], str]) -> tuple[Path, Committing]:
    """An empty repository, and a way to commit files to it; None deletes one."""
    git = system_part("git")
    folder = tmp_path / "status page"
    folder.mkdir()
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    home = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    environment = {**os.environ, **home, **dict.fromkeys(names, "upptime@example.org")}

    def run(*arguments: str) -> None:
        told = [git, "-C", str(folder), *arguments]
        subprocess.run(told, check=True, capture_output=True, env=environment)

    def commit(files: dict[str, str | None], words: str) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        run("add", "--all")
        run("commit", "--quiet", "--message", words)

    run("init", "--quiet", "--initial-branch", "master")
    return folder, commit


def test_every_version_in_a_repository_is_a_look(status_page: tuple[Path, Committing]) -> None:
    folder, commit = status_page
    commit({"history/koj-co.yml": FIRST_FORM, "history/summary.json": "[]"}, "first")
    commit({"history/koj-co.yml": history("down", "2020-08-09T03:00:00.000Z", 0)}, "🟥 down")
    commit({"history/google.yml": history("degraded", "2020-08-09T03:01:00.000Z", 9000)}, "🟨")
    commit({"history/koj-co.yml": None, "README.md": "no longer watched"}, "retired")
    read = looks(folder)
    assert sorted(read.runs) == [
        look("google", "degraded", "2020-08-09T03:01:00Z", 9000),
        look("koj-co", "up", "2020-08-09T02:28:21.143Z", 327),
        look("koj-co", "down", "2020-08-09T03:00:00Z", None),
    ]
    assert (read.rows, read.problems) == (3, ())
    assert read.notes == (message("upptime.no-hold"),)


def test_a_persons_own_settings_of_git_hide_nothing(status_page: tuple[Path, Committing]) -> None:
    folder, commit = status_page
    commit({"history/shop.yml": history("up", "2027-03-01T10:00:00.000Z")}, "first")
    with (folder / ".git" / "config").open("a", encoding="utf-8") as settings:
        settings.write("[log]\n\tshowRoot = false\n\tdiffMerges = off\n[color]\n\tui = always\n")
    assert len(looks(folder).runs) == 1


def test_a_record_holds_until_the_next(status_page: tuple[Path, Committing]) -> None:
    folder, commit = status_page
    for status, at in (("down", "10:00:00"), ("up", "10:20:00")):
        commit({"history/shop.yml": history(status, f"2027-03-01T{at}.000Z")}, status)
    read = looks(folder, Options(FIVE_MINUTES, timedelta(hours=26)))
    down = next(run for run in read.runs if run.state == "down")
    assert (down.last - down.first, down.count) == (15 * MINUTE, 4)
    assert read.notes == ()


def test_a_broken_version_is_told_with_its_commit(status_page: tuple[Path, Committing]) -> None:
    folder, commit = status_page
    commit({"history/shop.yml": "<<<<<<< HEAD\nstatus: up\n"}, "a merge gone wrong")
    commit({"history/shop.yml": history("up", "2027-03-01T10:00:00.000Z")}, "mended")
    read = looks(folder)
    assert len(read.runs) == 1
    (problem,) = read.problems
    assert problem.code == "upptime-no-history"
    assert str(problem.place).startswith(f"{folder}: history/shop.yml@")


def test_a_repository_of_something_else(status_page: tuple[Path, Committing]) -> None:
    folder, commit = status_page
    commit({"README.md": "nothing"}, "first")
    with pytest.raises(SourceError) as caught:
        looks(folder)
    assert caught.value.problem.code == "upptime-empty"


def test_a_repository_that_git_cannot_read(
    tmp_path: Path, system_part: Callable[[str], str]
) -> None:
    system_part("git")
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        looks(tmp_path)
    assert caught.value.problem.code == "upptime-git-refused"
    assert "not a git repository" in str(caught.value)


def test_a_repository_without_git(
    status_page: tuple[Path, Committing], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError) as caught:
        looks(status_page[0])
    assert caught.value.problem.code == "upptime-git-missing"


def test_files_alone_bear_the_last_look_of_each(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    (folder / "shop.yml").write_text(history("up", "2027-03-01T10:00:00.000Z"), encoding="utf-8")
    (folder / "mail.yml").write_text(history("down", "2027-03-01T10:01:00.000Z"), encoding="utf-8")
    shop = look("shop", "up", "2027-03-01T10:00:00Z", 98)
    mail = look("mail", "down", "2027-03-01T10:01:00Z", None)
    for place in (tmp_path, folder):
        read = looks(place)
        assert sorted(read.runs) == [mail, shop]
        assert read.notes == (message("upptime.last-looks"), message("upptime.no-hold"))
    assert looks(folder / "shop.yml").runs == (shop,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-history"),
        ("status: up\n", "no-history"),
        ("status: up\nlastUpdated: 2027-03-01 10:00\n", "time"),
        ("status: asleep\nlastUpdated: 2027-03-01T10:00:00Z\n", "state"),
    ],
)
def test_a_history_that_bears_no_look(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "shop.yml"
    file.write_text(text, encoding="utf-8")
    (problem,) = looks(file).problems
    assert problem.code == f"upptime-{code}"
    assert problem.place == Place(str(file))
    assert all(problem.text(Reader(language)) for language in LANGUAGES)


WORDS = st.sampled_from(
    ["status", "lastUpdated", "responseTime", ": ", "- ", "\n", "up", "-1", "²"]
)
TIMES = st.sampled_from(["2027-03-01T10:00:00Z", "2027-03-01T10:00:60Z", "0000-00-00T00:00:00Z"])


@given(st.lists(WORDS | TIMES | st.text(max_size=4)).map("".join))
def test_no_history_raises(text: str) -> None:
    read = read_history("shop", text, Place("shop.yml"), Options())
    assert isinstance(read, Problem) or read.state in STATES


def test_the_real_log_is_a_log_of_changes(shared: Callable[[str], Path]) -> None:
    log = shared("data/uptime_checks_2026-08.csv")
    read = looks(log, Options(FIVE_MINUTES, timedelta(hours=26)))
    assert (read.rows, read.problems, read.notes) == (314, (), ())
    # GitHub: down at 17:25:50, up at 18:40:54; the last failed look one interval before.
    down = [run for run in read.runs if run.check == "GitHub" and run.state == "down"]
    first = min(run.first for run in down)
    assert first == parse_time("2026-08-15T17:25:50Z")
    assert parse_time("2026-08-15T18:35:54Z") in {run.last for run in down}
    assert {run.source for run in read.runs} == {"upptime"}
    assert looks(log).notes == (message("upptime.no-hold"),)
    assert sum(run.count for run in looks(log).runs) == 314
