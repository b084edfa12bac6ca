"""What a worker does with a batch in its hands: approvals one after another, or a paper."""

import logging

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from registration.domain.batches import FAULT, BatchItem, BatchKind, BatchStatus, ItemStatus
from registration.domain.refusals import Refusal
from registration.registrar import deciding
from registration.registrar.batching import TURN, Hands, LeaseLost
from registration.registrar.collecting import make_paper
from registration.registrar.office import Moved
from registration.store import reading
from registration.store.wrapping import KeyRetired
from registration.store.writing import batches
from registration.vault.storage import StorageFailed

_log = logging.getLogger("registration.batches")

# Entries read at a time: memory does not grow with the batch.
_PAGE = 25


def do_part(hands: Hands) -> None:
    """Do a part of the batch. Raises LeaseLost, StorageFailed, KeyRetired, and what the database
    raises."""
    if hands.batch.kind is BatchKind.APPROVE:
        _approve_some(hands)
        return
    try:
        make_paper(hands)
    except (KeyRetired, LeaseLost, SQLAlchemyError, StorageFailed):
        raise
    except Exception:  # noqa: BLE001  # logged, and told at the desk
        # It would come again at each try; the desk can ask for the paper anew.
        _log.exception("batch %s (%s) could not be made", hands.batch.id, hands.batch.kind)
        _end(hands, BatchStatus.FAILED)


def _approve_some(hands: Hands) -> None:
    turn_ends = hands.clock() + TURN
    while page := _list_due(hands):
        for item in page:
            if hands.should_stop() or hands.clock() > turn_ends:
                return
            _approve(hands, item)
    _end(hands, BatchStatus.DONE)


def _approve(hands: Hands, item: BatchItem) -> None:
    """Approve one entry. That it is done is written in the transaction that approves it: a worker
    killed at any moment leaves both or neither."""

    def mark_done(session: Session) -> None:
        hands.hold(session)
        _mark(hands, session, item, ItemStatus.DONE)

    try:
        result = deciding.approve(
            hands.office,
            item.registration_id,
            version=item.version,
            by=hands.by,
            arrived_at=hands.clock(),
            along=mark_done,
        )
    except (KeyRetired, LeaseLost, SQLAlchemyError, StorageFailed):
        raise
    except Exception:  # noqa: BLE001  # logged, and told at the desk
        # Whatever is wrong with this one entry, the others must not wait behind it for ever.
        _log.exception("entry %s of batch %s was not approved", item.number, hands.batch.id)
        _refuse(hands, item, FAULT)
        return
    if not isinstance(result, Moved):
        _refuse(hands, item, _name_of(result))


def _refuse(hands: Hands, item: BatchItem, refusal: str) -> None:
    with hands.office.database.writing() as session:
        hands.hold(session)
        _mark(hands, session, item, ItemStatus.REFUSED, refusal)


def _mark(
    hands: Hands,
    session: Session,
    item: BatchItem,
    status: ItemStatus,
    refusal: str | None = None,
) -> None:
    is_ours = batches.mark_item(
        session, hands.batch.id, item.number, status=status, at=hands.clock(), refusal=refusal
    )
    if not is_ours:
        raise LeaseLost


def _list_due(hands: Hands) -> list[BatchItem]:
    with hands.office.database.reading() as session:
        return reading.list_items(session, hands.batch.id, statuses=[ItemStatus.DUE], limit=_PAGE)


def _end(hands: Hands, status: BatchStatus) -> None:
    with hands.office.database.writing() as session:
        batches.end(session, hands.batch.id, token=hands.token, status=status, at=hands.clock())


def _name_of(refusal: Refusal) -> str:
    return type(refusal).__name__
