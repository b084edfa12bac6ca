"""The worker: one process that delivers mails, makes files anew and does what the clock asks."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from huey import Huey
from huey.consumer import Consumer
from sqlalchemy.exc import OperationalError

from config import Settings
from registration.jobs.queue import Duties, add_tasks, open_queue
from registration.jobs.reading import read_for_a_while
from registration.mail.delivering import deliver_due
from registration.mail.outbox import LEASE
from registration.mail.post import Post
from registration.mail.room import MailRoom
from registration.meetings.reading import get_meeting
from registration.registrar import batching
from registration.registrar.batching import work_on_due
from registration.registrar.cleaning import clean_waiting
from registration.registrar.doing import do_part
from registration.registrar.erasing import run_due
from registration.registrar.office import Office
from registration.registrar.reminding import send_due
from registration.registrar.reserving import promote_everywhere
from registration.registrar.sealing_history import seal_daily
from registration.registrar.sweeping import lapse_due, sweep_files, sweep_orphans
from registration.store.wrapping import KeyRetired
from registration.vault.storage import StorageFailed

T = TypeVar("T")

_log = logging.getLogger("registration.jobs")

#: How long files are made anew before mails are looked for again.
CLEANING_TIME = timedelta(seconds=30)


def leave_it(_now: datetime) -> None:
    """Tidy nothing: what the site counts is not this worker's."""


def make_consumer(
    queue: Huey,
    office: Office,
    room: MailRoom,
    post: Post,
    *,
    lease: timedelta = LEASE,
    batch_lease: timedelta = batching.LEASE,
    tidy: Callable[[datetime], object] = leave_it,
) -> Consumer:
    """Return huey's consumer with our duties. `run()` returns after SIGTERM: the mail in hand is
    sent and marked first, the others are left to whoever comes next.

    tidy: what else a sweep does; it is given the aware moment.
    """
    deliver = _calmly("deliver", lambda: _deliver(room, post, lease, consumer))
    duties = Duties(
        deliver=_in_turn(deliver, _calmly("clean", lambda: _clean(office, consumer))),
        sweep=_calmly("sweep", lambda: _sweep(office, tidy)),
        read=_calmly("read", lambda: read_for_a_while(office, _now, consumer.stop_flag.is_set)),
        work=_or("work", lambda: _work(office, batch_lease, consumer, deliver), otherwise=False),
    )
    add_tasks(queue, duties)
    consumer = Consumer(queue, workers=1, max_delay=1.0, graceful_signal="TERM")
    return consumer


def run_worker(
    settings: Settings, office: Office, *, tidy: Callable[[datetime], object] = leave_it
) -> None:
    """Work until SIGTERM. tidy: as `make_consumer` takes it."""
    queue = open_queue(settings.queue_url)
    room = make_mail_room(settings, office)
    make_consumer(queue, office, room, make_post(settings, room), tidy=tidy).run()


def make_mail_room(settings: Settings, office: Office) -> MailRoom:
    """Return what mails are made with."""
    return MailRoom(
        database=office.database,
        vault=office.vault,
        tokens=office.tokens,
        addresses=office.addresses,
        get_meeting=get_meeting,
        sender=settings.mail_from,
    )


def make_post(settings: Settings, room: MailRoom) -> Post:
    """Return the mail server of the settings."""
    return Post(
        server=settings.mail_server,
        port=settings.mail_port,
        username=settings.mail_username,
        password=settings.mail_password,
        use_tls=settings.mail_use_tls,
        hello=room.host,
    )


def _deliver(room: MailRoom, post: Post, lease: timedelta, consumer: Consumer) -> None:
    deliver_due(room, post, _now, lease=lease, should_stop=consumer.stop_flag.is_set)


def _clean(office: Office, consumer: Consumer) -> None:
    """Make files anew for a while. Mails come first: what is left waits for the next round."""
    stop_at = _now() + CLEANING_TIME
    clean_waiting(
        office,
        _now,
        should_stop=lambda: consumer.stop_flag.is_set() or _now() >= stop_at,
    )


def _sweep(office: Office, tidy: Callable[[datetime], object]) -> None:
    lapse_due(office, now=_now())
    promote_everywhere(office, now=_now())
    send_due(office, now=_now())
    sweep_files(office, now=_now())
    sweep_orphans(office, now=_now())
    run_due(office, now=_now())
    _seal(office)
    tidy(_now())


def _work(
    office: Office, lease: timedelta, consumer: Consumer, deliver: Callable[[], None]
) -> bool:
    return work_on_due(
        office,
        _now,
        do_part,
        lease=lease,
        should_stop=consumer.stop_flag.is_set,
        between=deliver,
    )


def _seal(office: Office) -> None:
    sealed = seal_daily(office, now=_now())
    if sealed is not None:
        # The log may lie where whoever writes to the database cannot.
        _log.info("history: sealed line %d, %s", sealed.number, sealed.hash)


def _in_turn(*duties: Callable[[], None]) -> Callable[[], None]:
    def do() -> None:
        for duty in duties:
            duty()

    return do


def _calmly(duty: str, work: Callable[[], object]) -> Callable[[], None]:
    """As `_or`, for a duty that answers nothing."""
    calm = _or(duty, work, otherwise=None)

    def do() -> None:
        calm()

    return do


def _or(duty: str, work: Callable[[], T], *, otherwise: T) -> Callable[[], T]:
    """A database or a storage that does not answer is news, not a fault, and so is a key that was
    retired: the next round comes.

    otherwise: what is returned then.
    """

    def do() -> T:
        try:
            return work()
        except (KeyRetired, OperationalError, StorageFailed) as fault:
            _log.warning(
                "%s: no answer (%s); the next round tries again", duty, type(fault).__name__
            )
            return otherwise

    return do


def _now() -> datetime:
    return datetime.now(UTC)
