"""Batches in words: what they are, and how they stand."""

from registration.domain.batches import WITH_EACH, Batch, BatchKind, BatchStatus, Whose
from registration.domain.reminder_rules import Rule
from registration.secretariat import blueprint
from registration.secretariat.card_words import card_languages_words
from registration.secretariat.reminders import rule_words
from registration.web.current_meeting import get_current_meeting
from registration.web.templates import current_words
from registration.web.words import gettext, ngettext


@blueprint.app_template_global()
def batch_title(batch: Batch) -> str:
    """Return what the batch is: "Approval of 12 registrations", "Badges"."""
    if batch.kind is BatchKind.APPROVE:
        return ngettext(
            "Approval of %(num)d registration", "Approval of %(num)d registrations", batch.total
        )
    if batch.kind is BatchKind.WRITE:
        return ngettext("Message to %(num)d person", "Message to %(num)d people", batch.total)
    if batch.kind is BatchKind.REMIND:
        return ngettext("Reminder to %(num)d person", "Reminder to %(num)d people", batch.total)
    return kind_words(batch.kind)


@blueprint.app_template_global()
def kind_words(kind: BatchKind) -> str:
    """Return the name of a paper."""
    return {
        BatchKind.APPROVE: gettext("Approval"),
        BatchKind.BADGES: gettext("Badges"),
        BatchKind.NAMEPLATES: gettext("Nameplates"),
        BatchKind.PARTICIPANTS: gettext("List of participants"),
        BatchKind.CERTIFICATES: gettext("Certificates of attendance"),
        BatchKind.REMIND: gettext("Reminder"),
        BatchKind.WRITE: gettext("Message"),
        BatchKind.MAIL_CERTIFICATES: gettext("Certificates by e-mail"),
    }[kind]


@blueprint.app_template_global()
def batch_details(batch: Batch) -> str:
    """Return for whom a paper is made and in which language: "those who accepted · Spanish"."""
    parts = [rule_words(Rule(batch.details["rule"]))] if "rule" in batch.details else []
    if "whose" in batch.details:
        parts.append(_whose(batch.whose))
    if batch.details.get("delegations") == "all":
        parts.append(gettext("all delegations"))
    language = batch.details.get("language", "")
    words = current_words()
    if language in words.locale.languages and len(language) == 2:
        parts.append(words.language_name(language))
    elif language:
        parts.append(card_languages_words(get_current_meeting()))
    return " · ".join(parts)


@blueprint.app_template_global()
def batch_status(batch: Batch) -> str:
    """Return how the batch stands: "12 of 37", "Made", "Not made"."""
    if batch.status is BatchStatus.FAILED:
        return gettext("Not made")
    if batch.status is BatchStatus.DUE:
        over = batch.done + batch.refused
        return gettext("%(done)d of %(total)d", done=over, total=batch.total)
    if batch.kind is BatchKind.MAIL_CERTIFICATES:
        return gettext("%(done)d sent, %(refused)d not", done=batch.done, refused=batch.refused)
    if batch.kind not in WITH_EACH:
        return gettext("Ready")
    if batch.kind is not BatchKind.APPROVE and batch.refused:
        return gettext("%(done)d sent, %(refused)d not", done=batch.done, refused=batch.refused)
    if batch.kind is not BatchKind.APPROVE:
        return ngettext("%(num)d sent", "%(num)d sent", batch.done)
    if batch.refused:
        return gettext("%(done)d approved, %(refused)d not", done=batch.done, refused=batch.refused)
    return ngettext("%(num)d approved", "%(num)d approved", batch.done)


def file_name(batch: Batch) -> str:
    """Return the name under which the paper is saved."""
    return f"{batch.meeting_id} {kind_words(batch.kind)}.pdf"


def _whose(whose: Whose) -> str:
    match whose:
        case Whose.APPROVED:
            return gettext("everybody with a letter")
        case Whose.ACCEPTED:
            return gettext("those who accepted")
        case Whose.ARRIVED:
            return gettext("those who came")
