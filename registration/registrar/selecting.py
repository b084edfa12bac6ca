"""The desk's moves of what was sent to a call: receive, return, choose, take back, pass over.

Nobody hears of a choice until the desk tells everybody (`announcing`).
"""

from datetime import datetime
from uuid import UUID

from registration.domain.call_refusals import (
    CallRefusal,
    ChoicesFull,
    DeedNotPermitted,
    RegionTaken,
)
from registration.domain.events import By, Occasion
from registration.domain.refusals import ReasonMissing
from registration.domain.submissions import Deed, Stand, Submission
from registration.registrar.office import Office
from registration.registrar.submission_steps import (
    SubmissionRefused,
    SubmissionStep,
    Told,
    move_submission,
)
from registration.registrar.telling_submissions import add_submission_mail
from registration.store import reading
from registration.store.reading.submissions import (
    Chosen,
    chain_of_submission,
    get_submission,
    list_chosen,
)
from registration.store.writing import submissions


def receive(
    office: Office, id: UUID, *, version: int, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Say that it is complete; the sender is told."""
    told = Told(deed=Deed.RECEIVE, by=by, arrived_at=arrived_at, version=version)
    return move_submission(office, id, told, _receive)


def return_submission(
    office: Office, id: UUID, *, version: int, by: By, reason: str, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Give it back to be corrected; the sender reads the reason. It leaves the public page: what is
    written in it now nobody at the desk has read."""
    told = Told(
        deed=Deed.RETURN, by=by, arrived_at=arrived_at, version=version, reason=reason.strip()
    )
    return move_submission(office, id, told, _return)


def choose(
    office: Office, id: UUID, *, version: int, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Choose it, if the call takes one more and its sub-region has none yet.

    Both are asked here, for the sentence, and held by the schema, for whoever was as fast.
    """
    told = Told(deed=Deed.CHOOSE, by=by, arrived_at=arrived_at, version=version)
    return move_submission(office, id, told, _choose)


def take_back(
    office: Office, id: UUID, *, version: int, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Take the choice, or the passing over, back. Whoever was told of being chosen stays chosen;
    whoever was passed over can be considered again when a place has become free."""
    told = Told(deed=Deed.UNCHOOSE, by=by, arrived_at=arrived_at, version=version)
    return move_submission(office, id, told, _take_back)


def pass_over(
    office: Office, id: UUID, *, version: int, by: By, arrived_at: datetime
) -> Submission | CallRefusal | ReasonMissing:
    """Leave it out of the choice. Of a call that chooses nobody there is nothing to leave out."""
    told = Told(deed=Deed.PASS_OVER, by=by, arrived_at=arrived_at, version=version)

    def work(step: SubmissionStep) -> Submission:
        _refuse_unless_choosing(step)
        return step.move()[0]

    return move_submission(office, id, told, work)


def _receive(step: SubmissionStep) -> Submission:
    submission, line = step.move()
    add_submission_mail(
        step.session,
        submission,
        Occasion.SUBMISSION_RECEIVED,
        cause_id=line,
        at=step.told.arrived_at,
    )
    return submission


def _return(step: SubmissionStep) -> Submission:
    submission, line = step.move(reason=step.told.reason, published_at_utc=None)
    add_submission_mail(
        step.session,
        submission,
        Occasion.SUBMISSION_RETURNED,
        cause_id=line,
        at=step.told.arrived_at,
        facts={"reason": step.told.reason},
    )
    return submission


def _choose(step: SubmissionStep) -> Submission:
    _refuse_unless_choosing(step)
    before = step.submission
    submissions.lock_choices(step.session, before.meeting_id)
    taken = list_chosen(step.session, before.meeting_id, before.call)
    rival = next((each for each in taken if before.region and each.region == before.region), None)
    if rival is not None:
        raise SubmissionRefused(_name_rival(step, rival))
    numbers = {each.number for each in taken}
    free = next((n for n in range(1, step.call.choose + 1) if n not in numbers), None)
    if free is None:
        raise SubmissionRefused(ChoicesFull(step.call.choose))
    submission, _ = step.move(facts={"number": str(free)})
    submissions.add_choice(
        step.session,
        submission,
        number=free,
        staff_id=step.told.by.staff_id,
        at=step.told.arrived_at,
    )
    return submission


def _name_rival(step: SubmissionStep, rival: Chosen) -> RegionTaken:
    there = get_submission(step.session, rival.submission_id)
    line = reading.find_last_move(step.session, chain_of_submission(there.id))
    return RegionTaken(
        region=rival.region,
        delegation=there.delegation_key or "",
        who="" if line is None else line.staff_name or "",
    )


def _take_back(step: SubmissionStep) -> Submission:
    before = step.submission
    if before.stand is Stand.CHOSEN and before.decided_at is not None:
        raise SubmissionRefused(DeedNotPermitted(Deed.UNCHOOSE, before.stand))
    submissions.remove_choice(step.session, before.id)
    return step.move(decided_at_utc=None)[0]


def _refuse_unless_choosing(step: SubmissionStep) -> None:
    if not step.call.choose:
        raise SubmissionRefused(DeedNotPermitted(step.told.deed, step.submission.stand))
