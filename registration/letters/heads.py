"""Head and foot of a paper that is about the meeting and not about one entry."""

from registration.domain.meeting import Meeting
from registration.language.translator import Translator
from registration.letters.wording import Arcade, Foot, Letterhead


def compose_plain_head(
    meeting: Meeting, *, kind: str, number: str, words: Translator
) -> Letterhead:
    """Return the head. number: what stands below the kind, where letters have their number."""
    return Letterhead(
        organisation=meeting.organisation[words.language],
        office=meeting.office[words.language],
        kind=kind,
        number=number,
        arcade=Arcade(seats=tuple(each.seats for each in meeting.delegations), own=None),
        not_valid=words.pgettext("letter", "Not valid") if meeting.rehearsal else None,
        not_valid_note=(
            words.pgettext("letter", "Rehearsal: not valid") if meeting.rehearsal else None
        ),
        seal=words.pgettext("letter", "Electronic signature of the Secretariat"),
    )


def compose_plain_foot(meeting: Meeting, advice: str, words: Translator) -> Foot:
    """Return the foot, without a code. advice: one sentence beside the contact."""
    return Foot(
        heading=meeting.office[words.language],
        advice=advice,
        address=None,
        code_alt="",
        contact=meeting.contact,
        page_of=words.pgettext("letter", "Page %(page)d of %(pages)d"),
    )


def compose_record_foot(meeting: Meeting, words: Translator) -> Foot:
    """Return the foot of a record: it has no code, and is asked about by mail."""
    advice = words.pgettext(
        "record", "With questions about this record, write to the address shown."
    )
    return compose_plain_foot(meeting, advice, words)
