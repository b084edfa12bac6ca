"""One person's badge, drawn while somebody waits for it: the lost one is made again at once."""

from collections.abc import Sequence
from datetime import datetime

from registration.domain.attendance import refuse_arrival
from registration.domain.batches import list_card_languages
from registration.domain.desk_refusals import NotExpected
from registration.domain.events import By, Event
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.registrations import Registration
from registration.letters.badges import Badge, compose_badge, draw_badges
from registration.registrar.office import Office
from registration.registrar.steps import write_line


def print_badge(
    office: Office,
    meeting: Meeting,
    registration: Registration,
    *,
    by: By,
    arrived_at: datetime,
) -> bytes | NotExpected:
    """Return the badge as a PDF, in the two languages of cards; who asked for it is in the
    history before the first byte leaves. The code on it is that of the badge before: both open the
    same page, at the door alone."""
    refusal = refuse_arrival(registration.state)
    if refusal is not None:
        return refusal
    badge = compose_own_badge(office, meeting, registration, list_card_languages(meeting))
    dated = arrived_at.astimezone(meeting.zone).date()
    data = draw_badges(meeting, [badge], list_card_languages(meeting), dated)
    with office.database.writing() as session:
        write_line(session, registration.id, event=Event.BADGE_PRINTED, by=by, at=arrived_at)
    return data


def compose_own_badge(
    office: Office, meeting: Meeting, registration: Registration, languages: Sequence[Language]
) -> Badge:
    """Return the person's badge in words, with the code that the door scans."""
    code = office.tokens.of_door(registration.id)
    address = office.addresses.door(languages[0], registration.reference, code)
    return compose_badge(meeting, registration, address, languages)
