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
    SUBMISSION_THERE = "pk_submission"
    SOLE_SUBMISSION = "uq_submission_sole"
    ADDRESS_SENT = "uq_submission_address"
    ANSWER_WRITTEN = "pk_answer"
    CHOICE_NUMBER = "pk_choice"
    CHOICE_REGION = "uq_choice_region"
    CHOSEN_ALREADY = "uq_choice_submission_id"


# SQLite names the columns of a UNIQUE, not the constraint; so it does with a partial index.
_COLUMNS = {
    "registration.delegation_id, registration.seat_number": Violated.SEAT_HELD,
    "segment_choice.segment_id, segment_choice.place_number": Violated.PLACE_HELD,
    "registration.meeting_id, registration.canonical_email": Violated.PERSON_THERE,
    "registration.id": Violated.ENTRY_THERE,
    "letter.registration_id, letter.issue": Violated.LETTER_ISSUED,
    "acceptance.letter_id": Violated.LETTER_ACCEPTED,
    "submission.id": Violated.SUBMISSION_THERE,
    "submission.call, submission.delegation_id": Violated.SOLE_SUBMISSION,
    "submission.meeting_id, submission.call, submission.canonical_email": Violated.ADDRESS_SENT,
    "answer.submission_id, answer.question": Violated.ANSWER_WRITTEN,
    "choice.meeting_id, choice.call, choice.number": Violated.CHOICE_NUMBER,
    "choice.meeting_id, choice.call, choice.region": Violated.CHOICE_REGION,
    "choice.submission_id": Violated.CHOSEN_ALREADY,
}


def find_violated(error: IntegrityError) -> Violated | None:
    """Return which of the constraints the error speaks of, or None for any other."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # PostgreSQL names it
        return next((each for each in Violated if each.value == diagnosis.constraint_name), None)
    text = str(error.orig)
    return next((found for columns, found in _COLUMNS.items() if f": {columns}" in text), None)
