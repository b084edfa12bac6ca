"""The logs of the server hold no token, and no silent connection holds a thread for ever."""

import logging
import socket
import struct
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from registration.web import serving
from registration.web.serving import (
    SILENCE_SECONDS,
    SecretsFilter,
    access_log_format,
    mask_secrets,
    when_ready,
)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('"GET /l/k3y-T0_ken" 303', '"GET /l/..." 303'),
        ("Exception on /l/k3y-T0_ken [GET]", "Exception on /l/... [GET]"),
        ('"POST /es/leave/GCM-7K2M4QXZ/T0_ken" 200', '"POST /es/leave/GCM-7K2M4QXZ/..." 200'),
        ('"GET /es/verify/ABCD-1234/" 200', '"GET /es/verify/.../" 200'),
        (
            '"GET /es/secretariat/password/forgotten/WyIx.Zw HTTP/1.1" 200',
            '"GET /es/secretariat/password/forgotten/... HTTP/1.1" 200',
        ),
        (
            '"POST /en/secretariat/second-factor/eyJ.Zw" 422',
            '"POST /en/secretariat/second-factor/..." 422',
        ),
        ('"GET /en/x\nFORGED \x1b[31m\u202e" 404', '"GET /en/x\\nFORGED \\x1b[31m\\u202e" 404'),
        ('"GET /en/registration/RCM-7K2M4QXZ/" 200', '"GET /en/registration/RCM-7K2M4QXZ/" 200'),
    ],
)
def test_line_is_logged_without_tokens(line: str, masked: str) -> None:
    assert mask_secrets(line) == masked


def test_filter_masks_what_stands_in_the_arguments() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s on %s", ("GET", "/l/k3y"), None)

    assert SecretsFilter().filter(record)
    assert record.getMessage() == "GET on /l/..."


def test_access_log_leaves_out_query_and_referer() -> None:
    assert not {"%(q)s", "%(r)s", "%(f)s"} & set(access_log_format.replace('"', " ").split())


def test_every_connection_has_a_bound_of_silence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        when_ready(SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
        with socket.create_connection(listener.getsockname()):
            taken, _ = listener.accept()
            with taken:
                bound = taken.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)

    assert struct.unpack("ll", bound) == (SILENCE_SECONDS, 0)


def test_no_header_of_a_client_becomes_the_path() -> None:
    config = Config()
    config.set("forwarder_headers", serving.forwarder_headers)

    assert config.forwarder_headers == []
