"""The rule by which ids are found in source."""

from pathlib import Path

import pytest

from uphold.messages.source_ids import Use, scan


def scanned(folder: Path, source: str) -> tuple[list[tuple[str, frozenset[str] | None]], int]:
    """The ids used with their values' names, and how many calls nothing declares."""
    (folder / "room.py").write_text(source, encoding="utf-8")
    found = scan(folder, "sample")
    return [(use.id, use.names) for use in found.uses], len(found.undeclared)


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ('message("a.b")', [("a.b", frozenset())]),
        ('message("a.b", cause=1)', [("a.b", frozenset({"cause"}))]),
        ('Message("a.b", {"cause": 1})', [("a.b", frozenset({"cause"}))]),
        ('messages.message("a.b")', [("a.b", frozenset())]),
        ('Message("a.b", told)', [("a.b", None)]),
        ('message("a.b", **told)', [("a.b", None)]),
        ('Message("a.b", {"x": 1, **told})', [("a.b", None)]),
        ('Message("a.b", data=told)', [("a.b", None)]),
        (
            'Message("a.b" if x else "a.c", {"n": 1})',
            [("a.b", frozenset({"n"})), ("a.c", frozenset({"n"}))],
        ),
        (
            'def say():\n  name = "a.b" if x else "a.c"\n  return message(name)',
            [("a.b", frozenset()), ("a.c", frozenset())],
        ),
        (
            'def say():\n  if x: name: str = "a.b"\n  else: name = "a.c"\n  message(name)',
            [("a.b", frozenset()), ("a.c", frozenset())],
        ),
        ('other("a.b")\nself.message("a.b")', []),
    ],
)
def test_literal_ids_are_found(
    tmp_path: Path, source: str, uses: list[tuple[str, frozenset[str] | None]]
) -> None:
    assert scanned(tmp_path, source) == (uses, 0)


@pytest.mark.parametrize(
    "source",
    [
        'Message(f"state.{x}")',
        "message(name)",
        'message("a." + x)',
        'message("a.b" if x else y)',
        "def say(name):\n  message(name)",
        'def say():\n  name = "a.b"\n  name = other\n  message(name)',
        'def say():\n  name = "a.b"\n  for name in others:\n    message(name)',
        'name = "a.b"\ndef say():\n  name = other()\n  message(name)',
    ],
)
def test_an_id_made_of_parts_needs_a_declaration(tmp_path: Path, source: str) -> None:
    assert scanned(tmp_path, source) == ([], 1)


def test_handing_on_an_id_is_no_use(tmp_path: Path) -> None:
    assert scanned(tmp_path, "Message(said.id, told)") == ([], 0)


def test_declared_ids_are_read_from_the_module_itself() -> None:
    import uphold.messages as room

    uses = scan(Path(room.__file__).parent, "uphold.messages").uses
    assert Use("span.hours", "uphold.messages/spans.py (MESSAGE_IDS)") in uses
