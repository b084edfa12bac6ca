"""What a file says that does not fit together is remarked on, by rules that know no meeting."""

import re

import pytest

from registration.meetings.checking import check
from registration.meetings.definition import Definition, read_definition
from registration.meetings.keys import walk_texts
from tests.meetings.shipped import PATH, change, define


def test_every_contradiction_of_the_note_is_remarked_on() -> None:
    remarks = [str(remark) for remark in check(define())]

    assert remarks == [
        (
            "agenda[2].items[2].title.en: 'PMM' is what Spanish and French say for 'GCM':"
            " 'Adoption of the RCM Declaration facing the PMM'."
        ),
        (
            "agenda[1].items[1]: 2022-03-31 is 10:00-17:00,"
            " but “Registration and official photograph” starts at 09:30."
        ),
        (
            "agenda[1].items[10]: 2022-03-31 is 10:00-17:00, but “Moderated discussion on"
            " challenges and priorities of the region for a safe, orderly and regular migration”"
            " ends at 17:30."
        ),
        (
            "agenda[1].items[11]: 2022-03-31 is 10:00-17:00, but “Presentation of good practices of"
            " the Regional Network on Migration” starts at 17:30, once it has closed."
        ),
        (
            "agenda[1].items[12]: 2022-03-31 is 10:00-17:00,"
            " but “Open dinner” starts at 17:50, once it has closed."
        ),
        "agenda[1].items[12]: “Open dinner” on 2022-03-31 has no end.",
        (
            "agenda[2]: 2022-04-01 opens at 09:00,"
            " but its first item, “Revision of the proposed RCM Declaration”, starts at 10:00."
        ),
    ]


def test_agenda_that_begins_with_the_day_gets_no_remark() -> None:
    source = change("opens = 09:00:00", "opens = 10:00:00")

    assert not any("first item" in remark for remark in _new_remarks(source))


def test_hole_in_the_agenda_is_remarked_on() -> None:
    source = change("starts = 12:00:00\nends = 13:00:00", "starts = 12:15:00\nends = 13:00:00")

    assert _new_remarks(source) == [
        "agenda[1].items[6]: On 2022-03-31 nothing stands between 12:00 and 12:15."
    ]


def test_items_at_the_same_time_are_remarked_on() -> None:
    source = change("ends = 12:00:00", "ends = 12:15:00")

    assert _new_remarks(source) == [
        "agenda[1].items[6]: On 2022-03-31 two items share 12:00 and 12:15."
    ]


def test_day_that_ends_early_is_remarked_on() -> None:
    source = change("closes = 12:30:00", "closes = 13:00:00")

    assert _new_remarks(source) == [
        "agenda[2]: 2022-04-01 closes at 13:00, but its last item ends at 12:30."
    ]


def test_item_number_left_out_is_remarked_on() -> None:
    source = change('number = "8"', 'number = "9"')

    assert _new_remarks(source) == [
        "agenda[1]: The items of 2022-03-31 are numbered 1, 2, 3, 4, 5, 6, 7, 9."
    ]


def test_day_without_agenda_is_remarked_on() -> None:
    source = change("last_day = 2022-04-01", "last_day = 2022-04-02")

    assert _new_remarks(source) == [
        "agenda: 2022-04-02 is a day of the meeting, and the agenda leaves it out."
    ]


def test_abbreviation_of_another_language_is_remarked_on_in_both() -> None:
    source = change('en = "The open dinner"', 'en = "The open dinner of the CRM"')
    source = source.replace('es = "Viáticos"', 'es = "Viáticos del IMRF"')

    assert _new_remarks(source) == [
        (
            "paid.by_nobody[2].en: 'CRM' is what Spanish, French and Portuguese say for 'RCM':"
            " 'The open dinner of the CRM'."
        ),
        "paid.by_nobody[4].es: 'IMRF' is what English says for 'FEMI': 'Viáticos del IMRF'.",
    ]


def test_date_of_the_meeting_written_into_a_text_is_remarked_on() -> None:
    source = change('es = "Viáticos"', 'es = "Viáticos del 31 de marzo"')
    source = source.replace('en = "Per diem"', 'en = "Per diem of 1 April 2022"')

    assert [remark.split(";")[0] for remark in _new_remarks(source)] == [
        "paid.by_nobody[4].en: The text says '1 April', which stays when dates are rolled",
        "paid.by_nobody[4].es: The text says '31 de marzo', which stays when dates are rolled",
    ]


def test_date_of_another_year_is_no_date_of_the_meeting() -> None:
    source = change('en = "Per diem"', 'en = "Per diem since 1 April 2019"')

    assert _new_remarks(source) == []


def test_organisation_without_abbreviation_is_remarked_on() -> None:
    source = change(
        'abbreviation = { en = "RNCOM", es = "RROCM", fr = "RROCM", pt = "RROCM" }\n', ""
    )

    assert _new_remarks(source) == [
        (
            "delegations[12]: “Regional Network of Civil Organizations for Migration”"
            " has no abbreviation for narrow tables."
        )
    ]


def _new_remarks(source: str) -> list[str]:
    known = set(map(str, check(define())))
    return [str(remark) for remark in check(define(source)) if str(remark) not in known]


@pytest.mark.parametrize("name", ["rcm-imrf-2022", "gcm-regional-review-2025"])
def test_french_of_the_shipped_files_ties_its_punctuation(name: str) -> None:
    source = (PATH.parent / f"{name}.toml").read_text(encoding="utf-8")
    definition = read_definition(source, name=name)
    assert isinstance(definition, Definition)

    texts = [words.root["fr"] for _, words in walk_texts(definition) if "fr" in words.root]

    assert [each for each in texts if re.search(r" [:;?!»]|« |[a-zé][;?!](\s|$)", each)] == []
