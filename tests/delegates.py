"""The delegate as tests use one: the filled form, the private link, the entry's pages."""

from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from registration.domain.ids import RegistrationId
from registration.domain.registrations import Registration
from registration.store import reading
from registration.store.tables.mail import DbMail
from registration.store.tables.registrations import DbRegistration
from tests.builders import RCM
from tests.pages import Page, Pages
from tests.sites import Site
from tests.uploads.files import make_jpeg

CSRF = "csrf_token"


def form_path(language: str = "en") -> str:
    """Return the address of the registration form."""
    return f"/{language}/{RCM}/register"


def sent_path(language: str = "en") -> str:
    return f"/{language}/{RCM}/register/sent"


def make_file(data: bytes | None = None, name: str = "pasaporte.jpg") -> tuple[BytesIO, str]:
    """Return a file as the test client sends it; a good passport unless other bytes are given."""
    return BytesIO(make_jpeg() if data is None else data), name


def fill(**changes: Any) -> dict[str, Any]:
    """Return the fields of a good form. A change to None leaves the field out."""
    fields = {
        "delegation": "cr",
        "treatment": "",
        "given_names": "Ana Lucía",
        "surnames": "Morales Vargas",
        "institution": "Cancillería",
        "position": "Consejera",
        "email": "ana.morales@example.org",
        "copy_to": "",
        "language": "es",
        "consent": "y",
        "passport": make_file(),
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def particulars(**changes: Any) -> dict[str, Any]:
    """Return the fields of a good correction, without a new passport."""
    return fill(**{"delegation": None, "consent": None, "passport": None, **changes})


def link_of(site: Site, registration: Registration) -> str:
    """Return the path of the entry's newest private link."""
    token = site.office.tokens.of_registration(registration.id, registration.link_generation)
    return f"/l/{token}"


def open_link(pages: Pages, site: Site, registration: Registration) -> str:
    """Open the entry's private link in this browser; return where it leads."""
    response = pages.client.get(link_of(site, registration), base_url=site.url)
    assert response.status_code == 303
    return str(response.location)


def entry_path(registration: Registration, *rest: str, language: str = "en") -> str:
    """Return the address of the entry's page, or of one below it."""
    return f"/{language}/registration/{registration.reference}/" + "/".join(rest)


def find_only(site: Site) -> Registration:
    """Return the one registration there is."""
    with site.office.database.reading() as session:
        ids = session.scalars(select(DbRegistration.id)).all()
        assert len(ids) == 1
        return reading.get_registration(session, RegistrationId(ids[0]))


def get(site: Site, registration: Registration) -> Registration:
    """Return the registration as it stands now."""
    with site.office.database.reading() as session:
        return reading.get_registration(session, registration.id)


def count_registrations(site: Site) -> int:
    with site.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DbRegistration)) or 0


def count_mails(site: Site) -> int:
    with site.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DbMail)) or 0


def typed(page: Page, name: str) -> str:
    """Return what stands in a text field of the page that was sent back."""
    return next(each.get("value", "") for _, each in page.controls if each.get("name") == name)
