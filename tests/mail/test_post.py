import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registration.mail.post import Post, RefusedForGood, RefusedForNow
from tests.mail.post_office import PostOffice, open_post_office

MESSAGE = b"Subject: x\r\n\r\n.a line that begins with a point\r\n"
SENDER, RECIPIENT = "registration@example.org", "ana@example.org"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


def test_message_arrives_byte_for_byte(office: PostOffice) -> None:
    make_post(office).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert office.sent == [(RECIPIENT, MESSAGE)]


@pytest.mark.parametrize("answer", ["550 No such mailbox", "data:554 Not wanted"])
def test_answer_of_5xx_is_for_good(office: PostOffice, answer: str) -> None:
    office.answers.append(answer)

    with pytest.raises(RefusedForGood) as refusal:
        make_post(office).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert str(refusal.value) == answer.removeprefix("data:")


@pytest.mark.parametrize("answer", ["451 Greylisted", "421 Closing", "data:452 Mailbox full"])
def test_answer_of_4xx_is_for_now_and_for_this_mail(office: PostOffice, answer: str) -> None:
    office.answers.append(answer)

    with pytest.raises(RefusedForNow) as refusal:
        make_post(office).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert str(refusal.value) == answer.removeprefix("data:")
    assert not refusal.value.everybody


def test_server_that_is_down_is_for_now_and_for_every_mail() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(RefusedForNow) as refusal:
        post_to(port).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert refusal.value.everybody


def test_silent_server_is_given_up_after_the_timeout() -> None:
    with open_script([]) as port, pytest.raises(RefusedForNow, match="timed out") as refusal:
        replace(post_to(port), timeout=0.3).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert refusal.value.everybody


def test_connection_cut_after_the_message_is_for_now() -> None:
    lines = [b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    with open_script(lines) as port, pytest.raises(RefusedForNow):
        post_to(port).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)


def test_message_is_sent_though_the_server_says_no_goodbye() -> None:
    lines = [b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"250 ok\r\n"]
    with open_script(lines) as port:
        post_to(port).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)


@pytest.mark.parametrize("code", [b"535", b"550"])
def test_sender_that_is_refused_says_nothing_of_the_recipient(code: bytes) -> None:
    lines = [b"220 x\r\n", b"250 x\r\n", code + b" we do not know you\r\n", b"250 ok\r\n"]
    with open_script(lines) as port, pytest.raises(RefusedForNow) as refusal:
        post_to(port).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert refusal.value.everybody


def test_nothing_is_sent_to_a_server_without_tls_where_tls_is_asked(office: PostOffice) -> None:
    with pytest.raises(RefusedForNow, match="STARTTLS"):
        make_post(office, use_tls=True).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

    assert office.sent == []


def test_nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    context, _authority = make_tls(tmp_path, "127.0.0.1")
    with open_post_office(tls=context) as office:
        with pytest.raises(RefusedForNow, match="CERTIFICATE_VERIFY_FAILED") as refusal:
            make_post(office, use_tls=True).send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

        assert refusal.value.everybody
        assert office.sent == []


def test_nothing_is_sent_to_a_server_with_the_certificate_of_another(tmp_path: Path) -> None:
    context, authority = make_tls(tmp_path, "127.0.0.9")
    with open_post_office(tls=context) as office:
        post = replace(make_post(office, use_tls=True), authorities=str(authority))
        with pytest.raises(RefusedForNow, match="IP address mismatch"):
            post.send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

        assert office.sent == []


def test_message_goes_over_tls_to_the_server_it_should_be(tmp_path: Path) -> None:
    context, authority = make_tls(tmp_path, "127.0.0.1")
    with open_post_office(tls=context) as office:
        post = replace(make_post(office, use_tls=True), authorities=str(authority))
        post.send(MESSAGE, sender=SENDER, recipient=RECIPIENT)

        assert office.sent == [(RECIPIENT, MESSAGE)]


def make_post(office: PostOffice, *, use_tls: bool = False) -> Post:
    return replace(post_to(office.port), use_tls=use_tls)


def post_to(port: int) -> Post:
    return Post(server="127.0.0.1", port=port, use_tls=False, timeout=10)


@contextmanager
def open_script(lines: list[bytes]) -> Iterator[int]:
    """A server that says these lines, each after the client's turn, and then nothing more: with
    no lines it is silent and keeps the connection, else it cuts it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_speak, args=(listener, lines))
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _speak(listener: socket.socket, lines: list[bytes]) -> None:
    connection, _ = listener.accept()
    with connection:
        for line in lines:
            connection.sendall(line)
            if line.startswith(b"354"):
                received = b""
                while not received.endswith(b"\r\n.\r\n"):
                    received += connection.recv(65536)
            else:
                connection.recv(65536)
        if not lines:
            connection.recv(65536)


def make_tls(folder: Path, address: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own making, and that as an authority's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / "certificate.pem", folder / "key.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return context, path
