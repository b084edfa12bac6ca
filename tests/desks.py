"""The desk as tests use it: accounts, signing in, and entries to decide about."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from registration.domain.ids import MeetingId
from registration.domain.registrations import Registration
from registration.domain.roles import EVERY_MEETING, HeldRole, Role
from registration.store.tables.accounts import DbStaff
from registration.web import staff_accounts
from tests.offices import Guide
from tests.pages import Page, Pages
from tests.sites import Site
from tests.uploads.files import make_jpeg

PASSWORD = "correct horse battery"
REVIEWER = "luisa@example.org"
SIGN_IN = "/en/secretariat/sign-in"
#: A meeting at a glance; the desk's other pages of the meeting lie below it.
LIST = "/en/secretariat/rcm-imrf-2022/"
ENTRIES = f"{LIST}entries"
SEARCH = f"{ENTRIES}/search"


def add_staff(
    site: Site,
    email: str = REVIEWER,
    *,
    name: str = "Luisa Pérez",
    roles: Collection[Role] = (Role.REVIEWER,),
    meeting_id: MeetingId = EVERY_MEETING,
    language: str = "es",
) -> DbStaff:
    """Open an account with the password of these tests. meeting_id: where the roles count."""
    with site.app.app_context():
        return staff_accounts.add_account(
            email,
            name=name,
            roles=[HeldRole(each, meeting_id) for each in roles],
            language=language,
            password=PASSWORD,
            now=datetime.now(UTC),
        )


def sign_in(pages: Pages, email: str = REVIEWER, password: str = PASSWORD, **more: int) -> Page:
    """Fill in the sign-in form. status=...: what is expected, 303 by default."""
    data = {"email": email, "password": password}
    return pages.post(SIGN_IN, data, **{"status": 303, **more})


def open_desk(site: Site, email: str = REVIEWER, **account: object) -> Pages:
    """Return the pages of somebody of the staff who has just signed in."""
    add_staff(site, email, **account)  # type: ignore[arg-type]  # as add_staff takes them
    pages = Pages(site.app, site.url)
    sign_in(pages, email)
    return pages


def make_guide(site: Site) -> Guide:
    """Return a guide whose entries came within the last hours."""
    return Guide(site.office, now=datetime.now(UTC) - timedelta(hours=5))


def submit(guide: Guide, delegation: str = "cr", **fields: str) -> Registration:
    """Return an entry that waits for a decision, with a passport that can be drawn."""
    guide.wait(minutes=5)
    person = guide.make_person(**fields)
    application = guide.apply(delegation, particulars=person, with_passport=False)
    guide.send_passport(application.entry, make_jpeg())
    guide.register(application)
    guide.confirm(application.entry)
    return guide.get(application.entry)


def entry_path(registration: Registration, *rest: str, language: str = "en") -> str:
    """Return the address of the entry at the desk, or of a page below it."""
    return f"/{language}/secretariat/entry/{registration.reference}/" + "/".join(rest)
