"""A delegation's answers, written over days by several people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from registration.domain.call_refusals import (
    AnswerChanged,
    AnswersMissing,
    AnswerTooLong,
    CallClosed,
    DeedNotPermitted,
    SubmissionThere,
    UnknownAnswer,
    UnknownCall,
)
from registration.domain.events import DELEGATE
from registration.domain.submissions import Stand, Submission
from registration.registrar import drafting
from registration.registrar.drafting import Saved
from registration.registrar.office import Office
from registration.store.reading import list_history
from registration.store.reading.submissions import chain_of_submission
from tests.questionnaires import Drafters, load_review


@pytest.fixture
def drafters(office: Office) -> Drafters:
    load_review(office)
    return Drafters(office)


def test_second_draft_of_a_delegation_is_refused(drafters: Drafters) -> None:
    drafters.begin()

    assert drafters.try_begin(email="luis@example.org") == SubmissionThere()
    assert isinstance(drafters.try_begin("pa"), Submission)


def test_two_who_begin_at_once_begin_one_draft(drafters: Drafters) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: drafters.try_begin(email=f"p{n}@example.org"), range(8)))

    assert sum(isinstance(each, Submission) for each in found) == 1
    assert [each for each in found if not isinstance(each, Submission)] == [SubmissionThere()] * 7


def test_call_is_not_for_every_delegation(drafters: Drafters) -> None:
    assert drafters.try_begin("rncom") == UnknownCall()
    assert drafters.try_begin("zz") == UnknownCall()


def test_answer_is_kept_with_its_writer(drafters: Drafters) -> None:
    draft = drafters.begin()

    saved = drafters.save(draft.id, "gaps", "Faltan datos.\r\nY recursos.", writer="Luis")

    assert isinstance(saved, Saved)
    assert saved.versions == {"gaps": 1}
    answer = drafters.get(draft.id).answers["gaps"]
    assert (answer.words, answer.writer) == ("Faltan datos.\nY recursos.", "Luis")


def test_nobody_s_words_are_written_over_unread(drafters: Drafters) -> None:
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Primero", writer="Ana")

    for seen in (0, 7):
        saved = drafters.save(draft.id, "gaps", "Segundo", seen=seen, writer="Luis")

        assert isinstance(saved, Saved)
        assert saved.refused == {
            "gaps": AnswerChanged(question="gaps", theirs="Primero", writer="Ana", version=1)
        }
    assert drafters.get(draft.id).answers["gaps"].words == "Primero"


def test_who_has_read_the_newest_text_may_change_it(drafters: Drafters) -> None:
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Primero")

    saved = drafters.save(draft.id, "gaps", "Primero, y más", seen=1, writer="Luis")

    assert isinstance(saved, Saved)
    assert (saved.refused, saved.versions) == ({}, {"gaps": 2})


def test_of_many_who_answer_at_once_one_is_written_and_all_others_are_told(
    drafters: Drafters,
) -> None:
    draft = drafters.begin()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: drafters.save(draft.id, "gaps", f"Texto {n}"), range(8)))

    assert all(isinstance(each, Saved) for each in found), found
    told = [each.refused.get("gaps") for each in found if isinstance(each, Saved)]
    kept = drafters.get(draft.id).answers["gaps"]
    assert told.count(None) == 1
    assert {each.theirs for each in told if isinstance(each, AnswerChanged)} == {kept.words}
    assert kept.version == 1


def test_two_who_write_to_different_questions_never_meet(drafters: Drafters) -> None:
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Brechas", writer="Ana")
    drafters.save(draft.id, "pledges", "Compromisos", writer="Luis")

    answers = drafters.get(draft.id).answers
    assert {key: each.words for key, each in answers.items()} == {
        "gaps": "Brechas",
        "pledges": "Compromisos",
    }


def test_text_that_is_too_long_is_measured_and_not_written(drafters: Drafters) -> None:
    draft = drafters.begin()

    saved = drafters.save(draft.id, "gaps", "á" * 100_000)

    assert isinstance(saved, Saved)
    assert saved.refused == {"gaps": AnswerTooLong(question="gaps", most=20_000, length=100_000)}
    assert drafters.get(draft.id).answers == {}


@pytest.mark.parametrize(("question", "words"), [("has-plan", "maybe"), ("no-such", "Text")])
def test_answer_that_the_call_does_not_offer_is_refused(
    drafters: Drafters, question: str, words: str
) -> None:
    draft = drafters.begin()

    saved = drafters.save(draft.id, question, words)

    assert isinstance(saved, Saved)
    assert saved.refused == {question: UnknownAnswer(question)}


def test_draft_without_a_required_answer_is_not_submitted(drafters: Drafters) -> None:
    draft = drafters.begin()

    assert _submit(drafters, draft) == AnswersMissing(("gaps",))


def test_submitted_draft_takes_no_answer_until_it_is_returned(drafters: Drafters) -> None:
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Brechas")
    submitted = _submit(drafters, draft)

    assert isinstance(submitted, Submission)
    assert submitted.stand is Stand.SUBMITTED
    assert isinstance(drafters.save(draft.id, "gaps", "Otras", seen=1), DeedNotPermitted)
    assert drafters.get(draft.id).answers["gaps"].words == "Brechas"


def test_answer_after_the_closing_date_is_refused(drafters: Drafters) -> None:
    draft = drafters.begin()
    # The workshop's city is six hours behind.
    drafters.now = datetime(2022, 2, 28, 6, 0, tzinfo=UTC)

    assert drafters.save(draft.id, "gaps", "Tarde") == CallClosed(drafters.now)
    assert _submit(drafters, draft) == CallClosed(drafters.now)


def test_history_tells_who_wrote_but_not_every_pause(drafters: Drafters) -> None:
    draft = drafters.begin()
    drafters.save(draft.id, "gaps", "Uno", writer="Ana")
    drafters.save(draft.id, "gaps", "Uno dos", seen=1, writer="Ana")
    drafters.save(draft.id, "gaps", "Uno dos tres", seen=2, writer="Luis")

    with drafters.office.database.reading() as session:
        lines = list_history(session, chain_of_submission(draft.id))

    told = [(line.event.value, line.details.get("writer")) for line in reversed(lines)]
    assert told == [
        ("submission_begun", None),
        ("answers_written", "Ana"),
        ("answers_written", "Luis"),
    ]


def _submit(drafters: Drafters, draft: Submission) -> object:
    return drafting.submit(
        drafters.office, draft.id, version=1, by=DELEGATE, arrived_at=drafters.now
    )
