"""The form by which the list is filtered: nothing in it is about one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, render_template, request
from markupsafe import Markup

from registration.domain.listing import Trouble, VisaAnswer
from registration.domain.meeting import Meeting
from registration.domain.nominations import Standing
from registration.domain.states import State
from registration.web.templates import current_words, state_word
from registration.web.words import gettext

#: Forms that were drawn, with the meeting of each; so many are kept.
_drawn: dict[tuple[object, ...], tuple[Meeting, Markup]] = {}
_MOST_DRAWN = 500


@dataclass(frozen=True)
class Question:
    """One list of the form. chosen: the value of the address, or "" for all."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    chosen: str


def filter_form(meeting: Meeting, filters: Mapping[str, str]) -> Markup:
    """Return the form, drawn once for each version of the meeting, language and filter. Nothing in
    it is about one person, and no two readers get another one."""
    key = (meeting.id, request.script_root, str(g.language), *filters.items())
    drawn_for, form = _drawn.get(key, (None, Markup()))
    # A meeting that was loaded again or amended is another object (`meetings.reading`).
    if drawn_for is not meeting:
        questions = list_questions(meeting, filters)
        page = render_template("secretariat/filter_form.html", questions=questions, filters=filters)
        form = Markup(page)  # noqa: S704  # a template's
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = meeting, form
    return form


def list_questions(meeting: Meeting, filters: Mapping[str, str]) -> list[Question]:
    """Return the form's lists with the choices of the meeting. filters: what is chosen.

    Sent by GET, it changes nothing and so has no token; and no form of a library draws it, since
    that alone took a fifth of the page's time.
    """
    language, words = str(g.language), current_words()
    who = [(str(each.key), each.name[language]) for each in meeting.delegations]
    who += [(each.key, each.name[language]) for each in meeting.categories]
    courtesies = [each for each in meeting.courtesies if not each.everybody]
    offered = {
        "delegation": (gettext("Delegation"), who),
        "state": (gettext("State"), [(each.value, state_word(each)) for each in State]),
        "standing": (
            gettext("Nomination"),
            [(each.value, _standing_word(each)) for each in Standing],
        ),
        "courtesy": (gettext("Courtesy"), [(each.key, each.name[language]) for each in courtesies]),
        "visa": (gettext("Visa"), [(each.value, _visa_word(each)) for each in VisaAnswer]),
        "language": (
            gettext("Language"),
            [(each, words.language_name(each).capitalize()) for each in meeting.languages],
        ),
        "trouble": (
            gettext("What went wrong"),
            [(each.value, _trouble_word(each)) for each in Trouble],
        ),
    }
    if meeting.segments:
        parts = [(each.key, each.title[language]) for each in meeting.segments]
        offered["segment"] = (gettext("Part of the meeting"), parts)
    return [
        Question(name, label, choices, filters.get(name, ""))
        for name, (label, choices) in offered.items()
    ]


def _standing_word(standing: Standing) -> str:
    """Return whether the person is the delegation's, as far as is on record."""
    match standing:
        case Standing.NOMINATED:
            return gettext("Nomination on record")
        case Standing.NOT_NOMINATED:
            return gettext("No nomination on record")
        case Standing.DISOWNED:
            return gettext("Not theirs, says the focal point")


def _visa_word(answer: VisaAnswer) -> str:
    match answer:
        case VisaAnswer.NEEDED:
            return gettext("Needs a visa")
        case VisaAnswer.NOT_NEEDED:
            return gettext("Needs no visa")
        case VisaAnswer.UNKNOWN:
            return gettext("Does not know")
        case VisaAnswer.NONE:
            return gettext("No answer yet")


def _trouble_word(trouble: Trouble) -> str:
    match trouble:
        case Trouble.MAIL:
            return gettext("A message did not arrive")
        case Trouble.FILE:
            return gettext("The passport's copy is unusable")
