"""The pages of the desk and the portal: who may, what they show, and what is said when one errs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.server.desk.house import House, at, make_house

from uphold.server.desk import services as desk
from uphold.server.worker.services import work_due

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

NINE, TEN, ELEVEN, FIVE = (f"2025-03-10T{hour}:00:00+01:00" for hour in ("09", "10", "11", "17"))


@pytest.fixture
def asked(biztek: House) -> str:
    """A request that Acme's user made at nine."""
    return ask(biztek, "acme user", title="Skriveren svarer ikke", words="Den blinker rødt.")


def ask(house: House, who: str, **values: str) -> str:
    with at(NINE):
        return desk.act(house[who], "open", None, values).subject


def page_of(subject: str) -> str:
    kind, _, number = subject.partition(":")
    return f"/{kind}s/{number}"


def browser(house: House, name: str, language: str = "en") -> Client:
    """A browser in which that person is signed in, reading that language."""
    person = get_user_model().objects.get(key=house.people[name])
    get_user_model().objects.filter(pk=person.pk).update(language=language, zone="Europe/Oslo")
    client = Client()
    client.force_login(person)
    return client


def get(client: Client, address: str, moment: str = TEN) -> str:
    with at(moment):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, address: str, moment: str = TEN, **form: str) -> Answer:
    with at(moment):
        return client.post(address, form)


def words(page: str) -> str:
    """The page's text, as one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


class TestWhoMay:
    @pytest.mark.parametrize(
        "address",
        ["/desk/", "/portal/", "/portal/all", "/new/requests", "/requests/1", "/requests/1/answer"],
    )
    def test_a_visitor_is_asked_to_sign_in(self, client: Client, address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("rest", ["", "/live", "/answer", "/reply"])
    def test_others_requests_are_not_there(self, biztek: House, asked: str, rest: str) -> None:
        with at(TEN):
            answer = browser(biztek, "other super user").get(page_of(asked) + rest)
        assert answer.status_code == 404

    @pytest.mark.parametrize("rest", ["/reply/take", "/reply/preview"])
    def test_nobody_acts_on_others_requests(self, biztek: House, asked: str, rest: str) -> None:
        answer = post(browser(biztek, "other super user"), page_of(asked) + rest, words="Hei")
        assert answer.status_code == 404

    def test_customers_have_no_queue(self, biztek: House) -> None:
        assert browser(biztek, "acme super user").get("/desk/").status_code == 403

    def test_customers_do_not_answer_themselves(self, biztek: House, asked: str) -> None:
        client = browser(biztek, "acme user")
        assert client.get(f"{page_of(asked)}/answer").status_code == 404
        assert post(client, f"{page_of(asked)}/answer/take", words="Hei").status_code == 403

    @pytest.mark.parametrize("address", ["/new/maintenances", "/users/1", "/requests/999"])
    def test_what_there_is_not_is_not_found(self, biztek: House, address: str) -> None:
        assert browser(biztek, "agent").get(address).status_code == 404


class TestTheThing:
    def test_its_clock_is_called_as_the_agreement_calls_it(self, biztek: House, asked: str) -> None:
        page = get(browser(biztek, "agent"), page_of(asked))
        assert "Tid til første respons" in page
        assert "Skriveren svarer ikke" in page
        assert "Den blinker rødt." in page

    def test_an_agent_writes_below_the_story_and_sends_it_as_what_it_is(
        self, biztek: House, asked: str
    ) -> None:
        page = get(browser(biztek, "agent"), page_of(asked))
        below = page[page.index('id="composer-title"') :]
        assert page.index('id="story"') < page.index('id="composer-title"')
        for action in ("answer", "update", "note"):
            assert f"{page_of(asked)}/{action}/take" in below

    def test_a_customer_replies_and_is_offered_nothing_of_the_desk(
        self, biztek: House, asked: str
    ) -> None:
        page = get(browser(biztek, "acme user"), page_of(asked))
        assert f"{page_of(asked)}/reply/take" in page
        for action in ("answer", "note", "assign", "classify"):
            assert f"{page_of(asked)}/{action}" not in page

    def test_a_customer_reads_no_internal_note(self, biztek: House, asked: str) -> None:
        with at(TEN):
            desk.act(biztek["agent"], "note", asked, {"words": "Trolig toneren."})
        assert "Trolig toneren." in get(browser(biztek, "agent"), page_of(asked))
        assert "Trolig toneren." not in get(browser(biztek, "acme user"), page_of(asked))

    def test_where_it_went_on_is_a_link(self, biztek: House, asked: str) -> None:
        other = ask(biztek, "acme user", title="Skriveren igjen")
        with at(TEN):
            desk.act(biztek["agent"], "merge", other, {"into": asked.partition(":")[2]})
        page = get(browser(biztek, "agent"), page_of(other))
        assert f'href="{page_of(asked)}"' in page

    def test_an_order_without_a_title_is_called_by_what_is_ordered(
        self, easymeeting: House
    ) -> None:
        with at(NINE):
            subject = desk.act(easymeeting["acme user"], "place", None, {"item": "webcast"}).subject
        assert ">webcast</a>" in get(browser(easymeeting, "agent"), "/desk/")
        assert ">webcast</a>" in get(browser(easymeeting, "acme user"), "/portal/")
        assert "<h1>webcast</h1>" in get(browser(easymeeting, "acme user"), page_of(subject))

    def test_a_held_clock_says_what_is_shaded(self, biztek: House, asked: str) -> None:
        with at(NINE):
            desk.act(biztek["agent"], "wait", asked, {"cause": "customer"})
        page = get(browser(biztek, "agent"), page_of(asked), ELEVEN)
        assert "clock-hold" in page
        assert "Held for 2 h" in words(page)


class TestLive:
    def test_nothing_comes_while_nothing_happened(self, biztek: House, asked: str) -> None:
        client = browser(biztek, "agent")
        seen = re.search(r"/live\?seen=(\d+)", get(client, page_of(asked)))
        assert seen is not None
        with at(TEN):
            assert client.get(f"{page_of(asked)}/live?seen={seen[1]}").status_code == 204

    def test_what_others_wrote_comes_with_the_story(self, biztek: House, asked: str) -> None:
        client = browser(biztek, "agent")
        with at(TEN):
            desk.act(biztek["acme user"], "reply", asked, {"words": "Nå virker den."})
        part = get(client, f"{page_of(asked)}/live?seen=0")
        assert "Nå virker den." in part
        assert 'id="story"' in part
        assert 'hx-swap-oob="true"' in part
        assert "composer" not in part


class TestActions:
    def test_a_form_comes_alone_into_the_page(self, biztek: House, asked: str) -> None:
        client, address = browser(biztek, "agent"), f"{page_of(asked)}/wait"
        with at(TEN):
            part = client.get(address, headers={"hx-request": "true"}).content.decode()
        assert part.lstrip().startswith("<section")
        assert "<html" in get(client, address)

    def test_a_priority_is_chosen_by_what_it_means(self, biztek: House, asked: str) -> None:
        page = get(browser(biztek, "agent"), f"{page_of(asked)}/classify")
        assert 'type="radio"' in page
        assert "alle eller flere tjenester er nede eller kan ikke brukes" in page

    def test_the_preview_tells_of_clocks_by_their_headings(self, biztek: House, asked: str) -> None:
        answer = post(
            browser(biztek, "agent"), f"{page_of(asked)}/answer/preview", words="Hei", starts="yes"
        )
        assert "Tid til første respons" in words(answer.content.decode())

    def test_a_missing_word_is_marked_where_it_is_missing(self, biztek: House, asked: str) -> None:
        answer = post(browser(biztek, "agent"), f"{page_of(asked)}/wait/take", what="Versjonen")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in page
        assert "Versjonen" in page

    def test_lowering_without_what_the_clause_wants_is_refused(
        self, biztek: House, asked: str
    ) -> None:
        with at(NINE):
            desk.act(biztek["agent"], "classify", asked, {"priority": "1"})
        answer = post(
            browser(biztek, "agent"), f"{page_of(asked)}/classify/take", priority="3", reason="Nei"
        )
        page = words(answer.content.decode())
        assert answer.status_code == 422
        assert "2.5 Nedgradering" in page
        assert "Nei" in page

    def test_classifying_as_before_is_refused(self, biztek: House, asked: str) -> None:
        with at(NINE):
            desk.act(biztek["agent"], "classify", asked, {"priority": "2"})
        client = browser(biztek, "agent")
        answer = post(client, f"{page_of(asked)}/classify/take", priority="2")
        assert answer.status_code == 422
        assert "Nothing is different from before" in answer.content.decode()
        shown = post(client, f"{page_of(asked)}/classify/preview", priority="2")
        assert "Nothing is different" not in shown.content.decode()

    def test_who_wrote_meanwhile_is_told_and_what_was_written_stays(
        self, biztek: House, asked: str
    ) -> None:
        client = browser(biztek, "agent")
        seen = re.search(r'name="seen" value="(\d+)"', get(client, page_of(asked)))
        assert seen is not None
        with at(TEN):
            desk.act(biztek["acme user"], "reply", asked, {"words": "Glem det."})
        answer = post(client, f"{page_of(asked)}/answer/take", words="Jeg kommer.", seen=seen[1])
        assert answer.status_code == 409
        assert "Jeg kommer." in answer.content.decode()
        again = post(client, f"{page_of(asked)}/answer/take", words="Jeg kommer.")
        assert again.status_code == 302
        assert "Jeg kommer." in get(client, page_of(asked))


class TestTheQueue:
    def test_what_was_searched_for_is_marked(self, biztek: House, asked: str) -> None:
        page = get(browser(biztek, "agent"), "/desk/?text=skriver")
        assert "<mark>Skriver</mark>en svarer ikke" in page
        assert page_of(asked) in page

    def test_what_was_searched_for_is_no_markup(self, biztek: House) -> None:
        ask(biztek, "acme user", title="a <b> & c")
        page = get(browser(biztek, "agent"), "/desk/?text=%3Cb%3E")
        assert "a <mark>&lt;b&gt;</mark> &amp; c" in page

    def test_an_empty_queue_teaches(self, biztek: House) -> None:
        page = get(browser(biztek, "agent"), "/desk/")
        assert 'class="empty"' in page

    def test_warnings_stand_by_the_thing_and_go_together(self, biztek: House, asked: str) -> None:
        other = ask(biztek, "other user", title="Nettet er borte")
        client = browser(biztek, "agent")
        late = "2025-03-14T15:00:00+01:00"
        with at(late):
            work_due(limit=50)
        page = get(client, "/desk/", late)
        for subject in (asked, other):
            assert page.count(f'class="alarm-thing" href="{page_of(subject)}"') == 1
        assert "Tid til første respons: time is up" in words(page)
        assert "Tid til første respons: 75% used" in words(page)
        ids = re.findall(r'name="alarm" value="(\d+)"', page)
        with at(late):
            assert client.post("/desk/warnings/seen", {"alarm": ids}).status_code == 302
        assert "alarm-thing" not in get(client, "/desk/", late)

    def test_others_warnings_stay(self, biztek: House, asked: str) -> None:
        late = "2025-03-14T15:00:00+01:00"
        with at(NINE):
            stranger = browser(make_house("easymeeting", customers=()), "agent")
        with at(late):
            work_due(limit=50)
        ids = re.findall(
            r'name="alarm" value="(\d+)"', get(browser(biztek, "agent"), "/desk/", late)
        )
        assert ids
        with at(late):
            stranger.post("/desk/warnings/seen", {"alarm": ids})
        assert page_of(asked) in get(browser(biztek, "agent"), "/desk/", late)
        assert "alarm-thing" in get(browser(biztek, "agent"), "/desk/", late)

    @pytest.mark.parametrize("given", ["", "x", "-1", "9" * 30])
    def test_a_warning_that_there_is_not_is_not_found(self, biztek: House, given: str) -> None:
        answer = post(browser(biztek, "agent"), "/desk/warnings/seen", alarm=given)
        assert answer.status_code == 404


class TestThePortal:
    def test_it_says_what_will_stand_there(self, biztek: House) -> None:
        assert 'class="empty"' in get(browser(biztek, "acme user"), "/portal/")

    def test_it_shows_ones_own_with_the_promise(self, biztek: House, asked: str) -> None:
        page = get(browser(biztek, "acme user"), "/portal/")
        assert "Skriveren svarer ikke" in page
        assert "Tid til første respons by" in words(page)
        assert "Skriveren svarer ikke" not in get(browser(biztek, "other user"), "/portal/")
        assert asked

    @pytest.mark.requirement("C7")
    def test_an_untrained_person_is_told_before_they_send_and_after(self, connexys: House) -> None:
        client = browser(connexys, "acme user")
        form = {"title": "Hoe exporteer ik?"}
        before = post(client, "/new/requests/preview", NINE, **form)
        assert "5.1 Training" in words(before.content.decode())
        sent = post(client, "/new/requests", NINE, **form)
        assert sent.status_code == 302
        assert "5.1 Training" in words(get(client, sent["Location"]))

    @pytest.mark.requirement("E15")
    def test_what_is_ordered_too_late_gets_the_earliest_date_by_a_button(
        self, easymeeting: House
    ) -> None:
        answer = post(
            browser(easymeeting, "acme user"),
            "/new/orders/preview",
            NINE,
            item="webcast",
            wanted="2025-03-11T09:00",
        )
        page = answer.content.decode()
        found = re.search(r'data-fills="wanted" data-value="([^"]*)"', page)
        assert found is not None
        accepted = post(
            browser(easymeeting, "acme user"),
            "/new/orders/preview",
            NINE,
            item="webcast",
            wanted=found[1],
        )
        assert "data-fills" not in accepted.content.decode()

    def test_a_form_with_something_missing_comes_back_as_it_was(self, biztek: House) -> None:
        answer = post(browser(biztek, "acme user"), "/new/requests", words="Den blinker.")
        assert answer.status_code == 422
        assert "Den blinker." in answer.content.decode()


@pytest.mark.parametrize("language", ["nb", "pl", "nl", "es"])
def test_every_page_is_in_the_readers_language(biztek: House, asked: str, language: str) -> None:
    client = browser(biztek, "agent", language)
    for address in ("/desk/", page_of(asked), f"{page_of(asked)}/classify", "/new/orders"):
        page = get(client, address)
        assert f'<html lang="{language}"' in page


@pytest.mark.django_db
def test_a_clock_is_called_as_in_the_translation_that_the_reader_reads() -> None:
    with at("2025-03-10T08:00:00+01:00"):
        house = make_house("easymeeting", also_in=("nb",))
    page = page_of(ask(house, "acme user", title="Ingen lyd"))
    for language, name in (("nb", "Svar"), ("en", "Response"), ("pl", "Response")):
        shown = get(browser(house, "agent", language), page)
        assert re.search(rf'class="clock-name">\s*{name}\b', shown), language
