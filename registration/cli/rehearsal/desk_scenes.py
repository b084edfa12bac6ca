"""What the Secretariat's desk does: decide, enter on behalf, record what came on paper."""

import time
from collections.abc import Sequence
from datetime import datetime

from registration.cli.rehearsal.checking import list_letters, list_records
from registration.cli.rehearsal.company import AT_ONCE, Company, Delegate
from registration.cli.rehearsal.delegate_scenes import DelegateScenes
from registration.cli.rehearsal.letterbox import ARRIVAL_SECONDS, Mail
from registration.cli.rehearsal.pages import Page, UnexpectedPage
from registration.cli.rehearsal.people import Person
from registration.language.translator import get_translator
from registration.letters.pictures import draw_page

#: Pixels across a scan of a signed letter.
_SCAN_WIDTH = 1000
#: Entries that the desk can choose at once.
_BATCH = 5000
#: In the page of a batch that is under way: a browser looks again by itself.
_IS_DUE = b'http-equiv="refresh"'
_LOOK_SECONDS = 0.5
_TO_CORRECT = "No se leen bien los apellidos."


class DeskScenes:
    """The reviewer's browser."""

    def __init__(self, company: Company, delegates: DelegateScenes) -> None:
        self._company = company
        self._delegates = delegates
        self.browser = company.sign_in(company.stage.reviewer)

    def enter_on_behalf(self, people: Sequence[Person]) -> list[Delegate]:
        """Enter people whose data came by mail; return those with whom it went well."""
        entered = [self._company.come(each) for each in people]
        self._company.each("entered at the desk on behalf", entered, self._enter)
        return [each for each in entered if each.entry]

    def enter_without_letter(self, people: Sequence[Person]) -> list[Delegate]:
        """Enter people of whom nothing is asked (companions, interpreters): mail at once, no letter
        and no passport."""
        entered = [self._company.come(each) for each in people]
        what = "entered at the desk, mail without letter"
        self._company.each(what, entered, self._enter_without_letter)
        return [each for each in entered if each.entry]

    def _enter(self, delegate: Delegate) -> None:
        page = self.browser.get(f"/es/secretariat/{self._company.meeting.id}/enter")
        values = {**delegate.person.fields(), "reason": "Los datos llegaron por correo."}
        form, files = page.get_form("given_names"), self._delegates.show_passport(delegate)
        self.browser.submit(page, form, values, files=files)
        delegate.entry = self._company.follow_link(delegate).address

    def _enter_without_letter(self, delegate: Delegate) -> None:
        self._enter(delegate)
        mail = self._company.wait_for(delegate.person.email, delegate.person.name)
        if mail.papers:
            raise UnexpectedPage(f"no letter is due, and {', '.join(mail.papers)} has come")

    def approve(self, delegate: Delegate) -> None:
        """Approve the entry and wait for the letter."""
        self._decide(delegate, "approve")
        mail = self._company.mails.wait_for(
            delegate.person.email, lambda each: bool(list_letters(each))
        )
        delegate.letters = list_letters(mail)

    def approve_many(self, delegates: Sequence[Delegate]) -> None:
        """Approve all that wait for a decision, as the list offers it, and wait until each of these
        people has read that the participation is confirmed."""
        if not delegates:
            return
        line = self._company.report.add("approved in batches at the desk", len(delegates))
        approved: set[str] = set()
        there = f"/es/secretariat/{self._company.meeting.id}/entries?state=submitted"
        for _ in range(0, len(delegates), _BATCH):
            page = self.browser.get(there)
            done = self.browser.submit(page, page.get_form("batch"), {"all": "1"})
            text = self.wait_for_batch(done).text
            approved |= {each.reference for each in delegates if each.reference in text}
        line.done = len(approved)
        told = "told that the participation is confirmed"
        waiting = [each for each in delegates if each.reference in approved]
        self._company.each(told, waiting, self._wait_for_confirmation, at_once=AT_ONCE)

    def wait_for_batch(self, page: Page) -> Page:
        """Look at the batch's page again and again, until the worker has done it.

        Raises UnexpectedPage where nothing changes on it any more.
        """
        seen, give_up_at = b"", 0.0
        while _IS_DUE in page.body:
            if page.body != seen:
                seen, give_up_at = page.body, time.monotonic() + ARRIVAL_SECONDS
            if time.monotonic() > give_up_at:
                raise UnexpectedPage(f"{page.address} is not done in {ARRIVAL_SECONDS} seconds")
            time.sleep(_LOOK_SECONDS)
            page = self.browser.get(page.address)
        return page

    def _wait_for_confirmation(self, delegate: Delegate) -> None:
        title = get_translator(delegate.language).gettext("Your participation is confirmed")
        self._company.wait_for_subject(delegate, title)

    def return_and_correct(self, delegate: Delegate) -> None:
        """Ask for a correction, which the delegate sends."""
        with self._company.once("returned for correction, then corrected", delegate.person.name):
            self._decide(delegate, "return", _TO_CORRECT)
            mail = self._wait_for(delegate, _TO_CORRECT)
            if mail.link is None:
                raise UnexpectedPage("the mail about the correction has no link")
            delegate.browser.get(mail.link)
            page = delegate.browser.get(f"{delegate.entry}correct")
            form = page.get_form("given_names")
            delegate.browser.submit(page, form, {}, files=self._delegates.show_passport(delegate))

    def decline_one(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        """Decline one, whose seat another takes; return who takes part now."""
        with self._company.once("declined, and the seat taken again", out.person.name):
            page = self._decide(out, "decline", "La delegación nombró a otra persona.")
            self.browser.submit(page, page.get_form("reason"), {"then": "stay"})
            self._wait_for(out, "La delegación nombró a otra persona.")
            return self._delegates.take_seat_of(delegates, out)
        return delegates

    def replace(self, out: Delegate) -> Delegate:
        """Give the seat of one to another, by the desk's form; return the other."""
        newcomer = self._company.come(self._delegates.make_successor(out))
        page = self.browser.get(f"/es/secretariat/entry/{out.reference}/replace")
        values = {**newcomer.person.fields(), "reason": "Nota de la delegación, de esta mañana."}
        form = page.get_form("given_names")
        self.browser.submit(page, form, values, files=self._delegates.show_passport(newcomer))
        newcomer.entry = self._company.follow_link(newcomer).address
        return newcomer

    def accept_on_paper(self, delegate: Delegate) -> None:
        """Record the letter that came back signed, with its scan; the record goes by mail."""
        page = self.browser.get(f"/es/secretariat/entry/{delegate.reference}/accept")
        scan = draw_page(delegate.letters[-1], 1, width=_SCAN_WIDTH)
        values = {
            "typed_name": delegate.person.name,
            "signed_on": datetime.now(self._company.meeting.zone).date().isoformat(),
            "reason": "Llegó firmada por mensajería.",
            "accept": "y",
        }
        files = {"signed_letter": ("carta firmada.png", scan, "image/png")}
        self.browser.submit(page, page.get_form("typed_name"), values, files=files)
        self._company.mails.wait_for(delegate.person.email, lambda each: bool(list_records(each)))

    def _decide(self, delegate: Delegate, decision: str, reason: str = "") -> Page:
        page = self.browser.get(f"/es/secretariat/entry/{delegate.reference}/")
        values = {"decision": decision, "reason": reason, "then": "stay"}
        return self.browser.submit(page, page.get_form("decision"), values)

    def _wait_for(self, delegate: Delegate, sentence: str) -> Mail:
        return self._company.wait_for(delegate.person.email, sentence)
