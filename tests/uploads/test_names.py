"""The names of files: shown without harm, and never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from registration.uploads.names import attachment, clean_name, name_for_download


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("pasaporte.pdf", "pasaporte.pdf"),
        ("Año Núñez – hoja 1.JPG", "Año Núñez – hoja 1.JPG"),
        ("護照.pdf", "護照.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Users\\Ana\\pasaporte.pdf", "pasaporte.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("a\0b\x1b[31m.pdf", "ab[31m.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("pas\u200bsa\u2066porte.pdf", "passaporte.pdf"),
        ("<b>x</b>.pdf", "b_.pdf"),
        ('"x";y.pdf', "_x__y.pdf"),
        ("n\u0303.pdf", "ñ.pdf"),
        ("   .pdf  ", "pdf"),
        ("...", ""),
        ("", ""),
        (None, ""),
        ("x" * 400 + ".pdf", "x" * 95 + "…" + ".pdf"),
        ("x" * 400, "x" * 99 + "…"),
    ],
)
def test_name_is_cleaned_for_showing(name: str | None, cleaned: str):
    assert clean_name(name) == cleaned


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("a.jpeg", "image/jpeg", "a.jpeg"),
        ("a.JPG", "image/jpeg", "a.JPG"),
        ("a.exe", "image/jpeg", "a.exe.jpg"),
        ("a.pdf", "image/png", "a.pdf.png"),
        ("", "application/pdf", "file.pdf"),
        ("photo", "image/heic", "photo.heic"),
    ],
)
def test_ending_of_a_download_says_what_the_bytes_are(name: str, media_type: str, expected: str):
    assert name_for_download(name, media_type) == expected


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
        ("Año.pdf", "attachment; filename=\"Ano.pdf\"; filename*=UTF-8''A%C3%B1o.pdf"),
        (
            "護照.pdf",
            "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E8%AD%B7%E7%85%A7.pdf",
        ),
        (
            "100%20.pdf",
            "attachment; filename=\"100_20.pdf\"; filename*=UTF-8''100%2520.pdf",
        ),
    ],
)
def test_header_of_a_download_has_both_forms(name: str, header: str):
    assert attachment(name, "application/pdf") == header


@given(st.text())
def test_any_name_makes_a_header_that_is_one_line_and_reads_back(name: str):
    header = attachment(name, "application/pdf")

    assert header.isascii()
    assert header.isprintable()
    kind, options = parse_options_header(header)
    assert kind == "attachment"
    assert options["filename"] == name_for_download(name, "application/pdf")


@given(st.text())
def test_cleaning_twice_changes_nothing(name: str):
    assert clean_name(clean_name(name)) == clean_name(name)
    assert len(clean_name(name)) <= 100
