"""How gunicorn serves the site: `gunicorn --config python:registration.web.serving wsgi:app`.

Options on the command line go before these, as `--bind` and `--workers` do for a larger machine.
"""

import logging
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path

from flask.logging import default_handler
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger

bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
threads = 8
# A worker that has not spoken for so many seconds is started anew; a writer waits 20 for another.
timeout = 60
graceful_timeout = 30
# Files of the site are read by its user alone.
umask = 0o077
# A connection that sends nothing for so many seconds holds a thread no longer (T57).
SILENCE_SECONDS = 20
# What a client may set of the environment of a request: nothing, not even through a proxy.
forwarder_headers = ""
# Where the workers say that they live: in memory, not on a disk that may be slow.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - an unlinked file
# A socket that would let others steer the server, in a folder that is not ours.
control_socket_disable = True
accesslog = "-"
# Who, when, what, how it ended, bytes, seconds. Not the query, not the Referer (T44).
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(L)s'

_SECRET_PATHS = re.compile(
    r"/(l|verify|forgotten|second-factor|door|invitation|passkeys|passkey|leave/[^\s/?\"'\]]+)"
    r"/[^\s/?\"'\]]+"
)
# Controls, and what else ends a line or turns its direction.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def mask_secrets(text: str) -> str:
    """Return one line of a log without the tokens of links and the codes of letters.

    What a stranger wrote into a path neither begins a line of its own nor steers a terminal.
    """
    return _UNPRINTABLE.sub(_spell_out, _SECRET_PATHS.sub(r"/\1/...", text))


def _spell_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


class SecretsFilter(logging.Filter):
    """Lets every line of a log pass, masked."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_secrets(record.getMessage()), ()
        return True


class MaskingLogger(Logger):
    """gunicorn's logger; no line of it holds a token."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            log.addFilter(SecretsFilter())


logger_class = MaskingLogger


def on_starting(server: Arbiter) -> None:
    """Start the site once, in a process of its own, before any worker: where it will not (a key is
    missing, a setting cannot be), the server ends with its code and sentence. gunicorn would start
    its workers again and again. Not in this process: it forks, and the site has threads."""
    module = str(server.app.app_uri).partition(":")[0]
    code = subprocess.run([sys.executable, "-c", f"import {module}"], check=False).returncode  # noqa: S603 - the site that the command line names
    if code:
        sys.exit(code)


def when_ready(server: Arbiter) -> None:
    """Bound the silence of every connection: on Linux it has the listening socket's own bound."""
    bound = struct.pack("ll", SILENCE_SECONDS, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bound)


def post_worker_init(_worker: object) -> None:
    """Mask what the site itself logs as well: Flask names the path of a request that failed."""
    default_handler.addFilter(SecretsFilter())
