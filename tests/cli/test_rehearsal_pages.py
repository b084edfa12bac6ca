"""From where the browsers of a rehearsal come."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from werkzeug import Request, Response
from werkzeug.serving import make_server

from registration.cli.rehearsal.pages import Browser


def test_each_comes_from_an_address_of_its_own() -> None:
    with _site() as (base_url, addresses):
        for address in ("127.1.0.1", "127.1.0.2"):
            browser = Browser(base_url, address=address)
            browser.get("/")
            browser.rest()
            browser.get("/register")

    assert addresses == ["127.1.0.1", "127.1.0.1", "127.1.0.2", "127.1.0.2"]


@contextmanager
def _site() -> Iterator[tuple[str, list[str | None]]]:
    """A site that keeps in the list from where it is asked."""
    addresses: list[str | None] = []

    @Request.application
    def answer(request: Request) -> Response:
        addresses.append(request.remote_addr)
        return Response("<h1>Here</h1>", mimetype="text/html")

    server = make_server("127.0.0.1", 0, answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/", addresses
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
