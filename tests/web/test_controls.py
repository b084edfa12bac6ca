"""Addresses with controls in them are nobody's, on both engines: PostgreSQL takes no NUL."""

from collections.abc import Callable
from datetime import UTC, datetime

from config import Settings
from registration.store.database import db
from tests.desks import open_desk
from tests.senders import load_calls
from tests.sites import make_site

DESK = "/en/secretariat/rcm-imrf-2022/"
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
    f"{DESK}enter?like=%00",
    f"{DESK}calls/co-chairs/compare?of=%00&of=x",
    f"{DESK}entries?delegation=mx&delegation=%00",
]
#: What the list posts when somebody has written into its hidden fields.
CHOICES = [
    {"chosen": "\x00.1"},
    {"chosen": "RCM-7K2M4QXZ.9999999999"},
    {"all": "1", "seen_at": "0001-01-01T00:00:00+23:59"},
    {"all": "1", "seen_at": "9999-12-31T23:59:59-23:59"},
    {"all": "1", "seen_at": "yesterday"},
]


def test_address_with_a_control_is_not_there(
    make_settings: Callable[..., Settings], database_url: str
) -> None:
    site = make_site(make_settings(database_url=database_url))
    load_calls(site.office, now=datetime.now(UTC))
    desk = open_desk(site)

    codes = {each: desk.client.get(each, base_url=site.url).status_code for each in ADDRESSES}
    token = desk.get(f"{DESK}exports/").forms[-1].fields["csrf_token"]
    answers = [
        desk.client.post(
            f"{DESK}exports/chosen", data={"csrf_token": token, **each}, base_url=site.url
        ).status_code
        for each in CHOICES
    ]

    site.office.database.dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert codes == dict.fromkeys(ADDRESSES, 404)
    assert answers == [400] * len(CHOICES)
