"""The form by which the list is filtered: nothing in it is about one person."""

from collections.abc import Iterable, Mapping
from typing import Self

from flask import g
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from registration.domain.listing import Trouble, VisaAnswer
from registration.domain.meeting import Meeting
from registration.domain.nominations import Standing
from registration.domain.states import State
from registration.secretariat import blueprint
from registration.secretariat.choosing import filter_values
from registration.web.templates import current_words, state_word
from registration.web.words import gettext


class FilterForm(FlaskForm):
    """Sent by GET, and so without a token: it changes nothing."""

    class Meta:
        csrf = False

    delegation = SelectField(lazy_gettext("Delegation"))
    state = SelectField(lazy_gettext("State"))
    standing = SelectField(lazy_gettext("Nomination"))
    courtesy = SelectField(lazy_gettext("Courtesy"))
    visa = SelectField(lazy_gettext("Visa"))
    language = SelectField(lazy_gettext("Language"))
    trouble = SelectField(lazy_gettext("What went wrong"))

    @classmethod
    def of(cls, meeting: Meeting, values: Mapping[str, str]) -> Self:
        """Return the form with the choices of the meeting, as an address fills it in."""
        form = cls(formdata=None, data=filter_values(values))
        language, words = str(g.language), current_words()
        form.delegation.choices = _offer(
            [(each.key, each.name[language]) for each in meeting.delegations]
            + [(each.key, each.name[language]) for each in meeting.categories]
        )
        form.state.choices = _offer((state.value, state_word(state)) for state in State)
        form.standing.choices = _offer((each.value, standing_word(each)) for each in Standing)
        form.courtesy.choices = _offer(
            (each.key, each.name[language]) for each in meeting.courtesies if not each.everybody
        )
        form.visa.choices = _offer((each.value, _visa_word(each)) for each in VisaAnswer)
        form.language.choices = _offer(
            (each, words.language_name(each).capitalize()) for each in meeting.languages
        )
        form.trouble.choices = _offer((each.value, _trouble_word(each)) for each in Trouble)
        return form


@blueprint.app_template_global()
def standing_word(standing: Standing) -> str:
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


def _offer(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", gettext("All")), *choices]
