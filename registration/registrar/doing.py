"""What a worker does with a batch in its hands: something with one entry after another, or a paper
for all."""

import logging
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from registration.domain.batches import (
    FAULT,
    BatchItem,
    BatchKind,
    BatchStatus,
    ItemStatus,
)
from registration.domain.refusals import Refusal
from registration.domain.reminder_rules import Rule
from registration.domain.reminders import Round
from registration.registrar import certifying, deciding, reminding, writing_to
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

Work: TypeAlias = Callable[[Hands, BatchItem, Callable[[Session], None]], Refusal | None]


def do_part(hands: Hands) -> None:
    """Do a part of the batch. Raises LeaseLost, StorageFailed, KeyRetired, and what the database
    raises."""
    work = _ONE_BY_ONE.get(hands.batch.kind)
    if work is not None:
        _do_some(hands, work)
        return
    try:
        make_paper(hands)
    except (KeyRetired, LeaseLost, SQLAlchemyError, StorageFailed):
        raise
    except Exception:  # noqa: BLE001  # logged, and told at the desk
        # It would come again at each try; the desk can ask for the paper anew.
        _log.exception("batch %s (%s) could not be made", hands.batch.id, hands.batch.kind)
        _end(hands, BatchStatus.FAILED)


def _do_some(hands: Hands, work: Work) -> None:
    turn_ends = hands.clock() + TURN
    while page := _list_due(hands):
        for item in page:
            if hands.should_stop() or hands.clock() > turn_ends:
                return
            _do_one(hands, item, work)
    _end(hands, BatchStatus.DONE)


def _do_one(hands: Hands, item: BatchItem, work: Work) -> None:
    """Do the work on one entry. That it is done is written in the transaction that does it: a
    worker killed at any moment leaves both or neither."""

    def mark_done(session: Session) -> None:
        hands.hold(session)
        _mark(hands, session, item, ItemStatus.DONE)

    try:
        refusal = work(hands, item, mark_done)
    except (KeyRetired, LeaseLost, SQLAlchemyError, StorageFailed):
        raise
    except Exception:  # noqa: BLE001  # logged, and told at the desk
        # Whatever is wrong with this one entry, the others must not wait behind it for ever.
        _log.exception("entry %s of batch %s was not done", item.number, hands.batch.id)
        _refuse(hands, item, FAULT)
        return
    if refusal is not None:
        _refuse(hands, item, _name_of(refusal))


def _approve(hands: Hands, item: BatchItem, along: Callable[[Session], None]) -> Refusal | None:
    result = deciding.approve(
        hands.office,
        item.registration_id,
        version=item.version,
        by=hands.by,
        arrived_at=hands.clock(),
        along=along,
    )
    return None if isinstance(result, Moved) else result


def _write_to(hands: Hands, item: BatchItem, along: Callable[[Session], None]) -> Refusal | None:
    return writing_to.write_to(
        hands.office,
        item.registration_id,
        hands.batch.id,
        by=hands.by,
        at=hands.clock(),
        along=along,
    )


def _remind(hands: Hands, item: BatchItem, along: Callable[[Session], None]) -> Refusal | None:
    details, round = hands.batch.details, None
    if "rule" in details:
        round = Round(Rule(details["rule"]), date.fromisoformat(details["due_on"]))
    return reminding.remind(
        hands.office, item.registration_id, round, by=hands.by, at=hands.clock(), along=along
    )


def _certify(hands: Hands, item: BatchItem, along: Callable[[Session], None]) -> Refusal | None:
    result = certifying.send_certificate(
        hands.office, item.registration_id, by=hands.by, arrived_at=hands.clock(), along=along
    )
    return None if isinstance(result, Moved) else result


# What is done with one entry after another, each in a transaction of its own.
_ONE_BY_ONE: dict[BatchKind, Work] = {
    BatchKind.APPROVE: _approve,
    BatchKind.REMIND: _remind,
    BatchKind.WRITE: _write_to,
    BatchKind.MAIL_CERTIFICATES: _certify,
}


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
