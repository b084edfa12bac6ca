"""The day of the meeting: people come in at the door, and some do not."""

import csv
import json
from collections.abc import Sequence
from io import BytesIO

import pikepdf

from registration.cli.rehearsal.company import Company, Delegate
from registration.cli.rehearsal.delegate_scenes import get_verification
from registration.cli.rehearsal.desk_scenes import DeskScenes
from registration.cli.rehearsal.pages import Page, UnexpectedPage
from registration.domain.batches import Whose

#: As many as the door's page of missing people shows.
_SHOWN = 300
_BADGES_ON_PAGE = 4


class DoorScenes:
    """The door's browser."""

    def __init__(self, company: Company, desk: DeskScenes) -> None:
        self._company = company
        self._desk = desk
        self._browser = company.sign_in(company.stage.door)
        self._page = self._browser.get(f"{self._base}/door/")

    def play(self, people: Sequence[Delegate], came: Sequence[Delegate]) -> None:
        """Let these come in, and look who is told as missing."""
        company = self._company
        absent = [each for each in people if each not in set(came)]
        company.each("checked in at the door", came, self._check_in)
        numbers = json.loads(self._browser.get(f"{self._base}/door/numbers").body)
        company.report.add("expected, as the door counts", len(people)).done = sum(
            each for key, each in numbers["expected"].items() if key
        )
        company.report.add("came, as the door counts", len(came)).done = sum(
            each for key, each in numbers["delegations"].items() if key
        )
        if len(absent) <= _SHOWN:
            with company.once("told by the door as not come, nobody else", "the door"):
                page = self._browser.get(f"{self._base}/door/missing")
                self._hold_against(page, page.text, people, absent)
        with company.once("exported as not come, nobody else", "the door"):
            page, rows = self._export()
            named = "\n".join(each for row in rows for each in row)
            self._hold_against(page, named, people, absent)
            if len(rows) != len(absent):
                raise UnexpectedPage(f"{page.address} has {len(rows)} rows")
        with company.once("badges made in one paper, of those who came", "the desk"):
            self._make_badges(len(came))

    def _make_badges(self, number: int) -> None:
        page = self._desk.browser.get(f"{self._base}/papers/")
        form = page.get_form_to("/badges")
        done = self._desk.browser.submit(page, form, {"badges-whose": Whose.ARRIVED.value})
        paper = self._desk.browser.get(f"{self._desk.wait_for_batch(done).address}paper.pdf")
        with pikepdf.open(BytesIO(paper.body)) as pdf:
            if len(pdf.pages) != -(-number // _BADGES_ON_PAGE):
                raise UnexpectedPage(f"{paper.address} has {len(pdf.pages)} pages")

    def _check_in(self, delegate: Delegate) -> None:
        """Scan the letter's code; of whoever has no letter, type the number."""
        letters = delegate.letters
        code = get_verification(letters[-1]) if letters else delegate.reference
        done = self._browser.submit(self._page, self._page.get_form("text"), {"text": code})
        if delegate.reference not in done.address:
            raise UnexpectedPage(f"{done.address}: the door does not know the letter or number")

    def _export(self) -> tuple[Page, list[list[str]]]:
        page = self._desk.browser.get(f"{self._base}/exports/")
        table = self._desk.browser.submit(page, page.get_form_to("/absent"), {"format": "csv"})
        return table, list(csv.reader(table.body.decode("utf-8-sig").splitlines()))[1:]

    def _hold_against(
        self, page: Page, text: str, people: Sequence[Delegate], absent: Sequence[Delegate]
    ) -> None:
        named = [each for each in people if each.reference in text]
        if named != absent:
            raise UnexpectedPage(f"{page.address} tells {len(named)} as missing: {_name(named)}")

    @property
    def _base(self) -> str:
        return f"/es/secretariat/{self._company.meeting.id}"


def _name(people: Sequence[Delegate]) -> str:
    names = [each.person.name for each in people[:5]]
    return ", ".join(names) + (", ..." if len(people) > len(names) else "")
