"""Which constraint the database refused to break: it is the last judge, and it speaks in names."""

from enum import Enum

from sqlalchemy.exc import IntegrityError


class Violated(Enum):
    """The constraints that people can run into."""

    SEAT_HELD = "uq_registration_delegation_id_seat_number"
    PLACE_HELD = "uq_segment_choice_segment_id_place_number"
    PERSON_THERE = "uq_registration_live_person"
    ENTRY_THERE = "pk_registration"
    LETTER_ISSUED = "uq_letter_registration_id_issue"
    LETTER_ACCEPTED = "uq_acceptance_letter_id"


# SQLite names the columns of a UNIQUE, not the constraint; so it does with a partial index.
_COLUMNS = {
    "registration.delegation_id, registration.seat_number": Violated.SEAT_HELD,
    "segment_choice.segment_id, segment_choice.place_number": Violated.PLACE_HELD,
    "registration.meeting_id, registration.canonical_email": Violated.PERSON_THERE,
    "registration.id": Violated.ENTRY_THERE,
    "letter.registration_id, letter.issue": Violated.LETTER_ISSUED,
    "acceptance.letter_id": Violated.LETTER_ACCEPTED,
}


def find_violated(error: IntegrityError) -> Violated | None:
    """Return which of the constraints the error speaks of, or None for any other."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # PostgreSQL names it
        return next((each for each in Violated if each.value == diagnosis.constraint_name), None)
    text = str(error.orig)
    return next((found for columns, found in _COLUMNS.items() if f": {columns}" in text), None)
