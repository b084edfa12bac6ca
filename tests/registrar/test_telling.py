"""Each event mails exactly whom the table says, and an assistant only once the address is sure."""

import pytest

from registration.domain.events import Event, Occasion
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.mail.facts import may_carry_link
from registration.registrar import entering
from registration.registrar.telling import MAILS
from tests.builders import make_particulars, make_registration
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.registrar.moving import (
    accept,
    amend,
    correct,
    decide,
    list_new_mails,
    moved,
    withdraw,
)

ASSISTANT = "asistente@example.org"
DELEGATE = "p0@example.org"
SECRETARIAT = "CRMST@iom.int"

# By hand: to the delegate, to the assistant, to the Secretariat.
EXPECTED = {
    "registered": ("confirm_address", None, None),
    "nominated": ("nominated", None, None),
    "entered": ("entered_on_behalf", "copy_received", None),
    "confirmed": ("received", "copy_received", "staff_new_entry"),
    "put_on_reserve": ("on_reserve", None, "staff_new_entry"),
    "lapsed": (None, None, None),
    "completed": ("received", "copy_received", "staff_new_entry"),
    "approved": ("invited", "copy_invited", None),
    "returned": ("returned", None, None),
    "declined": ("declined", None, None),
    "return_taken_back": ("correction_not_needed", None, None),
    "corrected": ("received", None, "staff_new_entry"),
    "amended": ("amended", None, None),
    "accepted": ("accepted", "copy_accepted", "staff_accepted"),
    "promoted": ("promoted", None, None),
    "replaced": ("withdrawn", "copy_withdrawn", None),
    "swapped": (None, None, None),
    "withdrawn": ("withdrawn", "copy_withdrawn", "staff_withdrawn"),
}


def test_table_of_mails_is_the_one_of_the_issue() -> None:
    table = {event: (each.delegate, each.copy, each.staff) for event, each in MAILS.items()}

    assert table == EXPECTED


def test_every_move_has_a_line_in_the_table() -> None:
    moves = list(Event)[: list(Event).index(Event.WITHDRAWN) + 1]

    assert list(MAILS) == moves


def test_a_journey_mails_exactly_what_the_table_says(guide: Guide) -> None:
    application = guide.apply(particulars=guide.make_person(copy_to=ASSISTANT))
    sent: list[tuple[str, str]] = []

    def expect(event: str) -> None:
        nonlocal sent
        recipients = (DELEGATE, ASSISTANT, SECRETARIAT)
        wanted = [
            (occasion, recipient)
            for occasion, recipient in zip(EXPECTED[event], recipients, strict=True)
            if occasion
        ]
        entry = guide.get(application.entry)
        assert list_new_mails(guide, entry, sent) == sorted(wanted), event  # type: ignore[type-var]  # no None is left
        assert guide.list_events(entry.id)[-1] == event
        sent = guide.list_mails(entry.id)

    guide.register(application)
    expect("registered")
    entry = moved(guide.confirm(application.entry))
    expect("confirmed")
    decide(guide, entry, "return_", "The photo is dark")
    expect("returned")
    moved(correct(guide, entry))
    expect("corrected")
    moved(amend(guide, entry))
    expect("amended")
    guide.approve(guide.get(entry.id))
    expect("approved")
    moved(accept(guide, entry))
    expect("accepted")
    moved(withdraw(guide, entry))
    expect("withdrawn")


def test_assistant_hears_nothing_before_the_address_is_confirmed(guide: Guide) -> None:
    application = guide.apply(particulars=guide.make_person(copy_to=ASSISTANT))
    guide.register(application)
    entry = guide.get(application.entry)
    moved(amend(guide, entry, position="Asesora"))
    moved(withdraw(guide, entry, by=REVIEWER))

    assert guide.list_mails(entry.id) == [("confirm_address", DELEGATE)]
    nominated = guide.apply(particulars=guide.make_person(copy_to=ASSISTANT))
    entering.nominate(guide.office, nominated, by=FOCAL_POINT, arrived_at=guide.now)
    assert guide.list_mails(nominated.entry) == [("nominated", "p1@example.org")]


def test_entry_made_at_the_desk_tells_the_assistant(guide: Guide) -> None:
    application = guide.apply(particulars=guide.make_person(copy_to=ASSISTANT))
    moved(
        entering.enter(
            guide.office, application, by=REVIEWER, reason="E-mail", arrived_at=guide.now
        )
    )

    assert guide.list_mails(application.entry) == [
        ("copy_received", ASSISTANT),
        ("entered_on_behalf", DELEGATE),
    ]


@pytest.mark.parametrize("occasion", list(Occasion))
def test_no_mail_to_an_assistant_or_the_secretariat_carries_the_link(occasion: Occasion) -> None:
    entry: Registration = make_registration(
        make_particulars(copy_to=ASSISTANT), state=State.INVITED
    )

    for recipient in (ASSISTANT, SECRETARIAT, "stranger@example.net"):
        assert not may_carry_link(occasion, recipient, entry)
    if occasion.startswith(("copy_", "staff_")):
        assert not may_carry_link(occasion, entry.particulars.email, entry)


def test_mails_are_in_the_language_of_their_recipient(guide: Guide) -> None:
    entry = guide.submit(particulars=guide.make_person(language="en", copy_to=ASSISTANT))
    with guide.office.database.reading() as session:
        from registration.store import reading

        languages = {mail.occasion: mail.language for mail in reading.list_mails(session, entry.id)}

    assert languages == {
        "confirm_address": "en",
        "received": "en",
        "copy_received": "en",
        "staff_new_entry": guide.meeting.languages[0],
    }
