"""What all scenes of the play share: the people, their browsers, the mails, the table."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from registration.cli.rehearsal.letterbox import Letterbox, Mail, MailMissing
from registration.cli.rehearsal.pages import Browser, Page, UnexpectedPage
from registration.cli.rehearsal.people import Cast, Person
from registration.cli.rehearsal.report import Line, Report
from registration.cli.rehearsal.stage import Account, Stage
from registration.domain.meeting import Meeting


class Bar(Protocol):
    """A progress bar: one step more."""

    def update(self, n_steps: int) -> None: ...


#: Makes a bar of so many steps under a title.
Bars = Callable[[str, int], AbstractContextManager[Bar]]


@dataclass(eq=False)
class Delegate:
    """A person in their browser. entry: the address of their entry's page, once they know it."""

    person: Person
    browser: Browser
    entry: str = ""
    letters: list[bytes] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return self.entry.rstrip("/").rpartition("/")[2]


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

    def come(self, person: Person) -> Delegate:
        """Give the person a browser."""
        self.played.append(Delegate(person, self.open_browser()))
        return self.played[-1]

    def open_browser(self) -> Browser:
        """Return one more browser, without cookies."""
        self.browsers.append(Browser(self.stage.base_url))
        return self.browsers[-1]

    def sign_in(self, account: Account) -> Browser:
        """Return a browser in which the account has signed in to its desk."""
        browser = self.open_browser()
        page = browser.get("/es/secretariat/")
        values = {"email": account.email, "password": account.password}
        browser.submit(page, page.get_form("password"), values)
        return browser

    def each(
        self, what: str, delegates: Sequence[Delegate], act: Callable[[Delegate], object]
    ) -> None:
        """Let each of them do it, and count those with whom it went well."""
        line = self.report.add(what, len(delegates))
        with self._bars(what, len(delegates)) as bar:
            for delegate in delegates:
                with self.noting(delegate.person.name, line):
                    act(delegate)
                bar.update(1)

    def once(self, what: str, name: str) -> "Noting":
        """Begin a line of something that is to go well once. name: whose it is, for a fault."""
        return self.noting(name, self.report.add(what, 1))

    def noting(self, name: str, line: Line | None = None) -> "Noting":
        """Return what counts a success in the line and writes down a fault."""
        return Noting(self.report, name, line)

    def wait_for(self, email: str, *sentences: str) -> Mail:
        """Return the newest mail to the address that says all of this. Raises MailMissing."""
        plain = [" ".join(each.split()) for each in sentences]

        def says_it(mail: Mail) -> bool:
            text = " ".join(mail.text.split())
            return all(each in text for each in plain)

        return self.mails.wait_for(email, says_it)

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

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, _trace: object) -> bool:
        if fault is None:
            if self.line is not None:
                self.line.done += 1
            return False
        if isinstance(fault, UnexpectedPage | MailMissing):
            self.report.faults.append(f"{self.name}: {fault}")
            return True
        return False
