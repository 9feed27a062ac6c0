"""`uphold render`: an agreement as a page of HTML, or as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

from uphold.agreement.document import Document
from uphold.cli.loading import documents
from uphold.cli.options import Shared
from uphold.cli.originals import Beside
from uphold.cli.outputs import check_outputs
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.cli.writing import written
from uphold.messages import Reader, message

_FORMS = ("html", "json")


def render(
    file: str,
    /,
    *,
    to: str = "html",
    out: str | None = None,
    zone: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Shows an agreement as a page that stands alone, its terms beside its clauses."""
    screen = Screen(shared)
    check_outputs(() if out is None else (out,), (file,))
    form = "json" if shared.json else _form(to)
    document = documents(pages((file,), "render"))[0]
    text = _json(document) if form == "json" else _html(document, shared, zone)
    if out is None:
        sys.stdout.write(text)
    else:
        written(out, text)
        screen.problem(screen.say(message("render.written", file=out)))
    return FINE


def _form(given: str) -> Literal["html", "json"]:
    if given == "html":
        return "html"
    if given == "json":
        return "json"
    raise Refusal(message("cli.form-unknown", form=given), message("cli.forms", forms=_FORMS))


def _json(document: Document) -> str:
    from uphold.agreement.document_json import to_json

    return json.dumps(to_json(document), ensure_ascii=False, indent=2) + "\n"


def _html(document: Document, shared: Shared, zone: str | None) -> str:
    from uphold.agreement.html import reader_of, render_page
    from uphold.cli.times import known_zone

    own = reader_of(document)
    reader = Reader(
        Screen(shared).reader.language if shared.lang else own.language,
        known_zone(zone) if zone else own.zone,
    )
    original = None
    if document.is_translation:
        original = Beside(()).of(document, Path(document.file).parent)
    return render_page(document, reader=reader, original=original)
