"""A bucket of an object storage on this machine, for tests of files that lie in one."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

from moto.server import ThreadedMotoServer

#: The variables that lead the library to it; its address is the one that changes.
ENVIRONMENT = {
    "AWS_ALLOW_HTTP": "true",
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}


@contextmanager
def serve_objects() -> Iterator[str]:
    """Give the address of an object storage until the end of the block."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def make_bucket(server: str) -> str:
    """Make an empty bucket and return its STORAGE_URL."""
    name = f"bucket-{uuid4()}"
    connection = HTTPConnection(urlsplit(server).netloc)
    connection.request("PUT", f"/{name}")
    assert connection.getresponse().status == 200
    connection.close()
    return f"s3://{name}/registration"
