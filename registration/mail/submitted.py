"""The facts of a mail about what was sent to a call."""

from datetime import datetime

from registration.domain.deadline import CONFIRMATION_TIME
from registration.domain.submissions import Stand, Submission
from registration.links.addresses import Addresses
from registration.links.tokens import Tokens
from registration.mail.facts import MailFacts, may_carry_submission_link
from registration.mail.outbox import ClaimedMail
from registration.mail.room import MailRoom, list_pages
from registration.store.reading.submissions import get_submission


def gather_submission(room: MailRoom, mail: ClaimedMail) -> MailFacts:
    """Return the facts of the mail. Raises LookupError for what should be there and is not.

    The private link goes to the stored address alone. Whoever can leave by one click finds the
    click in each mail but the last.
    """
    if mail.submission_id is None:
        raise LookupError("no submission's mail")
    with room.database.reading() as session:
        submission = get_submission(session, mail.submission_id)
        meeting = room.get_meeting(session, submission.meeting_id)
    call = meeting.find_call(submission.call)
    if call is None:
        raise LookupError("no such call")
    link, leave_link = None, None
    if may_carry_submission_link(mail.occasion, mail.recipient, submission):
        link = room.addresses.private(
            room.tokens.of_submission(submission.id, submission.link_generation)
        )
        if call.leaves:
            leave_link = leave_address(room.addresses, room.tokens, submission)
    is_staff = mail.occasion.startswith("staff_")
    return MailFacts(
        meeting=meeting,
        call=call,
        submission=submission,
        delegation=meeting.find_delegation(submission.delegation_key or ""),
        link=link,
        leave_link=leave_link,
        desk_link=room.addresses.desk_submission(mail.language, submission) if is_staff else None,
        reason=mail.facts.get("reason") or None,
        confirm_until=confirm_until(submission),
        pages=list_pages(room, meeting),
    )


def leave_address(addresses: Addresses, tokens: Tokens, submission: Submission) -> str:
    """Return the page on which one leaves by one click; a mail program may post to it itself."""
    token = tokens.of_leaving(submission.id, submission.link_generation)
    return addresses.leave(submission.sender.language, submission.reference, token)


def confirm_until(submission: Submission) -> datetime | None:
    """Return the first instant at which the address cannot be confirmed any more, or None."""
    if submission.stand is not Stand.UNCONFIRMED:
        return None
    return submission.created_at + CONFIRMATION_TIME
