"""How often things may be tried, and by whom: the numbers in one place.

Two kinds. A coarse one against floods, by `web.floods`, in each process. Fine ones around what can
be guessed (passwords, codes, private links, letters), by `web.counters`, in all processes at once.
"""

from datetime import datetime
from ipaddress import ip_address, ip_network
from time import monotonic

from flask import Flask, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from config import Settings
from registration.web.counters import Counters, Limit
from registration.web.floods import Floods

#: Tries of a password from one address of the network. Generous: a ministry has one address.
SIGN_IN_SOURCE = Limit("sign_in_source", times=40, seconds=600)
#: Tries at one account by browsers that never signed in to it.
SIGN_IN_ACCOUNT = Limit("sign_in_account", times=10, seconds=600)
#: Tries at one account by one browser that has signed in to it before. It counts apart, so that
#: a stranger who spends the account's tries does not lock out its owner (T41).
SIGN_IN_KNOWN_BROWSER = Limit("sign_in_known_browser", times=10, seconds=600)
#: Tries of the six-digit code, by account: whoever gets here knows the password.
SECOND_FACTOR = Limit("second_factor", times=5, seconds=600)
#: Mails asked for by "forgotten password".
RECOVERY_SOURCE = Limit("recovery_source", times=10, seconds=3600)
RECOVERY_ACCOUNT = Limit("recovery_account", times=3, seconds=3600)
#: Private links that opened nothing, from one address of the network (T13).
UNKNOWN_LINK = Limit("unknown_link", times=30, seconds=600)
#: Letters that were not found, from one address of the network (T17).
UNKNOWN_LETTER = Limit("unknown_letter", times=30, seconds=600)
#: Files of letters given to the verification page, from one address of the network.
CHECKED_FILE = Limit("checked_file", times=30, seconds=600)
#: Published papers that had to be drawn, for one address of the network: each takes a second.
DRAWN_PAPER = Limit("drawn_paper", times=60, seconds=600)
#: Forms for one address: each new name on one sends a mail there. Generous: ministries share some.
REGISTER_ADDRESS = Limit("register_address", times=20, seconds=3600)
#: Forms of calls for one address. It answers each call once, so a day needs no more.
SEND_ADDRESS = Limit("send_address", times=20, seconds=24 * 3600)
#: Forms from one address of the network, of registrations and of calls, each of which mails to
#: whoever it names. Generous: the guests of a conference's network have one address.
FORM_SOURCE = Limit("form_source", times=200, seconds=3600)
#: "Send me my link again", by address asked for.
LINK_AGAIN = Limit("link_again", times=3, seconds=3600)

#: Requests of one source within a minute, but for static files. Generous: one address may be that
#: of a whole ministry.
MOST_IN_A_MINUTE = 3000


def init_app(app: Flask, settings: Settings) -> None:
    """Set up both kinds. Raises ValueError where LIMITS_URL is of a kind we cannot count in."""
    app.extensions["counters"] = Counters(
        settings.limits_url, settings.secret_key.encode(), enabled=settings.limits_enabled
    )
    if settings.limits_enabled:
        app.extensions["floods"] = Floods(MOST_IN_A_MINUTE)
        app.before_request(_refuse_flood)


def counters() -> Counters:
    """Return the counters of the site."""
    found: Counters = current_app.extensions["counters"]
    return found


def source() -> str:
    """Return whom a request is counted for: its address, of IPv6 the network that one household
    or office has (64 bits)."""
    address = request.remote_addr or "0.0.0.0"  # noqa: S104  # no address to listen on
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address


def guard(limit: Limit, subject: str | None = None) -> None:
    """Count one try of this request. Raises TooManyRequests, with the seconds to wait.

    subject: who or what is counted; the request's source unless given.
    """
    seconds = counters().count(limit, source() if subject is None else subject, now=_now())
    if seconds is not None:
        raise TooManyRequests(retry_after=seconds)


def refuse_if_spent(limit: Limit, subject: str | None = None) -> None:
    """Raise TooManyRequests if no try is left. Counts nothing: for what counts only its misses."""
    seconds = counters().wait(limit, source() if subject is None else subject, now=_now())
    if seconds is not None:
        raise TooManyRequests(retry_after=seconds)


def _refuse_flood() -> None:
    if request.endpoint == "static":
        return
    seconds = current_app.extensions["floods"].count(source(), now=monotonic())
    if seconds is not None:
        raise TooManyRequests(retry_after=seconds)


def _now() -> datetime:
    arrived_at: datetime = g.arrived_at
    return arrived_at
