"""The rule by which ids are found in templates."""

from pathlib import Path

import pytest

from uphold.messages.source_ids import Use, scan
from uphold.messages.template_ids import Said, said_in


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{% say "a.b" %}', [Said(1, "a.b", frozenset())]),
        ("{%say 'a.b'%}", [Said(1, "a.b", frozenset())]),
        (
            '{% say "a.b" count=rows|length name="x=y z" %}',
            [Said(1, "a.b", frozenset({"count", "name"}))],
        ),
        ('{% say "a.b" span=left as words %}', [Said(1, "a.b", frozenset({"span"}))]),
        (
            "<p>\n<c-table label=\"{% say 'a.b' %}\">\n{% say 'a.c' %}",
            [Said(2, "a.b", frozenset()), Said(3, "a.c", frozenset())],
        ),
        ("{% say row.title %}", [Said(1, None, frozenset())]),
        ('{# {% say "a.b" %} #}\n{% say "a.c" %}', [Said(2, "a.c", frozenset())]),
        (
            '{% comment %}\n{% say "a.b" %}\n{% endcomment %}{% say "a.c" %}',
            [Said(3, "a.c", frozenset())],
        ),
        ('{% trans "a.b" %} {% tell each %} {% saying "a.b" %}', []),
    ],
)
def test_what_a_template_says(template: str, said: list[Said]) -> None:
    assert list(said_in(template)) == said


def test_templates_are_scanned_beside_the_modules(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "room"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text('<h1>{% say "a.b" count=3 %}</h1>\n{% say found %}\n')
    found = scan(tmp_path, "sample")
    assert found.uses == (Use("a.b", "sample/templates/room/page.html:1", frozenset({"count"})),)
    assert found.undeclared == ("sample/templates/room/page.html:2",)
