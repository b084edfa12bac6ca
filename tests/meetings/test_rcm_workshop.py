"""The shipped file says what the concept note says: who comes, when, and who pays what for whom."""

import re
from datetime import UTC, date, datetime, time

import pytest

from registration.domain.courtesies import list_courtesies
from registration.domain.meeting import DelegationKind, Meeting, Promotion
from registration.language.texts import fill, list_placeholders
from registration.language.translator import get_translator
from registration.meetings.faults import name_place
from registration.meetings.keys import walk_texts
from tests.meetings.shipped import RCM, define, read_source

FOR_ALL = ["venue", "interpretation", "coffee"]

# The concept note, "Courtesies" and "Event funding", read as design part 2 says.
WHO_IS_PAID_WHAT = {
    "bz": ["flight", "accommodation", "meals", *FOR_ALL],
    "ca": FOR_ALL,
    "cr": ["flight", "accommodation", "meals", *FOR_ALL],
    "sv": ["flight", "accommodation", "meals", *FOR_ALL],
    "us": FOR_ALL,
    "gt": ["flight", "accommodation", "meals", *FOR_ALL],
    "hn": ["flight", "accommodation", "meals", *FOR_ALL],
    "mx": ["accommodation", "meals", *FOR_ALL],
    "ni": ["flight", "accommodation", "meals", *FOR_ALL],
    "pa": ["flight", "accommodation", "meals", *FOR_ALL],
    "do": ["flight", "accommodation", "meals", *FOR_ALL],
    "rncom": ["flight", "accommodation", "meals", *FOR_ALL],
    "sacm": ["accommodation", "meals", *FOR_ALL],
}

WHO_PAYS = {
    "flight": ("IOM", "OIM"),
    "accommodation": ("Ministry of the Interior", "Secretaría de Gobernación"),
    "meals": ("Ministry of the Interior", "Secretaría de Gobernación"),
    "venue": ("Ministry of the Interior", "Secretaría de Gobernación"),
    "interpretation": ("Ministry of the Interior", "Secretaría de Gobernación"),
    "coffee": ("Ministry of the Interior", "Secretaría de Gobernación"),
}

OFFICIAL_NAMES = {
    "bz": ("Belize", "Belice"),
    "ca": ("Canada", "Canadá"),
    "cr": ("Republic of Costa Rica", "República de Costa Rica"),
    "sv": ("Republic of El Salvador", "República de El Salvador"),
    "us": ("United States of America", "Estados Unidos de América"),
    "gt": ("Republic of Guatemala", "República de Guatemala"),
    "hn": ("Republic of Honduras", "República de Honduras"),
    "mx": ("United Mexican States", "Estados Unidos Mexicanos"),
    "ni": ("Republic of Nicaragua", "República de Nicaragua"),
    "pa": ("Republic of Panama", "República de Panamá"),
    "do": ("Dominican Republic", "República Dominicana"),
    "rncom": (
        "Regional Network of Civil Organizations for Migration (RNCOM)",
        "Red Regional de Organizaciones Civiles para las Migraciones (RROCM)",
    ),
    "sacm": (
        "South American Conference on Migration (SACM)",
        "Conferencia Suramericana sobre Migraciones (CSM)",
    ),
}

#: The locale data say "Salvador".
NAMED_BY_THE_UN = {"sv": {"fr": "El Salvador"}}

NAMES = {"Costa Rica", "El Salvador", "Guatemala", "Honduras", "Nicaragua"}
#: Texts that a language writes as English does: names, forms of address, words of the same root.
ALIKE = {
    "es": {"Dr.", "Lic.", "Mtra.", "Mtro.", *NAMES},
    "fr": {"Lic.", "Mtra.", "Mtro.", "Belize", "Canada", "Panama", *NAMES},
    "pt": {"Dr.", "Lic.", "Mtra.", "Mtro.", "Belize", *NAMES - {"Nicaragua"}},
}


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    return define().to_meeting(RCM)


def test_delegations_stand_in_the_order_of_the_note(meeting: Meeting) -> None:
    assert [each.key for each in meeting.delegations] == list(WHO_IS_PAID_WHAT)


def test_plain_names_are_in_spanish_alphabetical_order(meeting: Meeting) -> None:
    countries = [
        each.name["es"]
        for each in meeting.delegations
        if each.kind is DelegationKind.MEMBER_COUNTRY
    ]

    assert len(countries) == 11
    assert countries == sorted(countries)


def test_plain_names_of_countries_are_those_of_the_locale_data(meeting: Meeting) -> None:
    for each in meeting.delegations:
        if each.country is not None:
            names = {code: get_translator(code).country(each.country) for code in each.name}

            assert dict(each.name.by_language) == names | NAMED_BY_THE_UN.get(each.key, {})


@pytest.mark.parametrize(("key", "names"), OFFICIAL_NAMES.items())
def test_official_name_is_given_in_both_languages(
    meeting: Meeting, key: str, names: tuple[str, str]
) -> None:
    official = meeting.get_delegation(key).official_name

    assert (official["en"], official["es"]) == names


@pytest.mark.parametrize("key", OFFICIAL_NAMES)
def test_name_within_a_sentence_is_the_official_one_with_its_article(
    meeting: Meeting, key: str
) -> None:
    delegation = meeting.get_delegation(key)

    assert delegation.of_name is not None
    english = rf"of (the )?{re.escape(delegation.official_name['en'])}"
    spanish = rf"(de|de la|de los) {re.escape(delegation.official_name['es'])}"
    assert re.fullmatch(english, delegation.of_name["en"])
    assert re.fullmatch(spanish, delegation.of_name["es"])


def test_each_delegation_has_two_seats(meeting: Meeting) -> None:
    assert {each.key: each.seats for each in meeting.delegations} == dict.fromkeys(
        WHO_IS_PAID_WHAT, 2
    )


def test_seats_of_sacm_alone_bear_labels(meeting: Meeting) -> None:
    labels = {
        each.key: [label.key for label in each.labels]
        for each in meeting.delegations
        if each.labels
    }

    assert labels == {"sacm": ["ppt", "technical-secretariat"]}


@pytest.mark.parametrize(("key", "expected"), WHO_IS_PAID_WHAT.items())
def test_delegation_receives_exactly_its_courtesies(
    meeting: Meeting, key: str, expected: list[str]
) -> None:
    courtesies = list_courtesies(meeting, meeting.get_delegation(key))

    assert [each.key for each in courtesies] == expected


def test_each_courtesy_names_who_provides_it(meeting: Meeting) -> None:
    payers = {
        each.key: (each.payer_short["en"], each.payer_short["es"]) for each in meeting.courtesies
    }

    assert payers == WHO_PAYS


def test_delegation_with_something_left_out_is_told_so(meeting: Meeting) -> None:
    complete = ["flight", "accommodation", "meals", *FOR_ALL]
    told = [each.key for each in meeting.delegations if each.travel_note is not None]

    assert told == [key for key, keys in WHO_IS_PAID_WHAT.items() if keys != complete]


def test_what_nobody_pays_is_named_in_both_languages(meeting: Meeting) -> None:
    assert [(each["en"], each["es"]) for each in meeting.not_paid] == [
        (
            "Transfers between airport and hotel",
            "Traslados entre el aeropuerto y el hotel",
        ),
        ("The open dinner", "La cena libre, por cuenta de cada participante"),
        ("Further nights of accommodation", "Noches de hospedaje adicionales"),
        ("Per diem", "Viáticos"),
        ("Visas and visa procedures", "Visas y sus trámites"),
        (
            "Air tickets bought by the participants, which cannot be reimbursed",
            "Boletos aéreos adquiridos por las personas participantes, que no son reembolsables",
        ),
    ]


def test_dates_are_those_of_the_note_in_mexico_city(meeting: Meeting) -> None:
    assert (meeting.first_day, meeting.last_day) == (date(2022, 3, 31), date(2022, 4, 1))
    # Six hours behind UTC: summer time began on 3 April 2022.
    assert meeting.deadline == datetime(2022, 3, 2, 6, tzinfo=UTC)
    assert meeting.changes_until == datetime(2022, 3, 31, 6, tzinfo=UTC)


def test_deadline_is_read_as_the_last_minute_of_the_day_before(meeting: Meeting) -> None:
    english = get_translator("en").last_minute(meeting.deadline, meeting.zone)
    spanish = get_translator("es").last_minute(meeting.deadline, meeting.zone)

    assert english == "Tuesday 1\u00a0March 2022, 23:59"
    assert spanish.replace("\u00a0", " ") == "martes 1 de marzo de 2022 a las 23:59"


def test_reserve_list_is_promoted_by_hand(meeting: Meeting) -> None:
    assert meeting.promotion is Promotion.BY_HAND
    assert meeting.contact == "CRMST@iom.int"
    assert meeting.prefix == "RCM"


def test_agenda_has_every_hour_of_the_note(meeting: Meeting) -> None:
    hours = [
        [
            f"{item.starts:%H:%M}-{item.ends:%H:%M}" if item.ends else f"{item.starts:%H:%M}"
            for item in day.items
        ]
        for day in meeting.agenda
    ]

    assert hours == [
        [
            "09:30-10:00",
            "10:00-10:30",
            "10:30-10:45",
            "10:45-11:45",
            "11:45-12:00",
            "12:00-13:00",
            "13:00-14:30",
            "14:30-15:30",
            "15:30-15:45",
            "15:45-17:30",
            "17:30-17:50",
            "17:50",
        ],
        ["10:00-11:30", "11:30-12:00", "12:00-12:30"],
    ]
    assert [(day.opens, day.closes) for day in meeting.agenda] == [
        (time(10), time(17)),
        (time(9), time(12, 30)),
    ]


def test_agenda_numbers_and_sections_are_those_of_the_note(meeting: Meeting) -> None:
    first, second = meeting.agenda

    assert [item.number for item in first.items if item.number] == list("12345678")
    assert [item.number for item in second.items] == list("123")
    assert {item.number: item.section["es"] for item in first.items if item.section} == {
        "3": "Avances y prioridades de los Países Miembros",
        "6": "Retos y prioridades regionales",
    }


def test_every_member_country_speaks_once_in_the_order_of_the_note(meeting: Meeting) -> None:
    items = {item.number: item for item in meeting.agenda[0].items}

    speaking = [detail["en"] for number in "34" for detail in items[number].details]

    assert speaking == [
        each.name["en"]
        for each in meeting.delegations
        if each.kind is DelegationKind.MEMBER_COUNTRY
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_text_fills_in_every_language(meeting: Meeting, language: str) -> None:
    words = get_translator(language)
    delegation = meeting.delegations[2]
    texts = [text.build() for _, text in walk_texts(define())]

    filled = [fill(text, meeting, words, delegation=delegation, name="A. B.") for text in texts]

    assert len(filled) > 100
    assert [text for text in filled if "{" in text or not text.strip()] == []


@pytest.mark.parametrize("language", ALIKE)
def test_every_text_differs_between_the_languages_unless_it_is_a_name(language: str) -> None:
    same = {
        words.root["en"]
        for _, words in walk_texts(define())
        if words.root["en"] == words.root[language]
    }

    assert same == ALIKE[language]


@pytest.mark.parametrize("language", ["fr", "pt"])
def test_our_translations_fill_what_the_spanish_fills(language: str) -> None:
    """A date or a name that a translation leaves out is missed by its readers alone."""
    wrong = [
        name_place(place)
        for place, words in walk_texts(define())
        if list_placeholders(words.root[language]) != list_placeholders(words.root["es"])
    ]

    assert wrong == []


def test_french_marks_are_tied_to_their_words() -> None:
    loose = [
        words.root["fr"]
        for _, words in walk_texts(define())
        if re.search(r" [:;?!»]|« |(?<![\u00a0\d])[:;?!](?!\d)", words.root["fr"])
    ]

    assert loose == []


def test_forms_of_address_are_offered_once_in_each_language(meeting: Meeting) -> None:
    assert meeting.list_treatments("en") == ("Ms.", "Mr.", "Dr.", "Lic.", "Mtra.", "Mtro.", "H.E.")
    assert meeting.list_treatments("es") == (
        "Sra.",
        "Sr.",
        "Dra.",
        "Dr.",
        "Lic.",
        "Mtra.",
        "Mtro.",
        "S. E.",
    )


def test_invitation_names_delegation_days_and_place_in_spanish(meeting: Meeting) -> None:
    opening = fill(
        meeting.letter.opening[0],
        meeting,
        get_translator("es"),
        delegation=meeting.get_delegation("us"),
    )

    assert opening.replace("\u00a0", " ") == (
        "En nombre de la Secretaría Ejecutiva de la Conferencia Regional sobre Migración (CRM),"
        " tenemos el honor de invitarle a participar, como integrante de la delegación de los"
        " Estados Unidos de América, en el II Taller de preparación para el FEMI de 2022, que se"
        " celebrará en la Ciudad de México los días 31 de marzo y 1 de abril de 2022, en la"
        " Secretaría de Gobernación."
    )


def test_letter_and_terms_of_a_rehearsal_carry_its_own_dates() -> None:
    meeting = define().to_meeting(RCM, rolled_weeks=260)
    words = get_translator("en")

    term = fill(meeting.terms[0], meeting, words)
    closing = fill(meeting.letter.closing[0], meeting, words)

    assert "on 25 and 26\u00a0March 2027" in term
    assert "Wednesday 24\u00a0March 2027, 23:59 (Mexico City time)" in closing


def test_each_assumption_is_marked_where_it_stands() -> None:
    marks = re.findall(r"^# .*\bAssumption: ", read_source(), flags=re.MULTILINE)
    definition = define()

    assert len(marks) == len(definition.assumptions)
    for assumption in definition.assumptions:
        assert re.match(r"[a-z_]+(\.[a-z_]+)?: ", assumption), assumption
