"""Each move at the desk, over HTTP: what it does, what it says, and what it refuses."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding
from registration.registrar.office import Moved
from registration.store import reading
from tests.desks import ENTRIES, LIST, entry_path, make_guide, open_desk, submit
from tests.offices import OTHER_REVIEWER, Guide
from tests.pages import Page, Pages
from tests.sites import Site
from tests.uploads.files import make_jpeg

ENTER = f"{LIST}enter"
REASON = "La fotografía está cortada."
PERSON = {
    "treatment": "",
    "given_names": "Élodie",
    "surnames": "Tremblay-Núñez",
    "institution": "Immigration, Refugees and Citizenship Canada",
    "position": "Director",
    "email": "elodie@example.org",
    "copy_to": "",
    "language": "en",
}


@pytest.fixture
def guide(site: Site) -> Guide:
    return make_guide(site)


@pytest.fixture
def desk(site: Site) -> Pages:
    return open_desk(site)


def test_approval_issues_the_letter_and_shows_the_next_entry(desk: Pages, guide: Guide) -> None:
    first, second = submit(guide), submit(guide, "pa")

    answer = _decide(desk, first, "approve", status=303)

    assert answer.response.location == entry_path(second)
    assert guide.get(first.id).state is State.INVITED
    said = desk.get(answer.response.location)
    assert f"Approved: {first.full_name}. The letter is on its way." in said.text
    page = desk.get(entry_path(first))
    assert f"Letter {first.reference}/1" in page.text
    assert "Luisa Pérez approved it; the letter was issued" in page.text


def test_last_decision_of_the_queue_leads_to_the_list(desk: Pages, guide: Guide) -> None:
    answer = _decide(desk, submit(guide), "approve", status=303)

    assert answer.response.location == ENTRIES
    assert "Nothing more waits for a decision." in desk.get(LIST).text


def test_deciding_may_stay_on_the_entry(desk: Pages, guide: Guide) -> None:
    first = submit(guide)
    submit(guide, "pa")

    answer = _decide(desk, first, "approve", then="stay", status=303)

    assert answer.response.location == entry_path(first)


def test_return_carries_its_reason_to_the_person(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)

    _decide(desk, entry, "return", reason=REASON, status=303)

    after = guide.get(entry.id)
    assert (after.state, after.reason) == (State.RETURNED, REASON)
    assert ("returned", after.particulars.email) in guide.list_mails(entry.id)
    assert f"returned it for correction: “{REASON}”" in desk.get(entry_path(entry)).text


@pytest.mark.parametrize("decision", ["return", "decline"])
def test_return_and_decline_need_a_reason(desk: Pages, guide: Guide, decision: str) -> None:
    entry = submit(guide)

    page = _decide(desk, entry, decision, reason="  \n ")

    assert "Write the reason; the delegate will read it." in page.text
    assert guide.get(entry.id).state is State.SUBMITTED


def test_nothing_is_chosen_beforehand(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)

    page = _decide(desk, entry, "")

    assert "Choose what to do" in page.text
    assert guide.get(entry.id).state is State.SUBMITTED


def test_decline_is_asked_about_once_more(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)

    asked = _decide(desk, entry, "decline", reason=REASON, status=200)
    still = guide.get(entry.id).state
    form = _form(asked, entry_path(entry, "decline"))
    answer = desk.client.post(
        entry_path(entry, "decline"), data={**form, "reason": REASON, "then": "stay"}
    )

    assert f"Decline the registration of {entry.full_name}?" in asked.text
    assert REASON in asked.text
    assert still is State.SUBMITTED
    assert answer.status_code == 303
    assert guide.get(entry.id).state is State.DECLINED
    assert guide.get(entry.id).seat_number is None


def test_second_decision_learns_who_decided_what_and_when(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    form = _form(desk.get(entry_path(entry)), entry_path(entry))
    moved = deciding.return_(
        guide.office,
        entry.id,
        version=entry.version,
        by=OTHER_REVIEWER,
        reason=REASON,
        arrived_at=guide.now,
    )
    assert isinstance(moved, Moved)

    answer = desk.client.post(entry_path(entry), data={**form, "decision": "approve"})

    assert answer.status_code == 409
    assert "Tomás Rivas was faster" in answer.text
    assert "returned for correction" in answer.text
    assert guide.get(entry.id).state is State.RETURNED
    assert guide.list_events(entry.id).count("approved") == 0


def test_approving_twice_is_one_letter(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    form = _form(desk.get(entry_path(entry)), entry_path(entry))

    codes = [
        desk.client.post(entry_path(entry), data={**form, "decision": "approve"}).status_code
        for _ in range(2)
    ]

    assert codes == [303, 409]
    assert guide.list_events(entry.id).count("approved") == 1


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "٣", "9" * 40])
def test_made_up_version_moves_nothing(desk: Pages, guide: Guide, version: str) -> None:
    entry = submit(guide)
    form = _form(desk.get(entry_path(entry)), entry_path(entry))

    answer = desk.client.post(
        entry_path(entry), data={**form, "decision": "approve", "version": version}
    )

    assert answer.status_code in {409, 422}
    assert guide.get(entry.id).state is State.SUBMITTED


def test_every_form_of_the_desk_needs_its_token(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    for rest in ("", "decline", "correct", "withdraw", "promote", "accept"):
        answer = desk.client.post(
            entry_path(entry, rest) if rest else entry_path(entry),
            data={"version": entry.version, "decision": "approve", "reason": REASON},
        )
        assert answer.status_code == 400, rest

    assert guide.get(entry.id) == entry


def test_markup_of_strangers_is_shown_and_not_obeyed(desk: Pages, guide: Guide) -> None:
    evil = "<script>alert(1)</script>"
    entry = submit(guide, given_names=evil, institution='"><img src=x onerror=alert(1)>')
    _decide(desk, entry, "return", reason=f"{evil} {{{{ 7*7 }}}}", status=303)

    for path in (
        LIST,
        ENTRIES,
        entry_path(entry),
        entry_path(entry, "withdraw"),
        "/es/secretariat/",
    ):
        page = desk.get(path)
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
    assert f"{evil} {{{{ 7*7 }}}}" in desk.get(entry_path(entry)).text
    declined = submit(guide, "pa", given_names=evil)
    asked = _decide(desk, declined, "decline", reason=evil, status=200)
    assert "<script>alert" not in asked.html


def test_withdrawal_asks_why_and_frees_the_seat(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    path = entry_path(entry, "withdraw")

    refused = desk.post(path, {"reason": ""})
    desk.post(path, {"reason": "Pidió la baja."}, status=303)

    assert "Write the reason" in refused.text
    after = guide.get(entry.id)
    assert (after.state, after.seat_number) == (State.WITHDRAWN, None)
    assert "no longer valid" in desk.get(entry_path(entry)).text
    desk.get(path, status=404)


def test_person_of_the_reserve_list_gets_a_free_seat(desk: Pages, guide: Guide) -> None:
    first, _second = submit(guide), submit(guide)
    waiting = guide.submit("cr", join_reserve=True)
    path = entry_path(waiting)

    full = desk.post(path, {}, form=entry_path(waiting, "promote"), status=409)
    _decide(desk, first, "decline", reason=REASON, status=200)
    _decline(desk, first)
    desk.post(path, {}, form=entry_path(waiting, "promote"), status=303)

    assert "The 2 seats of this delegation are taken." in full.text
    # The form's own address takes no GET: the other language leads to the entry.
    assert f'href="{entry_path(waiting, language="es")}"' in full.html
    assert guide.get(waiting.id).state is State.SUBMITTED


def test_correction_at_the_desk_says_why_and_reissues_the_letter(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    path = entry_path(entry, "correct")

    refused = desk.post(path, {"surnames": "Morales Vargas de Núñez"})
    desk.post(
        path, {"surnames": "Morales Vargas de Núñez", "reason": "Así en el pasaporte"}, status=303
    )

    assert "Write why this is corrected" in refused.text
    assert 'value="Morales Vargas de Núñez"' in refused.html
    assert guide.get(entry.id).particulars.surnames == "Morales Vargas de Núñez"
    page = desk.get(entry_path(entry))
    assert f"Letter {entry.reference}/2" in page.text
    assert "replaced by a newer one" in page.text


def test_correction_may_bring_a_better_passport(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    path = entry_path(entry, "correct")

    wrong = desk.post(path, {"reason": REASON, "passport": _file(b"<svg/>", "p.svg")})
    desk.post(path, {"reason": REASON, "passport": _file(make_jpeg(), "p.jpg")}, status=303)

    assert "The file must be a JPG, PNG, HEIC or PDF." in wrong.text
    assert guide.get(entry.id).passport != entry.passport


def test_correction_that_came_second_changes_nothing(desk: Pages, guide: Guide) -> None:
    entry = submit(guide)
    path = entry_path(entry, "correct")
    form = _form(desk.get(path), path)
    deciding.return_(
        guide.office,
        entry.id,
        version=entry.version,
        by=OTHER_REVIEWER,
        reason=REASON,
        arrived_at=guide.now,
    )

    answer = desk.client.post(path, data={**form, "surnames": "Otra", "reason": REASON})

    assert answer.status_code == 409
    assert "Tomás Rivas was faster" in answer.text
    assert guide.get(entry.id).particulars == entry.particulars


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "ana", "Enter a full e-mail address"),
        ("email", "ana@example.org\r\nBcc: x@y.org", "Enter a full e-mail address"),
        ("email", "jоse@example.org", "letters of two alphabets"),
        ("institution", "\u200b\u202e", "Enter the institution"),
        ("surnames", "דוד", "Write the name in Latin letters"),
        ("position", "院長", "Write this in Latin letters"),
        ("position", "x" * 5000, "Shorten this to 200 characters"),
        ("language", "it", "Choose one of the languages in the list"),
        ("delegation", "zz", "Choose one of those in the list."),
        ("delegation", "", "Choose the delegation"),
        ("reason", "", "Write how the data came"),
    ],
)
def test_wrong_field_is_said_and_what_was_typed_stays(
    desk: Pages, field: str, value: str, words: str
) -> None:
    data = {**PERSON, "delegation": "ca", "reason": "Llegó por correo", field: value}

    page = desk.post(ENTER, data)

    assert words in page.text
    assert 'value="Élodie"' in page.html
    assert page.title.startswith("Error: ")


def test_entry_on_behalf_takes_a_seat_at_once(desk: Pages, guide: Guide, site: Site) -> None:
    data = {**PERSON, "delegation": "ca", "reason": "Llegó por correo"}

    answer = desk.post(ENTER, {**data, "passport": _file(make_jpeg(), "pasaporte.jpg")}, status=303)

    page = desk.get(answer.response.location)
    assert "Canada , seat 1 of 2" in page.text  # the delegation is a link
    assert "pasaporte.jpg" in page.text
    assert "entered the registration on behalf of the person: “Llegó por correo”" in page.text
    with site.office.database.reading() as session:
        (found,) = reading.list_by_email(session, guide.meeting.id, "elodie@example.org")
    assert (found.state, found.on_behalf) == (State.SUBMITTED, True)


def test_good_passport_is_kept_while_the_form_is_wrong(desk: Pages) -> None:
    data = {**PERSON, "delegation": "ca", "reason": ""}
    passport = _file(make_jpeg(), "pasaporte.jpg")

    page = desk.post(ENTER, {**data, "passport": passport})
    form = _form(page, ENTER)
    answer = desk.client.post(ENTER, data={**form, **PERSON, "delegation": "ca", "reason": "Papel"})

    assert "It is kept while you finish the form." in page.text
    assert answer.status_code == 303
    assert "pasaporte.jpg" in desk.get(answer.location).text


def test_third_person_entered_on_behalf_is_refused(desk: Pages, guide: Guide) -> None:
    submit(guide, "ca")
    submit(guide, "ca")

    page = desk.post(
        ENTER, {**PERSON, "delegation": "ca", "reason": "Llegó por correo"}, status=409
    )

    assert "The 2 seats of this delegation are taken." in page.text
    assert 'value="Élodie"' in page.html


def test_same_person_entered_twice_is_refused(desk: Pages) -> None:
    data = {**PERSON, "delegation": "ca", "reason": "Llegó por correo"}
    desk.post(ENTER, data, status=303)

    page = desk.post(ENTER, {**data, "email": "ELODIE+x@example.org"}, status=409)

    assert "There is already a registration with this name" in page.text


def test_double_click_enters_once(desk: Pages, guide: Guide, site: Site) -> None:
    form = _form(desk.get(ENTER), ENTER)
    data = {**form, **PERSON, "delegation": "ca", "reason": "Llegó por correo"}

    answers = [desk.client.post(ENTER, data=data) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with site.office.database.reading() as session:
        assert len(reading.list_registrations(session, guide.meeting.id)) == 1


def test_entry_id_of_somebody_else_is_refused(desk: Pages, guide: Guide) -> None:
    other = submit(guide)
    form = _form(desk.get(ENTER), ENTER)

    answer = desk.client.post(
        ENTER, data={**form, **PERSON, "delegation": "ca", "reason": "x", "entry": str(other.id)}
    )

    assert answer.status_code == 400


def test_signed_letter_on_paper_is_recorded_with_its_scan(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    path = entry_path(entry, "accept")
    data = {"typed_name": entry.full_name.upper(), "accept": "y", "reason": "Por correo postal"}
    data["signed_on"] = "2022-02-20"

    without = desk.post(path, data)
    desk.post(path, {**data, "signed_letter": _file(make_jpeg(), "carta.jpg")}, status=303)

    assert "Choose a file" in without.text
    assert guide.get(entry.id).state is State.ACCEPTED
    page = desk.get(entry_path(entry))
    assert "entered by Luisa Pérez" in page.text
    assert "Scan of the signed letter" in page.text


def test_acceptance_in_another_name_is_refused(desk: Pages, guide: Guide) -> None:
    entry = guide.approve(submit(guide))
    scan = _file(make_jpeg(), "carta.jpg")
    data = {"typed_name": "Otra Persona", "accept": "y", "reason": "x", "signed_letter": scan}
    data["signed_on"] = "2022-02-20"

    page = desk.post(entry_path(entry, "accept"), data)

    assert "The name must be the same as in the letter" in page.text
    assert guide.get(entry.id).state is State.INVITED


def test_mail_is_sent_again_and_the_history_says_so(desk: Pages, guide: Guide, site: Site) -> None:
    entry = submit(guide)
    with site.office.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE mail SET status = 'refused'")
    form = next(
        each for each in desk.get(entry_path(entry)).forms if "/mail/" in each.attributes["action"]
    )

    answer = desk.client.post(form.attributes["action"], data=form.fields)

    assert answer.status_code == 303
    assert guide.list_events(entry.id)[-1] == "mail_sent_again"
    with site.office.database.reading() as session:
        states = sorted(mail.status.value for mail in reading.list_mails(session, entry.id))
    assert states == ["due", "refused", "refused", "refused"]


def _decide(
    desk: Pages,
    entry: Registration,
    decision: str,
    *,
    reason: str = "",
    then: str = "next",
    status: int = 422,
) -> Page:
    data = {"decision": decision, "reason": reason, "then": then}
    return desk.post(entry_path(entry), data, status=status)


def _decline(desk: Pages, entry: Registration) -> None:
    desk.post(entry_path(entry, "decline"), {"reason": REASON}, status=303)


def _form(page: Page, action: str) -> dict[str, str]:
    """Return what the form of the page that is sent to the address would send untouched."""
    found = [each for each in page.forms if each.attributes["action"] == action]
    return found[0].fields


def _file(data: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(data), filename=name)
