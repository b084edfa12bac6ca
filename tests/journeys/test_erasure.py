"""Nothing of an erased person is found: not under DATA_DIR, not in the database's files (T60)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import Settings
from registration.domain.events import DELEGATE, By
from registration.domain.ids import RegistrationId
from registration.domain.papers import FileRole, MailStatus
from registration.domain.retention import Reason
from registration.domain.submissions import Submission
from registration.registrar import erasing, erasing_one, proving
from registration.registrar.attaching import attach
from registration.registrar.receiving import ReceivedFile, receive_file
from registration.registrar.submitting import withdraw_submission
from registration.store.database import db
from registration.store.tables.mail import DbMail
from tests.canaries import list_places, make_blocks, names_of, open_canary
from tests.engines import PostgreSQL
from tests.mail.post_office import PostOffice, open_post_office
from tests.offices import REVIEWER
from tests.senders import ANSWERS, load_calls, make_sender, send_to_call
from tests.sites import Site, find_base_url, make_site, serve
from tests.traces import find, write_block, write_text


@pytest.fixture
def served(make_settings: Callable[..., Settings], database_url: str) -> Iterator[Site]:
    site = make_site(make_settings(database_url=database_url, base_url=find_base_url()))
    with serve(site):
        yield site
    site.office.database.dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(request: pytest.FixtureRequest, database_url: str) -> Path | None:
    """The folder of the PostgreSQL server, where the database is one of its own."""
    if database_url.startswith("sqlite"):
        return None
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.data


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as post_office:
        yield post_office


def test_nothing_of_a_person_erased_on_request_is_found(
    served: Site, post_office: PostOffice, folder: Path | None
) -> None:
    canary = open_canary(served, post_office, blocks=8)
    entry = canary.walk()
    before = names_of(find([served.settings.data_dir], canary.needles))
    assert canary.locked.keys() <= before, "the search does not find what is there"

    canary.ask_for_erasure(entry)
    assert erasing.run_due(served.office, now=datetime.now(UTC)) == 1

    assert find(list_places(served, folder), canary.needles) == {}


def test_nothing_of_a_meeting_past_its_date_is_found(
    served: Site, post_office: PostOffice, folder: Path | None
) -> None:
    canaries = [open_canary(served, post_office, blocks=2, number=each) for each in (1, 2)]
    for canary in canaries:
        canary.walk()
    _take_samples(served)

    assert erasing.run_due(served.office, now=_after_the_date()) == 1
    _write_out(served)

    for canary in canaries:
        assert find(list_places(served, folder), canary.needles) == {}


def test_search_finds_what_an_erasure_without_scrubbing_leaves(
    served: Site, post_office: PostOffice, folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard taken away: rows that were emptied are still in the database's own files."""
    canary = open_canary(served, post_office, blocks=1)
    canary.walk()
    monkeypatch.setattr(proving, "scrub", lambda *_: None)

    erasing.run_due(served.office, now=_after_the_date())
    _write_out(served)

    found = names_of(find(list_places(served, folder), canary.needles))
    assert f"{canary.person['institution']} as utf-8" in found


def test_nothing_of_a_submission_erased_on_request_is_found(
    served: Site, folder: Path | None
) -> None:
    trace = _send_traces(served)
    _ended(served, trace.sent, by=REVIEWER)
    _take_samples(served)
    assert trace.locked.keys() <= names_of(find([served.settings.data_dir], trace.needles))

    erasing_one.erase_submission(
        served.office,
        trace.sent.id,
        reason=Reason.REQUEST,
        by=REVIEWER,
        at=datetime.now(UTC),
    )
    assert erasing.run_due(served.office, now=datetime.now(UTC)) == 1
    _write_out(served)

    assert find(list_places(served, folder), trace.needles) == {}


def test_nothing_of_who_left_the_news_is_found(served: Site, folder: Path | None) -> None:
    trace = _send_traces(served, "news")
    _ended(served, trace.sent, by=DELEGATE)
    _take_samples(served)

    assert erasing.run_due(served.office, now=datetime.now(UTC) + timedelta(days=2)) == 1
    _write_out(served)

    assert find(list_places(served, folder), trace.needles) == {}


def test_search_finds_who_left_where_files_are_not_written_anew(
    served: Site, folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard taken away, for what is erased without a record."""
    trace = _send_traces(served, "news")
    _ended(served, trace.sent, by=DELEGATE)
    monkeypatch.setattr(proving, "scrub", lambda *_: None)

    erasing.run_due(served.office, now=datetime.now(UTC) + timedelta(days=2))
    _write_out(served)

    found = names_of(find(list_places(served, folder), trace.needles))
    assert f"{trace.sent.sender.institution} as utf-8" in found


@dataclass(frozen=True)
class _Trace:
    """What was sent, and all that must not be found of it. locked: what is there until then."""

    sent: Submission
    needles: dict[str, bytes]
    locked: dict[str, bytes]


def _send_traces(site: Site, call: str = "co-chairs") -> _Trace:
    """Send words that stand nowhere else, with a file beside them where the call takes one."""
    load_calls(site.office, now=datetime.now(UTC))
    sender = make_sender(
        "citlalmina.huitzil@example.org",
        name="Citlalmina Huitzilopochco",
        institution="Cabildo Tlahuicolense",
        position="Portavoz Xaltocana",
    )
    answers = {"why": "Tepetlixpa y Xochiquetzalco."} if call == "co-chairs" else {}
    of = {"delegation": "cr"} if call == "co-chairs" else {}
    sent = send_to_call(
        site.office, call, sender.email, sender=sender, answers=answers or ANSWERS[call], **of
    )
    words = [sender.name, sender.institution, sender.position, sender.email, *answers.values()]
    needles = write_text("Acolmiztli lo pide.")
    for each in words:
        needles |= write_text(each)
    locked: dict[str, bytes] = {}
    if call == "co-chairs":
        data = b"".join(make_blocks(4, seed=511))
        file = ReceivedFile(
            name="carta-huitzilopochco.pdf", media_type="application/pdf", pages=1, data=data
        )
        now, owner = datetime.now(UTC), RegistrationId(sent.id)
        kept = receive_file(site.office, owner, FileRole.ATTACHMENT, file, arrived_at=now)
        attach(site.office, sent.id, kept.id, writer="", arrived_at=now)
        cipher = site.office.vault.storage.get(f"files/{kept.blob}")
        locked = write_block(cipher[-64:], "end of the locked file")
        needles |= locked | write_block(kept.wrapped_key, "key") | write_text(file.name)
        locked = {name: data for name, data in locked.items() if name.endswith("as bytes")}
    return _Trace(sent, needles, locked)


def _ended(site: Site, sent: Submission, *, by: By) -> None:
    """Withdraw it with a reason, and let its mails come to their end."""
    withdraw_submission(
        site.office,
        sent.id,
        by=by,
        arrived_at=datetime.now(UTC),
        reason="Acolmiztli lo pide.",
    )
    with site.office.database.writing() as session:
        session.query(DbMail).update({"status": MailStatus.SENT})


def _after_the_date() -> datetime:
    return datetime.now(UTC) + timedelta(days=365)


def _take_samples(site: Site) -> None:
    """PostgreSQL keeps samples of what stands in columns; its own rounds take them sooner or later.

    Without `scrubbing._forget_samples` addresses of erased people are found in them.
    """
    if not site.office.database.is_sqlite:
        with site.office.database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


def _write_out(site: Site) -> None:
    """PostgreSQL keeps pages in memory; make it write them."""
    if not site.office.database.is_sqlite:
        engine = site.office.database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
