"""The pictures of the server's pages: the demo's world at one instant, in Chromium.

The world is made anew in a folder of its own, of a fixed seed and around a fixed instant. The
server's clock and the browser's stand at it, so the same pages come out the same. The pages are
those of the server itself, without the demo's switch between people.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from PIL import Image
from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from uphold.server.accounts.access import Viewer

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "server"
AT = datetime.fromisoformat("2026-11-24T10:20:00+01:00")
DESK, PHONE = (1280, 800), (390, 844)
LARGEST = 200_000
PATIENCE_MS = 120_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--lang=en-GB",
)
COLOURS = (256, 192, 128, 96, 64)
ENGLISH = ("Henrik Aasen", "Torbjørn Eikeland", "Ingrid Solbakken")
CHANGES = (
    ("revision: 1\n", "revision: 2\n"),
    ("posted: 2020-09-23T00:00:00+02:00", "posted: 2026-11-24T10:20:00+01:00"),
)
SHORTER = {"source": ("48 business", "24 business"), "translation": ("48 arbeid", "24 arbeid")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as somebody sees it: where it is, how large, in which theme, and what is done there.

    `prepare` fills the page in, opens what is closed, or scrolls to what is meant.
    """

    file: str
    person: str
    address: str
    size: tuple[int, int] = DESK
    theme: str = "light"
    prepare: Callable[[Page], None] = lambda _: None


def main() -> int:
    """Makes every picture, or those whose files are named."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("the server's pictures are left as they are: there is no Chromium")
        return 0
    with tempfile.TemporaryDirectory() as name:
        make_world(Path(name))
        wanted = [each for each in pictures() if each.file in sys.argv[1:] or not sys.argv[1:]]
        cookies = {each.person: session(each.person) for each in wanted}
        with served() as address:
            draw(browser, address, wanted, cookies)
    return 0


def make_world(folder: Path) -> None:
    """The demo's four providers as of the instant, with the warnings that were due by then."""
    for each in [each for each in os.environ if each.startswith("UPHOLD_")]:
        del os.environ[each]
    os.environ |= {
        "UPHOLD_DATA": str(folder),
        "UPHOLD_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "uphold.server.settings",
    }
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from uphold.server import clock
    from uphold.server.demo.loading import load
    from uphold.server.worker.services import work_due

    instant = int(AT.timestamp()) * 1_000_000
    clock.set_clock(lambda: instant)
    call_command("migrate", verbosity=0)
    load(instant)
    while work_due(limit=100):
        continue
    get_user_model().objects.filter(name__in=ENGLISH).update(language="en")


def pictures() -> tuple[Picture, ...]:
    """What is shown, and to whom."""
    told = most_telling("Henrik Aasen")
    return (
        Picture("queue.png", "Henrik Aasen", "/desk/"),
        Picture("request.png", "Henrik Aasen", told, (1280, 1000), "dark", open_reason),
        Picture("portal.png", some_super_user("connexys"), "/portal/", PHONE),
        Picture(
            "maintenance.png", "Torbjørn Eikeland", "/maintenance/-/plan/", prepare=plan_too_late
        ),
        Picture(
            "agreement.png", "Ingrid Solbakken", "/agreements/easymeeting/", prepare=to_the_answer
        ),
        Picture(
            "posting.png",
            "Ingrid Solbakken",
            "/agreements/-/post/?of=easymeeting",
            prepare=shorten_an_answer,
        ),
    )


def most_telling(name: str) -> str:
    """The page of the request with the most said, where a clock runs, best one that was held."""
    from uphold.server.desk.services import Query, queue, thing

    viewer = viewer_of(name)
    rows = [row for row in queue(viewer, Query(thing="request"), size=100).rows if not row.is_late]
    found = [thing(viewer, row.subject) for row in rows]

    def tells(view: Any) -> tuple[bool, bool, int, int]:
        runs = any(clock.state == "running" for clock in view.clocks)
        holds = any(clock.held for clock in view.clocks)
        return runs and holds, runs, len(view.story), -view.row.number

    row = max(found, key=tells).row
    return f"/{row.things}/{row.number}"


def some_super_user(house: str) -> str:
    """The first super user of a house's first customer."""
    from uphold.server.accounts.kinds import Role
    from uphold.server.demo.world import HOUSES

    found = next(each for each in HOUSES if each.key == house)
    return found.customers[0].some(Role.SUPER_USER)[0].name


def open_reason(page: Page) -> None:
    """Opens the reason of the first clock that is still to be kept."""
    page.locator("article[data-clock] .clock-why summary").first.click()


def plan_too_late(page: Page) -> None:
    """Plans work in ten days, where the agreement asks for two weeks; waits for what is said."""
    page.fill("[name=title]", "New disks in the Oslo hall")
    page.fill("[name=start]", "2026-12-04T22:00")
    page.fill("[name=end]", "2026-12-05T02:00")
    page.locator("#preview").get_by_text("The earliest start with full notice").wait_for()


def to_the_answer(page: Page) -> None:
    """Goes to the clause that promises an answer, with its term opened."""
    page.locator("summary").filter(has_text="clock response").first.click()
    page.locator("#priority").or_(page.locator("#response")).last.evaluate(
        "heading => window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 90)"
    )


def shorten_an_answer(page: Page) -> None:
    """Changes a time in the page and its translation, and waits for the comparison.

    The examples, which happen under the older revision, are left out.
    """
    page.locator("#translations-part").evaluate("part => { part.open = true }")
    for name, change in SHORTER.items():
        field = page.locator(f"[name={name}]")
        text = field.input_value()
        for before, after in (*CHANGES, change):
            assert before in text, f"the agreement has no {before!r} any more"
            text = text.replace(before, after)
        field.fill(text.partition("\n# Examples")[0] + "\n")
    page.locator("#translations-part").evaluate("part => { part.open = false }")
    page.locator("[name=source]").evaluate(
        "(field, words) => { const place = field.value.indexOf(words); field.blur();"
        " field.setSelectionRange(place, place); field.focus(); scrollTo(0, 0) }",
        SHORTER["source"][1],
    )
    page.locator("#check").get_by_text("48 → 24 business hours").first.wait_for()


def viewer_of(name: str) -> Viewer:
    """The person of that name as a viewer."""
    from django.contrib.auth import get_user_model

    from uphold.server.accounts.services import viewer_of as found

    viewer = found(get_user_model().objects.get(name=name))
    assert viewer is not None
    return viewer


def session(name: str) -> str:
    """The cookie of a browser in which the person of that name is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(name=name))
    cookies: SimpleCookie = client.cookies
    return cookies["sessionid"].value


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of each request."""


@contextmanager
def served() -> Iterator[str]:
    """The application in this process, where its clock stands; gives the address."""
    from uphold.server.wsgi import application

    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def draw(browser: str, address: str, wanted: list[Picture], cookies: Mapping[str, str]) -> None:
    """Looks at each page and keeps what there is to see."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for each in wanted:
            width, height = each.size
            context = program.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                device_scale_factor=1.5,
                color_scheme="dark" if each.theme == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
                timezone_id="Europe/Oslo",
            )
            cookie = cookies[each.person]
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.clock.set_fixed_time(AT)
            page.goto(each.address)
            each.prepare(page)
            page.evaluate("document.activeElement.blur()")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / each.file, animations="disabled", caret="hide")
            context.close()
            reduce(FOLDER / each.file)
        program.close()


def reduce(file: Path) -> None:
    """Gives the picture a palette of as many colours as let it be small enough."""
    with Image.open(file) as found:
        picture = found.convert("RGB")
    for colours in COLOURS:
        reduced = picture.quantize(colours, dither=Image.Dither.NONE)
        reduced.save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            return
    raise RuntimeError(f"{file.name} takes {file.stat().st_size:,} bytes; show less on it")


if __name__ == "__main__":
    sys.exit(main())
