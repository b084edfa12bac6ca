"""The papers of a meeting: badges, nameplates, the list of participants, certificates; and
certificates by mail."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import UUID

from flask import abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from registration.domain.batches import Batch, BatchKind, Whose, takes_part
from registration.domain.desk_refusals import MeetingNotOver, NobodyChosen
from registration.domain.meeting import Meeting
from registration.language.refusals import sentence
from registration.registrar import batching
from registration.registrar.collecting import BOTH
from registration.secretariat import blueprint
from registration.secretariat.card_words import card_languages_words
from registration.store import reading
from registration.store.database import db
from registration.store.reading import desk
from registration.web.current_meeting import get_current_meeting
from registration.web.entry_ids import find_entry_id, make_entry_id
from registration.web.office import current_office
from registration.web.staff import staff_by
from registration.web.templates import capitalize_first, current_words
from registration.web.words import gettext

#: As many earlier batches as the page shows.
SHOWN_BATCHES = 20
KINDS = (
    BatchKind.BADGES,
    BatchKind.NAMEPLATES,
    BatchKind.PARTICIPANTS,
    BatchKind.CERTIFICATES,
    BatchKind.MAIL_CERTIFICATES,
)
OF_THOSE_WHO_CAME = frozenset({BatchKind.CERTIFICATES, BatchKind.MAIL_CERTIFICATES})


class PaperForm(FlaskForm):
    """What a paper is made of. Of each kind only the fields that matter are there.

    Several of these stand on one page, so the template writes their tokens, and the site asks for
    one before any form is looked at.
    """

    class Meta(FlaskForm.Meta):
        csrf = False

    batch = HiddenField()
    whose = SelectField(
        lazy_gettext("For whom"),
        invalid_choice_message=lazy_gettext("Choose one of the groups in the list."),
    )
    delegations = SelectField(
        lazy_gettext("For which delegations"),
        invalid_choice_message=lazy_gettext("Choose one of the groups in the list."),
    )
    language = SelectField(
        lazy_gettext("Language"),
        invalid_choice_message=lazy_gettext("Choose one of the languages in the list."),
    )

    def offer(self, kind: BatchKind, meeting: Meeting, counts: Mapping[Whose, int]) -> None:
        """Leave the fields that the kind has, and fill their lists. counts: how many of each."""
        if kind in OF_THOSE_WHO_CAME:
            del self.language
        else:
            self.language.choices = _list_languages(kind, meeting)
        if kind is BatchKind.NAMEPLATES:
            del self.whose
            self.delegations.choices = [
                ("seated", gettext("With somebody registered")),
                ("all", gettext("All of the meeting")),
            ]
            return
        del self.delegations
        groups = [Whose.ARRIVED] if kind in OF_THOSE_WHO_CAME else list(Whose)
        self.whose.choices = [(each.value, _whose_words(each, counts[each])) for each in groups]

    def to_details(self) -> dict[str, str]:
        """Return what the batch keeps. Only after the form was found good."""
        names = ("whose", "delegations", "language")
        return {name: self[name].data for name in names if name in self}


@blueprint.get("/<meeting>/papers/")
def papers() -> ResponseReturnValue:
    """Show what papers can be made, and those that were asked for."""
    counts = _count()
    return _show({kind: _make_form(kind, counts, is_sent=False) for kind in KINDS}, counts)


@blueprint.post(
    "/<meeting>/papers/<any(badges,nameplates,participants,certificates,mail_certificates):kind>"
)
def ask_for_paper(kind: str) -> ResponseReturnValue:
    """Ask for a paper; the worker makes it, and the batch's page shows how far it is."""
    chosen, counts = BatchKind(kind), _count()
    form = _make_form(chosen, counts, is_sent=True)
    id = find_entry_id(form.batch.data or "")
    if id is None:
        abort(HTTPStatus.BAD_REQUEST)
    forms = {each: _make_form(each, counts, is_sent=False) for each in KINDS if each != chosen}
    forms[chosen] = form
    if not form.validate():
        return _show(forms, counts, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked = batching.ask(
        current_office(),
        id=UUID(str(id)),
        meeting_id=get_current_meeting().id,
        kind=chosen,
        details=form.to_details(),
        by=staff_by(),
        arrived_at=g.arrived_at,
    )
    if isinstance(asked, NobodyChosen):
        form.whose.errors = [gettext("There is nobody in this group yet.")]
        return _show(forms, counts, HTTPStatus.CONFLICT)
    if isinstance(asked, MeetingNotOver):
        form.whose.errors = [sentence(asked, current_words())]
        return _show(forms, counts, HTTPStatus.CONFLICT)
    return to_batch(asked)


def to_batch(batch: Batch) -> ResponseReturnValue:
    """Lead to the page of the batch."""
    return redirect(url_for("secretariat.batch", batch_id=batch.id), HTTPStatus.SEE_OTHER)


def nobody_chosen() -> str:
    """Return why nothing is done."""
    return sentence(NobodyChosen(), current_words())


def _make_form(kind: BatchKind, counts: Mapping[Whose, int], *, is_sent: bool) -> PaperForm:
    # Several forms stand on the page; the prefix keeps their fields apart.
    if is_sent:
        form = PaperForm(prefix=kind.value)
    else:
        form = PaperForm(formdata=None, prefix=kind.value, batch=make_entry_id())
    form.offer(kind, get_current_meeting(), counts)
    return form


def _show(
    forms: Mapping[BatchKind, PaperForm],
    counts: Mapping[Whose, int],
    code: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    wrong = next((form for form in forms.values() if form.errors), None)
    page = render_template(
        "secretariat/papers.html",
        forms={kind: forms[kind] for kind in KINDS},
        wrong=wrong,
        counts=counts,
        Whose=Whose,
        BatchKind=BatchKind,
        batches=_list_batches(),
    )
    return page, code


def _list_batches() -> Sequence[Batch]:
    return reading.list_batches(db.session(), get_current_meeting().id, limit=SHOWN_BATCHES)


def _count() -> dict[Whose, int]:
    groups = desk.count_attendance(db.session(), get_current_meeting().id)
    return {
        whose: sum(
            number
            for (state, has_arrived), number in groups.items()
            if takes_part(whose, state, has_arrived=has_arrived)
        )
        for whose in Whose
    }


def _list_languages(kind: BatchKind, meeting: Meeting) -> list[tuple[str, str]]:
    words = current_words()
    each = [(code, words.language_name(code).capitalize()) for code in meeting.languages]
    if kind is BatchKind.PARTICIPANTS or len(each) == 1:
        return each
    return [(BOTH, capitalize_first(card_languages_words(meeting))), *each]


def _whose_words(whose: Whose, number: int) -> str:
    match whose:
        case Whose.APPROVED:
            return gettext("With an invitation letter (%(number)d)", number=number)
        case Whose.ACCEPTED:
            return gettext("With a signed acceptance (%(number)d)", number=number)
        case Whose.ARRIVED:
            return gettext("Came to the meeting (%(number)d)", number=number)
