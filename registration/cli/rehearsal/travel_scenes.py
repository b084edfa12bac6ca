"""A ticket, and the person who does not travel with it after all."""

from datetime import datetime, time, timedelta

from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.delegate_scenes import DelegateScenes, get_verification
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import UnexpectedPage
from registration.cli.rehearsal.people import EXPIRES


class TravelScenes:
    """The travel desk's browser, and one traveller."""

    def __init__(self, company: Company, desk: DeskScenes, delegates: DelegateScenes) -> None:
        self._company = company
        self._desk = desk
        self._delegates = delegates
        self._account = company.stage.travel
        self._browser = company.sign_in(self._account)

    def play(self, delegates: list[Delegate], out: Delegate) -> list[Delegate]:
        """Buy a ticket, replace the person, cancel the ticket; return who takes part now."""
        company, name = self._company, out.person.name
        with company.once("travel data told, ticket issued by mail", name):
            self._tell_travel(out)
            self._issue(out)
        newcomer = None
        with company.once("replaced after the ticket, travel desk told", name):
            newcomer = self._desk.replace(out)
            desk = f"/secretariat/{company.meeting.id}/travel"
            company.wait_for(self._account.email, name, desk)
        if newcomer is None:
            return delegates
        with company.once("newcomers approved, letter by mail", newcomer.person.name):
            self._desk.approve(newcomer)
            self._delegates.verify(newcomer)
        with company.once("letters of the replaced told as withdrawn", name):
            self._see_withdrawn(out, newcomer)
        with company.once("tickets of the replaced recorded as cancelled", name):
            self._cancel(out)
        return [newcomer if each is out else each for each in delegates]

    def _tell_travel(self, delegate: Delegate) -> None:
        person = delegate.person
        page = delegate.browser.get(f"{delegate.entry}travel")
        form = page.get_form("passport_kind")
        values = {
            "passport_kind": "ordinary",
            "number": person.passport_number,
            "nationality": "GT",
            "born": f"{person.born:%d/%m/%Y}",
            "expires": f"{EXPIRES:%d/%m/%Y}",
            "city": "Ciudad de Guatemala",
            "telephone": "+502 2222 3333",
            "visa": "not_needed",
        }
        delegate.browser.submit(page, form, values)

    def _issue(self, delegate: Delegate) -> None:
        page = self._browser.get(self._address(delegate))
        first, last = self._company.meeting.first_day, self._company.meeting.last_day
        there = datetime.combine(first - timedelta(days=1), time(8))
        back = datetime.combine(last, time(20))
        values = {"number": f"139-{2_400_000_000 + delegate.person.number}"}
        for index, (flight, ends, at) in enumerate(
            (("AV 640", ("GUA", "MEX"), there), ("AV 641", ("MEX", "GUA"), back))
        ):
            values |= {
                f"legs-{index}-flight": flight,
                f"legs-{index}-origin": ends[0],
                f"legs-{index}-to": ends[1],
                f"legs-{index}-departs": at.isoformat(timespec="minutes"),
                f"legs-{index}-arrives": (at + timedelta(hours=2)).isoformat(timespec="minutes"),
            }
        self._browser.submit(page, page.get_form("legs-0-flight"), values)
        self._company.wait_for(delegate.person.email, "AV 640", "AV 641")

    def _see_withdrawn(self, out: Delegate, newcomer: Delegate) -> None:
        """The page of a letter in force and that of a withdrawn one say different things."""
        headings = []
        for delegate in (out, newcomer):
            code = get_verification(delegate.letters[-1]).rpartition("/")[2]
            headings.append(out.browser.get(f"/es/verify/{code}").heading)
        if headings[0] == headings[1]:
            raise UnexpectedPage(f"the letter of the replaced person reads: {headings[0]}")

    def _cancel(self, delegate: Delegate) -> None:
        """Press the button in the desk's list, which then has the ticket no more."""
        button = f"/{delegate.reference}/cancelled"
        page = self._browser.get(f"/es/secretariat/{self._company.meeting.id}/travel")
        done = self._browser.submit(page, page.get_form_to(button), {})
        if any(each.action.endswith(button) for each in done.forms):
            raise UnexpectedPage(f"{done.address}: the ticket is not recorded as cancelled")

    def _address(self, delegate: Delegate) -> str:
        return f"/es/secretariat/travel/{delegate.reference}/"
