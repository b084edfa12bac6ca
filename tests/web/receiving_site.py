"""A site of one page that tells how its request came in; served by gunicorn in test_receiving."""

import os
import sys
from typing import Any

from flask import Flask, Request, request
from flask.typing import ResponseReturnValue

from registration.web.receiving import (
    LARGEST_BODY,
    LockedUploadRequest,
    ReceivedUpload,
    take_file,
)

#: Every file that this process opened for writing, by any way that Python has.
WRITTEN: list[str] = []


def make_site(request_class: str = "locked") -> Flask:
    """request_class: "locked", or "stock" for Flask's own."""
    site = Flask("receiving")
    site.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    site.request_class = LockedUploadRequest if request_class == "locked" else Request
    site.add_url_rule("/", view_func=tell, methods=["POST"])
    sys.addaudithook(_note_writing)
    return site


def tell() -> ResponseReturnValue:
    WRITTEN.clear()
    fields = request.form.to_dict()
    return {"fields": fields, "file": _describe_file(), "written": WRITTEN}


def _describe_file() -> str | int:
    """The size of the file, or the name of the fault."""
    if not isinstance(request, LockedUploadRequest):
        storage = request.files.get("passport")
        return len(storage.read()) if storage else "nothing"
    match take_file(request, "passport"):
        case ReceivedUpload(data=data):
            return len(data)
        case fault:
            return type(fault).__name__


def _note_writing(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[2], int):
        path, _, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR):
            WRITTEN.append(str(path))
