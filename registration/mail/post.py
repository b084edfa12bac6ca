"""The post: hands a finished message to the mail server. Flask-Mail's connection, made safe.

Flask-Mail 0.10 has no timeout (a silent server would hold the worker for ever) and does not verify
TLS. We send bytes as they are instead of its messages, since a repeat must be the same message.
"""

import smtplib
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from flask_mail import Connection, Mail

#: How long the server may be silent at any step, in seconds.
TIMEOUT_SECONDS = 20
#: TLS from the first byte (RFC 8314) instead of STARTTLS.
TLS_PORT = 465


class RefusedForGood(Exception):
    """The server will never take this message, or not for this address (5xx). Says its answer."""


class RefusedForNow(Exception):
    """Not now: busy, greylisting, silent, unreachable, or not the server it should be.

    everybody: nothing at all can be sent now, so there is no use in trying the next mail.
    """

    def __init__(self, answer: str, *, everybody: bool = False) -> None:
        super().__init__(answer)
        self.everybody = everybody


class VerifiedConnection(Connection):
    """Flask-Mail's connection with a timeout and verified TLS."""

    def __init__(self, mail: Mail, *, timeout: float, context: ssl.SSLContext, hello: str) -> None:
        """timeout: seconds. hello: what we call ourselves to the server."""
        super().__init__(mail)
        self._timeout = timeout
        self._context = context
        self._hello = hello

    def configure_host(self) -> smtplib.SMTP:
        host = self._connect()
        try:
            if self.mail.use_tls:
                host.starttls(context=self._context)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def send_bytes(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Send the message as it is. Raises what smtplib raises."""
        if self.host is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        self.host.sendmail(sender, [recipient], message)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Say goodbye. What the server has taken it has taken, whether or not it answers here."""
        if self.host is None:
            return
        try:
            self.host.quit()
        except (smtplib.SMTPException, OSError):
            self.host.close()

    def _connect(self) -> smtplib.SMTP:
        server, port = self.mail.server, self.mail.port
        if self.mail.use_ssl:
            return smtplib.SMTP_SSL(
                server,
                port,
                local_hostname=self._hello,
                timeout=self._timeout,
                context=self._context,
            )
        return smtplib.SMTP(server, port, local_hostname=self._hello, timeout=self._timeout)


@dataclass(frozen=True, kw_only=True)
class Post:
    """A mail server and how to speak to it. hello: our own host's name.

    use_tls: STARTTLS, verified, or nothing is sent; on port 465 TLS from the first byte.
    timeout: seconds. authorities: a file of certificates to trust beside the system's (PEM).
    """

    server: str
    port: int
    username: str | None = None
    password: str | None = None
    use_tls: bool = True
    hello: str = "localhost"
    timeout: float = TIMEOUT_SECONDS
    authorities: str | None = None

    def send(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Hand the message over; when this returns, the server has it.

        message: CR LF line ends, seven bits. Raises RefusedForGood or RefusedForNow.
        """
        try:
            with self._open() as connection:
                connection.send_bytes(message, sender=sender, recipient=recipient)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _refused(code, answer) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            # The greeting, the sign-in or the sender: whatever the code, it is not about this mail.
            said = _readable(error.smtp_code, error.smtp_error)
            raise RefusedForNow(said, everybody=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise RefusedForNow(f"{type(error).__name__}: {error}", everybody=True) from error

    def _open(self) -> VerifiedConnection:
        at_once = self.port == TLS_PORT and self.use_tls
        state: Any = Mail().init_mail(
            {
                "MAIL_SERVER": self.server,
                "MAIL_PORT": self.port,
                "MAIL_USERNAME": self.username,
                "MAIL_PASSWORD": self.password,
                "MAIL_USE_TLS": self.use_tls and not at_once,
                "MAIL_USE_SSL": at_once,
            }
        )
        context = ssl.create_default_context()
        if self.authorities is not None:
            context.load_verify_locations(self.authorities)
        return VerifiedConnection(state, timeout=self.timeout, context=context, hello=self.hello)


def _refused(code: int, answer: bytes | str) -> RefusedForGood | RefusedForNow:
    readable = _readable(code, answer)
    # 421: the server is closing; smtplib drops the connection with it.
    return RefusedForGood(readable) if 500 <= code <= 599 else RefusedForNow(readable)


def _readable(code: int, answer: bytes | str) -> str:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(said.split())}"
