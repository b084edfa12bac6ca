"""The pages of the demonstration mailbox: a list, one mail, its HTML apart, its attachments.

Mails are other people's words: everything is escaped, the HTML stands in a sandboxed frame under a
policy that runs nothing and loads nothing, and an attachment is only ever downloaded.
"""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "templates" / "mailbox"
_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}\.eml")
#: How many mails the list shows, the newest first.
LISTED = 500

# The frame of a mail's HTML: nothing runs, and nothing is loaded but the pictures in the mail.
_FRAME_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
_FRAME_POLICY += "sandbox allow-popups allow-popups-to-escape-sandbox"
_PAGE_POLICY = "default-src 'none'; frame-src 'self'; style-src 'unsafe-inline'"


def make_server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """Return the server of the pages of the mails in the folder, not started yet."""

    class Handler(_Handler):
        pages = Pages(folder)

    return ThreadingHTTPServer((host, port), Handler)


class Answer:
    """One answer: status, media type, body, and headers of its own."""

    def __init__(self, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.body = body.encode() if isinstance(body, str) else body
        self.headers = {"Content-Type": kind, "Content-Security-Policy": _PAGE_POLICY}


class Pages:
    """Answers by path. folder: of the .eml files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )

    def find(self, path: str) -> Answer | None:
        """Return the answer to GET of the path, or None where there is nothing."""
        match path.strip("/").split("/"):
            case [""]:
                return self._list()
            case ["mail", name]:
                return self._show(name)
            case ["mail", name, "html"]:
                return self._frame(name)
            case ["mail", name, "source"]:
                return self._source(name)
            case ["mail", name, "file", number] if re.fullmatch("[0-9]{1,3}", number):
                return self._file(name, int(number))
        return None

    def _list(self) -> Answer:
        names = sorted((path.name for path in self._folder.glob("*.eml")), reverse=True)
        mails = [(name, self._read(name)) for name in names[:LISTED]]
        rows = [(name, mail) for name, mail in mails if mail is not None]
        return self._page("list.html", rows=rows, folder=self._folder)

    def _show(self, name: str) -> Answer | None:
        mail = self._read(name)
        if mail is None:
            return None
        text = mail.get_body(("plain",))
        return self._page(
            "mail.html",
            name=name,
            mail=mail,
            text=cast("EmailMessage", text).get_content() if text is not None else "",
            has_html=mail.get_body(("html",)) is not None,
            files=[_file_name(part, number) for number, part in enumerate(_files(mail))],
        )

    def _frame(self, name: str) -> Answer | None:
        mail = self._read(name)
        body = mail.get_body(("html",)) if mail is not None else None
        if mail is None or body is None:
            return None
        page = cast("EmailMessage", body).get_content()
        answer = Answer(_with_pictures(page, mail))
        answer.headers["Content-Security-Policy"] = _FRAME_POLICY
        return answer

    def _source(self, name: str) -> Answer | None:
        path = self._find_path(name)
        return None if path is None else Answer(path.read_bytes(), "text/plain; charset=utf-8")

    def _file(self, name: str, number: int) -> Answer | None:
        mail = self._read(name)
        parts = _files(mail) if mail is not None else []
        if number >= len(parts):
            return None
        data = cast("bytes", parts[number].get_payload(decode=True))
        answer = Answer(data, "application/octet-stream")
        plain = quote(_file_name(parts[number], number), safe="")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{plain}"
        return answer

    def _page(self, template: str, **values: object) -> Answer:
        return Answer(self._templates.get_template(template).render(values))

    def _find_path(self, name: str) -> Path | None:
        path = self._folder / name
        return path if _NAME.fullmatch(name) and path.is_file() else None

    def _read(self, name: str) -> EmailMessage | None:
        path = self._find_path(name)
        if path is None:
            return None
        return BytesParser(policy=policy.default).parsebytes(path.read_bytes())


class _Handler(BaseHTTPRequestHandler):
    """Answers GET on loopback. Only our own names are taken for Host: a name that somebody else
    points at 127.0.0.1 must not read the mails through a visitor's browser."""

    pages: Pages
    server_version = "mailbox"
    sys_version = ""

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        answer = self.pages.find(self.path) if host in {"127.0.0.1", "localhost"} else None
        if answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the pages are for one person who looks at them."""


def _files(mail: EmailMessage) -> list[EmailMessage]:
    return list(mail.iter_attachments())


def _file_name(part: EmailMessage, number: int) -> str:
    return part.get_filename() or f"attachment-{number + 1}"


def _with_pictures(page: str, mail: EmailMessage) -> str:
    """Put the pictures that the mail brings into its HTML (a browser knows no "cid:"), and let its
    links open outside the frame."""
    page = page.replace("<head>", '<head><base target="_blank">', 1)
    for part in mail.walk():
        name = str(part.get("Content-ID", "")).strip("<> ")
        if name and part.get_content_type() == "image/png":
            data = "".join(str(part.get_payload()).split())  # base64 as it came
            page = page.replace(f"cid:{name}", f"data:image/png;base64,{data}")
    return page
