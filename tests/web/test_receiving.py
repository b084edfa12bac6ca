"""Forms that break off, that are too large, and a passport that must not touch the disk."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from registration.uploads.kinds import LARGEST_FILE
from registration.web.receiving import (
    FIELDS_IN_MEMORY,
    FILES_IN_MEMORY,
    LARGEST_BODY,
    MOST_PARTS,
)
from tests.web.receiving_site import make_site

BOUNDARY = "----boundary of the test".replace(" ", "-")
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
TYPED = {"given_names": "Ana María", "surnames": "Núñez"}
ROOT = Path(__file__).parents[2]


# with the real server


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with serve("locked") as address:
        yield address


@pytest.fixture(scope="module")
def stock_address() -> Iterator[tuple[str, int]]:
    """The same page with Flask's own request: what happens without our guards."""
    with serve("stock") as address:
        yield address


def test_large_passport_is_never_on_disk(address: tuple[str, int], stock_address: tuple[str, int]):
    body = make_body(passport=bytes(9 * 2**20))

    answer = send(address, body)
    without_guard = send(stock_address, body)

    assert answer == {"fields": TYPED, "file": 9 * 2**20, "written": []}
    assert without_guard["written"] != []


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.9999])
def test_body_cut_off_on_its_way_is_noticed(
    address: tuple[str, int], stock_address: tuple[str, int], share: float
):
    body = make_body(passport=bytes(2**20))
    sent = body[: int(len(body) * share)]

    answer = send(address, sent, length=len(body))
    without_guard = send(stock_address, sent, length=len(body))

    assert answer == {"fields": TYPED, "file": "UploadCutOff", "written": []}
    assert without_guard["file"] == "nothing"


def test_body_of_which_nothing_came_is_noticed(address: tuple[str, int]):
    assert send(address, b"", length=1000)["file"] == "UploadCutOff"


def test_body_without_its_closing_boundary_is_noticed(address: tuple[str, int]):
    body = make_body(passport=bytes(1000)).removesuffix(f"--{BOUNDARY}--\r\n".encode())

    assert send(address, body)["file"] == "UploadCutOff"


def test_chunked_body_that_breaks_off_is_noticed(address: tuple[str, int]):
    body = make_body(passport=bytes(100_000))[:50_000]
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"

    assert send(address, chunk, chunked=True)["file"] == "UploadCutOff"


def test_chunked_body_that_is_whole_is_taken(address: tuple[str, int]):
    body = make_body(passport=bytes(100_000))
    chunks = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"

    assert send(address, chunks, chunked=True)["file"] == 100_000


def test_form_without_files_that_breaks_off_is_refused(address: tuple[str, int]):
    text = b"given_names=Ana&surnames=N%C3%BA"

    status, _ = exchange(address, text, 100, "application/x-www-form-urlencoded")

    assert status == 400


def test_eleven_megabytes_are_answered_with_all_that_was_typed(address: tuple[str, int]):
    answer = send(address, make_body(passport=bytes(11 * 2**20)))

    assert answer == {"fields": TYPED, "file": "FileTooLarge", "written": []}


def test_sender_of_a_body_over_the_outer_limit_sees_the_refusal(address: tuple[str, int]):
    """Without reading the rest, the server would end the connection before its answer is read."""
    body = make_body(passport=bytes(LARGEST_BODY + 2**20))

    status, _ = exchange(address, body, len(body), MULTIPART)

    assert status == 413


# without a server


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_site().test_client()


@pytest.mark.parametrize(
    ("size", "outcome"),
    [
        (1, 1),
        (LARGEST_FILE, LARGEST_FILE),
        (LARGEST_FILE + 1, "FileTooLarge"),
        (40 * 2**20, "FileTooLarge"),
        (0, "FileEmpty"),
    ],
)
def test_file_is_taken_up_to_its_limit_and_the_fields_always(
    client: FlaskClient, size: int, outcome: int | str
):
    answer = post(client, make_body(passport=bytes(size)))

    assert answer.json["file"] == outcome
    assert answer.json["fields"] == TYPED


def test_form_without_a_chosen_file_lacks_it(client: FlaskClient):
    body = make_body(passport=b"").replace(b'filename="pasaporte.jpg"', b'filename=""')

    assert post(client, body).json["file"] == "FileMissing"


@pytest.mark.parametrize("body", [b"nothing of the kind", f"--{BOUNDARY}".encode()])
def test_body_that_is_no_form_was_cut_off(client: FlaskClient, body: bytes):
    assert post(client, body).json["file"] == "UploadCutOff"


def test_form_without_boundary_was_cut_off(client: FlaskClient):
    answer = client.post("/", data=make_body(passport=b"x"), content_type="multipart/form-data")

    assert answer.json["file"] == "UploadCutOff"


def test_form_without_files_is_read_as_ever(client: FlaskClient):
    answer = client.post("/", data=TYPED, content_type="application/x-www-form-urlencoded")

    assert answer.json["fields"] == TYPED
    assert answer.json["file"] == "FileMissing"


def test_body_over_the_outer_limit_is_refused(client: FlaskClient):
    assert post(client, make_body(passport=bytes(LARGEST_BODY))).status_code == 413


def test_page_of_the_refusal_may_ask_for_the_form(client: FlaskClient):
    """Error pages show the language and may look at the form: no second fault from there."""
    site = make_site()
    site.register_error_handler(413, lambda error: ({"fields": site_form()}, 413))

    answer = post(site.test_client(), make_body(passport=bytes(LARGEST_BODY)))

    assert (answer.status_code, answer.json) == (413, {"fields": {}})


def test_field_of_more_than_all_fields_may_hold_is_refused(client: FlaskClient):
    body = make_body(passport=b"x", institution="x" * (FIELDS_IN_MEMORY + 1))

    assert post(client, body).status_code == 413


def test_many_fields_together_are_held_to_the_same_limit(client: FlaskClient):
    fields = {f"field{number}": "x" * (FIELDS_IN_MEMORY // 4) for number in range(5)}

    assert post(client, make_body(passport=b"x", **fields)).status_code == 413


def test_form_without_files_is_held_to_the_same_limit(client: FlaskClient):
    answer = client.post(
        "/",
        data=b"institution=" + b"x" * FIELDS_IN_MEMORY,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413


def test_too_many_parts_are_refused(client: FlaskClient):
    fields = {f"field{number}": "" for number in range(MOST_PARTS + 1)}

    assert post(client, make_body(passport=b"x", **fields)).status_code == 413


def test_endless_head_of_a_part_is_refused(client: FlaskClient):
    body = f"--{BOUNDARY}\r\nContent-Disposition: ".encode() + b"x" * (2 * FIELDS_IN_MEMORY)

    assert post(client, body).status_code == 413


@pytest.mark.parametrize(
    "filling", [b"\r", b"\n", b"\r\n", b"--", b"\r\n--" + BOUNDARY.encode()[:-1]]
)
def test_part_full_of_line_breaks_is_taken_byte_for_byte(client: FlaskClient, filling: bytes):
    """CVE-2023-46136: a part that begins with a line break and goes on for megabytes."""
    data = (filling * (5 * 2**20 // len(filling)))[: 5 * 2**20]

    assert post(client, make_body(passport=data)).json["file"] == len(data)


def test_files_of_a_request_are_held_to_a_limit_together():
    site = make_site()
    kept: list[int] = []
    site.after_request(lambda response: (kept.append(count_kept_bytes()), response)[1])
    part = make_part('name="passport"; filename="a"', bytes(LARGEST_FILE))
    body = part * 4 + f"--{BOUNDARY}--\r\n".encode()

    post(site.test_client(), body)

    assert kept == [FILES_IN_MEMORY]


def test_name_of_the_file_is_cleaned():
    site = make_site()
    names: list[str] = []
    site.after_request(lambda response: (names.append(take_name()), response)[1])

    post(site.test_client(), make_body(passport=b"x").replace(b"pasaporte", b"../a\xe2\x80\xaeb"))

    assert names == ["ab.jpg"]


# bodies


def make_body(*, passport: bytes, **fields: str) -> bytes:
    """A form as a browser sends it: what was typed, then the file."""
    typed = [make_part(f'name="{name}"', text.encode()) for name, text in (TYPED | fields).items()]
    file = make_part(
        'name="passport"; filename="pasaporte.jpg"\r\nContent-Type: image/jpeg', passport
    )
    return b"".join(typed) + file + f"--{BOUNDARY}--\r\n".encode()


def make_part(head: str, data: bytes) -> bytes:
    return (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
    )


def post(client: FlaskClient, body: bytes) -> Any:
    return client.post("/", data=body, content_type=MULTIPART)


# looking into the request


def site_form() -> dict[str, str]:
    from flask import request

    return request.form.to_dict()


def count_kept_bytes() -> int:
    from flask import request

    return sum(len(file.stream.getvalue()) for file in request.files.getlist("passport"))


def take_name() -> str:
    from flask import request

    from registration.web.receiving import ReceivedUpload, take_file

    taken = take_file(request, "passport")
    assert isinstance(taken, ReceivedUpload)
    return taken.name


# the server


@contextmanager
def serve(request_class: str) -> Iterator[tuple[str, int]]:
    """Gunicorn on a free port of loopback, as in production: threads in one worker."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        os.set_inheritable(listener.fileno(), True)
        command = [
            *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "2"),
            *("--bind", f"fd://{listener.fileno()}", "--log-level", "error"),
            f"tests.web.receiving_site:make_site('{request_class}')",
        ]
        server = subprocess.Popen(command, cwd=ROOT, pass_fds=[listener.fileno()])
        try:
            yield listener.getsockname()
        finally:
            server.terminate()
            server.wait(30)


def send(
    address: tuple[str, int], body: bytes, *, length: int | None = None, chunked: bool = False
) -> dict[str, Any]:
    """Send the body and no more, then close our half of the connection, and read the answer.

    length: what Content-Length claims; that of the body unless given.
    """
    status, answer = exchange(address, body, None if chunked else length or len(body), MULTIPART)
    assert status == 200, answer
    told: dict[str, Any] = json.loads(answer)
    return told


def exchange(
    address: tuple[str, int], body: bytes, length: int | None, content_type: str
) -> tuple[int, str]:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    head = (
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\n"
        f"{size}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while received := connection.recv(65536):
            answer += received
    top, _, text = answer.partition(b"\r\n\r\n")
    return int(top.split()[1]), text.decode()
