"""What every answer says to the browser beside its page, and which Host and Origin we answer."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # data: for the small drawings in Bootstrap's stylesheet, blob: for the picture just chosen.
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())

#: Of a page that shows a mail in a frame, and of the mail in it: styles within its lines, as mails
#: have them, and nothing else that a page may do.
FRAMING_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
FRAMED_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it Flask-WTF refuses every form sent over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
# A year: the time browsers ask for before they believe it.
HSTS = "max-age=31536000; includeSubDomains"

_READING = {"GET", "HEAD", "OPTIONS"}
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_DEFAULT_PORT = {"http": "80", "https": "443"}


def init_app(app: Flask, base_url: str) -> None:
    """Add the headers to every answer, and refuse what is asked of another host than base_url's."""
    is_https = base_url.startswith("https://")
    prefix = "__Host-" if is_https else ""
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        ALLOWED_HOSTS=allowed_hosts(base_url),
        ALLOWED_ORIGINS=allowed_origins(base_url),
    )
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_origins)
    app.after_request(_add_headers)


def allowed_hosts(base_url: str) -> frozenset[str]:
    """Return the Host headers that name this site, ports included where they are not the default.

    A site on loopback is reached under each of loopback's names.
    """
    parts = urlsplit(base_url)
    host, _, port = parts.netloc.lower().rpartition(":")
    if not host or not port.isdigit():
        host, port = parts.netloc.lower(), _DEFAULT_PORT[parts.scheme]
    names = _LOOPBACK if host in _LOOPBACK else {host}
    hosts = {f"{name}:{port}" for name in names}
    return frozenset(hosts | names if port == _DEFAULT_PORT[parts.scheme] else hosts)


def allowed_origins(base_url: str) -> frozenset[str]:
    """Return the Origin headers of this site's own pages: a default port is never named there."""
    scheme = urlsplit(base_url).scheme
    default = f":{_DEFAULT_PORT[scheme]}"
    return frozenset(f"{scheme}://{each.removesuffix(default)}" for each in allowed_hosts(base_url))


def _refuse_other_hosts() -> None:
    # Probes ask for health by address; their answer holds nothing of the Host.
    if request.path.startswith("/health/"):
        return
    if request.host.lower() not in current_app.config["ALLOWED_HOSTS"]:
        abort(400)


def _refuse_other_origins() -> None:
    """Refuse a form that a page of another site sent, before anything of it is read (T38).

    The token would refuse it too, but some forms keep a file that came with an old token; and a
    neighbour under the same domain is "same site" to a cookie. Programs send no Origin.
    """
    origin = request.headers.get("Origin")
    if request.method not in _READING and origin not in {
        None,
        *current_app.config["ALLOWED_ORIGINS"],
    }:
        current_app.logger.warning("A form of another site was refused at %s", request.path)
        abort(400)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response
