from collections.abc import Iterator
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest

from registration.mail.demonstration import Mailbox, main
from registration.mail.mailbox import make_server

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def box(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox")


@pytest.fixture
def port(box: Mailbox) -> Iterator[int]:
    server = make_server(box.folder, "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_list_shows_the_newest_mail_first(box: Mailbox, port: int) -> None:
    box.keep(make_mail("First").as_bytes())
    box.keep(make_mail("Second").as_bytes())

    _, body = get(port, "/")

    assert 0 < body.index("Second") < body.index("First")


def test_mail_is_shown_with_its_text_and_its_files(box: Mailbox, port: int) -> None:
    path = box.keep(make_mail("Su carta").as_bytes())

    _, body = get(port, f"/mail/{path.name}")
    response, data = get(port, f"/mail/{path.name}/file/0")

    assert "<h1>Su carta</h1>" in body
    assert "Buenos días" in body
    assert "Carta.pdf" in body
    assert data == "%PDF-1.7"
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Carta.pdf"


def test_what_a_mail_says_is_never_markup_of_the_page(box: Mailbox, port: int) -> None:
    mail = make_mail(HOSTILE, text=HOSTILE, filename=f"{HOSTILE}.pdf")
    path = box.keep(mail.as_bytes())

    for address in ("/", f"/mail/{path.name}"):
        _, body = get(port, address)
        assert HOSTILE not in body
        assert "&lt;script&gt;" in body


def test_html_of_a_mail_runs_nothing_and_loads_nothing(box: Mailbox, port: int) -> None:
    path = box.keep(make_mail("x", html=f"<head></head>{HOSTILE}<img src=//evil>").as_bytes())

    response, _ = get(port, f"/mail/{path.name}/html")
    _, page = get(port, f"/mail/{path.name}")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy + page
    assert "img-src data:;" in policy
    assert f'<iframe src="/mail/{path.name}/html" sandbox="' in page


def test_picture_of_the_mail_is_shown_in_its_html(box: Mailbox, port: int) -> None:
    mail = make_mail("x", html='<head></head><img src="cid:mark@registration">')
    page = mail.get_body(("html",))
    assert page is not None
    page.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<mark@registration>")
    path = box.keep(mail.as_bytes())

    _, body = get(port, f"/mail/{path.name}/html")

    assert 'src="data:image/png;base64,iVBORw=="' in body


@pytest.mark.parametrize(
    "path",
    [
        "/mail/../../secret.eml",
        "/mail/..%2F..%2Fsecret.eml",
        "/mail/20220101-000000-000000-00000000.eml",
        "/mail/x/file/0",
        f"/mail/x/file/{'9' * 5000}",
        "/mail/%00",
        "/mail/half.eml.part",
        "/mail/keys.env/source",
        "/nothing",
    ],
)
def test_nothing_but_the_mails_can_be_read(
    box: Mailbox, port: int, path: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.eml").write_bytes(make_mail("secret").as_bytes())
    for name in ("half.eml.part", "keys.env"):
        (box.folder / name).write_bytes(make_mail("secret").as_bytes())

    response, _ = get(port, path)

    assert response.status == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8025", "127.0.0.1.evil.example"])
def test_name_that_somebody_points_at_us_reads_nothing(box: Mailbox, port: int, host: str) -> None:
    box.keep(make_mail("secret").as_bytes())

    response, body = get(port, "/", host=host)

    assert response.status == 404
    assert "secret" not in body


def test_wrong_arguments_are_answered_with_the_right_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["x"]) == 64
    assert "SMTP_PORT PAGE_PORT" in capsys.readouterr().err


def make_mail(
    subject: str, *, text: str = "Buenos días", html: str = "", filename: str = "Carta.pdf"
) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["To"] = "ana@example.org"
    mail.set_content(text)
    mail.add_alternative(html or f"<p>{text}</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=filename)
    return mail


def get(port: int, path: str, *, host: str | None = None) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()
