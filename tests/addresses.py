"""An address for every route of the site: the values of all its parts, in one place."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask
from werkzeug.routing import Rule as Route

from registration.domain.registrations import Registration
from registration.store import reading
from tests.builders import RCM
from tests.senders import load_calls, send_to_call
from tests.sites import Site


def list_routes(app: Flask, method: str) -> list[Route]:
    """Return the routes that answer the method."""
    return [route for route in app.url_map.iter_rules() if method in (route.methods or ())]


class Addresses:
    """Addresses of one entry, of its meeting, and of whatever else the site's routes name."""

    def __init__(self, site: Site, entry: Registration) -> None:
        load_calls(site.office, now=datetime.now(UTC))
        with site.office.database.reading() as session:
            letters = reading.list_letters(session, entry.id)
            mails = reading.list_mails(session, entry.id)
        door_code = f"{entry.reference}-{site.office.tokens.of_door(entry.id)}"
        self.adapter = site.app.url_map.bind("localhost")
        self.values: dict[str, object] = {
            "lang": "en",
            "meeting": RCM,
            "reference": entry.reference,
            "page": 1,
            "size": "small",
            "file_id": entry.passport,
            "letter_id": letters[0].id if letters else uuid4(),
            "mail_id": mails[0].id,
            "erasure_id": uuid4(),
            "token": "nothing",
            "code": door_code,
            "batch_id": uuid4(),
            "staff_id": 1,
            "session_id": uuid4(),
            "filename": "css/base.css",
            "key": "cr",
            "written_in": "es",
            "group": "letter",
            "message_id": uuid4(),
            "rule": "accept",
            "due_on": "2022-03-16",
            "file": uuid4(),
            "sheet": "participants",
            "call": "rapporteur",
            "submission": send_to_call(site.office).reference,
        }
        # Of a part that is one of a few words the first will do; it differs from route to route.
        self.words = {"secretariat.ask_for_paper": "badges", "secretariat.change_account": "invite"}

    def of(self, route: Route) -> str:
        """Return an address that the route answers."""
        missing = route.arguments - set(self.values) - {"kind", "what"}
        assert not missing, f"{route}: give {missing} a value in tests/addresses.py"
        values = {name: self.values.get(name) for name in route.arguments}
        for name, value in values.items():
            if value is None:
                assert route.endpoint in self.words, f"{route}: say <{name}> in tests/addresses.py"
                values[name] = self.words[route.endpoint]
        return str(self.adapter.build(route.endpoint, values, method=None))
