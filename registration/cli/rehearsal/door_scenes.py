"""The day of the meeting: everybody but one comes in at the door."""

import csv
import json
from collections.abc import Sequence

from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.delegate_scenes import get_verification
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import Page, UnexpectedPage


class DoorScenes:
    """The door's browser."""

    def __init__(self, company: Company, desk: DeskScenes) -> None:
        self._company = company
        self._desk = desk.browser
        self._browser = company.sign_in(company.stage.door)
        self._page = self._browser.get(f"{self._base}/door/")

    def play(self, people: Sequence[Delegate], absent: Delegate) -> None:
        """Let all but one come in, and look who is told as missing."""
        company = self._company
        came = [each for each in people if each is not absent]
        company.each("checked in at the door", came, self._check_in)
        numbers = json.loads(self._browser.get(f"{self._base}/door/numbers").body)
        company.report.add("expected, as the door counts", len(people)).done = sum(
            each for key, each in numbers["expected"].items() if key
        )
        company.report.add("came, as the door counts", len(came)).done = sum(
            each for key, each in numbers["delegations"].items() if key
        )
        with company.once("told by the door as not come, nobody else", absent.person.name):
            page = self._browser.get(f"{self._base}/door/missing")
            self._hold_against(
                page, [each for each in people if each.reference in page.text], absent
            )
        with company.once("exported as not come, nobody else", absent.person.name):
            page, rows = self._export()
            named = [each for each in people if any(each.reference in row for row in rows)]
            self._hold_against(page, named, absent)
            if len(rows) != 1:
                raise UnexpectedPage(f"{page.address} has {len(rows)} rows")

    def _check_in(self, delegate: Delegate) -> None:
        """Scan the letter's code; of whoever has no letter, type the number."""
        letters = delegate.letters
        code = get_verification(letters[-1]) if letters else delegate.reference
        done = self._browser.submit(self._page, self._page.get_form("text"), {"text": code})
        if delegate.reference not in done.address:
            raise UnexpectedPage(f"{done.address}: the door does not know the letter or number")

    def _export(self) -> tuple[Page, list[list[str]]]:
        page = self._desk.get(f"{self._base}/exports/")
        table = self._desk.submit(page, page.get_form_to("/absent"), {"format": "csv"})
        return table, list(csv.reader(table.body.decode("utf-8-sig").splitlines()))[1:]

    def _hold_against(self, page: Page, named: list[Delegate], absent: Delegate) -> None:
        if named != [absent]:
            names = ", ".join(each.person.name for each in named) or "nobody"
            raise UnexpectedPage(f"{page.address} tells as missing: {names}")

    @property
    def _base(self) -> str:
        return f"/es/secretariat/{self._company.meeting.id}"
