"""A delegation that is opened by its link alone: its focal point nominates, nobody else gets in."""

from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.delegate_scenes import DelegateScenes
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import UnexpectedPage
from registration.cli.rehearsal.people import Person
from registration.domain.meeting import Delegation
from registration.domain.refusals import OnlyByLink
from registration.language.refusals import sentence
from registration.language.translator import get_translator

UNPROCESSABLE = 422


class LinkScenes:
    """One delegation, the desk and the focal point."""

    def __init__(
        self, company: Company, desk: DeskScenes, delegates: DelegateScenes, delegation: Delegation
    ) -> None:
        self._company = company
        self._desk = desk.browser
        self._delegates = delegates
        self._delegation = delegation
        self._focal = company.come(company.cast.make(delegation))

    def play(self, people: list[Person]) -> list[Delegate]:
        """Close the delegation's form, send the link, nominate these; return them as delegates."""
        name = self._focal.person.name
        with self._company.once("link of a delegation sent from the desk", name):
            self._close_form()
            self._send_link()
        self._refuse_public()
        nominated = [self._company.come(each) for each in people]
        self._company.each("nominated by link, completed", nominated, self._nominate)
        return nominated

    def _close_form(self) -> None:
        page = self._desk.get(self._address)
        form = page.get_form("what", "admission")
        done = self._desk.submit(page, form, {"to": "link"})
        if done.get_form("what", "admission").action != form.action:
            raise UnexpectedPage(f"{done.address} has no settings any more")

    def _send_link(self) -> None:
        person = self._focal.person
        page = self._desk.get(self._address)
        values = {"name": person.name, "email": person.email, "language": person.language}
        page = self._desk.submit(page, page.get_form_to("/focal-point"), values)
        self._desk.submit(page, page.get_form_to("/link"), {})
        self._company.follow_link(self._focal)

    def _refuse_public(self) -> None:
        person = self._company.cast.make(self._delegation)
        other = self._company.come(person)
        with self._company.once("public registrations refused there", person.name):
            page = self._delegates.register(other, without=person.segments, expect=UNPROCESSABLE)
            said = sentence(OnlyByLink(), get_translator(person.language))
            if said not in page.text:
                raise UnexpectedPage(f"{page.address} does not say that a link is needed")

    def _nominate(self, delegate: Delegate) -> None:
        focal, person = self._focal.browser, delegate.person
        page = focal.get(
            f"/{self._focal.person.language}/{self._company.meeting.id}/delegation/nominate"
        )
        focal.submit(page, page.get_form("given_names"), person.fields())
        delegate.entry = self._company.follow_link(delegate).address
        page = delegate.browser.get(f"{delegate.entry}correct")
        form = page.get_form("consent")
        files = self._delegates.show_passport(delegate)
        delegate.browser.submit(page, form, person.fields(), files=files)

    @property
    def _address(self) -> str:
        meeting = self._company.meeting
        return f"/es/secretariat/{meeting.id}/delegations/{self._delegation.key}/"
