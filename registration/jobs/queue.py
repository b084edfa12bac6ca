"""The queue behind QUEUE_URL: huey on SQLite, PostgreSQL or Redis, with the tasks by name.

huey forgets a task when a worker takes it, so nothing is entrusted to it: a task says "look", and
what there is to do stands in the database. The rounds of the worker look anyway, each minute.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.exceptions import ConfigurationError

NAME = "registration"


class BadQueueUrl(Exception):
    """QUEUE_URL cannot be used; the message is one sentence for the operator."""


def find_nothing() -> bool:
    """Do no part of any batch."""
    return False


def leave_unread() -> None:
    """Read no passport: the site never does, and a worker without the extra cannot."""


@dataclass(frozen=True)
class Duties:
    """What the worker does. deliver: sends the mails due and makes waiting files anew. sweep: does
    what the clock asks for. read: reads the passports that wait for it.

    work: does a part of the batch that is due, and returns whether there is more.
    """

    deliver: Callable[[], None]
    sweep: Callable[[], None]
    work: Callable[[], bool] = find_nothing
    read: Callable[[], None] = leave_unread


def open_queue(url: str) -> Huey:
    """Return the queue. url: "sqlite:///file", "postgresql://...", "redis://..." or "memory://".

    Raises BadQueueUrl.
    """
    scheme = url.partition(":")[0].partition("+")[0]
    options: dict[str, Any] = {"name": NAME, "results": False, "utc": True}
    try:
        match scheme:
            case "sqlite":
                return SqliteHuey(filename=_sqlite_file(url), **options)
            case "postgresql" | "postgres":
                return PostgresHuey(dsn="postgresql:" + url.partition(":")[2], **options)
            case "redis" | "rediss" | "valkey":
                return RedisHuey(url="redis" + url[len(scheme) :], **options)
            case "memory":
                return MemoryHuey(**options)
    except ConfigurationError as error:
        raise BadQueueUrl(f"QUEUE_URL needs a library that is not installed: {error}") from error
    raise BadQueueUrl("QUEUE_URL must begin with sqlite:///, postgresql:// or redis://.")


def add_tasks(queue: Huey, duties: Duties) -> Callable[[], object]:
    """Give the queue its tasks and rounds; return the bell, which asks for a delivery now.

    Site and worker both call this: a task travels by its name.
    A batch is worked on a part at a time, each behind what else waits in the queue: of a thousand
    letters no mail and no sweep waits for more than one part.
    """

    def deliver() -> None:
        duties.deliver()
        if duties.work():
            bell()

    def sweep() -> None:
        duties.sweep()

    def read() -> None:
        duties.read()

    bell: Callable[[], object] = queue.task(name="deliver")(deliver)
    queue.periodic_task(crontab(minute="*"), name="deliver_each_minute")(deliver)
    queue.periodic_task(crontab(minute="*"), name="read_each_minute")(read)
    queue.periodic_task(crontab(minute="*/5"), name="sweep")(sweep)
    return bell


def _sqlite_file(url: str) -> str:
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)
