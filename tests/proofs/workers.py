"""Starts workers that can be killed: this process has everything imported, and forks one for each
line it reads. It says the number of the new process, and, once that has ended, "gone"."""

import os
import sys
from datetime import timedelta

from registration.jobs.queue import open_queue
from registration.jobs.worker import make_consumer
from registration.mail.post import Post
from registration.registrar.office import Office
from tests.mail.rows import make_room
from tests.seals import make_seal

#: Far above what one delivery takes here; short, so that the next worker need not wait for minutes.
LEASE = timedelta(seconds=1.5)


def main(database_url: str, queue_url: str, mail_port: str) -> None:
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            work(database_url, queue_url, int(mail_port))
            os._exit(0)
        say(str(pid))
        os.waitpid(pid, 0)
        say("gone")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def work(database_url: str, queue_url: str, mail_port: int) -> None:
    """What `flask jobs run` does, with a shorter lease."""
    room = make_room(database_url)
    office = Office(
        database=room.database,
        vault=room.vault,
        tokens=room.tokens,
        addresses=room.addresses,
        seal=make_seal(),
    )
    post = Post(server="127.0.0.1", port=mail_port, use_tls=False, timeout=10)
    make_consumer(open_queue(queue_url), office, room, post, lease=LEASE).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
