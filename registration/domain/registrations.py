"""A registration as pages, letters and mails read it, and the data a form brings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from registration.domain.ids import (
    DelegationId,
    DelegationKey,
    FileId,
    Language,
    MeetingId,
    Reference,
    RegistrationId,
)
from registration.domain.names import full_name
from registration.domain.states import State


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a delegate tells of themselves, cleaned (`names.clean_line`).

    treatment: the form of address as typed or chosen, or empty. copy_to: an assistant's address.
    listed: whether name, position and institution may be printed in the list of participants.
    """

    treatment: str
    given_names: str
    surnames: str
    institution: str
    position: str
    email: str
    copy_to: str | None
    language: Language
    listed: bool = False

    @property
    def full_name(self) -> str:
        return full_name(self.given_names, self.surnames)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One person's entry. Moments are aware UTC.

    version: raised by every move; a form carries the one it was drawn from.
    seat_number: from 1, set exactly while the state holds a seat.
    seat_label: the key of the label the delegate chose, where the delegation's seats bear labels.
    reason: what the Secretariat wrote when it returned or declined the entry.
    new_email: an address that the delegate gave and has not confirmed yet.
    wants_reserve: whether the person asked for the reserve list. reminded_at: when "you are already
    registered" went out last. erased_at: since when nothing personal is in it.
    nomination_id: on what it rests that the person is the delegation's. disowned_at: when the
    focal point said "not ours" (`nominations.standing_of`).
    """

    id: RegistrationId
    meeting_id: MeetingId
    delegation_id: DelegationId
    delegation_key: DelegationKey
    reference: Reference
    state: State
    version: int
    particulars: Particulars
    seat_number: int | None
    seat_label: str | None
    passport: FileId | None
    reason: str | None
    new_email: str | None
    link_generation: int
    on_behalf: bool
    wants_reserve: bool
    created_at: datetime
    confirmed_at: datetime | None
    changed_at: datetime
    reserved_at: datetime | None
    reminded_at: datetime | None
    erased_at: datetime | None = None
    nomination_id: UUID | None = None
    disowned_at: datetime | None = None

    @property
    def full_name(self) -> str:
        """The person's name; the entry's number once the name was erased."""
        return self.particulars.full_name if self.erased_at is None else self.reference
