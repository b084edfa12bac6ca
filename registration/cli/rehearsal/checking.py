"""What is looked at when the play is over: seats, mails, papers, the log."""

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.people import Person
from registration.cli.rehearsal.report import Report, is_letter
from registration.domain.meeting import Meeting


@dataclass(frozen=True)
class Due:
    """How many papers are due in the end: letters for those who get one, those replaced after it
    too, and a record for each acceptance."""

    letters: int
    records: int


def check_seats(report: Report, meeting: Meeting, listed: str, references: Collection[str]) -> None:
    """Hold the desk's list of seats (HTML) against those who should have one."""
    seats = sum(each.seats for each in meeting.delegations)
    line = report.add("seats held at the end, as the desk lists them", seats)
    line.done = sum(reference in listed for reference in references)


def check_mails(report: Report, mails: list[Mail], due: Due) -> None:
    """Count the papers that went out."""
    letters = report.add("letters that went out", due.letters)
    letters.done = sum(len(list_letters(mail)) for mail in mails)
    records = report.add("records that went out", due.records)
    records.done = sum(len(list_records(mail)) for mail in mails)


def check_log(report: Report, path: Path, mails: list[Mail], people: list[Person]) -> None:
    """Look for what no log may hold: names, addresses, passports, private links (T44)."""
    log = path.read_text(encoding="utf-8", errors="replace")
    secrets = {mail.link.rpartition("/")[2] for mail in mails if mail.link}
    secrets |= {mail.leave.rpartition("/")[2] for mail in mails if mail.leave}
    for person in people:
        secrets |= {person.email, person.surnames, person.passport_number}
    line = report.add("names, addresses and links found in the log", 0)
    line.done = sum(secret in log for secret in secrets)
    if "/register" not in log:
        report.faults.append("the log holds no request: nothing was looked at")


def list_letters(mail: Mail) -> list[bytes]:
    """Return the letters that came with the mail."""
    return [data for name, data in mail.papers.items() if is_letter(name)]


def list_records(mail: Mail) -> list[bytes]:
    """Return the records of acceptances that came with the mail."""
    return [data for name, data in mail.papers.items() if not is_letter(name)]


def list_links(paper: bytes) -> list[str]:
    """Return the addresses that the links of a PDF lead to."""
    with pikepdf.open(BytesIO(paper)) as pdf:
        return [
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
