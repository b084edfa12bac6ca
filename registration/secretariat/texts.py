"""The standing texts: worded by the desk in each language, with preview and history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registration.domain.ids import (
    DelegationId,
    Language,
    Reference,
    RegistrationId,
)
from registration.domain.meeting import Meeting
from registration.domain.meeting_text import Text
from registration.domain.messages import BraceAlone
from registration.domain.names import clean_prose
from registration.domain.registrations import Particulars, Registration
from registration.domain.states import State
from registration.language.messages import fault_sentence
from registration.language.texts import PLACEHOLDERS, fill, list_placeholders
from registration.language.translator import get_translator
from registration.letters.paper import draw_letter
from registration.letters.wording import compose_letter
from registration.meetings.amending import is_of_mails
from registration.meetings.wording import GROUPS, Wording, list_wordings
from registration.registrar.texting import change_texts
from registration.secretariat import blueprint
from registration.secretariat.occasion_words import occasion_words
from registration.store import reading
from registration.store.database import db
from registration.store.reading.texts import list_text_changes
from registration.web.current_meeting import get_current_meeting
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import current_words, refusal_sentence
from registration.web.words import gettext

#: Characters of one text.
LONGEST_TEXT = 4000
Typed = Mapping[tuple[str, Language], str]


@blueprint.get("/<meeting>/texts/")
def texts() -> str:
    """Show the groups of texts, and how many of each the desk words itself."""
    source = reading.get_meeting_source(db.session(), get_current_meeting().id)
    groups = {group: list_wordings(source, group) for group in GROUPS}
    return render_template(
        "secretariat/texts.html",
        groups=groups,
        changes=list_text_changes(db.session(), get_current_meeting().id)[:50],
    )


@blueprint.get("/<meeting>/texts/<group>/")
def text_group(group: str) -> ResponseReturnValue:
    """Show the texts of one group, to be worded."""
    return _show(group, _list_wordings(group), {})


@blueprint.post("/<meeting>/texts/<group>/")
def save_texts(group: str) -> ResponseReturnValue:
    """Keep what was worded otherwise; a text left empty is the file's again."""
    wordings = _list_wordings(group)
    typed = {
        (each.key, code): clean_prose(
            request.form.get(f"{each.key}.{code}", each.said.get(code, ""))
        )
        for each in wordings
        for code in get_current_meeting().languages
    }
    wrong = _find_wrong(typed)
    if wrong:
        return _show(group, wordings, typed, wrong)
    changes = _find_changes(wordings, typed)
    if changes:
        changed = change_texts(
            current_office(), get_current_meeting().id, changes, by=staff_by(), at=g.arrived_at
        )
        if not isinstance(changed, Meeting):
            return _show(group, wordings, typed, refusal_sentence(changed))
        flash(gettext("The texts were changed."), "done")
    else:
        flash(gettext("Nothing was changed."), "attention")
    return redirect(url_for(".text_group", group=group), HTTPStatus.SEE_OTHER)


@blueprint.get("/<meeting>/texts/letter/<written_in>.pdf")
def specimen_letter(written_in: Language) -> Response:
    """Answer with the letter of an invented person, as the texts stand."""
    meeting = get_current_meeting()
    if written_in not in meeting.languages:
        abort(404)
    registration = _make_specimen(meeting, written_in, g.arrived_at)
    letter = compose_letter(
        # Nobody is to take it for a letter: it says so on each page, as a rehearsal's does.
        replace(meeting, rolled_weeks=max(meeting.rolled_weeks, 1)),
        registration,
        number=f"{registration.reference}/0",
        issued_on=g.arrived_at.astimezone(meeting.zone).date(),
        verification_address=current_office().addresses.verify(written_in, "specimen"),
        words=get_translator(written_in),
    )
    return Response(draw_letter(letter), mimetype="application/pdf")


@blueprint.app_template_global()
def text_group_words(group: str) -> str:
    """Return what the texts of a group are."""
    return {
        "letter": gettext("Invitation letter"),
        "terms": gettext("Terms of acceptance"),
        "paid": gettext("What is paid, and what is not"),
        "about": gettext("The meeting and its names"),
        "privacy": gettext("Personal data"),
        "mails": gettext("First paragraphs of the mails"),
    }[group]


@blueprint.app_template_global()
def text_words(key: str) -> str:
    """Return what a text is: "Closing, paragraph 2"."""
    parts = key.split(".")
    if parts[0] == "mails":
        return occasion_words(parts[1])
    names = {
        "salutation": gettext("Salutation"),
        "opening": gettext("Opening"),
        "courtesies_intro": gettext("Before the courtesies"),
        "not_paid_heading": gettext("Heading above what is not paid"),
        "closing": gettext("Closing"),
        "farewell": gettext("Farewell"),
        "signatory": gettext("Signature"),
        "terms": gettext("Term"),
        "note": gettext("Note"),
        "by_nobody": gettext("What nobody pays"),
        "purpose": gettext("Purpose"),
        "product": gettext("Result"),
        "participation_level": gettext("Level of participation"),
        "sovereignty_note": gettext("Note on sovereignty"),
        "heading": gettext("Heading of a section"),
        "texts": gettext("Paragraph of a section"),
        "privacy": gettext("Paragraph"),
        "organisation": gettext("Organisation"),
        "organisation_short": gettext("Organisation, abbreviated"),
        "office": gettext("Office"),
        "title": gettext("Title"),
        "short_title": gettext("Short title"),
        "city": gettext("City"),
        "venue": gettext("Venue"),
        "zone_name": gettext("Name of the time zone"),
    }
    named = next((names[each] for each in parts[1:] if each in names), names.get(parts[0], key))
    if parts[-1].isdigit():
        return f"{named} {int(parts[-1]) + 1}"
    if parts[-1] in {"name", "office"} and "signatory" in parts:
        detail = gettext("name") if parts[-1] == "name" else gettext("office")
        return f"{named}: {detail}"
    return named


def _list_wordings(group: str) -> list[Wording]:
    if group not in GROUPS:
        abort(404)
    return list_wordings(reading.get_meeting_source(db.session(), get_current_meeting().id), group)


def _find_wrong(typed: Typed) -> str:
    """Return what is wrong with what was typed, in the page's language, or nothing. The file's own
    checker is asked afterwards in any case."""
    for (key, code), words in typed.items():
        where = f"{text_words(key)} ({current_words().language_name(code)})"
        if len(words) > LONGEST_TEXT:
            wrong = gettext("Shorten this to %(max)d characters or fewer.", max=LONGEST_TEXT)
            return f"{where}: {wrong}"
        try:
            unknown = sorted(list_placeholders(words) - PLACEHOLDERS)
        except ValueError:
            return f"{where}: {fault_sentence(BraceAlone(), current_words())}"
        if unknown:
            known = ", ".join(f"{{{each}}}" for each in sorted(PLACEHOLDERS))
            wrong = gettext(
                "There is no field {%(name)s}. The fields are %(fields)s.",
                name=unknown[0],
                fields=known,
            )
            return f"{where}: {wrong}"
        is_alone = (
            is_of_mails(key)
            and words
            and not all(typed[key, other] for other in get_current_meeting().languages)
        )
        if is_alone:
            return f"{where}: {gettext('Write it in each language of the meeting, or in none.')}"
    return ""


def _find_changes(
    wordings: Sequence[Wording], typed: Typed
) -> dict[tuple[str, Language], str | None]:
    """Return what differs from what is said now. A text that is empty, or the file's own again, is
    given back to the file."""
    changes: dict[tuple[str, Language], str | None] = {}
    for each in wordings:
        for code in get_current_meeting().languages:
            words, filed = typed[each.key, code], each.filed.get(code, "")
            wanted = words or filed
            if wanted != each.said.get(code, ""):
                changes[each.key, code] = None if wanted == filed else wanted
    return changes


def _show(
    group: str, wordings: Sequence[Wording], typed: Typed, wrong: str = ""
) -> ResponseReturnValue:
    meeting = get_current_meeting()
    keys = {each.key for each in wordings}
    page = render_template(
        "secretariat/text_group.html",
        group=group,
        wordings=wordings,
        typed=typed,
        wrong=wrong,
        read=_read_all(meeting, wordings),
        changes=[each for each in list_text_changes(db.session(), meeting.id) if each.key in keys],
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _read_all(meeting: Meeting, wordings: Sequence[Wording]) -> dict[tuple[str, Language], str]:
    """Return each text as a person of the first delegation reads it."""
    delegation = meeting.delegations[0]
    return {
        (each.key, code): fill(
            Text(each.said),
            meeting,
            get_translator(code),
            delegation=delegation,
            name=_NAMES[0] + " " + _NAMES[1],
        )
        for each in wordings
        for code in meeting.languages
        if code in each.said
    }


_NAMES = ("Ana María", "Espécimen")


def _make_specimen(meeting: Meeting, language: Language, now: datetime) -> Registration:
    """Return the entry of an invented person, which is stored nowhere."""
    person = Particulars(
        treatment="",
        given_names=_NAMES[0],
        surnames=_NAMES[1],
        institution=get_translator(language).gettext("Institution"),
        position=get_translator(language).gettext("Position"),
        email="specimen@example.org",
        copy_to=None,
        language=language,
    )
    return Registration(
        id=RegistrationId(UUID(int=0)),
        meeting_id=meeting.id,
        delegation_id=DelegationId(0),
        delegation_key=meeting.delegations[0].key,
        reference=Reference(f"{meeting.prefix}-00000000"),
        state=State.INVITED,
        version=1,
        particulars=person,
        seat_number=1,
        seat_label=None,
        passport=None,
        reason=None,
        new_email=None,
        link_generation=1,
        on_behalf=False,
        wants_reserve=False,
        created_at=now,
        confirmed_at=now,
        changed_at=now,
        reserved_at=None,
        reminded_at=None,
    )
