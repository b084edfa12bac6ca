"""Choosing among what was sent to a call: the rule says it, and the schema holds it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registration.domain.call_refusals import (
    CallRefusal,
    ChoicesFull,
    DeedNotPermitted,
    RegionTaken,
    SubmissionChanged,
)
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Stand, Submission
from registration.registrar import selecting
from registration.registrar.announcing import (
    Announced,
    Published,
    publish_decision,
    tell_everybody,
)
from registration.registrar.auditing import list_flaws
from registration.registrar.office import Office
from registration.registrar.submitting import send_corrected, withdraw_submission
from registration.store.reading.submissions import list_chosen
from registration.store.tables.mail import DbMail
from registration.store.writing import submissions as writing
from tests.builders import RCM
from tests.offices import OPEN_DAY, OTHER_REVIEWER, REVIEWER
from tests.senders import ANSWERS, load_calls, read, send_to_call

LATER = OPEN_DAY + timedelta(days=1)
Answer = Submission | CallRefusal | ReasonMissing


@pytest.fixture(autouse=True)
def _calls(office: Office) -> None:
    load_calls(office)


def send(office: Office, delegation: str, **more: object) -> Submission:
    return send_to_call(
        office,
        "co-chairs",
        f"{delegation}@example.org",
        at=OPEN_DAY,
        delegation=delegation,
        **more,
    )


def choose(office: Office, submission: Submission, by: object = REVIEWER) -> Answer:
    return selecting.choose(
        office,
        submission.id,
        version=submission.version,
        by=by,  # type: ignore[arg-type]  # one of the two reviewers
        arrived_at=LATER,
    )


def do(move: Callable[..., Answer], office: Office, submission: Submission, **more: str) -> Answer:
    return move(
        office,
        submission.id,
        version=read(office, submission.id).version,
        by=REVIEWER,
        arrived_at=LATER,
        **more,
    )


def list_mails(office: Office) -> list[tuple[str, str]]:
    with office.database.reading() as session:
        query = select(DbMail.occasion, DbMail.recipient).where(DbMail.submission_id.is_not(None))
        return sorted((occasion, to) for occasion, to in session.execute(query))


def test_one_of_each_sub_region_is_chosen_and_the_second_reads_who_is(office: Office) -> None:
    first, second, north = (send(office, each) for each in ("cr", "pa", "mx"))

    assert isinstance(choose(office, first), Submission)
    refused = choose(office, second, OTHER_REVIEWER)
    assert isinstance(choose(office, north), Submission)

    assert refused == RegionTaken(region="central", delegation="cr", who="Luisa Pérez")
    assert read(office, second.id).stand is Stand.SUBMITTED


@pytest.mark.parametrize("_round", range(3))
def test_of_two_of_one_sub_region_chosen_at_the_same_moment_one_wins(
    office: Office, _round: int
) -> None:
    rivals = [send(office, each) for each in ("cr", "pa")]
    start = Barrier(2)

    def race(at: int) -> Answer:
        start.wait()
        return choose(office, rivals[at], (REVIEWER, OTHER_REVIEWER)[at])

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(race, range(2)))

    winners = [each for each in answers if isinstance(each, Submission)]
    losers = [each for each in answers if isinstance(each, RegionTaken)]
    assert (len(winners), len(losers)) == (1, 1)
    assert losers[0].delegation == winners[0].delegation_key
    assert losers[0].who in {"Luisa Pérez", "Tomás Rivas"}
    with office.database.reading() as session:
        assert [each.submission_id for each in list_chosen(session, RCM, "co-chairs")] == [
            winners[0].id
        ]


def test_three_of_three_sub_regions_chosen_at_the_same_moment_all_win(office: Office) -> None:
    three = [send(office, each) for each in ("cr", "mx", "do")]
    start = Barrier(3)

    def race(submission: Submission) -> Answer:
        start.wait()
        return choose(office, submission)

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(race, three))

    assert all(isinstance(each, Submission) for each in answers), answers
    with office.database.reading() as session:
        assert [each.number for each in list_chosen(session, RCM, "co-chairs")] == [1, 2, 3]


def test_schema_alone_refuses_the_second_of_a_sub_region(office: Office) -> None:
    first, second = (send(office, each) for each in ("cr", "pa"))

    with office.database.writing() as session:
        writing.add_choice(session, first, number=1, staff_id=None, at=LATER)
    with pytest.raises(IntegrityError), office.database.writing() as session:
        writing.add_choice(session, second, number=2, staff_id=None, at=LATER)


def test_schema_refuses_a_choice_under_another_sub_region_than_its_own(office: Office) -> None:
    other = replace(send(office, "cr"), region="north")

    with pytest.raises(IntegrityError), office.database.writing() as session:
        writing.add_choice(session, other, number=1, staff_id=None, at=LATER)


def test_no_more_are_chosen_than_the_call_takes(office: Office) -> None:
    first, second = (
        send_to_call(office, email=each, at=OPEN_DAY) for each in ("a@example.org", "b@example.org")
    )
    choose(office, first)

    assert choose(office, second) == ChoicesFull(1)

    do(selecting.take_back, office, first)
    assert isinstance(choose(office, second), Submission)


def test_form_drawn_before_a_colleagues_move_is_refused_with_the_name(office: Office) -> None:
    submission = send(office, "cr")
    choose(office, submission)

    answer = choose(office, submission, OTHER_REVIEWER)

    assert isinstance(answer, SubmissionChanged)
    assert (answer.stand, answer.who) == (Stand.CHOSEN, "Luisa Pérez")


def test_who_withdraws_is_chosen_no_more_and_the_place_is_free(office: Office) -> None:
    first, second = (send(office, each) for each in ("cr", "pa"))
    choose(office, first)

    withdraw_submission(office, first.id, by=REVIEWER, arrived_at=LATER)

    assert isinstance(choose(office, second), Submission)


def test_returned_answers_are_corrected_after_the_closing_date_too(office: Office) -> None:
    submission = send_to_call(office, at=OPEN_DAY)
    assert do(selecting.return_submission, office, submission, reason=" ") == ReasonMissing()

    returned = do(selecting.return_submission, office, submission, reason="Falta el grupo.")
    assert isinstance(returned, Submission)
    answers = {**ANSWERS["rapporteur"], "letter": "Mejor así."}
    after = OPEN_DAY + timedelta(days=60)
    sent = send_corrected(
        office, submission.id, answers, version=returned.version, arrived_at=after
    )

    assert isinstance(sent, Submission)
    assert sent.answers["letter"].words == "Mejor así."
    assert sent.answers["letter"].version == 2
    assert ("submission_returned", "marta@example.org") in list_mails(office)


def test_everybody_is_told_once_whoever_presses_how_often(office: Office) -> None:
    chosen, other, third = (send(office, each) for each in ("cr", "pa", "mx"))
    choose(office, chosen)
    do(selecting.receive, office, third)

    def tell(_: int) -> object:
        return tell_everybody(office, RCM, "co-chairs", by=REVIEWER, at=LATER)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(tell, range(2)))
    assert tell(0) == Announced(told=0)

    assert sum(each.told for each in answers if isinstance(each, Announced)) == 3
    told = [each for each in list_mails(office) if "chosen" in each[0]]
    assert told == [
        ("submission_chosen", "cr@example.org"),
        ("submission_not_chosen", "mx@example.org"),
        ("submission_not_chosen", "pa@example.org"),
    ]
    assert [read(office, each.id).stand for each in (chosen, other, third)] == [
        Stand.CHOSEN,
        Stand.NOT_CHOSEN,
        Stand.NOT_CHOSEN,
    ]
    assert list_flaws(office) == []


def test_choice_that_was_told_is_not_taken_back(office: Office) -> None:
    submission, other = (send(office, each) for each in ("cr", "pa"))
    choose(office, submission)
    tell_everybody(office, RCM, "co-chairs", by=REVIEWER, at=LATER)

    refused = do(selecting.take_back, office, submission)

    assert refused == DeedNotPermitted(Deed.UNCHOOSE, Stand.CHOSEN)
    withdraw_submission(office, submission.id, by=REVIEWER, arrived_at=LATER)
    assert isinstance(do(selecting.take_back, office, other), Submission)
    assert isinstance(choose(office, read(office, other.id)), Submission)


def test_decision_is_published_once_told_and_taken_back(office: Office) -> None:
    submission = send(office, "cr")
    choose(office, submission)

    def publish(*, is_public: bool) -> object:
        return publish_decision(
            office, RCM, "co-chairs", is_public=is_public, by=REVIEWER, at=LATER
        )

    assert publish(is_public=True) == Published(0)
    tell_everybody(office, RCM, "co-chairs", by=REVIEWER, at=LATER)
    assert publish(is_public=True) == Published(1)
    assert read(office, submission.id).published_at == LATER
    assert publish(is_public=True) == Published(0)
    assert publish(is_public=False) == Published(1)
    assert read(office, submission.id).published_at is None


def test_call_that_chooses_nobody_has_nobody_chosen(office: Office) -> None:
    submission = send_to_call(office, "news", at=OPEN_DAY)

    assert choose(office, submission) == DeedNotPermitted(Deed.CHOOSE, Stand.SUBMITTED)
    assert do(selecting.pass_over, office, submission) == DeedNotPermitted(
        Deed.PASS_OVER, Stand.SUBMITTED
    )
