"""Pages as tests read them: every page that is fetched is checked, so that quality costs no test.

`pages.get("/es/")` gives a `Page`; `pages.post(address, data)` fills and sends the form of that
page, its CSRF token and hidden fields included.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.languages import list_foreign

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle"}
_CONTROLS = {"input", "select", "textarea"}
_UNLABELLED = {"hidden", "submit", "button", "image"}
# Attributes that are read out, shown, or shown later by a script.
_SAID = {"alt", "aria-label", "title", "data-label", "data-busy", "data-too-large"}

Attributes = dict[str, str]


@dataclass
class Form:
    """A form of a page. fields: what it would send untouched, names and values."""

    attributes: Attributes
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """A fetched page, taken apart."""

    def __init__(self, response: TestResponse, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.response = response
        self.path = path
        self.html = response.text
        self.language = ""
        self.title = ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.described: list[str] = []
        self.anchors: list[str] = []
        self.controls: list[tuple[str, Attributes]] = []
        self.forms: list[Form] = []
        self.wrongs: list[str] = []
        self.words: list[str] = []
        # What is said in the page's language: pieces of text, and attributes that are texts.
        self.said: list[str] = []
        self._open: list[str] = []
        self._other_language = 0
        self._list = ""
        self.feed(self.html)
        self.close()

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """What a person reads, spaces single and plain."""
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._note(tag, attributes)
        if tag not in _VOID:
            self._open.append(tag)
            if attributes.get("lang", self.language) != self.language:
                self._other_language = self._other_language or len(self._open)
        if not self._other_language:
            self.said += [text for name, text in attributes.items() if name in _SAID]
            if attributes.get("name") == "description":
                self.said.append(attributes.get("content", ""))
            if tag == "input" and attributes.get("type") == "submit":
                self.said.append(attributes.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.wrongs.append(f"</{tag}> closes nothing; look for a tag left open before it")
        if len(self._open) < self._other_language:
            self._other_language = 0

    def handle_data(self, data: str) -> None:
        inside = set(self._open)
        if "title" in inside:
            self.title += data
        elif not inside & {"script", "style"}:
            self.words.append(data)
        if not self._other_language and not inside & {"script", "style", "textarea"}:
            self.said.append(data)
        if "h1" in inside:
            self.headings[-1] += data

    def _note(self, tag: str, attributes: Attributes) -> None:
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "style" in attributes or tag == "style":
            self.wrongs.append(
                f"<{tag}> has a style of its own; the policy forbids it, use a class"
            )
        if any(name.startswith("on") for name in attributes):
            self.wrongs.append(f"<{tag}> has a script of its own; use a file in static/js")
        if tag == "script" and "src" not in attributes:
            self.wrongs.append("a script stands in the page; use a file in static/js")
        if tag == "img" and "alt" not in attributes:
            self.wrongs.append("a picture has no alt")
        for name in ("aria-describedby", "aria-labelledby"):
            self.described += attributes.get(name, "").split()
        self._note_form(tag, attributes)

    def _note_form(self, tag: str, attributes: Attributes) -> None:
        if tag == "html":
            self.language = attributes.get("lang", "")
        elif tag == "h1":
            self.headings.append("")
        elif tag == "label":
            self.labelled.add(attributes.get("for", ""))
        elif tag == "a" and attributes.get("href", "").startswith("#"):
            self.anchors.append(attributes["href"][1:])
        elif tag == "form":
            self.forms.append(Form(attributes))
        elif tag in _CONTROLS and attributes.get("type") not in _UNLABELLED:
            self.controls.append((tag, attributes))
        if "form" in self._open:
            self._note_sent(tag, attributes)

    def _note_sent(self, tag: str, attributes: Attributes) -> None:
        fields = self.forms[-1].fields
        if tag == "input" and _is_sent(attributes):
            fields[attributes["name"]] = attributes.get("value", "")
        elif tag == "select":
            self._list = attributes["name"]
        elif tag == "option" and (self._list not in fields or "selected" in attributes):
            # As a browser does: the chosen one, else the first.
            fields[self._list] = attributes.get("value", "")


def _is_sent(attributes: Attributes) -> bool:
    chosen = {"checkbox", "radio", "file"}
    return "name" in attributes and (
        attributes.get("type") not in chosen or "checked" in attributes
    )


def list_wrongs(page: Page, *, typed: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with a page, each with what to do instead.

    typed: what people typed, in whatever language; it may stand in the page.
    """
    wrongs = list(page.wrongs)
    if page.language:
        foreign = list_foreign(page.said, page.language, typed=typed)
        wrongs += [f"{each!r} is of the other language; translate it" for each in foreign]
    addressed = page.path.strip("/").split("/")[0]
    if addressed in {"en", "es"} and page.language != addressed:
        wrongs.append(f"<html lang> is {page.language!r}, the address says {addressed!r}")
    if not page.language:
        wrongs.append("<html> has no lang")
    if len(page.headings) != 1:
        wrongs.append(f"{len(page.headings)} h1 instead of one")
    elif not page.title.removeprefix("Error: ").startswith(page.headings[0].strip()):
        wrongs.append(f"the title {page.title!r} does not begin with the h1 {page.headings[0]!r}")
    wrongs += [f"id {each!r} is used twice" for each, n in Counter(page.ids).items() if n > 1]
    known = set(page.ids)
    wrongs += [f"#{each} is described by nothing" for each in page.described if each not in known]
    wrongs += [f"the link #{each} leads nowhere" for each in page.anchors if each not in known]
    for tag, attributes in page.controls:
        if attributes.get("id") not in page.labelled and "aria-label" not in attributes:
            wrongs.append(
                f"<{tag} name={attributes.get('name')}> has no label; use the field macro"
            )
        if "placeholder" in attributes:
            wrongs.append(f"<{tag} name={attributes.get('name')}> has a placeholder; use a hint")
    return wrongs + _list_wrong_forms(page)


def _list_wrong_forms(page: Page) -> list[str]:
    wrongs = []
    for form in page.forms:
        if not form.attributes.get("action"):
            wrongs.append("a form has no action; use form_wrapper")
        if (
            form.attributes.get("method", "get").lower() == "post"
            and "csrf_token" not in form.fields
        ):
            wrongs.append(f"the form to {form.attributes.get('action')} has no CSRF token")
    return wrongs


class Pages:
    """A browser without scripts that looks at what it gets."""

    def __init__(self, app: Flask, base_url: str) -> None:
        self.client = app.test_client()
        self.base_url = base_url
        self.typed: list[str] = []

    def get(self, path: str, *, status: int = 200, **options: Any) -> Page:
        """Fetch and check a page. status: the one that is expected."""
        return self._check(self.client.get(path, base_url=self.base_url, **options), path, status)

    def post(
        self,
        path: str,
        data: Mapping[str, Any],
        *,
        status: int = 422,
        form: str = "",
        **options: Any,
    ) -> Page:
        """Fetch the page, fill its form and send it; check what comes back.

        form: the path the form is sent to, where the page holds several; the page's own by default.
        """
        filled = self.get(path)
        target = form or path
        found = [each for each in filled.forms if each.attributes["action"].split("?")[0] == target]
        assert found, f"{path} has no form to {target}"
        self.typed += [each for each in data.values() if isinstance(each, str) and " " in each]
        response = self.client.post(
            found[0].attributes["action"],
            data={**found[0].fields, **data},
            base_url=self.base_url,
            **options,
        )
        return self._check(response, path, status)

    def _check(self, response: TestResponse, path: str, status: int) -> Page:
        assert response.status_code == status, response.text[:2000]
        page = Page(response, path)
        if response.mimetype == "text/html" and status not in {301, 302, 303, 308}:
            wrongs = list_wrongs(page, typed=self.typed)
            assert not wrongs, f"{path}: " + "; ".join(wrongs)
        return page
