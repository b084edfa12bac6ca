"""What all scenes of the play share: the people, their browsers, the mails, the table."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import Protocol

import requests

from registration.cli.rehearsal.letterbox import Letterbox, Mail, MailMissing
from registration.cli.rehearsal.pages import Browser, Page, UnexpectedPage
from registration.cli.rehearsal.people import Cast, Person
from registration.cli.rehearsal.report import Line, Report
from registration.cli.rehearsal.stage import Account, Stage, StageFailed
from registration.domain.ids import Language
from registration.domain.meeting import Delegation, Meeting


class Bar(Protocol):
    """A progress bar: one step more."""

    def update(self, n_steps: int) -> None: ...


#: The address of the first browser; the next ones have those after it.
FIRST_ADDRESS = IPv4Address("127.1.0.1")
#: How many people do something at the same time, where each does it in their own browser.
AT_ONCE = 4

#: What of the site is a fault that the play writes down before it goes on.
_FAULTS = (UnexpectedPage, MailMissing, StageFailed, requests.RequestException)

#: Makes a bar of so many steps under a title.
Bars = Callable[[str, int], AbstractContextManager[Bar]]


@dataclass(eq=False)
class Delegate:
    """A person in their browser. entry: the address of their entry's page, once they know it.
    segments: keys of those that they attend, or are to attend once the address is confirmed."""

    person: Person
    browser: Browser
    entry: str = ""
    segments: tuple[str, ...] = ()
    letters: list[bytes] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return self.entry.rstrip("/").rpartition("/")[2]

    @property
    def language(self) -> Language:
        return self.person.language


class Company:
    """Everybody who plays. browsers: all of them, the desks' too. played: all who ever came."""

    def __init__(self, stage: Stage, meeting: Meeting, bars: Bars) -> None:
        self.stage = stage
        self.meeting = meeting
        self.cast = Cast(meeting)
        self.mails = Letterbox(stage.mailbox)
        self.report = Report(meeting.id)
        self.browsers: list[Browser] = []
        self.played: list[Delegate] = []
        self._bars = bars
        self._lock = threading.Lock()

    def group_of(self, delegate: Delegate) -> Delegation:
        """Return the delegation or category for which somebody takes part."""
        return self.meeting.get_delegation(delegate.person.delegation)

    def come(self, person: Person) -> Delegate:
        """Give the person a browser."""
        self.played.append(Delegate(person, self.open_browser()))
        return self.played[-1]

    def open_browser(self) -> Browser:
        """Return one more browser, without cookies, at an address of its own: what the site counts
        by address it counts of thousands here as it does in the world."""
        address = FIRST_ADDRESS + len(self.browsers)
        self.browsers.append(Browser(self.stage.base_url, address=str(address)))
        return self.browsers[-1]

    def sign_in(self, account: Account) -> Browser:
        """Return a browser in which the account has signed in to its desk."""
        browser = self.open_browser()
        page = browser.get("/es/secretariat/")
        values = {"email": account.email, "password": account.password}
        browser.submit(page, page.get_form("password"), values)
        return browser

    def each(
        self,
        what: str,
        delegates: Sequence[Delegate],
        act: Callable[[Delegate], object],
        *,
        at_once: int = 1,
    ) -> list[Delegate]:
        """Let each of them do it; count and return those with whom it went well. Of nobody there is
        no line.

        at_once: how many do it at the same time; more than one only in their own browsers.
        """
        if not delegates:
            return []
        went_well: list[Delegate] = []
        line = self.report.add(what, len(delegates))
        with self._bars(what, len(delegates)) as bar, ThreadPoolExecutor(at_once) as hands:

            def do(delegate: Delegate) -> None:
                with self.noting(delegate.person.name, line):
                    act(delegate)
                    went_well.append(delegate)
                delegate.browser.rest()

            for _ in hands.map(do, delegates):
                bar.update(1)
        there = set(went_well)
        return [each for each in delegates if each in there]

    def once(self, what: str, name: str) -> "Noting":
        """Begin a line of something that is to go well once. name: whose it is, for a fault."""
        return self.noting(name, self.report.add(what, 1))

    def noting(self, name: str, line: Line | None = None) -> "Noting":
        """Return what counts a success in the line and writes down a fault."""
        return Noting(self.report, name, line, self._lock)

    def wait_for(self, email: str, *sentences: str) -> Mail:
        """Return the newest mail to the address that says all of this. Raises MailMissing."""
        plain = [" ".join(each.split()) for each in sentences]

        def says_it(mail: Mail) -> bool:
            text = " ".join(mail.text.split())
            return all(each in text for each in plain)

        return self.mails.wait_for(email, says_it)

    def wait_for_subject(self, delegate: Delegate, title: str) -> Mail:
        """Return the newest mail to them whose subject says this. Raises MailMissing."""
        return self.mails.wait_for(delegate.person.email, lambda each: title in each.subject)

    def follow_link(self, delegate: Delegate) -> Page:
        """Open the private link of the newest mail that has one."""
        mail = self.mails.wait_for(delegate.person.email, lambda each: each.link is not None)
        assert mail.link is not None  # that is what was waited for
        return delegate.browser.get(mail.link)


@dataclass
class Noting:
    """Counts what went well, and writes down what did not, so that the play goes on."""

    report: Report
    name: str
    line: Line | None
    lock: threading.Lock

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, _trace: object) -> bool:
        if fault is None:
            if self.line is not None:
                with self.lock:
                    self.line.done += 1
            return False
        if isinstance(fault, _FAULTS):
            self.report.faults.append(f"{self.name}: {fault}")
            return True
        return False
