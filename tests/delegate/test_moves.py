"""Confirming, correcting, accepting and withdrawing: each once, each answer in words."""

import base64
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from registration.domain.events import DELEGATE
from registration.domain.refusals import DelegationFull
from registration.domain.registrations import Registration
from registration.domain.states import State
from registration.registrar import deciding, entering, withdrawing
from registration.registrar.office import Moved
from registration.store import reading
from tests.delegates import (
    CSRF,
    entry_path,
    fill,
    get,
    make_file,
    open_link,
    particulars,
    typed,
)
from tests.desks import make_guide, submit
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.pages import Page, Pages
from tests.sites import Site
from tests.uploads import files


def test_button_confirms_and_takes_the_seat(pages: Pages, site: Site) -> None:
    entry = _unconfirmed(make_guide(site))
    open_link(pages, site, entry)

    pages.post(entry_path(entry, "confirm"), {}, status=303)

    assert get(site, entry).state is State.SUBMITTED
    assert "Your address is confirmed and your seat is taken." in pages.get(entry_path(entry)).text


def test_second_confirmation_is_answered_like_the_first(pages: Pages, site: Site) -> None:
    entry = _unconfirmed(make_guide(site))
    open_link(pages, site, entry)
    hidden = pages.get(entry_path(entry, "confirm")).forms[0].fields

    codes = [
        pages.client.post(entry_path(entry, "confirm"), data=hidden, base_url=site.url).status_code
        for _ in range(2)
    ]

    assert codes == [303, 303]


def test_seat_taken_meanwhile_is_chosen_again(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    first, second = (guide.apply("sacm", seat_label="ppt") for _ in range(2))
    guide.register(first), guide.register(second)
    guide.confirm(first.entry)
    entry = guide.get(second.entry)
    open_link(pages, site, entry)

    page = pages.post(entry_path(entry, "confirm"), {}, status=409)
    assert "This seat of the delegation is taken" in page.text
    hidden = page.forms[0].fields
    answer = pages.client.post(
        entry_path(entry, "confirm"),
        data={**hidden, "seat": "technical-secretariat"},
        base_url=site.url,
    )

    assert answer.status_code == 303
    assert get(site, entry).seat_label == "technical-secretariat"


def test_delegation_that_is_full_meanwhile_leads_to_the_reserve_list(
    pages: Pages, site: Site
) -> None:
    guide = make_guide(site)
    entry = _unconfirmed(guide)
    submit(guide), submit(guide)
    assert isinstance(guide.register(guide.apply()), DelegationFull)
    open_link(pages, site, entry)

    pages.post(entry_path(entry, "confirm"), {}, status=303)

    assert "You are on the reserve list." in pages.get(entry_path(entry)).text


def test_confirmation_after_48_hours_says_that_it_is_too_late(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    guide.wait(hours=-60)
    entry = _unconfirmed(guide)
    open_link(pages, site, entry)

    page = pages.post(entry_path(entry, "confirm"), {}, status=409)

    assert "Lapsed" in page.text
    assert get(site, entry).state is State.LAPSED


def test_returned_entry_is_corrected_with_a_new_passport(pages: Pages, site: Site) -> None:
    entry = _returned(make_guide(site))
    open_link(pages, site, entry)
    changed = particulars(
        position="Embajadora", email=entry.particulars.email, passport=make_file(files.make_png())
    )

    pages.post(entry_path(entry, "correct"), changed, status=303)

    now = get(site, entry)
    assert now.state is State.SUBMITTED
    assert now.particulars.position == "Embajadora"
    assert now.passport != entry.passport


def test_correction_shows_what_is_kept_and_needs_no_new_passport(pages: Pages, site: Site) -> None:
    entry = _returned(make_guide(site))
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, "correct"))

    assert typed(page, "surnames") == entry.particulars.surnames
    assert "pasaporte.jpg" in page.text
    pages.post(entry_path(entry, "correct"), particulars(), status=303)
    assert get(site, entry).passport == entry.passport


def test_new_address_waits_for_its_own_confirmation(pages: Pages, site: Site) -> None:
    entry = submit(make_guide(site))
    open_link(pages, site, entry)

    pages.post(entry_path(entry, "correct"), particulars(email="otra@example.org"), status=303)

    assert get(site, entry).particulars.email == entry.particulars.email
    assert "open the message that we sent to otra@example.org" in pages.get(entry_path(entry)).text


@pytest.mark.parametrize(
    ("language", "surnames", "sentence"),
    [
        ("en", "Vargas 2", "A name has no digits"),
        ("es", "Vargas 2", "Un nombre no lleva cifras"),
        ("en", "王", "Write the name in Latin letters"),
        ("es", "王", "Escriba el nombre en letras latinas"),
    ],
)
def test_correction_with_a_fault_keeps_what_was_typed(
    pages: Pages, site: Site, language: str, surnames: str, sentence: str
) -> None:
    entry = _returned(make_guide(site))
    open_link(pages, site, entry)
    path = entry_path(entry, "correct", language=language)

    page = pages.post(path, particulars(surnames=surnames, position="Embajadora"))

    assert sentence in page.text
    assert typed(page, "position") == "Embajadora"
    expired = pages.post(path, particulars(position="Embajadora", **{CSRF: "old"}), status=400)
    assert typed(expired, "position") == "Embajadora"
    assert get(site, entry).version == entry.version


def test_correction_that_came_second_says_who_was_faster(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    entry = submit(guide)
    open_link(pages, site, entry)
    hidden = pages.get(entry_path(entry, "correct")).forms[0].fields
    guide.approve(entry)

    answer = pages.client.post(
        entry_path(entry, "correct"), data={**hidden, **particulars()}, base_url=site.url
    )

    assert answer.status_code == 409
    assert "Nothing was changed: the Secretariat was faster" in answer.text
    assert "With invitation" in answer.text
    assert "Luisa" not in answer.text


def test_nominated_delegate_completes_the_entry(pages: Pages, site: Site) -> None:
    entry = _nominated(make_guide(site))
    open_link(pages, site, entry)
    path = entry_path(entry, "correct")

    refused = pages.post(path, particulars())
    assert "Attach a copy of the passport" in refused.text
    assert "Tick the box so that we may use your data" in refused.text
    pages.post(path, fill(delegation=None), status=303)

    now = get(site, entry)
    assert now.state is State.SUBMITTED
    assert now.particulars.email == entry.particulars.email


def test_letter_is_accepted_with_name_and_drawing(pages: Pages, site: Site) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, "accept"))
    assert "I accept the invitation" not in page.text  # the letter is Spanish, and so are its terms
    assert "Acepto la invitación" in page.text
    assert "Spanish" in page.text
    _sign(pages, entry, signature=_draw(), status=303)

    assert get(site, entry).state is State.ACCEPTED
    assert "Your participation is confirmed" in pages.get(entry_path(entry)).text
    record = pages.client.get(entry_path(entry, "record.pdf"), base_url=site.url)
    assert record.data.startswith(b"%PDF-")


def test_acceptance_keeps_the_address_and_the_browser(pages: Pages, site: Site) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)

    _sign(
        pages,
        entry,
        status=303,
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
        headers={"User-Agent": "A browser/1.0"},
    )

    with site.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(entry.id))[0]
        acceptance = reading.find_acceptance(session, entry.id)
    assert line.details["address"] == "203.0.113.9"
    assert acceptance is not None
    assert acceptance.typed_name == "PERSONA A Morales-Vargas"


def test_signed_letter_on_paper_is_kept_with_the_acceptance(pages: Pages, site: Site) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)

    _sign(pages, entry, signed_letter=make_file(files.make_pdf(), "carta.pdf"), status=303)

    with site.office.database.reading() as session:
        acceptance = reading.find_acceptance(session, entry.id)
    assert acceptance is not None
    assert acceptance.signed_letter_id is not None


@pytest.mark.parametrize(
    ("changes", "english", "spanish"),
    [
        (
            {"typed_name": "Otra Persona"},
            "The name must be the same as in the letter",
            "El nombre debe ser igual al de la carta",
        ),
        ({"typed_name": ""}, "Type your complete name", "Escriba su nombre completo"),
        ({"accept": None}, "Tick the box to accept the terms", "Marque la casilla para aceptar"),
        (
            {"signature": "data:image/png;base64,AAAA"},
            "The drawing did not arrive",
            "El dibujo de la firma no llegó",
        ),
        (
            {"signed_letter": make_file(files.SVG, "carta.svg")[0].getvalue()},
            "must be a JPG, PNG, HEIC or PDF",
            "debe ser JPG, PNG, HEIC o PDF",
        ),
        ({CSRF: "old"}, "This form was open for too long", "estuvo abierto demasiado tiempo"),
    ],
    ids=["another name", "no name", "no tick", "a broken drawing", "an SVG", "an old form"],
)
def test_acceptance_with_a_fault_says_so_and_keeps_the_rest(
    pages: Pages, site: Site, changes: dict[str, Any], english: str, spanish: str
) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)
    status = 400 if CSRF in changes else 422

    for language, sentence in (("en", english), ("es", spanish)):
        sent = {
            name: make_file(value, "carta.svg") if isinstance(value, bytes) else value
            for name, value in changes.items()
        }
        page = _sign(pages, entry, language=language, status=status, **sent)

        assert sentence in page.text
        if "typed_name" not in changes:
            assert typed(page, "typed_name") == "PERSONA A Morales-Vargas"
    assert get(site, entry).state is State.INVITED


def test_second_acceptance_is_answered_like_the_first(pages: Pages, site: Site) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)
    hidden = pages.get(entry_path(entry, "accept")).forms[0].fields
    sent = {**hidden, "typed_name": entry.full_name, "accept": "y"}

    codes = [
        pages.client.post(entry_path(entry, "accept"), data=sent, base_url=site.url).status_code
        for _ in range(2)
    ]

    assert codes == [303, 303]
    assert get(site, entry).version == entry.version + 1


def test_letter_that_was_withdrawn_cannot_be_accepted(pages: Pages, site: Site) -> None:
    entry = _invited(site)
    open_link(pages, site, entry)
    hidden = pages.get(entry_path(entry, "accept")).forms[0].fields
    withdrawing.withdraw(
        site.office,
        entry.id,
        version=entry.version,
        by=DELEGATE,
        arrived_at=make_guide(site).now,
    )

    answer = pages.client.post(
        entry_path(entry, "accept"),
        data={**hidden, "typed_name": entry.full_name, "accept": "y"},
        base_url=site.url,
    )

    assert answer.status_code == 409
    assert get(site, entry).state is State.WITHDRAWN


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.SUBMITTED, State.INVITED])
def test_withdrawal_asks_first_and_frees_the_seat(pages: Pages, site: Site, state: State) -> None:
    guide = make_guide(site)
    entry = {
        State.UNCONFIRMED: _unconfirmed,
        State.SUBMITTED: submit,
        State.INVITED: lambda guide: guide.approve(submit(guide)),
    }[state](guide)
    open_link(pages, site, entry)

    page = pages.get(entry_path(entry, "withdraw"))
    assert entry.full_name in page.text
    pages.post(entry_path(entry, "withdraw"), {"reason": "Another journey"}, status=303)

    assert get(site, entry).state is State.WITHDRAWN
    assert get(site, entry).seat_number is None
    assert "Withdrawn" in pages.get(entry_path(entry)).text


def test_form_of_one_entry_sent_to_another_moves_neither(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    one, other = submit(guide), submit(guide, "pa")
    open_link(pages, site, one)
    open_link(pages, site, other)
    hidden = pages.get(entry_path(one, "withdraw")).forms[0].fields

    answer = pages.client.post(entry_path(other, "withdraw"), data=hidden, base_url=site.url)

    assert answer.status_code == 409
    assert get(site, one) == one
    assert get(site, other) == other


@pytest.mark.parametrize("below", ["confirm", "correct", "accept", "withdraw"])
def test_form_without_its_token_moves_nothing(pages: Pages, site: Site, below: str) -> None:
    guide = make_guide(site)
    entry = {
        "confirm": _unconfirmed,
        "correct": submit,
        "accept": lambda guide: guide.approve(submit(guide)),
        "withdraw": submit,
    }[below](guide)
    open_link(pages, site, entry)
    hidden = pages.get(entry_path(entry, below)).forms[0].fields
    sent = {**hidden, **particulars(), "accept": "y", "typed_name": entry.full_name}
    sent.pop(CSRF)

    answer = pages.client.post(entry_path(entry, below), data=sent, base_url=site.url)

    assert answer.status_code == 400
    assert get(site, entry) == entry


def _unconfirmed(guide: Guide) -> Registration:
    application = guide.apply()
    guide.register(application)
    return guide.get(application.entry)


def _returned(guide: Guide) -> Registration:
    entry = submit(guide)
    moved = deciding.return_(
        guide.office,
        entry.id,
        version=entry.version,
        by=REVIEWER,
        reason="MRZ 2",
        arrived_at=guide.now,
    )
    assert isinstance(moved, Moved)
    return moved.registration


def _nominated(guide: Guide) -> Registration:
    application = guide.apply("gt", with_passport=False)
    moved = entering.nominate(guide.office, application, by=FOCAL_POINT, arrived_at=guide.now)
    assert isinstance(moved, Moved)
    return moved.registration


def _invited(site: Site) -> Registration:
    guide = make_guide(site)
    return guide.approve(submit(guide))


def _sign(
    pages: Pages, entry: Registration, *, language: str = "en", status: int, **changes: Any
) -> Page:
    options = {
        name: changes.pop(name) for name in ("environ_overrides", "headers") if name in changes
    }
    signing = {"typed_name": "PERSONA A  Morales-Vargas", "accept": "y", **changes}
    sent = {name: value for name, value in signing.items() if value is not None}
    path = entry_path(entry, "accept", language=language)
    return pages.post(path, sent, status=status, **options)


def _draw() -> str:
    picture = Image.new("RGB", (840, 300), "white")
    ImageDraw.Draw(picture).line([(100, 200), (300, 80), (500, 220)], fill="#2b3080", width=6)
    out = BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
