"""Addresses with controls in them are nobody's, on both engines: PostgreSQL takes no NUL."""

from collections.abc import Callable

from config import Settings
from registration.store.database import db
from tests.desks import open_desk
from tests.sites import make_site

ADDRESSES = [
    "/en/%00/",
    "/en/x%00/register",
    "/en/x%0Ay/privacy",
    "/l/%00",
    "/l/%0A",
    "/en/verify/%00",
    "/en/registration/%00/",
    "/en/secretariat/%00/",
    "/en/secretariat/entry/%00/",
    "/en/secretariat/entry/RCM-%7F/passport/1",
]


def test_address_with_a_control_is_not_there(
    make_settings: Callable[..., Settings], database_url: str
) -> None:
    site = make_site(make_settings(database_url=database_url))
    desk = open_desk(site)

    codes = {each: desk.client.get(each, base_url=site.url).status_code for each in ADDRESSES}

    site.office.database.dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert codes == dict.fromkeys(ADDRESSES, 404)
