"""Counting requests against floods, in this process alone: a number a source, a minute long.

On the way of every request, so it asks no database and starts no thread: the library that counted
before started one for each few requests, which cost a fifth of a page of the desk.
"""

from threading import Lock

_WINDOW = 60  # seconds


class Floods:
    """How many requests each source sent within the minute of the clock."""

    def __init__(self, most: int) -> None:
        """most: requests of one source within a minute."""
        self._most = most
        self._minute = -1
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def count(self, source: str, *, now: float) -> int | None:
        """Count one request. Return None if it may go on, else the seconds to wait.

        now: seconds of a clock that nobody sets back (`time.monotonic`). A minute that is over is
        forgotten with all who were counted in it, so memory holds no more than the sources of one.
        """
        minute, second = divmod(int(now), _WINDOW)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            number = self._counts[source] = self._counts.get(source, 0) + 1
        return _WINDOW - second if number > self._most else None
