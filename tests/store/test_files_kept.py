"""A file that a form kept is neither listed for the sweep nor forgotten by it."""

from registration.domain.papers import FileRole
from registration.registrar import receiving
from registration.store import reading
from registration.store.writing import papers
from tests.offices import Guide


def test_kept_file_is_not_listed_for_the_sweep(guide: Guide) -> None:
    guide.submit()
    refused = guide.apply()

    with guide.office.database.reading() as session:
        listed = reading.list_files_to_sweep(session, guide.now)

    assert [file.entry_id for file in listed] == [refused.entry]


def test_file_that_is_kept_while_the_sweep_looks_is_not_forgotten(guide: Guide) -> None:
    application = guide.apply()
    waiting = receiving.find_received(guide.office, application.entry, FileRole.PASSPORT)
    assert waiting is not None
    guide.register(application)

    with guide.office.database.writing() as session:
        is_forgotten = papers.forget_file(session, waiting.id)

    assert not is_forgotten
    with guide.office.database.reading() as session:
        assert reading.find_file(session, waiting.id) == waiting


def test_file_that_was_swept_is_not_kept(guide: Guide) -> None:
    application = guide.apply()
    waiting = receiving.find_received(guide.office, application.entry, FileRole.PASSPORT)
    assert waiting is not None

    with guide.office.database.writing() as session:
        answers = [papers.forget_file(session, waiting.id), papers.keep_file(session, waiting.id)]

    assert answers == [True, False]
