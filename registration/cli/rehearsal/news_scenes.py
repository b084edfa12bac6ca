"""Who subscribes to news and leaves by one click, as a mail program does it."""

from registration.cli.rehearsal.call_scenes import CallScenes
from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import UnexpectedPage
from registration.domain.calls import Call


class NewsScenes:
    """One call that is left again by one click."""

    def __init__(self, company: Company, desk: DeskScenes, call: Call) -> None:
        self._company = company
        self._desk = desk
        self._call = call

    def play(self) -> None:
        """Subscribe, confirm, let one leave, and look who is left at the desk."""
        company, key = self._company, self._call.key
        subscribed = CallScenes(company, self._desk, self._call).play()
        leaving, staying = subscribed[:1], subscribed[1:]
        company.each(f"left by one click ({key})", leaving, self._leave)
        page = self._desk.browser.get(f"/es/secretariat/{company.meeting.id}/calls/{key}/")
        there = [each for each in subscribed if each.reference in page.text]
        company.report.add(f"subscribed in the end ({key})", len(staying)).done = len(there)
        if there != staying:
            company.report.faults.append(f"{page.address} names others than those who stayed")

    def _leave(self, delegate: Delegate) -> None:
        """Post what the mail's own header says (RFC 8058), without any cookie of the site."""
        mail = self._company.mails.wait_for(
            delegate.person.email, lambda each: each.leave is not None
        )
        if mail.leave is None:
            raise UnexpectedPage("the mail cannot be left by one click")
        self._company.open_browser().post(mail.leave, {"List-Unsubscribe": "One-Click"})
