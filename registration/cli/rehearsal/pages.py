"""A browser's part: fetches pages, keeps cookies, fills in forms as they stand in the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter

#: A file of a form: its name, its bytes, its media type.
Upload = tuple[str, bytes, str]
#: How long an answer may take, in seconds; a letter is drawn in a fraction of one.
ANSWER_SECONDS = 60


class UnexpectedPage(Exception):
    """The site answered something else than the rehearsal waits for; the message says what."""


@dataclass
class Form:
    """A form as it stands in a page. fields: what a browser would send if nobody touched it.
    names: of all its fields, the unticked boxes too."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Page:
    """A page as it came. heading: the text of its h1. said: the sentences of its alerts."""

    address: str
    status: int
    heading: str
    forms: list[Form]
    body: bytes

    @property
    def text(self) -> str:
        return unescape(self.body.decode())

    def get_form(self, field_name: str, value: str | None = None) -> Form:
        """Return the form that has this field, with this value where one is given.

        Raises UnexpectedPage.
        """
        for form in self.forms:
            if field_name in form.names and value in {None, form.fields.get(field_name)}:
                return form
        raise self._have_no(f"form with {field_name!r}")

    def get_form_to(self, ending: str) -> Form:
        """Return the form whose address ends so: of a button alone. Raises UnexpectedPage."""
        for form in self.forms:
            if form.action.endswith(ending):
                return form
        raise self._have_no(f"form to {ending!r}")

    def _have_no(self, what: str) -> UnexpectedPage:
        return UnexpectedPage(f"{self.address} ({self.status}, {self.heading!r}) has no {what}")


class Browser:
    """One person's browser. base_url: of the site; it goes nowhere else.

    address: of the network, from which it comes; any of 127.0.0.0/8 is this machine's own.
    """

    def __init__(self, base_url: str, *, address: str = "127.0.0.1") -> None:
        self._base_url = base_url
        self._session = requests.Session()
        self._session.mount("http://", _ComingFrom(address))
        self._session.headers["Accept-Language"] = "es"
        self.requests = 0

    def get(self, address: str, *, expect: int = 200) -> Page:
        """Fetch a page and follow where it leads. Raises UnexpectedPage for another status."""
        answer = self._session.get(urljoin(self._base_url, address), timeout=ANSWER_SECONDS)
        return self._read(answer, expect)

    def submit(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str | Sequence[str]],
        *,
        files: dict[str, Upload] | None = None,
        expect: int = 200,
    ) -> Page:
        """Send the form with these values in place of the page's, and follow where it leads."""
        address = urljoin(page.address, form.action)
        sent = {**form.fields, **values}
        return self.post(address, sent, of=page.address, files=files, expect=expect)

    def post(
        self,
        address: str,
        values: Mapping[str, str | Sequence[str]],
        *,
        of: str | None = None,
        files: dict[str, Upload] | None = None,
        expect: int = 200,
    ) -> Page:
        """Post these values and follow where it leads. of: the page that a browser would name."""
        answer = self._session.post(
            urljoin(self._base_url, address),
            data=values,
            files=files,
            headers={} if of is None else {"Referer": of, "Origin": self._base_url},
            timeout=ANSWER_SECONDS,
        )
        return self._read(answer, expect)

    def rest(self) -> None:
        """Close the connection and keep the cookies: whoever comes back opens another one."""
        self._session.close()

    def _read(self, answer: requests.Response, expect: int) -> Page:
        self.requests += 1 + len(answer.history)
        reader = _Reader()
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            reader.feed(answer.text)
        heading = " ".join("".join(reader.heading).split())
        if answer.status_code != expect:
            raise UnexpectedPage(
                f"{answer.url} answered {answer.status_code} and not {expect}: {heading}"
            )
        return Page(answer.url, answer.status_code, heading, reader.forms, answer.content)


class _ComingFrom(HTTPAdapter):
    """Opens its connections from one address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # requests' own
        """Make the pool that opens them."""
        super().init_poolmanager(*given, source_address=(self._address, 0), **named)


class _Reader(HTMLParser):
    """Reads forms and the heading; what a browser leaves out (unticked boxes) is left out here."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.heading: list[str] = []
        self._inside: Form | None = None
        self._select = self._textarea = ""
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag:
            case "h1":
                self._in_heading = True
            case "form":
                self._inside = Form(given.get("action", ""))
                self.forms.append(self._inside)
            case "input" if name:
                self._add_input(name, given)
            case "select":
                self._select = name
                if self._inside is not None:
                    self._inside.names.add(name)
            case "option" if self._select and self._inside is not None:
                if "selected" in given or self._select not in self._inside.fields:
                    self._inside.fields[self._select] = given.get("value", "")
            case "textarea" if self._inside is not None:
                self._textarea = name
                self._inside.names.add(name)
                self._inside.fields[name] = ""
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "h1":
                self._in_heading = False
            case "form":
                self._inside = None
            case "select":
                self._select = ""
            case "textarea":
                self._textarea = ""
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.heading.append(data)
        if self._textarea and self._inside is not None:
            self._inside.fields[self._textarea] += data

    def _add_input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        is_left_out = kind in {"file", "submit", "button", "image"}
        is_unticked = kind in {"checkbox", "radio"} and "checked" not in given
        if self._inside is None or is_left_out:
            return
        self._inside.names.add(name)
        if not is_unticked:
            self._inside.fields[name] = given.get("value", "on" if kind == "checkbox" else "")
