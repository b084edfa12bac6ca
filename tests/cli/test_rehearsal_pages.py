"""What the browser of a rehearsal does when the site asks it to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from registration.cli.rehearsal.pages import PATIENCE, Browser, UnexpectedPage


def test_waits_as_long_as_it_is_asked_to_and_sends_the_form_again() -> None:
    answers = [_wait("0"), _wait("0"), Response("<h1>Thanks</h1>", mimetype="text/html")]
    with _site(answers) as (base_url, received):
        browser = Browser(base_url)
        page = browser.post("/register", {"surnames": "Núñez"})

    assert page.heading == "Thanks"
    assert received == ["surnames=N%C3%BA%C3%B1ez"] * 3
    assert (browser.requests, browser.waits) == (3, 2)


@pytest.mark.parametrize("seconds", ["3600", "", "soon"])
def test_does_not_wait_for_an_hour_nor_for_an_unknown_time(seconds: str) -> None:
    with _site([_wait(seconds)]) as (base_url, received):
        with pytest.raises(UnexpectedPage, match="429"):
            Browser(base_url).get("/register")

        assert len(received) == 1


def test_patience_ends() -> None:
    with _site([_wait("0")] * (PATIENCE + 1)) as (base_url, received):
        with pytest.raises(UnexpectedPage, match="429"):
            Browser(base_url).get("/register")

        assert len(received) == PATIENCE + 1


def test_answer_that_is_waited_for_is_taken_at_once() -> None:
    with _site([_wait("0")]) as (base_url, _):
        assert Browser(base_url).get("/register", expect=429).status == 429


def _wait(seconds: str) -> Response:
    headers = {"Retry-After": seconds} if seconds else {}
    return Response("<h1>Too many</h1>", 429, headers, mimetype="text/html")


@contextmanager
def _site(answers: list[Response]) -> Iterator[tuple[str, list[str]]]:
    """A site that answers so, in this order; what it is sent is kept in the list."""
    received: list[str] = []

    @Request.application
    def answer(request: Request) -> Response:
        received.append(request.get_data(as_text=True))
        return answers[len(received) - 1]

    server = make_server("127.0.0.1", 0, answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
