"""Uploads on the site itself: when the fault is ours, the page says that nothing was saved."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from config import Settings
from registration.uploads.decoder import DecoderFailed
from registration.vault.boxes import Vault, make_key
from registration.vault.checking import check_keys
from registration.vault.storage import StorageFailed, open_storage
from registration.web.receiving import LockedUploadRequest
from tests.sites import Site

ROOT = Path(__file__).parents[2]
REGISTER = "/es/rcm-imrf-2022/register"


def test_site_takes_its_forms_in_off_the_disk(site: Site) -> None:
    assert site.app.request_class is LockedUploadRequest


def test_form_whose_token_was_lost_on_the_way_says_that_sending_broke_off(site: Site) -> None:
    with site.app.test_request_context("/es/", base_url=site.url):
        site.app.preprocess_request()
        sign_in = url_for("security.login", lang="es")

    response = post_cut_off(site.app, site.url, sign_in)

    assert response.status_code == 400
    assert "El envío se interrumpió" in response.text


def test_registration_cut_off_on_its_way_shows_what_came_and_stores_nothing(site: Site) -> None:
    response = post_cut_off(site.app, site.url, REGISTER)

    assert response.status_code == 400
    assert 'value="Ana"' in response.text
    assert list(site.office.vault.blobs()) == []


@pytest.mark.parametrize("fault", [StorageFailed("disk full"), DecoderFailed("busy")])
def test_fault_of_the_storage_or_the_machine_says_that_nothing_was_saved(
    site: Site, fault: Exception
) -> None:
    fail_with(site.app, fault)

    response = site.app.test_client().get("/es/", base_url=site.url)

    assert response.status_code == 503
    assert "No se guardó nada" in response.text
    assert str(fault) not in response.text


def test_site_does_not_start_when_a_key_of_its_files_is_lost(settings: Settings) -> None:
    check_keys(Vault([make_key()], open_storage(settings.storage_url)))

    started = start(settings)

    assert started.returncode == 78
    assert started.stderr.startswith("VAULT_KEYS lacks 1 key(s)")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"VAULT_KEYS": "nonsense"}, "Each of VAULT_KEYS is 32 bytes in url-safe base64.\n"),
        (
            {"STORAGE_URL": "ftp://host/files"},
            "STORAGE_URL must be file:///folder, s3://bucket/prefix or memory://.\n",
        ),
        (
            {"SEAL_CERTIFICATE": "/nowhere/seal.p12"},
            "SEAL_CERTIFICATE cannot be read: No such file or directory.\n",
        ),
    ],
)
def test_site_does_not_start_without_vault_or_seal(
    settings: Settings, change: dict[str, str], sentence: str
) -> None:
    started = start(settings, **change)

    assert (started.returncode, started.stderr) == (78, sentence)


def test_site_starts_with_its_own_keys(settings: Settings) -> None:
    check_keys(Vault(settings.vault_keys, open_storage(settings.storage_url)))

    started = start(settings)

    assert (started.returncode, started.stderr) == (0, "")


# what they need


def post_cut_off(app: Flask, url: str, path: str) -> TestResponse:
    """Send a form that breaks off in the second of its fields, the first one being whole."""
    head = b"--b\r\nContent-Disposition: form-data; name="
    body = head + b'"given_names"\r\n\r\nAna\r\n' + head + b'"surnames"\r\n\r\nNu'
    return app.test_client().post(
        path,
        base_url=url,
        input_stream=BytesIO(body),
        content_length=len(body) + 1000,
        content_type="multipart/form-data; boundary=b",
    )


def fail_with(app: Flask, fault: Exception) -> None:
    def fail() -> Any:
        raise fault

    app.before_request(fail)


def start(settings: Settings, **change: str) -> "subprocess.CompletedProcess[str]":
    """Start the site as a server does, and end."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "STORAGE_URL": settings.storage_url,
        "BASE_URL": settings.base_url,
        "SECRET_KEY": settings.secret_key,
        "LINK_KEY": settings.link_key.decode(),
        "VAULT_KEYS": ",".join(settings.vault_keys),
        "MAIL_SERVER": settings.mail_server,
        "MAIL_FROM": "secretariat@example.org",
    }
    return subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=environment | change,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
