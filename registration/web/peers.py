"""From which address of the network a request comes, where a web server stands before ours.

gunicorn speaks no TLS here, so a site on https has one before it, and all requests come from that
one's address: counted by it, one stranger's wrong guesses would shut everybody out, and every
acceptance would name the server as the place of the signature.
"""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any, TypeAlias

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

Environ: TypeAlias = dict[str, Any]
WsgiApp: TypeAlias = Callable[[Environ, Any], Iterable[bytes]]


def init_app(app: Flask, base_url: str) -> None:
    """Believe the last address of X-Forwarded-For, on https and from this machine alone.

    The last one is what the server before us wrote; those ahead of it are anybody's words.
    """
    if base_url.startswith("https://"):
        app.wsgi_app = _BehindServer(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way


class _BehindServer:
    def __init__(self, wsgi_app: WsgiApp) -> None:
        self._direct = wsgi_app
        self._behind = ProxyFix(wsgi_app, x_for=1, x_proto=0, x_host=0)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:  # noqa: ANN401  # WSGI's own
        asks = self._behind if _is_loopback(environ.get("REMOTE_ADDR", "")) else self._direct
        return asks(environ, start_response)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
