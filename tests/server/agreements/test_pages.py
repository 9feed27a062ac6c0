"""Agreements on the web: read, compared and posted, each by those who may (B7, E2, E18)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.server.agreements.pages import page, translation
from tests.server.people import World

from uphold.facts import make_fact
from uphold.server import clock
from uphold.server.agreements import services
from uphold.server.ledger import services as ledger

pytestmark = pytest.mark.django_db
SHIPPED = Path(__file__).resolve().parents[3] / "agreements"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def posted(world: World, source: str, when: str, **rest: object) -> None:
    with clock.clock_at(at(when)):
        services.post(
            world.provider(),
            source,
            by=world.people["north administrator"],
            **rest,  # type: ignore[arg-type]
        )


def shown(client: Client, address: str, status: int = 200, when: str = "2026-05-02") -> str:
    """The words of a page without its tags, as somebody sees it at noon of that day."""
    with clock.clock_at(at(f"{when}T12:00:00+02:00")):
        answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status, answer.content
    return words(answer.content)


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


@pytest.fixture
def two_revisions(world: World) -> World:
    """A first revision in English and Norwegian, and a second with half the time."""
    posted(world, page(), "2026-03-02T12:00:00+01:00", translations=[translation()])
    second = page(revision=2, posted="2026-04-11T08:00:00+02:00", hours=4)
    posted(world, second, "2026-04-11T09:30:00+02:00")
    return world


@pytest.mark.requirement("E2")
def test_the_page_says_what_is_in_force_since_when_and_when_it_was_last_updated(
    two_revisions: World,
) -> None:
    client = two_revisions.client("fjord user")
    text = shown(client, "/agreements/")
    assert "Support of North" in text
    assert "Revision 2 since Sat 11 Apr 07:30" in text, "in UTC, the reader's zone"
    text = shown(client, "/agreements/north-support/2/")
    assert "Last updated" in text
    assert "We answer within 4 business hours" in text


@pytest.mark.requirement("E2")
def test_an_older_revision_is_read_with_a_word_that_it_is_replaced(two_revisions: World) -> None:
    text = shown(two_revisions.client("fjord user"), "/agreements/north-support/1/")
    assert "We answer within 8 business hours" in text
    assert "This revision has been replaced. In force: Revision 2" in text


@pytest.mark.requirement("B7")
def test_two_revisions_are_compared_in_plain_words_with_links_to_the_clauses(
    two_revisions: World,
) -> None:
    client = two_revisions.client("fjord user")
    with clock.clock_at(at("2026-05-02T12:00:00+02:00")):
        answer = client.get("/agreements/north-support/compare/", headers={"Accept-Language": "en"})
    text = words(answer.content)
    assert "From revision 1 to revision 2" in text
    assert "answer, target: 8 → 4 business hours" in text
    assert "helps the customer" in text
    assert b'href="/agreements/north-support/2/#answers"' in answer.content


@pytest.mark.requirement("E18")
def test_the_same_terms_are_read_in_another_language(two_revisions: World) -> None:
    client = two_revisions.client("fjord user")
    text = shown(client, "/agreements/north-support/1/?language=nb")
    assert "Vi svarer innen 8 arbeidstimer" in text
    assert "A translation. Its figures agree with the original" in text
    assert "8 business hours" in text, "the terms stand beside the translated clause"


def test_what_the_text_leaves_open_and_how_it_is_read_is_told(world: World) -> None:
    source = (SHIPPED / "biztek.md").read_text(encoding="utf-8")
    posted(world, source, "2026-03-02T12:00:00+01:00")
    text = shown(world.client("fjord user"), "/agreements/biztek-support/1/")
    assert "What the text leaves open" in text
    assert "How we read it" in text
    assert "vi leser mandag til fredag" in text


@pytest.mark.requirement("B8")
def test_an_agreement_names_the_document_it_depends_on(world: World) -> None:
    source = (SHIPPED / "biztek.md").read_text(encoding="utf-8")
    posted(world, source, "2026-03-02T12:00:00+01:00")
    text = shown(world.client("fjord user"), "/agreements/biztek-support/1/")
    assert "Leans on Driftsavtalen" in text


@pytest.mark.requirement("B6")
def test_the_suppliers_stand_in_a_register_with_their_agreements(world: World) -> None:
    source = (SHIPPED / "biztek.md").read_text(encoding="utf-8")
    posted(world, source, "2026-03-02T12:00:00+01:00")
    client = world.client("fjord user")
    text = shown(client, "/agreements/")
    for supplier in ("Microsoft Azure", "Zendesk", "Printix", "OnWork"):
        assert supplier in text
    assert b'href="https://printix.net/sla"' in client.get("/agreements/").content


def test_a_customer_reads_the_agreement_of_its_account_and_no_other(world: World) -> None:
    posted(world, page(), "2026-03-02T12:00:00+01:00")
    posted(world, page(name="north-other"), "2026-03-02T12:00:00+01:00")
    agreed = make_fact(
        "customer.agreed",
        at("2026-03-03T12:00:00+01:00"),
        "customer:fjord",
        customer="fjord",
        account="fjord-1",
        agreement="north-support",
    )
    ledger.append(world.provider(), [agreed])
    fjord = world.client("fjord user")
    assert "north-other" not in shown(fjord, "/agreements/")
    shown(fjord, "/agreements/north-support/1/")
    for address in (
        "north-other/",
        "north-other/1/",
        "north-other/compare/",
        "north-other/1/source",
    ):
        shown(fjord, f"/agreements/{address}", 404)
    shown(world.client("quay seller"), "/agreements/north-other/1/")
    shown(world.client("north agent"), "/agreements/north-other/1/")
    for stranger in ("south administrator", "delta user"):
        shown(world.client(stranger), "/agreements/north-support/1/", 404)


def test_the_posted_page_can_be_taken_as_it_is(two_revisions: World) -> None:
    client = two_revisions.client("fjord user")
    answer = client.get("/agreements/north-support/2/source")
    assert answer.content.decode() == page(revision=2, posted="2026-04-11T08:00:00+02:00", hours=4)
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"


@pytest.mark.usefixtures("two_revisions")
def test_a_visitor_is_asked_to_sign_in() -> None:
    for address in ("", "north-support/", "north-support/2/", "-/post/"):
        answer = Client().get(f"/agreements/{address}")
        assert answer.status_code == 302
        assert "login" in answer.headers["Location"]


def test_no_page_holds_a_style_or_script_that_the_policy_forbids(two_revisions: World) -> None:
    client = two_revisions.client("north administrator")
    for address in ("", "north-support/2/", "north-support/1/?language=nb", "-/post/"):
        content = client.get(f"/agreements/{address}").content.decode()
        assert "<style" not in content
        assert " style=" not in content
        assert not re.search(r"<script(?![^>]*\bsrc=)", content)


class TestPosting:
    """The administrators' page."""

    def check(self, world: World, **fields: object) -> str:
        client = world.client("north administrator")
        with clock.clock_at(at("2026-05-02T12:00:00+02:00")):
            answer = client.post("/agreements/-/check/", fields, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return words(answer.content)

    def test_the_check_says_what_would_change_and_what_the_examples_say(
        self, two_revisions: World
    ) -> None:
        third = page(revision=3, posted="2026-05-02T08:00:00+02:00", hours=2)
        text = self.check(two_revisions, source=third)
        assert "Revision 3 can be posted; in force from" in text
        assert "answer, target: 4 → 2 business hours" in text
        assert "1 example comes out as it says." in text

    def test_problems_stand_with_their_line_and_what_would_be_right(
        self, two_revisions: World
    ) -> None:
        third = page(revision=3, posted="2026-05-02T08:00:00+02:00").replace(
            "mon-fri: 08:00-16:00", "mon-fri: 08:00-25:00"
        )
        text = self.check(two_revisions, source=third)
        assert "keep it from being posted" in text or "keeps it from being posted" in text
        assert "north-support.md, line 18:" in text

    def test_an_example_that_comes_out_otherwise_is_told(self, two_revisions: World) -> None:
        third = page(revision=3, posted="2026-05-02T08:00:00+02:00").replace(
            "answer: {state: met}", "answer: {state: missed}"
        )
        assert "1 of 1 examples comes out otherwise" in self.check(two_revisions, source=third)

    def test_a_file_takes_the_place_of_what_was_typed(self, two_revisions: World) -> None:
        third = page(revision=3, posted="2026-05-02T08:00:00+02:00", hours=2)
        file = SimpleUploadedFile("next.md", third.encode())
        assert "Revision 3 can be posted" in self.check(two_revisions, source="x", file=file)
        word = SimpleUploadedFile("next.docx", b"PK\x03\x04")
        assert "Word" in self.check(two_revisions, file=word)
        huge = SimpleUploadedFile("next.md", b"x" * 2_000_000)
        assert "1,024" in self.check(two_revisions, file=huge)

    def test_posting_leads_to_the_new_revision(self, two_revisions: World) -> None:
        client = two_revisions.client("north administrator")
        third = page(revision=3, posted="2026-05-02T08:00:00+02:00", hours=2)
        with clock.clock_at(at("2026-05-02T12:00:00+02:00")):
            answer = client.post("/agreements/-/post/", {"source": third})
            assert answer.headers["Location"] == "/agreements/north-support/3/"
            again = client.post("/agreements/-/post/", {"source": third})
        assert again.status_code == 422
        assert "revision: 4" in words(again.content)
        assert third.splitlines()[2] in again.content.decode(), "nothing typed is lost"

    def test_the_form_opens_with_the_last_revision_to_be_changed(
        self, two_revisions: World
    ) -> None:
        client = two_revisions.client("north administrator")
        content = client.get("/agreements/-/post/?of=north-support").content.decode()
        assert "We answer within 4 business hours" in content

    def test_only_administrators_post(self, two_revisions: World) -> None:
        for name in ("north lead", "north agent", "fjord super user", "quay seller"):
            client = two_revisions.client(name)
            assert client.get("/agreements/-/post/").status_code == 403
            assert client.post("/agreements/-/post/", {"source": page()}).status_code == 403
            assert client.post("/agreements/-/check/", {"source": page()}).status_code == 403
