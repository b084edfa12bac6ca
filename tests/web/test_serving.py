"""The logs of the server hold no token."""

import logging

import pytest

from registration.web.serving import SecretsFilter, access_log_format, mask_secrets


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ('"GET /l/k3y-T0_ken" 303', '"GET /l/..." 303'),
        ("Exception on /l/k3y-T0_ken [GET]", "Exception on /l/... [GET]"),
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
