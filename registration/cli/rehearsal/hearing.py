"""Each paper of the play as those hear it who do not see it: all its words, in their order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pikepdf

from registration.cli.rehearsal.checking import Due, list_letters, list_links, list_records
from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.people import Person
from registration.cli.rehearsal.report import Report
from registration.domain.ids import (
    DelegationId,
    DelegationKey,
    Reference,
    RegistrationId,
)
from registration.domain.meeting import Meeting
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import State
from registration.language.translator import get_translator
from registration.letters.checking import check_paper
from registration.letters.checking.source import Words, list_letter_words
from registration.letters.wording import compose_letter


def check_papers(
    report: Report,
    meeting: Meeting,
    mails: Sequence[Mail],
    people: Sequence[Person],
    due: Due,
) -> None:
    """Hold each letter against what its person typed, and each record against itself.

    meeting: with the dates of the rehearsal.
    """
    persons = {each.email: each for each in people}
    line = report.add("papers told whole and in order", due.letters + due.records)
    for mail in mails:
        letters, person = list_letters(mail), persons.get(mail.recipient)
        papers = [(each, _compose_words(each, meeting, person)) for each in letters]
        papers += [(each, None) for each in list_records(mail)]
        for paper, words in papers:
            findings = check_paper(paper, words)
            line.done += not findings
            report.faults += [f"{mail.subject}: {each}" for each in findings]


def _compose_words(letter: bytes, meeting: Meeting, person: Person | None) -> Words | None:
    """Return what the letter is to say; its number, day and address are its own."""
    if person is None:
        return None
    with pikepdf.open(BytesIO(letter)) as pdf:
        number = str(pdf.trailer.Info.Title).rpartition(" ")[2]
        issued_on = date.fromisoformat(str(pdf.trailer.Info.CreationDate)[2:10])
    addresses = [each for each in list_links(letter) if "/verify/" in each]
    composed = compose_letter(
        meeting,
        _make_registration(person, meeting, number),
        number=number,
        issued_on=issued_on,
        verification_address=addresses[0] if addresses else "",
        words=get_translator(person.language),
    )
    return list_letter_words(composed)


def _make_registration(person: Person, meeting: Meeting, number: str) -> Registration:
    """Return an entry of the person, as far as a letter speaks of it."""
    fields = person.fields()
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    return Registration(
        id=RegistrationId(UUID(int=0)),
        meeting_id=meeting.id,
        delegation_id=DelegationId(0),
        delegation_key=DelegationKey(person.delegation),
        reference=Reference(number.partition("/")[0]),
        state=State.INVITED,
        version=1,
        particulars=Particulars(
            treatment=fields["treatment"],
            given_names=fields["given_names"],
            surnames=fields["surnames"],
            institution=fields["institution"],
            position=fields["position"],
            email=fields["email"],
            copy_to=fields["copy_to"] or None,
            language=person.language,
        ),
        seat_number=1,
        seat_label=person.seat or None,
        passport=None,
        reason=None,
        new_email=None,
        link_generation=1,
        on_behalf=False,
        wants_reserve=False,
        created_at=moment,
        confirmed_at=moment,
        changed_at=moment,
        reserved_at=None,
        reminded_at=None,
    )
