"""What a browser has opened by private links: entries, delegations and what was sent to calls, kept
in its own session.

The session holds (reference, generation), so raising the generation of a row revokes the links that
were mailed and the browsers that came through them alike (design, part 7).
"""

from collections.abc import Mapping

from flask import session

from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.submissions import Submission
from registration.store import reading
from registration.store.database import db
from registration.store.reading import DelegationRow
from registration.store.reading.submissions import find_submission_by_reference

_ENTRIES, _DELEGATIONS, _SUBMISSIONS = "entries", "delegations", "submissions"
#: An assistant's browser holds a whole delegation's entries, a cookie no more than 4 kB: those
#: opened last are kept.
MOST_ENTRIES = 40
#: As many as one person may have sent to the calls of a meeting, with room to spare.
MOST_SUBMISSIONS = 20


def open_entry(registration: Registration) -> None:
    """Let this browser see the entry from now on."""
    kept = {**_held(_ENTRIES)}
    kept.pop(registration.reference, None)
    kept[registration.reference] = registration.link_generation
    # In pairs: a cookie keeps no order of keys, and the one opened first is to go first.
    session[_ENTRIES] = list(kept.items())[-MOST_ENTRIES:]


def find_open_entry(reference: str) -> Registration | None:
    """Return the entry if this browser came through its newest link, else None."""
    generation = _held(_ENTRIES).get(reference)
    if generation is None:
        return None
    found = reading.find_by_reference(db.session(), reference)
    return found if found is not None and found.link_generation == generation else None


def list_open_entries() -> list[Registration]:
    """Return the entries that this browser has opened and may still see, the newest first."""
    held = _held(_ENTRIES)
    if not held:
        return []
    found = reading.list_by_references(db.session(), list(held))
    return [each for each in found if each.link_generation == held[each.reference]]


def open_delegation(row: DelegationRow) -> None:
    """Let this browser act for the delegation: see its seats, register where a link is asked.

    Of one meeting it acts for the delegation opened last: a cookie keeps no order of its keys.
    """
    others = {
        name: generation
        for name, generation in _held(_DELEGATIONS).items()
        if name.rpartition("/")[0] != row.meeting_id
    }
    session[_DELEGATIONS] = {**others, f"{row.meeting_id}/{row.key}": row.link_generation}


def find_open_delegation(meeting_id: MeetingId) -> DelegationRow | None:
    """Return the delegation of the meeting whose newest link this browser came through, or
    None."""
    for name, generation in _held(_DELEGATIONS).items():
        meeting, _, key = name.rpartition("/")
        if meeting == meeting_id:
            row = reading.find_delegation(db.session(), meeting, key)
            if row is not None and row.link_generation == generation:
                return row
    return None


def open_submission(submission: Submission) -> None:
    """Let this browser see what was sent to a call from now on."""
    kept = {**_held(_SUBMISSIONS)}
    kept.pop(submission.reference, None)
    kept[submission.reference] = submission.link_generation
    session[_SUBMISSIONS] = list(kept.items())[-MOST_SUBMISSIONS:]


def find_open_submission(reference: str) -> Submission | None:
    """Return what was sent if this browser came through its newest link, else None."""
    generation = _held(_SUBMISSIONS).get(reference)
    if generation is None:
        return None
    found = find_submission_by_reference(db.session(), reference)
    return found if found is not None and found.link_generation == generation else None


def _held(name: str) -> Mapping[str, int]:
    """Return what the session holds under the name, whether it wrote pairs or keys."""
    return dict(session.get(name, {}))
