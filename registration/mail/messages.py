"""What the mails say: one file of `templates/mail/` for each occasion, read as text and as HTML.

An occasion's file extends `layout`, which is `base.txt` in one environment and `base.html` in the
other, and takes its building blocks (paragraph, details, button) from `parts` of the same kind. So
the plain text says all that the HTML says, by construction.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from registration.domain.events import Occasion
from registration.domain.ids import Language
from registration.domain.meeting import Meeting
from registration.domain.names import clean_line
from registration.domain.registrations import Registration
from registration.domain.retention import LEFT_WITHIN_DAYS, UNCONFIRMED_WITHIN_DAYS
from registration.domain.states import Actor, MoveName, is_permitted
from registration.language import states
from registration.language.texts import fill
from registration.language.translator import Translator, get_translator
from registration.mail.details import (
    about_delegation,
    about_meeting,
    about_person,
    about_sender,
    about_stay,
    about_submission,
    about_ticket,
    asks_passport,
    list_titles,
    own_courtesies,
)
from registration.mail.facts import MailFacts

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
#: How the HTML names the picture of the mark that travels with it.
MARK_ID = "mark@registration"


@dataclass(frozen=True)
class Message:
    """A mail's words. subject: one line. text: plain, lines as long as their paragraphs."""

    subject: str
    text: str
    html: str


def write_message(occasion: Occasion, facts: MailFacts, words: Translator) -> Message:
    """Return the mail's words in the translator's language.

    Raises jinja2.UndefinedError where the occasion needs a fact that is not there.
    """
    values = _values(occasion, facts, words)
    text = _environment(words.language, "txt").get_template(f"{occasion}.html").render(values)
    html = _environment(words.language, "html").get_template(f"{occasion}.html").render(values)
    return Message(_subject(occasion, facts, words), _tidy(text), html.strip() + "\n")


def _subject(occasion: Occasion, facts: MailFacts, words: Translator) -> str:
    """One line, whatever the names hold: a line end in a subject would begin a new header (T46)."""
    template = _environment(words.language, "txt").get_template(f"{occasion}.html")
    context = template.new_context(_values(occasion, facts, words))
    title = "".join(template.blocks["title"](context))
    parts = [title]
    # The desk may have written the name into the subject itself.
    if facts.registration is not None and facts.registration.full_name not in title:
        parts.append(facts.registration.full_name)
    if facts.call is not None:
        parts.append(facts.call.title[words.language])
    line = clean_line(": ".join(clean_line(part) for part in parts))
    if facts.meeting is not None and facts.meeting.rehearsal:
        # Translators: the mark before the subject of a mail of a rehearsal
        mark = words.pgettext("subject", "Rehearsal")
        line = f"[{mark}] {line}"
    return line


def _values(occasion: Occasion, facts: MailFacts, words: Translator) -> dict[str, object]:
    """Return what the templates know beside words: the facts, and what is drawn from them."""
    values: dict[str, object] = {
        "is_staff": occasion.startswith("staff_"),
        "facts": facts,
        "meeting": facts.meeting,
        "registration": facts.registration,
        "words": words,
        "language": words.language,
        "mark_id": MARK_ID,
        "languages": _languages(facts),
        "opening": None,
        "signs": True,
    }
    meeting, registration = facts.meeting, facts.registration
    if meeting is not None and registration is not None:
        values |= {
            "about_meeting": about_meeting(
                meeting,
                registration,
                words,
                letter_number=facts.letter_number,
                choices=facts.choices,
            ),
            "may_correct": any(
                is_permitted(move, source=registration.state, actor=Actor.DELEGATE)
                for move in (MoveName.CORRECT, MoveName.COMPLETE)
            ),
            "changes_until": _until(meeting.changes_until, meeting, words),
            "opening": _opening(occasion, meeting, registration, words),
        }
        values |= _values_of_person(meeting, registration, facts, words)
    if meeting is not None and facts.confirm_until is not None:
        values["confirm_until"] = _until(facts.confirm_until, meeting, words)
    values |= _values_of_call(facts, words)
    if meeting is not None and facts.delegation is not None:
        values |= {
            "signs": facts.delegation.asks_acceptance,
            "delegation": facts.delegation,
            "about_delegation": about_delegation(meeting, facts.delegation, words),
            "deadline": None if facts.deadline is None else _until(facts.deadline, meeting, words),
            "changes_until": _until(meeting.changes_until, meeting, words),
            "state_word": None if facts.state is None else states.word(facts.state, words),
        }
    return values


def _values_of_person(
    meeting: Meeting, registration: Registration, facts: MailFacts, words: Translator
) -> dict[str, object]:
    """Return what is asked of the person, what they receive, and where no place was left."""
    group = meeting.find_delegation(registration.delegation_key)
    return {
        "signs": group is None or group.asks_acceptance,
        "in_category": group is not None and group.is_category,
        "unmet": list_titles(meeting, registration, facts.choices, words),
        "about_person": about_person(meeting, registration, words),
        "courtesies": own_courtesies(meeting, registration, words.language),
        "passport_wanted": asks_passport(meeting, registration),
        "about_ticket": () if facts.ticket is None else about_ticket(facts.ticket, words),
        "about_stay": () if facts.stay is None else about_stay(facts.stay, words),
    }


def _values_of_call(facts: MailFacts, words: Translator) -> dict[str, object]:
    """Return what the templates know of what was sent to a call; nothing for other mails."""
    meeting, call, submission = facts.meeting, facts.call, facts.submission
    if meeting is None or call is None or submission is None:
        return {}
    return {
        "call": call,
        "submission": submission,
        "about_submission": about_submission(meeting, call, submission, words),
        "about_sender": about_sender(meeting, call, submission, words),
        "afterwards": [fill(each, meeting, words) for each in call.afterwards],
        "closes": None if call.closes is None else _until(call.closes, meeting, words),
    }


def _opening(
    occasion: Occasion, meeting: Meeting, registration: Registration, words: Translator
) -> str | None:
    """Return the meeting's own first paragraph of the mail, or None for the usual one."""
    text = meeting.openings.get(occasion)
    if text is None:
        return None
    delegation = meeting.find_delegation(registration.delegation_key)
    return fill(text, meeting, words, delegation=delegation, name=registration.full_name)


def _until(closed_at: datetime, meeting: Meeting, words: Translator) -> str:
    """Return the last minute before a first instant refused, with the city whose clock is meant."""
    moment = words.last_minute(closed_at, meeting.zone)
    return f"{moment} ({meeting.zone_name[words.language]})"


def _languages(facts: MailFacts) -> tuple[tuple[Language, str, str], ...]:
    """Return code, own name and page for each language of the meeting: the language switch."""
    return tuple(
        (code, str(Locale(code).get_language_name(code)).capitalize(), page)
        for code, page in facts.pages
    )


@cache
def _environment(language: Language, kind: str) -> Environment:
    """Return the environment that reads the templates in one language as "txt" or "html"."""
    words = get_translator(language)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",  # noqa: S701  # the other kind is plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # made by the extension
        words.gettext,
        words.ngettext,
        newstyle=True,
        pgettext=words.pgettext,
        npgettext=words.npgettext,
    )
    environment.globals.update(
        layout=f"base.{kind}",
        parts=f"parts.{kind}",
        unconfirmed_days=UNCONFIRMED_WITHIN_DAYS,
        left_days=LEFT_WITHIN_DAYS,
    )
    return environment


def _tidy(text: str) -> str:
    """Return the text with single empty lines between paragraphs and no spaces at line ends."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
