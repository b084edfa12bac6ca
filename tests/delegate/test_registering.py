"""The registration form: what it takes, what it sends back, and that nothing typed is lost."""

import shutil
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from registration.domain.states import State
from registration.registrar import meetings as loading
from registration.store.tables.meetings import DbDelegation
from tests.builders import RCM
from tests.delegates import (
    CSRF,
    count_mails,
    count_registrations,
    fill,
    find_only,
    form_path,
    make_file,
    sent_path,
    typed,
)
from tests.desks import make_guide, submit
from tests.offices import load_meeting
from tests.pages import Pages
from tests.sites import Site
from tests.uploads import files

LANGUAGES = ("en", "es")


def test_good_form_becomes_an_unconfirmed_entry(pages: Pages, site: Site) -> None:
    page = pages.post(form_path(), fill(), status=303)

    entry = find_only(site)
    assert page.response.location == sent_path()
    assert entry.state is State.UNCONFIRMED
    assert entry.full_name == "Ana Lucía Morales Vargas"
    assert entry.passport is not None
    assert "ana.morales@example.org" in pages.get(sent_path()).text


def test_other_browser_reads_no_address_on_the_next_page(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(), status=303)

    assert "ana.morales" not in Pages(site.app, site.url).get(sent_path()).html


def test_delegations_stand_in_the_order_of_the_file(pages: Pages) -> None:
    html = pages.get(form_path("en")).html

    names = ["Belize", "Canada", "Costa Rica", "El Salvador", "United States", "Guatemala"]
    places = [html.index(f">{name}</option>") for name in names]
    assert places == sorted(places)


LONG = "Ñ" * 5000
#: field, what is typed, the sentence in English and in Spanish.
BAD_FIELDS = [
    ("surnames", LONG, "Shorten this to 200 characters or fewer", "200 caracteres o menos"),
    ("surnames", "Morales 3", "A name has no digits", "Un nombre no lleva cifras"),
    ("surnames", "---", "Write the name in letters", "Escriba el nombre con letras"),
    ("given_names", "12345", "A name has no digits", "Un nombre no lleva cifras"),
    ("surnames", "王 小", "cannot show “\u2068王 小\u2069”", "mostrar «\u2068王 小\u2069»"),
    ("given_names", "Ana 😀", "as in the two lines at the foot", "las dos líneas inferiores"),
    ("institution", "وزارة", "Write this in Latin letters", "Escriba esto en letras latinas"),
    ("position", "★ Jefa", "cannot show “\u2068★\u2069”", "mostrar «\u2068★\u2069»"),
    ("treatment", "先生", "Write this in Latin letters", "Escriba esto en letras latinas"),
    ("institution", "   ", "Enter the institution", "Escriba la institución"),
    ("institution", "2022", "Write this in words", "Escríbalo con palabras"),
    ("position", "7", "Write this in words", "Escríbalo con palabras"),
    ("email", "ana@", "Enter a full e-mail address", "Escriba un correo electrónico completo"),
    (
        "email",
        "ana@example.org\r\nBcc: x@y.org",
        "Enter a full e-mail address",
        "correo electrónico completo",
    ),
    ("email", "jоse@example.org", "letters of two alphabets", "letras de dos alfabetos"),
    ("email", "ana@exаmple.org", "letters of two alphabets", "letras de dos alfabetos"),
    ("copy_to", "nobody", "Enter a full e-mail address", "Escriba un correo electrónico completo"),
    ("delegation", "xx", "Choose one of the delegations", "Elija una de las delegaciones"),
    ("delegation", "", "Choose the delegation", "Elija la delegación"),
    ("delegation", "sacm", "Choose one of the seats", "Elija uno de los cupos"),
    ("consent", None, "Tick the box so that we may", "Marque la casilla para que podamos"),
]


@pytest.mark.parametrize(
    ("name", "value", "english", "spanish"), BAD_FIELDS, ids=[each[2] for each in BAD_FIELDS]
)
def test_bad_field_is_told_in_the_page_s_language_and_nothing_is_lost(
    pages: Pages, site: Site, name: str, value: str | None, english: str, spanish: str
) -> None:
    for language, sentence in (("en", english), ("es", spanish)):
        # The first try brings the passport, the second one finds it.
        passport = make_file() if language == "en" else None
        page = pages.post(form_path(language), fill(**{"passport": passport, name: value}))

        assert sentence in page.text
        assert page.title.startswith("Error:")
        shown = fill(**{name: value})
        for other in ("surnames", "given_names", "institution", "position", "email"):
            assert typed(page, other) == " ".join(shown[other].split())
    assert count_registrations(site) == 0


@pytest.mark.parametrize(
    ("typed_name", "kept"),
    [
        ("<b>Ana</b> & <script>alert(1)</script>", "<b>Ana</b> & <script>alert(1)</script>"),
        ("\u202eAna\u200b Lucía\u202c", "Ana Lucía"),
        ("O", "O"),
        ("Łukasz Ğüneş d’Ő", "Łukasz Ğüneş d’Ő"),
    ],
)
def test_unusual_name_is_taken_as_text(
    pages: Pages, site: Site, typed_name: str, kept: str
) -> None:
    pages.post(form_path(), fill(given_names=typed_name), status=303)

    assert find_only(site).particulars.given_names == kept


def test_form_without_any_name_asks_for_one(pages: Pages) -> None:
    for language, sentence in (
        ("en", "Enter the name as in the passport or identity document"),
        ("es", "Escriba el nombre como figura en el pasaporte"),
    ):
        page = pages.post(form_path(language), fill(surnames="", given_names=" \u200b "))

        assert sentence in page.text


def test_single_name_is_enough(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(given_names="", surnames="Sukarno"), status=303)

    assert find_only(site).full_name == "Sukarno"


#: what is sent as passport, status, the sentence in English and in Spanish.
BAD_FILES = [
    (None, 422, "Attach a copy of the passport", "Adjunte una copia del pasaporte"),
    (b"", 422, "The file is empty", "El archivo está vacío"),
    (files.SVG, 422, "The file must be a JPG, PNG, HEIC or PDF", "debe ser JPG, PNG, HEIC o PDF"),
    (files.PROGRAM, 422, "must be a JPG, PNG, HEIC or PDF", "debe ser JPG, PNG, HEIC o PDF"),
    (files.make_locked_pdf(), 422, "The PDF asks for a password", "El PDF pide una contraseña"),
    (
        files.make_png_of_claimed_size(30_000, 30_000),
        422,
        "more than 40 megapixels",
        "más de 40 megapíxeles",
    ),
    (files.make_pdf(5), 422, "The PDF has 5 pages", "El PDF tiene 5 páginas"),
    (files.make_pdf()[:-2000], 422, "The file cannot be opened", "No se puede abrir el archivo"),
]


@pytest.mark.parametrize(
    ("data", "status", "english", "spanish"), BAD_FILES, ids=[each[2] for each in BAD_FILES]
)
def test_bad_file_is_told_in_the_page_s_language_and_nothing_is_lost(
    pages: Pages, site: Site, data: bytes | None, status: int, english: str, spanish: str
) -> None:
    for language, sentence in (("en", english), ("es", spanish)):
        file = None if data is None else make_file(data, "pasaporte.pdf")
        page = pages.post(form_path(language), fill(passport=file), status=status)

        assert sentence in page.text
        assert typed(page, "surnames") == "Morales Vargas"
        assert typed(page, "email") == "ana.morales@example.org"
    assert count_registrations(site) == 0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "The file is 11\u00a0MB"), ("es", "El archivo pesa 11\u00a0MB")],
)
def test_file_of_11_megabytes_is_refused_and_nothing_is_lost(
    pages: Pages, site: Site, language: str, sentence: str
) -> None:
    body, headers = _encode(pages, site, bytes(11_000_000))

    page = pages.client.post(form_path(language), data=body, headers=headers, base_url=site.url)

    assert page.status_code == 413
    assert sentence in page.text
    assert 'value="Morales Vargas"' in page.text
    assert count_registrations(site) == 0


def test_good_file_of_a_refused_form_need_not_be_sent_again(pages: Pages, site: Site) -> None:
    refused = pages.post(form_path(), fill(position=""))
    again = fill(passport=None, **{name: refused.forms[0].fields[name] for name in ("entry", CSRF)})

    assert "pasaporte.jpg" in refused.text
    assert pages.client.post(form_path(), data=again, base_url=site.url).status_code == 303
    assert find_only(site).passport is not None


def test_bad_file_after_a_good_one_leaves_the_good_one(pages: Pages, site: Site) -> None:
    first = pages.post(form_path(), fill(position=""))
    second = fill(
        passport=make_file(files.SVG, "otra.svg"),
        **{name: first.forms[0].fields[name] for name in ("entry", CSRF)},
    )

    page = pages.client.post(form_path(), data=second, base_url=site.url)

    assert page.status_code == 422
    assert "pasaporte.jpg" in page.text


def test_body_cut_off_half_way_is_a_refusal(pages: Pages, site: Site) -> None:
    body, headers = _encode(pages, site)

    page = pages.client.post(
        form_path("es"), data=body[: len(body) // 2], headers=headers, base_url=site.url
    )

    assert page.status_code == 422
    assert "El archivo no llegó completo" in page.text
    assert 'value="Morales Vargas"' in page.text
    assert count_registrations(site) == 0


def test_storage_that_fails_loses_nothing_that_was_typed(pages: Pages, site: Site) -> None:
    folder = site.settings.data_dir / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_bytes(b"no folder any more")

    page = pages.post(form_path("es"), fill(), status=503)

    assert "El archivo no se pudo recibir en este momento" in page.text
    assert typed(page, "surnames") == "Morales Vargas"
    assert count_registrations(site) == 0


def test_expired_form_comes_back_with_everything_typed(pages: Pages, site: Site) -> None:
    for language, sentence in (
        ("en", "This form was open for too long"),
        ("es", "Este formulario estuvo abierto demasiado tiempo"),
    ):
        page = pages.post(form_path(language), fill(**{CSRF: "expired"}), status=400)

        assert sentence in page.text
        assert typed(page, "surnames") == "Morales Vargas"
        assert "pasaporte.jpg" in page.text
        assert page.forms[0].fields[CSRF] not in {"", "expired"}
    assert count_registrations(site) == 0


def test_form_that_expired_is_good_the_second_time(pages: Pages, site: Site) -> None:
    page = pages.post(form_path(), fill(**{CSRF: "expired"}), status=400)
    again = fill(passport=None, **{name: page.forms[0].fields[name] for name in ("entry", CSRF)})

    pages.client.post(form_path(), data=again, base_url=site.url)

    assert find_only(site).passport is not None


def test_double_click_makes_one_entry_and_one_mail(pages: Pages, site: Site) -> None:
    hidden = pages.get(form_path()).forms[0].fields

    for _ in range(2):
        answer = pages.client.post(form_path(), data={**hidden, **fill()}, base_url=site.url)
        assert (answer.status_code, answer.location) == (303, sent_path())

    assert count_registrations(site) == 1
    assert count_mails(site) == 1


def test_second_person_typed_after_going_back_is_registered_too(pages: Pages, site: Site) -> None:
    hidden = pages.get(form_path()).forms[0].fields
    pages.client.post(form_path(), data={**hidden, **fill()}, base_url=site.url)
    other = fill(given_names="Tomás", surnames="Rivas", email="tomas@example.org")

    answer = pages.client.post(form_path(), data={**hidden, **other}, base_url=site.url)

    assert answer.status_code == 303
    assert count_registrations(site) == 2


def test_same_person_again_reads_the_same_page(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(), status=303)
    other = Pages(site.app, site.url)

    page = other.post(form_path(), fill(email="ANA.morales+rcm@example.org"), status=303)

    assert page.response.location == sent_path()
    assert count_registrations(site) == 1


def test_next_form_has_institution_and_address_and_never_a_name(pages: Pages) -> None:
    pages.post(form_path(), fill(copy_to="apoyo@example.org"), status=303)

    page = pages.get(form_path())

    assert typed(page, "institution") == "Cancillería"
    assert typed(page, "email") == "ana.morales@example.org"
    assert typed(page, "copy_to") == "apoyo@example.org"
    assert typed(page, "surnames") == typed(page, "given_names") == ""
    assert "pasaporte.jpg" not in page.text


@pytest.mark.parametrize(
    ("language", "sentence", "offer"),
    [
        ("en", "The 2 seats of this delegation are taken.", "Join the reserve list"),
        (
            "es",
            "Los 2 cupos de esta delegación están ocupados.",
            "Inscribirse en la lista de espera",
        ),
    ],
)
def test_third_delegate_is_offered_the_reserve_list(
    pages: Pages, site: Site, language: str, sentence: str, offer: str
) -> None:
    guide = make_guide(site)
    submit(guide), submit(guide)

    page = pages.post(form_path(language), fill(), status=409)

    assert sentence in page.text
    assert offer in page.text
    assert typed(page, "surnames") == "Morales Vargas"
    again = fill(
        passport=None,
        join_reserve="1",
        **{name: page.forms[0].fields[name] for name in ("entry", CSRF)},
    )
    answer = pages.client.post(form_path(language), data=again, base_url=site.url)
    assert answer.status_code == 303
    assert count_registrations(site) == 3


def test_meeting_without_reserve_list_offers_none(pages: Pages, site: Site) -> None:
    weeks = _weeks(site)
    load_meeting(site.office, rolled_weeks=weeks, promote="none")
    guide = make_guide(site)
    submit(guide), submit(guide)

    page = pages.post(form_path(), fill(), status=409)

    assert "Join the reserve list" not in page.text


def test_labelled_seat_that_is_taken_can_be_chosen_again(pages: Pages, site: Site) -> None:
    guide = make_guide(site)
    application = guide.apply("sacm", seat_label="ppt")
    guide.register(application)
    guide.confirm(application.entry)

    page = pages.post(form_path(), fill(delegation="sacm", seat="ppt"), status=409)

    assert "This seat of the delegation is taken" in page.text
    assert typed(page, "surnames") == "Morales Vargas"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Registration closed on"), ("es", "La inscripción cerró el")],
)
def test_form_that_comes_after_the_deadline_is_shown_with_all_that_was_typed(
    pages: Pages, site: Site, language: str, sentence: str
) -> None:
    hidden = pages.get(form_path(language)).forms[0].fields
    load_meeting(site.office)  # as it was in 2022: closed long ago

    page = pages.client.post(form_path(language), data={**hidden, **fill()}, base_url=site.url)

    assert page.status_code == 409
    assert sentence in page.text
    assert 'value="Morales Vargas"' in page.text
    assert count_registrations(site) == 0


def test_closed_meeting_shows_the_contact_instead_of_the_form(pages: Pages, site: Site) -> None:
    load_meeting(site.office)

    page = pages.get(form_path())

    assert "Registration has closed" in page.text
    assert "CRMST@iom.int" in page.text
    assert page.forms == []


def test_delegation_with_a_later_deadline_is_offered_alone(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make_guide(site).meeting
    with site.office.database.writing() as session:
        session.execute(
            update(DbDelegation)
            .where(DbDelegation.key == "pa")
            .values(later_deadline_at_utc=meeting.deadline + timedelta(days=7))
        )
    _stop_the_clock(site, meeting.deadline + timedelta(days=1))

    html = pages.get(form_path()).html

    assert ">Panama</option>" in html
    assert ">Belize</option>" not in html


def test_delegation_by_link_is_open_to_browsers_that_came_through_it(
    pages: Pages, site: Site
) -> None:
    load_meeting(site.office, rolled_weeks=_weeks(site), admission="link")
    link = loading.find_delegation_link(site.office, RCM, "cr")
    assert link is not None

    assert "registers through its own link" in pages.post(form_path(), fill()).text

    opened = pages.client.get(f"/l/{link.rpartition('/')[2]}", base_url=site.url)
    assert opened.location == f"/en/{RCM}/delegation"
    pages.post(form_path(), fill(), status=303)


def test_entry_that_this_site_did_not_sign_is_not_used(pages: Pages, site: Site) -> None:
    pages.post(form_path(), fill(entry="00000000000000000000000000000001.x"), status=303)

    assert find_only(site).id.int > 1


def _weeks(site: Site) -> int:
    return make_guide(site).meeting.rolled_weeks


def _encode(pages: Pages, site: Site, file: bytes | None = None) -> tuple[bytes, dict[str, str]]:
    """Return a form as bytes, its file last, with the headers of the whole."""
    hidden = pages.get(form_path("es")).forms[0].fields
    fields = {**hidden, **fill(passport=None)}
    parts = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head = (
        '--X\r\nContent-Disposition: form-data; name="passport"; filename="p.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = (parts + head).encode() + (file or files.make_jpeg()) + b"\r\n--X--\r\n"
    return body, {
        "Content-Type": "multipart/form-data; boundary=X",
        "Content-Length": str(len(body)),
    }


def _stop_the_clock(site: Site, at: datetime) -> None:
    """Let every request arrive at that moment."""
    from flask import g, request_started

    def note(_app: object, **_: object) -> None:
        g.arrived_at = at

    request_started.connect(note, site.app, weak=False)
