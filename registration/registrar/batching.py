"""Batches: asked for at the desk, taken by a worker with a lease, done a part at a time.

Papers with personal data leave the house this way, so who asked, when and for what is a line of the
meeting's history. A worker that is killed leaves nothing half done: what came of an approval is
written with the approval itself, in one transaction, and a paper is drawn from its beginning.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registration.domain.attendance import is_over
from registration.domain.batches import (
    WITH_EACH,
    Batch,
    BatchKind,
    BatchStatus,
    Whose,
    takes_part,
)
from registration.domain.desk_refusals import MeetingNotOver, NobodyChosen
from registration.domain.events import CLOCK, By, Event
from registration.domain.ids import MeetingId, RegistrationId
from registration.domain.states import Actor
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.store import reading
from registration.store.writing import batches, history

_log = logging.getLogger("registration.batches")

#: For how long a worker has a batch for itself; each entry done begins it anew.
LEASE = timedelta(minutes=2)
#: How long a worker stays with one batch before it looks at mails and the other batches.
TURN = timedelta(seconds=2)
#: More entries than any meeting has: a form of a size that a page can still show.
MOST_CHOSEN = 5000

_AFTER_THE_MEETING = frozenset({BatchKind.CERTIFICATES, BatchKind.MAIL_CERTIFICATES})


class LeaseLost(Exception):
    """The batch is in another worker's hands: this one has nothing to say about it any more."""


@dataclass(frozen=True, kw_only=True)
class Hands:
    """A batch in this worker's hands.

    should_stop: asked between two entries. between: does what must not wait for the end of a paper
    that takes long (mails); nothing in it may draw one.
    """

    office: Office
    batch: Batch
    token: UUID
    clock: Callable[[], datetime]
    lease: timedelta
    should_stop: Callable[[], bool]
    between: Callable[[], object]

    @property
    def by(self) -> By:
        """Return who asked for the batch: what is done here is done in their name."""
        if self.batch.staff_id is None:
            return CLOCK
        return By(actor=Actor.SECRETARIAT, staff_id=self.batch.staff_id, name=self.batch.staff_name)

    def hold(self, session: Session) -> None:
        """Begin the lease anew within a transaction. Raises LeaseLost, and nothing is written."""
        until = self.clock() + self.lease
        if not batches.renew(session, self.batch.id, token=self.token, until=until):
            raise LeaseLost


def ask(
    office: Office,
    *,
    id: UUID,
    meeting_id: MeetingId,
    kind: BatchKind,
    by: By,
    arrived_at: datetime,
    details: Mapping[str, str] | None = None,
    chosen: Sequence[tuple[RegistrationId, int]] = (),
    along: Callable[[Session], object] = lambda _session: None,
) -> Batch | NobodyChosen | MeetingNotOver:
    """Ask for work on many entries; the same form sent twice is one batch.

    id: of the form. chosen: of what is done with each entry, those with the version that was on
    the screen; for a paper the entries are those that `details` names. along: is done in the
    transaction that writes the batch; what it raises undoes all.
    """
    details = dict(details or {})
    try:
        with office.database.writing() as session:
            there = reading.find_batch(session, id)
            if there is not None:
                return there
            meeting = get_meeting(session, meeting_id)
            if kind in _AFTER_THE_MEETING and not is_over(meeting, arrived_at):
                return MeetingNotOver()
            if kind not in WITH_EACH:
                chosen = list_chosen(session, meeting_id, kind, details)
            if not chosen and kind is not BatchKind.NAMEPLATES:
                return NobodyChosen()
            along(session)
            _write(session, id, meeting_id, kind, details, by, arrived_at, chosen[:MOST_CHOSEN])
    except IntegrityError:
        # The other click of a double click was faster; or an entry that does not exist.
        with office.database.reading() as session:
            if reading.find_batch(session, id) is None:
                raise
    office.ring()
    with office.database.reading() as session:
        asked = reading.find_batch(session, id)
    assert asked is not None
    return asked


def list_chosen(
    session: Session, meeting_id: MeetingId, kind: BatchKind, details: Mapping[str, str]
) -> list[tuple[RegistrationId, int]]:
    """Return the entries for which the paper is made, in the order of the meeting's file."""
    if kind is BatchKind.NAMEPLATES:
        return []
    whose = Whose(details.get("whose", Whose.APPROVED))
    arrived = reading.list_arrived(session, meeting_id)
    return [
        (each.id, each.version)
        for each in reading.list_registrations(session, meeting_id)
        if takes_part(whose, each.state, has_arrived=each.id in arrived)
    ]


def work_on_due(
    office: Office,
    clock: Callable[[], datetime],
    work: Callable[[Hands], None],
    *,
    lease: timedelta = LEASE,
    should_stop: Callable[[], bool] = lambda: False,
    between: Callable[[], object] = lambda: None,
) -> bool:
    """Take the batch that is due the longest and do a part of it; return whether there is more.

    clock: gives the aware moment. should_stop, between: as `Hands` has them. work: does the part
    (`doing.do_part`); what it raises leaves the lease to run out, so that a fault is not met again
    at once and without end.
    """
    taken = _take(office, clock, lease)
    if taken is None:
        return False
    batch, token = taken
    hands = Hands(
        office=office,
        batch=batch,
        token=token,
        clock=clock,
        lease=lease,
        should_stop=should_stop,
        between=between,
    )
    try:
        work(hands)
    except LeaseLost:
        _log.warning("batch %s is in another worker's hands", hands.batch.id)
        return False
    with office.database.writing() as session:
        batches.let_go(session, hands.batch.id, token=hands.token)
        after = reading.find_batch(session, hands.batch.id)
    return after is not None and after.status is BatchStatus.DUE and not should_stop()


def _take(
    office: Office, clock: Callable[[], datetime], lease: timedelta
) -> tuple[Batch, UUID] | None:
    """Looks first without writing, so that an idle worker never holds up a writer."""
    with office.database.reading() as session:
        due = batches.find_due(session, now=clock(), lease=lease)
    if due is None:
        return None
    token = uuid4()
    with office.database.writing() as session:
        if not batches.take(session, due, token=token, now=clock(), lease=lease):
            return None
        batch = reading.find_batch(session, due)
    assert batch is not None
    return batch, token


def _write(
    session: Session,
    id: UUID,
    meeting_id: MeetingId,
    kind: BatchKind,
    details: Mapping[str, str],
    by: By,
    at: datetime,
    chosen: Sequence[tuple[RegistrationId, int]],
) -> None:
    batches.add_batch(
        session,
        id=id,
        meeting_id=meeting_id,
        kind=kind,
        details=details,
        staff_id=by.staff_id,
        staff_name=by.name or "",
        at=at,
        chosen=chosen,
    )
    history.append_line(
        session,
        chain=reading.chain_of_meeting(meeting_id),
        event=Event.BATCH_ASKED,
        by=by,
        at=at,
        facts={**details, "batch": str(id), "kind": kind.value, "entries": str(len(chosen))},
        details={},
    )
