"""The bell: a request that caused a mail, or left a file to be made anew, wakes the worker.

If it fails, the next round comes.
"""

import logging
import threading
from collections.abc import Callable

from huey import Huey

from registration.jobs.queue import Duties, add_tasks, open_queue

_log = logging.getLogger("registration.jobs")


def _is_for_the_worker() -> None:
    """The site only asks; it never does the worker's duties itself."""


class Bell:
    """Rings the worker. Opens the queue at the first ring: a server may fork before that."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url
        self._queue: Huey | None = None
        self._ring: Callable[[], object] | None = None
        self._opening = threading.Lock()

    def ring(self) -> None:
        """Ask for a delivery now. Never raises: what was written stands, whoever hears of it."""
        try:
            self._open()()
        except Exception as fault:  # noqa: BLE001  # of any engine
            # The move that rang is committed, and must not look as if it had failed.
            _log.warning("the queue did not take a ring (%s)", type(fault).__name__)

    def _open(self) -> Callable[[], object]:
        with self._opening:
            if self._ring is None:
                duties = Duties(_is_for_the_worker, _is_for_the_worker)
                self._queue = open_queue(self._queue_url)
                self._ring = add_tasks(self._queue, duties)
            return self._ring

    def close(self) -> None:
        """Close this thread's connection to the queue; the next ring opens it again."""
        if self._queue is not None:
            self._queue.storage.close()
