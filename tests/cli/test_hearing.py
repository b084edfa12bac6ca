"""What a rehearsal says of letters that are not told as they should be."""

from dataclasses import replace
from pathlib import Path

from registration.cli.rehearsal.checking import Due
from registration.cli.rehearsal.hearing import check_papers
from registration.cli.rehearsal.letterbox import Mail
from registration.cli.rehearsal.people import Cast, Person
from registration.cli.rehearsal.report import Report
from registration.letters.paper import draw_letter
from tests.builders import make_meeting, make_particulars, make_registration
from tests.letters.samples import make_letter

MEETING = make_meeting(rolled_weeks=250)
PERSON = Cast(MEETING).make(MEETING.get_delegation("cr"))


def test_letter_of_what_was_typed_is_counted() -> None:
    report = hear(PERSON)

    assert (report.lines[0].wanted, report.lines[0].done, report.faults) == (52, 1, [])


def test_letter_of_something_else_is_a_fault() -> None:
    report = hear(replace(PERSON, surnames="Morales"))

    assert report.lines[0].done == 0
    assert report.faults[0].startswith("Invitation: the words that are told are not the paper's")


def hear(person: Person) -> Report:
    """Return what is said of PERSON's letter where `person` is whom it should be written to."""
    typed = make_particulars(
        **{key: PERSON.fields()[key] for key in ("given_names", "surnames", "institution")},
        position=PERSON.fields()["position"],
        email=PERSON.email,
        language=PERSON.language,
    )
    letter = make_letter(make_registration(typed), meeting=MEETING, language=PERSON.language)
    name = "carta-7K2M4QXZ-1.pdf"
    mail = Mail(Path("1.eml"), PERSON.email, "Invitation", "", {name: draw_letter(letter)})
    report = Report("rcm-imrf-2022")
    check_papers(report, MEETING, [mail], [person], Due(letters=26, records=26))
    return report
