"""The settings of the site, read once from the environment and passed in; never read later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A setting is missing or cannot be; the message is one sentence for the operator."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the site is told from outside. A default stands here only if it is safe in production.

    data_dir: the one folder in which the site writes.
    database_url: SQLAlchemy's form; SQLite in data_dir unless given.
    storage_url: where locked files lie: "file:///folder" or "s3://bucket/prefix".
    queue_url: the bell of the worker: "sqlite:///file", "postgresql://..." or "redis://...".
    limits_url: where limits count, as queue_url. limits_enabled: off only for load tests.
    base_url: the address of the site; every mailed link begins with it.
    link_key: key of the private links' HMAC, 32 bytes or more.
    vault_keys: Fernet keys (url-safe base64), the newest first; all of them open, the first locks.
    seal_certificate: path of a PKCS #12 file for sealing letters, or None: then one for rehearsals
    is made in data_dir. seal_password: of that file.
    mail_port: TCP port. mail_use_tls: STARTTLS, verified.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    storage_url: str
    queue_url: str = field(repr=False)
    limits_url: str = field(repr=False)
    limits_enabled: bool
    base_url: str
    secret_key: str = field(repr=False)
    link_key: bytes = field(repr=False)
    vault_keys: tuple[str, ...] = field(repr=False)
    seal_certificate: str | None
    seal_password: str | None = field(repr=False)
    mail_server: str
    mail_port: int
    mail_username: str | None
    mail_password: str | None = field(repr=False)
    mail_use_tls: bool
    mail_from: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Return the settings. Raises SettingsError for what is missing and has no safe default."""
        data_dir = Path(environ.get("DATA_DIR", "instance")).resolve()
        database_url = environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'registration.sqlite'}")
        queue_url = environ.get("QUEUE_URL", f"sqlite:///{data_dir / 'queue.sqlite'}")
        return cls(
            data_dir=data_dir,
            database_url=_with_driver(database_url),
            storage_url=environ.get("STORAGE_URL", f"file://{data_dir / 'files'}"),
            queue_url=queue_url,
            limits_url=environ.get("LIMITS_URL", f"sqlite:///{data_dir / 'limits.sqlite'}"),
            limits_enabled=_yes_or_no(environ, "LIMITS_ENABLED", default=True),
            base_url=_base_url(environ),
            secret_key=_long_enough(environ, "SECRET_KEY"),
            link_key=_long_enough(environ, "LINK_KEY").encode(),
            vault_keys=_vault_keys(environ),
            seal_certificate=environ.get("SEAL_CERTIFICATE") or None,
            seal_password=environ.get("SEAL_PASSWORD") or None,
            mail_server=_needed(environ, "MAIL_SERVER"),
            mail_port=_number(environ, "MAIL_PORT", default=587),
            mail_username=environ.get("MAIL_USERNAME") or None,
            mail_password=environ.get("MAIL_PASSWORD") or None,
            mail_use_tls=_yes_or_no(environ, "MAIL_USE_TLS", default=True),
            mail_from=_needed(environ, "MAIL_FROM"),
        )

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _needed(environ: Mapping[str, str], key: str) -> str:
    value = environ.get(key, "").strip()
    if not value:
        raise SettingsError(f"{key} is not set. The README says what it holds.")
    return value


def _long_enough(environ: Mapping[str, str], key: str) -> str:
    value = _needed(environ, key)
    if len(value) < 32:
        raise SettingsError(f"{key} is shorter than 32 characters; make a longer one at random.")
    return value


def _base_url(environ: Mapping[str, str]) -> str:
    value = _needed(environ, "BASE_URL").rstrip("/")
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        is_address = False
    if not is_address or parts.query or parts.fragment:
        raise SettingsError("BASE_URL must be an address such as https://registration.example.org.")
    return value


def _vault_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key.strip() for key in _needed(environ, "VAULT_KEYS").split(",") if key.strip())


def _yes_or_no(environ: Mapping[str, str], key: str, *, default: bool) -> bool:
    value = environ.get(key, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise SettingsError(f"{key} must be yes or no.")


def _number(environ: Mapping[str, str], key: str, *, default: int) -> int:
    value = environ.get(key, "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise SettingsError(f"{key} must be a number.")
    return int(value) if value else default


def _with_driver(url: str) -> str:
    """PostgreSQL is spoken through psycopg 3, however the address names it."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
