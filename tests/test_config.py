"""Settings: what is missing and has no safe default stops the start with a sentence."""

from pathlib import Path

import pytest

from config import Settings, SettingsError

NEEDED = {
    "BASE_URL": "https://registration.example.org",
    "SECRET_KEY": "s" * 32,
    "LINK_KEY": "l" * 32,
    "VAULT_KEYS": "first, second",
    "MAIL_SERVER": "mail.example.org",
    "MAIL_FROM": "secretariat@example.org",
}


def test_what_is_needed_is_enough() -> None:
    settings = Settings.from_environment(NEEDED)

    assert settings.vault_keys == ("first", "second")
    assert settings.link_key == b"l" * 32
    assert settings.is_https
    assert (settings.mail_port, settings.mail_use_tls) == (587, True)
    assert settings.limits_enabled
    assert settings.seal_certificate is settings.mail_username is settings.mail_password is None


def test_everything_is_written_under_data_dir(tmp_path: Path) -> None:
    settings = Settings.from_environment(NEEDED | {"DATA_DIR": str(tmp_path)})

    places = (settings.database_url, settings.storage_url, settings.queue_url, settings.limits_url)
    assert settings.data_dir == tmp_path
    assert all(str(tmp_path) in place for place in places)


@pytest.mark.parametrize("key", NEEDED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_missing_setting_is_named(key: str, value: str | None) -> None:
    environ = {**NEEDED, key: value} if value is not None else dict(NEEDED)
    if value is None:
        del environ[key]

    with pytest.raises(SettingsError, match=key):
        Settings.from_environment(environ)  # type: ignore[arg-type]  # no None is left


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("SECRET_KEY", "s" * 31),
        ("LINK_KEY", "short"),
        ("BASE_URL", "registration.example.org"),
        ("BASE_URL", "ftp://registration.example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://[example.org"),
        ("BASE_URL", "https://example.org:port"),
        ("BASE_URL", "https://example.org?a=b"),
        ("MAIL_PORT", "smtp"),
        ("MAIL_PORT", "²"),
        ("MAIL_PORT", "-1"),
        ("MAIL_USE_TLS", "perhaps"),
        ("LIMITS_ENABLED", "2"),
    ],
)
def test_setting_that_cannot_be_is_named(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=key):
        Settings.from_environment(NEEDED | {key: value})


@pytest.mark.parametrize(
    ("value", "expected"),
    [("yes", True), ("ON", True), ("1", True), ("no", False), ("Off", False), ("0", False)],
)
def test_yes_and_no_are_read_as_people_write_them(value: str, expected: bool) -> None:
    settings = Settings.from_environment(NEEDED | {"MAIL_USE_TLS": value})

    assert settings.mail_use_tls is expected


@pytest.mark.parametrize(
    "given", ["postgres://db/site", "postgresql://db/site", "postgresql+psycopg://db/site"]
)
def test_postgresql_is_spoken_through_one_driver(given: str) -> None:
    settings = Settings.from_environment(NEEDED | {"DATABASE_URL": given})

    assert settings.database_url == "postgresql+psycopg://db/site"


def test_message_of_a_short_key_does_not_hold_it() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(NEEDED | {"LINK_KEY": "a-secret"})

    assert "a-secret" not in str(caught.value)


def test_settings_cannot_be_changed_later() -> None:
    settings = Settings.from_environment(NEEDED)

    with pytest.raises(AttributeError):
        settings.base_url = "https://evil.example"  # type: ignore[misc]  # that is the point


def test_printed_settings_hold_no_secret() -> None:
    url = "postgresql://site:a-password@db/site"
    secret = {"MAIL_USERNAME": "site", "MAIL_PASSWORD": "a-password"}
    environ = NEEDED | secret | {"DATABASE_URL": url, "QUEUE_URL": url, "LIMITS_URL": url}

    printed = repr(Settings.from_environment(environ))

    assert "a-password" not in printed
    assert "s" * 32 not in printed
    assert "l" * 32 not in printed
    assert "second" not in printed
