"""Which addresses lead to the desks: where a sign-in may lead on, and nowhere else."""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from registration.web.access import RULES


def is_desk_path(address: str) -> bool:
    """Return whether the address is a path of this site to a page of the desks (T34).

    Whatever names a host, another scheme, or a page that does not exist is none.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return False
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException:
        return False
    return endpoint in RULES and endpoint.partition(".")[0] in {"secretariat", "security"}
