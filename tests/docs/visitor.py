"""A reader of the guides who does with pages what a guide says, by the words that stand on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

SILENT = frozenset({"input", "meta", "link", "br", "img", "hr", "path", "circle"})
WAITING = 30.0


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, what it holds, and by which words it is known."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # by the id of the field
    labels: dict[str, str] = field(default_factory=dict)  # names of fields by their labels
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # by name: value by words
    buttons: dict[str, str] = field(default_factory=dict)  # where each sends it, by its words
    title: str = ""  # what opens it, where something must


class Page(HTMLParser):
    """The links, forms and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.words = ""
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._form: Form | None = None
        self._summary = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(held.get("action", ""), held.get("method", "get"))
            self._form.title = self._summary
            self.forms.append(self._form)
        if tag in ("input", "select", "textarea") and self._form is not None:
            self._field(tag, held, self._form)
        if tag not in SILENT:
            self._open.append((tag, held, len(self.words)))

    def _field(self, tag: str, held: dict[str, str], form: Form) -> None:
        name = held.get("name", "")
        form.names[held.get("id", "")] = name
        boxed = held.get("type") in ("checkbox", "radio")
        if boxed:
            form.choices.setdefault(name, {})["yes"] = held.get("value", "on")
            for _, label, _ in self._open:
                label.setdefault("around", name)
        if name and held.get("type") != "file" and (not boxed or "checked" in held):
            form.values[name] = held.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        opened = None
        while opened != tag and any(tag == each for each, _, _ in self._open):
            opened, held, since = self._open.pop()
            self._closed(opened, held, " ".join(self.words[since:].split()))

    def _closed(self, tag: str, held: dict[str, str], said: str) -> None:
        form = self._form
        if tag == "a":
            self.links.setdefault(said, held.get("href", ""))
        elif tag == "summary":
            self._summary = said
        elif tag == "details":
            self._summary = ""
        elif tag == "form":
            self._form = None
        elif form is None:
            return
        elif tag == "label":
            label = said.removesuffix("optional").strip()
            form.labels[label] = held.get("around") or held.get("for", "")
        elif tag == "button":
            form.buttons[said] = held.get("formaction") or form.action
        elif tag in ("option", "textarea"):
            self._chosen(tag, held, said, form)

    def _chosen(self, tag: str, held: dict[str, str], said: str, form: Form) -> None:
        if tag == "textarea":
            form.values[held.get("name", "")] = said
            return
        lists = [each.get("name", "") for kind, each, _ in self._open if kind == "select"]
        if not lists:
            return
        name = lists[-1]
        value = held.get("value", said)
        form.choices.setdefault(name, {})[said] = value
        if "selected" in held or not form.values.get(name):
            form.values[name] = value

    def handle_data(self, data: str) -> None:
        self.words += data


class Visitor:
    """Somebody with a browser; `used` are the words by which they found their way."""

    def __init__(self, address: str) -> None:
        self.browser = httpx.Client(base_url=address, follow_redirects=True, timeout=WAITING)
        self.used: set[str] = set()
        self.text = ""

    def close(self) -> None:
        self.browser.close()

    def open(self, address: str) -> None:
        """Goes to an address."""
        self._arrive(self.browser.get(address))

    def follow(self, link: str) -> None:
        """Goes where a link of the page leads."""
        self.used.add(link)
        assert link in self.page.links, f"{link!r} is none of {list(self.page.links)}"
        self._arrive(self.browser.get(urljoin(str(self._at), self.page.links[link])))

    def sees(self, words: str) -> None:
        """Finds the words on the page."""
        self.used.add(words)
        assert words in self.page.words

    def press(self, button: str, filled: Mapping[str, str], *, under: str = "") -> None:
        """Fills in the form of that button, which stands under that title, and sends it."""
        self.used |= {button, under} - {""}
        forms = [each for each in self.page.forms if button in each.buttons]
        (form,) = [each for each in forms if under in (each.title, "")]
        sent = dict(form.values)
        for label, value in filled.items():
            self.used.add(label)
            assert label in form.labels, f"{label!r} is none of {list(form.labels)}"
            name = form.names.get(form.labels[label], form.labels[label])
            sent[name] = form.choices.get(name, {}).get(value, value)
        address = urljoin(str(self._at), form.buttons[button])
        self._arrive(self.browser.post(address, data=sent, headers={"Referer": str(self._at)}))

    @property
    def page(self) -> Page:
        return Page(self.text)

    def _arrive(self, answer: httpx.Response) -> None:
        said = " ".join(Page(answer.text).words.split())
        assert answer.status_code == 200, f"{answer.url}: {answer.status_code}: {said}"
        self._at, self.text = answer.url, answer.text
