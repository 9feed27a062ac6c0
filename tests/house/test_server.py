"""The server's house: apps of one shape that meet at open modules, and pages without code."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "src" / "uphold" / "server"
APPS = sorted(file.parent.name for file in SERVER.glob("*/apps.py"))
KEEPING = sorted(
    file.parent.name for file in SERVER.glob("*/models.py") if file.parent.name != "api"
)
TEMPLATES = sorted(SERVER.glob("*/templates/**/*.html"))

OPEN = frozenset({"access", "kinds", "projecting", "retrying", "services", "shapes"})
"""What an app shows to others: what it does, in which words, by which seams."""

# The sign-in library's pages in our look, parts of pages, and the page behind every error.
SHARED_FOLDERS = frozenset({"account", "allauth", "cotton", "mfa", "web"})
FILTER = re.compile(r"(?:^|,)\s*[\w:.-]+\[")  # code that decides whether an event counts
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def test_there_are_apps() -> None:
    assert {"accounts", "agreements", "api", "desk", "ledger", "uptime", "worker"} <= {*APPS}
    assert len(TEMPLATES) > 60


@pytest.mark.parametrize("app", KEEPING)
def test_an_app_that_keeps_rows_shows_what_it_does_in_its_services(app: str) -> None:
    tree = ast.parse((SERVER / app / "services.py").read_text("utf-8"))
    assert ast.get_docstring(tree)
    listed = [each for each in tree.body if isinstance(each, ast.Assign)]
    assert "__all__" in {
        name.id for each in listed for name in each.targets if isinstance(name, ast.Name)
    }
    assert (SERVER / app / "migrations" / "__init__.py").exists()


def taken(app: str) -> Iterator[tuple[str, str, str]]:
    """What an app's modules import of other apps: where, from which app, which module."""
    for file in sorted((SERVER / app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            for name in node.names:
                at = f"{node.module}.{name.name}".split(".")
                if at[:2] == ["uphold", "server"] and at[2] in APPS and at[2] != app:
                    yield f"{file.relative_to(SERVER)}:{node.lineno}", at[2], at[3]


@pytest.mark.parametrize("app", [each for each in APPS if each != "demo"])
def test_an_app_asks_others_at_their_open_modules_alone(app: str) -> None:
    assert [each for each in taken(app) if each[2] not in OPEN] == []
    assert "demo" not in {other for _, other, _ in taken(app)}


@pytest.mark.parametrize("app", APPS)
def test_an_app_keeps_its_pages_under_its_own_name(app: str) -> None:
    for kind in ("templates", "static"):
        folders = {each.name for each in (SERVER / app / kind).glob("*")}
        assert folders <= {app, *SHARED_FOLDERS} if kind == "templates" else {app}


class Inline(HTMLParser):
    """What a strict policy refuses: code and styles that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "style" or (tag == "script" and not held.get("src")):
            self.found.append(f"{self.getpos()[0]}: <{tag}>")
        for name, value in attrs:
            code = (value or "").strip().lower()
            if (
                name == "style"
                or name.startswith(("on", "hx-on"))
                or code.startswith(("javascript:", "js:"))
                or (name == "hx-trigger" and FILTER.search(code))
            ):
                self.found.append(f"{self.getpos()[0]}: {name}")


def inline(template: str) -> list[str]:
    """The lines with inline code in a template; its own tags stand for a word."""
    parser = Inline()
    parser.feed(TAG.sub(lambda tag: " x " + "\n" * tag[0].count("\n"), template))
    return parser.found


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(SERVER).as_posix())
def test_a_page_holds_no_code_and_no_style(file: Path) -> None:
    assert inline(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<style>p {}</style>",
        '<p style="color: red">',
        "<script>run()</script>",
        '<a href=" JavaScript:run()">',
        "<p\n {% if it %}onclick='run()'{% endif %}>",
        '<p hx-on:click="run()">',
        '<p hx-trigger="click[ctrlKey]">',
    ],
)
def test_code_in_a_page_is_found(markup: str) -> None:
    assert len(inline(markup)) == 1
