"""What the Secretariat's desk does: decide, enter on behalf, record what came on paper."""

from datetime import datetime

from registration.cli.rehearsal.checking import list_letters, list_records
from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.delegate_scenes import DelegateScenes, show_passport
from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.pages import Page, UnexpectedPage
from registration.cli.rehearsal.people import Person
from registration.letters.pictures import draw_page

#: Pixels across a scan of a signed letter.
_SCAN_WIDTH = 1000


class DeskScenes:
    """The reviewer's browser."""

    def __init__(self, company: Company, delegates: DelegateScenes) -> None:
        self._company = company
        self._delegates = delegates
        self.browser = company.sign_in(company.stage.reviewer)

    def enter_on_behalf(self, person: Person) -> Delegate:
        """Enter somebody whose data came by mail."""
        delegate = self._company.come(person)
        with self._company.once("entered at the desk on behalf", person.name):
            page = self.browser.get(f"/es/secretariat/{self._company.meeting.id}/enter")
            values = {**person.fields(), "reason": "Correo del ministerio con el pasaporte."}
            form = page.get_form("given_names")
            self.browser.submit(page, form, values, files=show_passport(delegate))
            delegate.entry = self._company.follow_link(delegate).address
        return delegate

    def enter_companion(self, of: Delegate) -> Delegate | None:
        """Enter somebody who accompanies a delegate: mail at once, no letter and no passport.

        None where the meeting has no category for it, or it went wrong.
        """
        categories = [each for each in self._company.meeting.categories if each.key == "companions"]
        if not categories:
            return None
        companion = self._company.come(self._company.cast.make(categories[0]))
        with self._company.once(
            "companion entered at the desk, mail without letter", of.person.name
        ):
            page = self.browser.get(f"/es/secretariat/{self._company.meeting.id}/enter")
            named = {"institution": of.person.name, "reason": "Lo pidió la delegación."}
            form = page.get_form("given_names")
            self.browser.submit(page, form, {**companion.person.fields(), **named})
            mail = self._company.wait_for(companion.person.email, companion.person.name)
            if mail.papers:
                raise UnexpectedPage(f"a companion has received {', '.join(mail.papers)}")
            companion.entry = self._company.follow_link(companion).address
        return companion if companion.entry else None

    def approve(self, delegate: Delegate) -> None:
        """Approve the entry and wait for the letter."""
        self._decide(delegate, "approve")
        mail = self._company.mails.wait_for(
            delegate.person.email, lambda each: bool(list_letters(each))
        )
        delegate.letters = list_letters(mail)

    def return_and_correct(self, delegate: Delegate) -> None:
        """Ask for a better passport, which the delegate sends."""
        with self._company.once("returned for correction, then corrected", delegate.person.name):
            self._decide(delegate, "return", "No se leen las dos líneas inferiores.")
            mail = self._wait_for(delegate, "No se leen las dos líneas inferiores.")
            if mail.link is None:
                raise UnexpectedPage("the mail about the correction has no link")
            delegate.browser.get(mail.link)
            page = delegate.browser.get(f"{delegate.entry}correct")
            form = page.get_form("given_names")
            delegate.browser.submit(page, form, {}, files=show_passport(delegate))

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
        self.browser.submit(page, form, values, files=show_passport(newcomer))
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
