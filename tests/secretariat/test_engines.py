"""The desk on both database engines: accounts, counts, the board and a decision."""

from collections.abc import Callable

from config import Settings
from registration.domain.states import State
from registration.store.database import db
from tests.desks import LIST, entry_path, make_guide, open_desk, sign_in, submit
from tests.pages import Pages
from tests.sites import make_site


def test_desk_works_on_either_engine(
    make_settings: Callable[..., Settings], database_url: str
) -> None:
    site = make_site(make_settings(database_url=database_url, limits_url=database_url))
    desk, guide = open_desk(site), make_guide(site)
    first, second = submit(guide), submit(guide, "pa")

    desk.post(entry_path(first), {"decision": "approve", "then": "next"}, status=303)
    desk.client.get(entry_path(second, "passport", "1", "small.jpg"))

    assert guide.get(first.id).state is State.INVITED
    assert guide.list_events(second.id)[-1] == "file_opened"
    assert "Submitted, waiting for your decision 1" in desk.get(LIST).text
    for _ in range(10):
        sign_in(Pages(site.app, site.url), password="wrong password", status=422)
    sign_in(Pages(site.app, site.url), status=429)
    desk.post(LIST, {}, status=303, form="/en/secretariat/sign-out")
    site.office.database.dispose()
    site.app.extensions["counters"].dispose()
    with site.app.app_context():
        db.session.remove()
        db.engine.dispose()
