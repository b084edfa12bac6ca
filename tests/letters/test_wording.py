"""What a letter says to whom."""

from dataclasses import replace

import pytest

from registration.letters.wording import as_typed
from tests.builders import address_institution, make_meeting, make_particulars, make_registration
from tests.languages import list_foreign, list_words
from tests.letters.samples import make_letter


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ana   Lucía ", "Ana Lucía"),
        ("Ana\nLucía\tMorales", "Ana Lucía Morales"),
        ("Nun\u0303ez", "Nuñez"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("g\u0303uahe\u0303", "g̃uahẽ"),
        ("Ana\u202eaicuL", "AnaaicuL"),
        ("Ana\u200b\u2066Lucía\u2069", "AnaLucía"),
        ("Ana\x00 Lucía\x07", "Ana Lucía"),
        ("<b>Ana</b> & Co.", "<b>Ana</b> & Co."),
        ("&amp; &lt; &#65;", "&amp; &lt; &#65;"),
        ('<img src="file:///etc/passwd"/>', '<img src="file:///etc/passwd"/>'),
        ("{deadline} %(name)s {0}", "{deadline} %(name)s {0}"),
        ("O'Brien-Łukasz", "O'Brien-Łukasz"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_typed_text_is_shown_as_it_is_but_for_what_misleads(typed: str, shown: str) -> None:
    assert as_typed(typed) == shown


def test_letter_names_the_person_position_institution_and_delegation() -> None:
    typed = make_particulars(treatment="Dra.")

    letter = make_letter(make_registration(typed))

    assert letter.addressee == (
        "Dra.\u00a0Ana Lucía Morales Vargas",
        "Directora de Integración",
        "Dirección General de Migración y Extranjería",
        "República de Costa Rica",
    )


def test_lines_of_the_address_that_nobody_typed_are_left_out() -> None:
    typed = make_particulars(position="", institution=" ")

    letter = make_letter(make_registration(typed))

    assert letter.addressee == ("Ana Lucía Morales Vargas", "República de Costa Rica")


def test_letter_to_an_institution_names_the_person_below_it() -> None:
    meeting = address_institution(make_meeting(), "cr")

    letter = make_letter(make_registration(), meeting=meeting)

    assert letter.addressee == (
        "Dirección General de Migración y Extranjería",
        "Atención: Ana Lucía Morales Vargas",
        "Directora de Integración",
        "República de Costa Rica",
    )


def test_labelled_seat_is_named() -> None:
    registration = make_registration(delegation="sacm", seat_label="technical-secretariat")

    letter = make_letter(registration, language="en")

    assert letter.addressee[-2:] == (
        "Technical Secretariat",
        "South American Conference on Migration (SACM)",
    )


@pytest.mark.parametrize(
    ("delegation", "personal", "note"),
    [
        ("cr", ["Air ticket", "Accommodation", "Meals"], False),
        ("rncom", ["Air ticket", "Accommodation", "Meals"], False),
        ("mx", ["Accommodation", "Meals"], True),
        ("sacm", ["Accommodation", "Meals"], True),
        ("ca", [], True),
        ("us", [], True),
    ],
)
def test_letter_lists_only_what_the_delegation_receives(
    delegation: str, personal: list[str], note: bool
) -> None:
    letter = make_letter(make_registration(delegation=delegation), language="en")

    rows = [each.what for each in letter.courtesies.rows]
    assert rows == [*personal, "Venue, interpretation, coffee breaks"]
    assert (letter.courtesies.note is not None) is note


def test_courtesies_for_everybody_are_told_by_who_provides_them() -> None:
    meeting = make_meeting()
    coffee = replace(meeting.courtesies[-1], payer_short=meeting.courtesies[0].payer_short)
    other = replace(meeting, courtesies=(*meeting.courtesies[:-1], coffee))

    letter = make_letter(make_registration(delegation="ca"), meeting=other, language="en")

    assert [(each.what, each.payer) for each in letter.courtesies.rows] == [
        ("Venue, interpretation", "Ministry of the Interior"),
        ("Coffee breaks", "IOM"),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_body_refers_to_each_annex_by_its_number(language: str) -> None:
    letter = make_letter(language=language)

    body = " ".join([*letter.paragraphs, letter.courtesies.intro, *letter.closing])
    for heading in (letter.conditions.heading, letter.agenda.heading):
        label, _, _ = heading.partition(".")
        assert f"{label}." in body or f"{label}," in body, label


def test_own_arch_is_that_of_the_seat() -> None:
    letter = make_letter(make_registration(delegation="ca", seat_number=2))

    assert letter.head.arcade.seats == (2,) * 13
    assert letter.head.arcade.own == (1, 1)


def test_a_seat_changed_with_a_colleague_changes_no_word() -> None:
    one, other = (make_letter(make_registration(seat_number=each)) for each in (1, 2))

    assert one == other


def test_only_a_rehearsal_says_that_it_is_not_valid() -> None:
    held, rehearsed = (make_letter(meeting=make_meeting(rolled_weeks=each)) for each in (0, 250))

    assert (held.head.not_valid, held.head.not_valid_note) == (None, None)
    assert (rehearsed.head.not_valid, rehearsed.head.not_valid_note) == (
        "Sin validez",
        "Ensayo: sin validez",
    )


def test_agenda_gives_the_dinner_no_end() -> None:
    letter = make_letter(language="en")

    hours = {row.title: row.hours for day in letter.agenda.days for row in day.rows}
    assert [hours[each] for each in hours if "dinner" in each.lower()] == ["17:50"]


def test_what_is_typed_fills_no_placeholder() -> None:
    typed = make_particulars(given_names="{deadline}", surnames="%(number)s {0.x}")

    letter = make_letter(make_registration(typed), language="en")

    assert letter.salutation == "Dear {deadline} %(number)s {0.x},"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("delegation", ["cr", "ca", "mx", "sacm", "rncom"])
def test_no_word_of_the_other_language_stands_in_the_letter(language: str, delegation: str) -> None:
    label = "ppt" if delegation == "sacm" else None
    registration = make_registration(delegation=delegation, seat_label=label)

    letter = make_letter(registration, meeting=make_meeting(rolled_weeks=250), language=language)

    assert list_foreign(list_words(letter), language) == []
