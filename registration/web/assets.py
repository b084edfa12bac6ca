"""Style sheets as one file, and the addresses of static files with the mark of their content."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import flask_bootstrap
from flask import Blueprint, Flask, Response, current_app, request

BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/css/bootstrap.min.css"
#: A year, in seconds; an address with the mark of its content never changes what it answers.
FOREVER = "public, max-age=31536000, immutable"
#: A day, in seconds: fonts are named in the style sheet without a mark.
A_DAY = "public, max-age=86400"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class StyleSheet:
    """The one style sheet of the site. mark: of its content."""

    css: bytes
    zipped: bytes
    mark: str


def init_app(app: Flask) -> None:
    """Serve static files with long caching, and add the mark of the content to their addresses."""
    app.register_blueprint(blueprint)
    app.url_defaults(_add_mark)
    app.after_request(_cache_static)


@blueprint.get("/static/site.css")
def style_sheet() -> Response:
    """Answer with Bootstrap in a layer below our own sheets, in the order of the house."""
    sheet = current_style_sheet()
    wants_zip = request.accept_encodings["gzip"] > 0
    response = Response(sheet.zipped if wants_zip else sheet.css, mimetype="text/css")
    if wants_zip:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def current_style_sheet() -> StyleSheet:
    """Return the style sheet; in debug mode it is put together anew each time."""
    folder = Path(str(current_app.static_folder)) / "css"
    return _compose(folder) if current_app.debug else _composed_once(folder)


@cache
def _composed_once(folder: Path) -> StyleSheet:
    return _compose(folder)


def _compose(folder: Path) -> StyleSheet:
    files = [folder / "tokens.css", folder / "base.css", folder / "layout.css"]
    files += sorted((folder / "components").glob("*.css"))
    bootstrap = BOOTSTRAP.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    bootstrap = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", bootstrap)
    own = [path.read_text(encoding="utf-8") for path in files]
    css = "\n".join([f"@layer bootstrap {{\n{bootstrap}\n}}", *own]).encode()
    return StyleSheet(css, gzip.compress(css, 9, mtime=0), sha256(css).hexdigest()[:12])


def _add_mark(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "assets.style_sheet":
        values["v"] = current_style_sheet().mark
    elif endpoint == "static" and "v" not in values and not _is_font(values["filename"]):
        values["v"] = _mark_of(Path(str(current_app.static_folder)) / values["filename"])


def _mark_of(path: Path) -> str:
    return _marked_once(path, path.stat().st_mtime_ns)


@cache
def _marked_once(path: Path, _changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def _is_font(filename: str) -> bool:
    return filename.startswith("fonts/")


def _cache_static(response: Response) -> Response:
    if request.endpoint in {"static", "assets.style_sheet"} and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = FOREVER if "v" in request.args else A_DAY
    return response
