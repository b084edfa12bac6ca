"""What a delegate receives, and from whom (concept note, "Courtesies" and "Event funding")."""

from registration.domain.meeting import Courtesy, Delegation, Meeting


def list_courtesies(meeting: Meeting, delegation: Delegation) -> tuple[Courtesy, ...]:
    """Return what each delegate of the delegation receives, in the order of the meeting's file.

    Those for everybody come with the delegation's own; nothing that it does not receive is named.
    """
    return tuple(
        courtesy
        for courtesy in meeting.courtesies
        if courtesy.everybody or courtesy.key in delegation.courtesies
    )


def receives(delegation: Delegation, key: str) -> bool:
    """Return whether each delegate of the delegation personally receives the courtesy."""
    return key in delegation.courtesies
