"""What delegates do by themselves: register, confirm, correct, withdraw, verify, accept."""

from collections.abc import Collection

from registration.cli.rehearsal.checking import list_links, list_records
from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.pages import Page, UnexpectedPage, Upload
from registration.cli.rehearsal.people import Person
from registration.domain.meeting import Delegation

CONFLICT = 409
OK = 200


class DelegateScenes:
    """The delegates' own pages."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def register(
        self, delegate: Delegate, *, without: Collection[str] = (), expect: int = OK
    ) -> Page:
        """Fill in the meeting's form. without: segments that they would like to attend and leave
        out."""
        person = delegate.person
        segments = tuple(each for each in person.segments if each not in without)
        page = delegate.browser.get(f"/{person.language}/{self._company.meeting.id}/register")
        done = delegate.browser.submit(
            page,
            page.get_form("given_names"),
            {**person.fields(), "segments": segments},
            files=self.show_passport(delegate),
            expect=expect,
        )
        delegate.segments = segments
        return done

    def show_passport(self, delegate: Delegate) -> dict[str, Upload]:
        """Return the copy of the delegate's passport as a form sends it, where it is asked for."""
        if not self._company.group_of(delegate).asks_passport:
            return {}
        return {"passport": ("passport.jpg", delegate.person.draw_passport(), "image/jpeg")}

    def confirm(self, delegate: Delegate) -> None:
        """Follow the first mail's link and confirm the address."""
        page = self._company.follow_link(delegate)
        done = delegate.browser.submit(page, page.get_form("version"), {})
        delegate.entry = done.address

    def refuse_one_more(self, delegation: Delegation) -> None:
        """Try to register one person more than the delegation has seats."""
        more = self._company.come(self._company.cast.make(delegation))
        with self._company.once("one delegate more than the seats refused", more.person.name):
            self.register(more, without=more.person.segments, expect=CONFLICT)

    def withdraw_one(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        """Let one withdraw and another take the seat; return who takes part now."""
        with self._company.once("withdrew, and the seat taken again", out.person.name):
            page = out.browser.get(f"{out.entry}withdraw")
            out.browser.submit(page, page.get_form("version"), {})
            return self.take_seat_of(delegates, out)
        return delegates

    def take_seat_of(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        """Let somebody new register for the seat; return who takes part now."""
        newcomer = self._company.come(self.make_successor(out))
        self.register(newcomer)
        self.confirm(newcomer)
        return [newcomer if each is out else each for each in delegates]

    def make_successor(self, out: Delegate) -> Person:
        """Return a new person for the seat of another."""
        delegation = self._company.meeting.get_delegation(out.person.delegation)
        return self._company.cast.make(delegation, out.person.seat)

    def verify(self, delegate: Delegate) -> None:
        """Follow the letter's own link to the page that says whether it is genuine."""
        for letter in delegate.letters:
            delegate.browser.get(get_verification(letter))

    def accept(self, delegate: Delegate) -> None:
        """Sign the letter on the delegate's own page."""
        page = delegate.browser.get(f"{delegate.entry}accept")
        values = {"typed_name": delegate.person.name.upper(), "accept": "y"}
        delegate.browser.submit(page, page.get_form("typed_name"), values)
        self._company.mails.wait_for(delegate.person.email, lambda each: bool(list_records(each)))


def get_verification(letter: bytes) -> str:
    """Return the address behind the letter's code. Raises UnexpectedPage."""
    for address in list_links(letter):
        if "/verify/" in address:
            return address
    raise UnexpectedPage("the letter leads to no page of verification")
