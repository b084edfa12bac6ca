"""The play: every delegation fills its seats, and what goes wrong in real life goes wrong."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from registration.cli.rehearsal.checking import (
    check_log,
    check_mails,
    check_seats,
    list_letters,
    list_links,
    list_records,
)
from registration.cli.rehearsal.hearing import check_papers
from registration.cli.rehearsal.letterbox import Letterbox, Mail, MailMissing
from registration.cli.rehearsal.pages import Browser, Page, UnexpectedPage
from registration.cli.rehearsal.people import Cast, Person
from registration.cli.rehearsal.report import Line, Report
from registration.cli.rehearsal.stage import Stage
from registration.domain.meeting import Delegation, Meeting

CONFLICT = 409
OK = 200


class Bar(Protocol):
    """A progress bar: one step more."""

    def update(self, n_steps: int) -> None: ...


#: Makes a bar of so many steps under a title.
Bars = Callable[[str, int], AbstractContextManager[Bar]]


@dataclass
class Delegate:
    """A person in their browser. entry: the address of their entry's page, once they know it."""

    person: Person
    browser: Browser
    entry: str = ""
    letters: list[bytes] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return self.entry.rstrip("/").rpartition("/")[2]


class Play:
    """Plays the meeting through, with the dates of the rehearsal. Faults are written down and the
    play goes on."""

    def __init__(self, stage: Stage, meeting: Meeting, bars: Bars) -> None:
        self._stage = stage
        self._meeting = meeting
        self._bars = bars
        self._cast = Cast(meeting)
        self._mails = Letterbox(stage.mailbox)
        self._desk = Browser(stage.base_url)
        self._browsers = [self._desk]
        self._played: list[Delegate] = []
        self.report = Report(meeting.id)

    def run(self) -> Report:
        """Play it and return the table."""
        began = time.monotonic()
        self._sign_in()
        persons = [each for group in self._meeting.delegations for each in self._cast.fill(group)]
        *by_form, by_desk = persons
        delegates = [self._come(person) for person in by_form]
        self._each("registered by their own form", delegates, self._register)
        self._each("confirmed their address", delegates, self._confirm)
        delegates.append(self._enter_on_behalf(by_desk))
        self._refuse_third(self._meeting.delegations[0])
        self._return_and_correct(delegates[0])
        delegates = self._decline_one(delegates, delegates[1])
        delegates = self._withdraw_one(delegates, delegates[2])
        self._each("approved, letter by mail", delegates, self._approve)
        self._each("letters verified by their code", delegates, self._verify)
        self._each("letters accepted, record by mail", delegates, self._accept)
        page = self._desk.get(f"/es/secretariat/{self._meeting.id}/")
        check_seats(
            self.report, self._meeting, page.body.decode(), [d.reference for d in delegates]
        )
        check_mails(self.report, self._meeting, self.mails)
        people = [each.person for each in self._played]
        check_papers(self.report, self._meeting, self.mails, people)
        check_log(self.report, self._stage.log, self.mails, people)
        self.report.seconds = time.monotonic() - began
        self.report.requests = sum(each.requests for each in self._browsers)
        return self.report

    @property
    def mails(self) -> list[Mail]:
        return self._mails.list_all()

    # The desk

    def _sign_in(self) -> None:
        page = self._desk.get("/es/secretariat/")
        form = page.get_form("password")
        values = {"email": self._stage.reviewer, "password": self._stage.password}
        self._desk.submit(page, form, values)

    def _open_at_desk(self, delegate: Delegate) -> Page:
        return self._desk.get(f"/es/secretariat/entry/{delegate.reference}/")

    def _decide(self, delegate: Delegate, decision: str, reason: str = "") -> Page:
        page = self._open_at_desk(delegate)
        form = page.get_form("decision")
        values = {"decision": decision, "reason": reason, "then": "stay"}
        return self._desk.submit(page, form, values)

    def _enter_on_behalf(self, person: Person) -> Delegate:
        line = self.report.add("entered at the desk on behalf", 1)
        delegate = self._come(person)
        with self._noting(person.name):
            page = self._desk.get(f"/es/secretariat/{self._meeting.id}/enter")
            values = {**person.fields(), "reason": "Correo del ministerio con el pasaporte."}
            files = {"passport": ("pasaporte.jpg", person.draw_passport(), "image/jpeg")}
            form = page.get_form("given_names")
            self._desk.submit(page, form, values, files=files)
            delegate.entry = self._follow_link(delegate).address
            line.done += 1
        return delegate

    def _approve(self, delegate: Delegate) -> None:
        self._decide(delegate, "approve")
        mail = self._mails.wait_for(delegate.person.email, lambda each: bool(list_letters(each)))
        delegate.letters = list_letters(mail)

    def _return_and_correct(self, delegate: Delegate) -> None:
        line = self.report.add("returned for correction, then corrected", 1)
        with self._noting(delegate.person.name):
            self._decide(delegate, "return", "No se leen las dos líneas inferiores.")
            mail = self._wait_for(delegate, "No se leen las dos líneas inferiores.")
            if mail.link is None:
                raise UnexpectedPage("the mail about the correction has no link")
            delegate.browser.get(mail.link)
            page = delegate.browser.get(f"{delegate.entry}correct")
            files = {"passport": ("nuevo.jpg", delegate.person.draw_passport(), "image/jpeg")}
            form = page.get_form("given_names")
            delegate.browser.submit(page, form, {}, files=files)
            line.done += 1

    def _decline_one(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        line = self.report.add("declined, and the seat taken again", 1)
        with self._noting(out.person.name):
            page = self._decide(out, "decline", "La delegación nombró a otra persona.")
            form = page.get_form("reason")
            self._desk.submit(page, form, {"then": "stay"})
            self._wait_for(out, "La delegación nombró a otra persona.")
            delegates = self._take_seat_of(delegates, out)
            line.done += 1
        return delegates

    # The delegates

    def _come(self, person: Person) -> Delegate:
        self._browsers.append(Browser(self._stage.base_url))
        self._played.append(Delegate(person, self._browsers[-1]))
        return self._played[-1]

    def _register(self, delegate: Delegate, *, expect: int = OK, **more: str) -> Page:
        person = delegate.person
        address = f"/{person.language}/{self._meeting.id}/register"
        page = delegate.browser.get(address)
        files = {"passport": ("passport.jpg", person.draw_passport(), "image/jpeg")}
        return delegate.browser.submit(
            page,
            page.get_form("given_names"),
            {**person.fields(), **more},
            files=files,
            expect=expect,
        )

    def _confirm(self, delegate: Delegate) -> None:
        page = self._follow_link(delegate)
        done = delegate.browser.submit(page, page.get_form("version"), {})
        delegate.entry = done.address

    def _follow_link(self, delegate: Delegate) -> Page:
        mail = self._mails.wait_for(delegate.person.email, lambda each: each.link is not None)
        assert mail.link is not None  # that is what was waited for
        return delegate.browser.get(mail.link)

    def _refuse_third(self, delegation: Delegation) -> None:
        line = self.report.add("third delegates refused", 1)
        third = self._come(self._cast.make(delegation))
        with self._noting(third.person.name):
            self._register(third, expect=CONFLICT)
            line.done += 1

    def _withdraw_one(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        line = self.report.add("withdrew, and the seat taken again", 1)
        with self._noting(out.person.name):
            page = out.browser.get(f"{out.entry}withdraw")
            out.browser.submit(page, page.get_form("version"), {})
            delegates = self._take_seat_of(delegates, out)
            line.done += 1
        return delegates

    def _take_seat_of(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        delegation = self._meeting.get_delegation(out.person.delegation)
        newcomer = self._come(self._cast.make(delegation, out.person.seat))
        self._register(newcomer)
        self._confirm(newcomer)
        return [newcomer if each is out else each for each in delegates]

    def _verify(self, delegate: Delegate) -> None:
        """Follow the letter's own link to the page that says whether it is genuine."""
        for letter in delegate.letters:
            addresses = [each for each in list_links(letter) if "/verify/" in each]
            if not addresses:
                raise UnexpectedPage("the letter leads to no page of verification")
            delegate.browser.get(addresses[0])

    def _accept(self, delegate: Delegate) -> None:
        page = delegate.browser.get(f"{delegate.entry}accept")
        values = {"typed_name": delegate.person.name.upper(), "accept": "y"}
        delegate.browser.submit(page, page.get_form("typed_name"), values)
        self._mails.wait_for(delegate.person.email, lambda each: bool(list_records(each)))

    # All of them

    def _each(
        self, what: str, delegates: Sequence[Delegate], act: Callable[[Delegate], object]
    ) -> None:
        line = self.report.add(what, len(delegates))
        with self._bars(what, len(delegates)) as bar:
            for delegate in delegates:
                with self._noting(delegate.person.name, line):
                    act(delegate)
                bar.update(1)

    def _wait_for(self, delegate: Delegate, sentence: str) -> Mail:
        plain = " ".join(sentence.split())
        return self._mails.wait_for(
            delegate.person.email, lambda each: plain in " ".join(each.text.split())
        )

    def _noting(self, name: str, line: Line | None = None) -> "_Noting":
        return _Noting(self.report, name, line)


@dataclass
class _Noting:
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
