"""One round of the worker: every mail that is due is claimed, built, sent and marked."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from registration.mail import outbox
from registration.mail.building import (
    BadAddress,
    ascii_address,
    build,
    message_id_of,
    sender_address,
)
from registration.mail.outbox import LEASE, ClaimedMail
from registration.mail.post import Post, RefusedForGood, RefusedForNow
from registration.mail.room import MailRoom
from registration.store.wrapping import KeyRetired

_log = logging.getLogger("registration.mail")

# A mail that was sent and not marked is sent again: worth a few more tries, seconds apart.
_MARK_TRIES, _MARK_PAUSE_SECONDS = 4, 2.0


class Outcome(Enum):
    """What became of one mail. DOWN: nothing can be sent at all for now."""

    SENT = "sent"
    PUT_OFF = "put off"
    REFUSED = "refused"
    LOST = "in another worker's hands"
    DOWN = "put off, no mail can be sent"


def deliver_due(
    room: MailRoom,
    post: Post,
    clock: Callable[[], datetime],
    *,
    lease: timedelta = LEASE,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[Outcome]:
    """Deliver what is due, the longest waiting first, and return what became of each mail.

    clock: gives the aware moment. should_stop: asked between two mails.
    Ends when nothing is due, or at the first sign that no mail can be sent for now.
    """
    outcomes: list[Outcome] = []
    while not should_stop() and Outcome.DOWN not in outcomes:
        mail = outbox.claim(room.database, now=clock(), lease=lease)
        if mail is None:
            break
        outcome = _deliver(room, post, mail, clock, lease)
        # Neither address nor name: the log is read by more people than the entries are.
        _log.info("mail %s (%s): %s", mail.id, mail.occasion, outcome.value)
        outcomes.append(outcome)
    return outcomes


def _deliver(
    room: MailRoom,
    post: Post,
    mail: ClaimedMail,
    clock: Callable[[], datetime],
    lease: timedelta,
) -> Outcome:
    try:
        recipient = ascii_address(mail.recipient)
        message = _prepare(room, mail, clock, lease)
        if message is None:
            return Outcome.LOST
        post.send(message, sender=sender_address(room), recipient=recipient)
    except (RefusedForGood, BadAddress) as refusal:
        outbox.mark_refused(room.database, mail, str(refusal))
        return Outcome.REFUSED
    except RefusedForNow as refusal:
        outbox.mark_failed_for_now(room.database, mail, str(refusal), now=clock())
        return Outcome.DOWN if refusal.everybody else Outcome.PUT_OFF
    except (KeyRetired, SQLAlchemyError):
        raise
    except Exception as fault:  # noqa: BLE001  # logged, and the mail put off
        # Whatever is wrong with this one mail, the others must not wait behind it for ever.
        _log.exception("mail %s (%s) could not be built", mail.id, mail.occasion)
        error = f"The message could not be built: {type(fault).__name__}"
        outbox.mark_failed_for_now(room.database, mail, error, now=clock())
        return Outcome.PUT_OFF
    _mark_sent(room, mail, clock)
    return Outcome.SENT


def _prepare(
    room: MailRoom, mail: ClaimedMail, clock: Callable[[], datetime], lease: timedelta
) -> bytes | None:
    """Return the message: as it was built before, or built now and kept before it is first sent.

    None where another worker has taken the mail over since.
    """
    binding = f"mail:{mail.id}"
    if mail.locked is not None:
        return room.vault.unlock(mail.locked.ciphertext, mail.locked.wrapped_key, bound_to=binding)
    message = build(room, mail, now=clock())
    is_ours = outbox.keep_built(
        room.database,
        mail,
        message_id=message_id_of(room, mail),
        locked=room.vault.lock(message, bound_to=binding),
        now=clock(),
        lease=lease,
    )
    return message if is_ours else None


def _mark_sent(room: MailRoom, mail: ClaimedMail, clock: Callable[[], datetime]) -> None:
    for tries_left in reversed(range(_MARK_TRIES)):
        try:
            outbox.mark_sent(room.database, mail, now=clock())
        except OperationalError:
            if not tries_left:
                raise
            time.sleep(_MARK_PAUSE_SECONDS)
        else:
            return
