"""The meeting's texts as the desk words them: changed, and given back to the file."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from registration.domain.desk_refusals import AmendmentUnfit, SeatHeld
from registration.domain.events import By, Event
from registration.domain.ids import Language, MeetingId
from registration.domain.meeting import Meeting
from registration.meetings.amending import Amendments
from registration.registrar.meetings import amend
from registration.registrar.office import Office
from registration.store.writing import texts


def change_texts(
    office: Office,
    meeting_id: MeetingId,
    changes: Mapping[tuple[str, Language], str | None],
    *,
    by: By,
    at: datetime,
) -> Meeting | AmendmentUnfit | SeatHeld:
    """Word some texts otherwise, all or none, and return the meeting as it then stands.

    changes: by the text's key and language what it says from now on; None: what the file says.
    """

    def change(amendments: Amendments) -> Amendments:
        for (key, language), words in changes.items():
            amendments = amendments.with_text(key, language, words)
        return amendments

    def keep(session: Session, _meeting: Meeting) -> None:
        for (key, language), words in changes.items():
            texts.add_text_change(
                session,
                meeting_id,
                key=key,
                language=language,
                words=words,
                staff_id=by.staff_id,
                staff_name=by.name or "",
                at=at,
            )

    named = ", ".join(f"{key}.{language}" for key, language in changes)
    return amend(
        office,
        meeting_id,
        change,
        event=Event.TEXT_CHANGED,
        by=by,
        at=at,
        facts={"texts": named},
        along=keep,
    )
