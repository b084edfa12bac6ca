"""The shipped file says what the concept note says: who comes, when, to what, and what is asked."""

import re
from datetime import UTC, date, datetime

import pytest

from registration.domain.calls import Answering, AnswerKind, Call, Publishing
from registration.domain.meeting import DelegationKind, Meeting
from registration.language.texts import fill
from registration.language.translator import get_translator
from registration.meetings.checking import check
from registration.meetings.keys import walk_texts
from registration.web.receiving import FIELDS_IN_MEMORY
from tests.meetings.review import GCM, define, read_source

LANGUAGES = ("en", "es", "fr", "pt")
SUB_REGIONS = ("caribbean", "central-america-and-mexico", "south-america")

CARIBBEAN = [
    "ag",
    "bs",
    "bb",
    "cu",
    "dm",
    "do",
    "gd",
    "gy",
    "ht",
    "jm",
    "kn",
    "lc",
    "vc",
    "sr",
    "tt",
]
MESOAMERICA = ["bz", "cr", "sv", "gt", "hn", "mx", "ni", "pa"]
SOUTH_AMERICA = ["ar", "bo", "br", "cl", "co", "ec", "py", "pe", "uy", "ve"]
OUTSIDE = ["ca", "fr", "de", "it", "jp", "nl", "no", "pt", "kr", "es", "tr", "gb", "us"]
ASSOCIATES = ["ai", "aw", "bm", "vg", "ky", "cw", "gf", "gp", "mq", "ms", "pr", "sx", "tc", "vi"]

# The concept note, part III: the participants who are of no State.
STAKEHOLDERS = {
    "intergovernmental-organisations": "Intergovernmental organizations",
    "un-bodies": "United Nations programmes, funds and agencies",
    "migrants": "Migrants",
    "civil-society": "Civil society",
    "diaspora-organisations": "Migrant and diaspora organizations",
    "faith-based-organisations": "Faith-based organizations",
    "local-authorities": "Local authorities and communities",
    "private-sector": "Private sector",
    "trade-unions": "Trade unions",
    "parliamentarians": "Parliamentarians",
    "human-rights-institutions": "National human rights institutions",
    "red-cross-and-red-crescent": "International Red Cross and Red Crescent Movement",
    "academia": "Academia",
    "media": "Media",
}

# The table of the concept note, part III; the hearing and the two ends have no objectives.
SEGMENTS = {
    "hearing": (18, "Multi-stakeholder Hearing", ()),
    "opening": (19, "Opening session", ()),
    "high-level-panel": (19, "High-level Panel on Regular Pathways", ()),
    "session-1": (19, "Session 1: Inclusion", (14, 15, 16, 19, 20, 22)),
    "session-2": (19, "Session 2: Drivers of Migration and regular routes", (2, 5, 6, 12, 18)),
    "session-3": (
        20,
        (
            "Session 3: Migration governance, saving lives as well as safe, dignified return,"
            " readmission and sustainable reintegration"
        ),
        (4, 8, 9, 10, 11, 13, 21),
    ),
    "session-4": (
        20,
        "Session 4: Data, evidence-based policies and international cooperation",
        (1, 3, 7, 17, 23),
    ),
    "closing": (20, "Closing session", ()),
}

# Annex 1 of the concept note, word for word, a paragraph of it for each of ours.
ANNEX = """
Regional and Cross-Regional Collaboration:

- What are the main gaps, challenges, and opportunities to regional and cross-regional collaboration
on the implementation of the GCM?

- Outline areas (GCM objectives and/or guiding principles) where the region would benefit from
strengthened cooperation in terms of finance, capacity-building, policy advice, data gathering and
analysis, technology, multi-stakeholder partnerships, etc.

- What joint commitments (pledges) with other governments or stakeholders would you formulate to
promote cooperation on this issue?

GCM Implementation Progress, Challenges and Opportunities:

- How has or will your government integrate the recommended actions to accelerate the implementation
of the GCM as set out in the 2022 Progress Declaration of the International Migration Review Forum
into their relevant national policies and plans?

- What is the main progress your country made on this, and what are the main challenges and
opportunities?

Key Recommendations for the 2026 IMRF:

- What are key findings and recommendations that should inform the 2026 IMRF?

Any other comments or inputs that could be included:

GCM National Implementation Plan:

- Has your government developed a GCM national implementation plan or integrated the GCM and its
guiding principles into existing frameworks, plans, and policies? If so, please elaborate on the
process. If not, please indicate if your government has plans to do so, and what the envisaged
process is.

Achievements, Promising Practices, and Lessons Learned:

- Please list some examples of achievements, promising practices, and lessons learned that relate to
national, inter- and sub-regional collaboration to the implementation of the GCM.
"""

ROADMAP = [
    ("II Forum of Champion Countries in the Americas", "2024-09-25 to 2024-09-26"),
    ("1st Briefing for Member States", "2024-10-29 to 2024-10-29"),
    ("Pre-consultations for multi-stakeholders", "2024-11-13 to 2024-11-13"),
    ("Consultation with multi-stakeholders (sessions 1-4)", "2025-01"),
    ("2nd Briefing for Member States", "2025-02"),
    ("Multi-stakeholder Hearing", "2025-03-18 to 2025-03-18"),
    ("Second Regional Review Meeting", "2025-03-19 to 2025-03-20"),
]

# Plain names that are the United Nations' own rather than those of the locale data.
OF_THE_UNITED_NATIONS = [
    "ag",
    "cw",
    "ky",
    "kn",
    "kr",
    "lc",
    "sr",
    "sv",
    "sx",
    "tc",
    "tr",
    "tt",
    "vc",
    "vi",
]


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    return define().to_meeting(GCM)


def test_the_46_member_states_and_14_associate_members_of_eclac_are_there(
    meeting: Meeting,
) -> None:
    by_kind = {
        kind: {each.key for each in meeting.delegations if each.kind is kind}
        for kind in (DelegationKind.MEMBER_STATE, DelegationKind.ASSOCIATE_MEMBER)
    }

    states = {*CARIBBEAN, *MESOAMERICA, *SOUTH_AMERICA, *OUTSIDE}
    assert len(states) == 46
    assert len(ASSOCIATES) == 14
    assert by_kind[DelegationKind.MEMBER_STATE] == states
    assert by_kind[DelegationKind.ASSOCIATE_MEMBER] == set(ASSOCIATES)
    assert len(meeting.delegations) == 60


def test_states_belong_to_three_sub_regions_or_to_none(meeting: Meeting) -> None:
    by_region = {
        region.key: {each.key for each in meeting.delegations if each.region == region.key}
        for region in meeting.regions
    }

    assert [(each.key, each.counts) for each in meeting.regions] == [
        *((key, True) for key in SUB_REGIONS),
        ("outside-the-region", False),
    ]
    assert by_region == {
        "caribbean": {*CARIBBEAN, *ASSOCIATES},
        "central-america-and-mexico": set(MESOAMERICA),
        "south-america": set(SOUTH_AMERICA),
        "outside-the-region": set(OUTSIDE),
    }


def test_states_stand_in_the_alphabetical_order_of_english(meeting: Meeting) -> None:
    for kind in (DelegationKind.MEMBER_STATE, DelegationKind.ASSOCIATE_MEMBER):
        names = [each.name["en"] for each in meeting.delegations if each.kind is kind]

        assert names == sorted(names)


def test_plain_names_are_those_of_the_locale_data_or_of_the_united_nations(
    meeting: Meeting,
) -> None:
    others = []
    for each in meeting.delegations:
        assert each.country is not None
        names = {code: get_translator(code).country(each.country) for code in LANGUAGES}
        if dict(each.name.by_language) != names:
            others.append(each.key)

    assert sorted(others) == sorted(OF_THE_UNITED_NATIONS)


@pytest.mark.parametrize(
    ("language", "articles"),
    [
        ("en", "of (the )?"),
        ("es", "(de|de la|de los|de las|del) "),
        ("fr", "(de |de la |du |des |de l’|d’)"),
        ("pt", "(de|da|do|das|dos) "),
    ],
)
def test_name_within_a_sentence_is_the_official_one_with_its_article(
    meeting: Meeting, language: str, articles: str
) -> None:
    for each in meeting.delegations:
        official = each.official_name[language]
        # Lists say "Bolivia (Plurinational State of)", sentences "Plurinational State of Bolivia".
        if turned := re.fullmatch(r"(.+) \((.+)\)", official):
            official = f"{turned[2]} {turned[1]}"
        assert each.of_name is not None

        said = each.of_name[language]

        assert re.fullmatch(articles + re.escape(official), said, re.IGNORECASE), said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "cl",
            (
                "of the Republic of Chile",
                "de la República de Chile",
                "de la République du Chili",
                "da República do Chile",
            ),
        ),
        (
            "bo",
            (
                "of the Plurinational State of Bolivia",
                "del Estado Plurinacional de Bolivia",
                "de l’État plurinational de Bolivie",
                "do Estado Plurinacional da Bolívia",
            ),
        ),
        ("ag", ("of Antigua and Barbuda", "de Antigua y Barbuda", "d’Antigua-et-Barbuda", None)),
        ("ky", ("of the Cayman Islands", "de las Islas Caimán", "des îles Caïmanes", None)),
        (
            "nl",
            (None, "del Reino de los Países Bajos", "du Royaume des Pays-Bas", None),
        ),
        ("mx", (None, None, "des États-Unis du Mexique", "dos Estados Unidos Mexicanos")),
    ],
)
def test_a_delegation_is_named_in_a_sentence_as_its_language_does(
    meeting: Meeting, key: str, said: tuple[str | None, ...]
) -> None:
    of_name = meeting.get_delegation(key).of_name

    assert of_name is not None
    assert [
        (language, of_name[language])
        for language, words in zip(LANGUAGES, said, strict=True)
        if words
    ] == [(language, words) for language, words in zip(LANGUAGES, said, strict=True) if words]


def test_stakeholders_of_the_note_register_by_themselves_and_no_others(meeting: Meeting) -> None:
    themselves = {each.key: each.name["en"] for each in meeting.categories if each.registers_itself}

    assert themselves == STAKEHOLDERS


def test_passport_letter_and_acceptance_are_for_those_whose_travel_is_paid(
    meeting: Meeting,
) -> None:
    asked = [
        each.key
        for each in meeting.groups
        if each.asks_passport or each.asks_letter or each.asks_acceptance
    ]
    paid = [each.key for each in meeting.groups if each.courtesies]

    assert asked == paid == ["funded-participants"]


def test_dates_and_place_are_those_of_the_note(meeting: Meeting) -> None:
    assert (meeting.first_day, meeting.last_day) == (date(2025, 3, 18), date(2025, 3, 20))
    assert meeting.zone.key == "America/Santiago"
    assert meeting.city["en"] == "Santiago"
    # Three hours behind UTC: summer time lasted until 5 April 2025.
    assert meeting.changes_until == datetime(2025, 3, 18, 3, tzinfo=UTC)


def test_segments_are_those_of_the_note_with_their_objectives(meeting: Meeting) -> None:
    assert {
        each.key: (each.day.day, each.title["en"], each.objectives) for each in meeting.segments
    } == SEGMENTS


def test_each_objective_is_that_of_one_session(meeting: Meeting) -> None:
    objectives = [number for each in meeting.segments for number in each.objectives]

    assert sorted(objectives) == list(range(1, 24))


def test_all_but_the_hearing_is_of_the_conference(meeting: Meeting) -> None:
    within = [each.key for each in meeting.segments if each.within is not None]

    assert within == [key for key in SEGMENTS if key != "hearing"]


def test_one_segment_has_a_capacity_and_the_file_says_who_decided_it(meeting: Meeting) -> None:
    assert [each.key for each in meeting.segments if each.capacity] == ["hearing"]
    assert any(each.startswith("segments.capacity: ") for each in meeting.assumptions)


def test_roadmap_is_that_of_the_note_and_some_of_it_has_only_a_month(meeting: Meeting) -> None:
    told = [
        (
            each.title["en"],
            f"{each.month:%Y-%m}" if each.month else f"{each.first_day} to {each.last_day}",
        )
        for each in meeting.roadmap
    ]

    assert told == ROADMAP


def test_consultations_have_a_registration_of_their_own(meeting: Meeting) -> None:
    calls = {each.key: each.call for each in meeting.roadmap if each.call}

    assert calls == {
        "pre-consultations": "pre-consultations",
        "january-consultations": "january-consultations",
    }
    for key in calls.values():
        assert _call(meeting, key or "").answering is Answering.PERSON


def test_documents_are_the_five_of_the_note(meeting: Meeting) -> None:
    assert [(each.key, each.symbol, each.announced) for each in meeting.documents] == [
        ("global-compact", "A/RES/73/195", False),
        ("imrf-format", "A/RES/73/326", False),
        ("framework", None, False),
        ("contributions", None, True),
        ("background-notes", None, True),
    ]
    assert [each.link for each in meeting.documents if each.link] == [
        "https://undocs.org/A/RES/73/195",
        "https://undocs.org/A/RES/73/326",
    ]


def test_three_co_chairs_are_chosen_one_from_each_sub_region(meeting: Meeting) -> None:
    call = _call(meeting, "co-chairs")

    assert (call.choose, call.one_from_each_region, call.is_sole) == (3, True, True)
    assert call.kinds == ("member_state",)
    assert call.regions == SUB_REGIONS
    assert call.decided_on == date(2025, 1, 31)
    assert call.answering is Answering.DELEGATION
    assert call.publishes is Publishing.DECISION


def test_speakers_are_offered_for_each_thematic_session(meeting: Meeting) -> None:
    [session] = [
        each
        for each in _call(meeting, "thematic-speakers").questions
        if each.kind is AnswerKind.CHOICE
    ]

    assert [each.key for each in session.choices] == [
        key for key, (_, _, objectives) in SEGMENTS.items() if objectives
    ]
    assert not _call(meeting, "thematic-speakers").is_sole


def test_rapporteur_is_decided_before_the_pre_consultations(meeting: Meeting) -> None:
    call = _call(meeting, "stakeholder-rapporteur")
    [pre] = [each for each in meeting.roadmap if each.key == "pre-consultations"]

    assert call.opens is not None
    assert call.closes is not None
    assert call.decided_on is not None
    assert pre.first_day is not None
    assert 28 <= (call.closes - call.opens).days <= 31
    assert call.decided_on < pre.first_day
    assert call.criteria
    assert call.publishes is Publishing.DECISION
    assert call.decided_by is not None
    assert "UNNM-LAC" in call.decided_by["en"]


def test_guiding_questions_are_annex_1_word_for_word(meeting: Meeting) -> None:
    paragraphs = []
    for section in _call(meeting, "guiding-questions").sections:
        if section.title is not None:
            paragraphs.append(f"{section.title['en']}:")
        bullet = "- " if section.title is not None else ""
        paragraphs += [f"{bullet}{each.text['en']}" for each in section.questions]

    assert paragraphs == [" ".join(each.split()) for each in ANNEX.strip().split("\n\n")]


def test_answers_of_full_length_in_any_script_fit_into_one_form(meeting: Meeting) -> None:
    for call in meeting.calls:
        longest = sum(4 * each.most for each in call.questions)
        assert longest < 0.9 * FIELDS_IN_MEMORY, call.key


def test_guiding_questions_are_answered_once_by_the_end_of_2024(meeting: Meeting) -> None:
    call = _call(meeting, "guiding-questions")

    assert call.closes == datetime(2025, 1, 1, 3, tzinfo=UTC)
    assert call.kinds == ("member_state", "associate_member")
    assert call.is_sole
    assert call.publishes is Publishing.SUBMISSIONS
    assert call.attachments == 5
    assert all(each.kind is AnswerKind.TEXT for each in call.questions)


def test_news_is_the_call_that_one_leaves(meeting: Meeting) -> None:
    assert [each.key for each in meeting.calls if each.leaves] == ["future-communications"]


def test_organiser_is_the_network_and_no_other_meeting_is_named(meeting: Meeting) -> None:
    assert meeting.organisation["en"] == (
        "United Nations Network on Migration for Latin America and the Caribbean"
    )
    assert re.findall(r"\b(RCM|CRM|Gobernación|Interior|Mexico City)\b", read_source()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fills_in_every_language(meeting: Meeting, language: str) -> None:
    words = get_translator(language)
    texts = [text.build() for _, text in walk_texts(define())]

    filled = [
        fill(text, meeting, words, delegation=meeting.delegations[2], name="A. B.")
        for text in texts
    ]

    assert len(filled) > 400
    assert [text for text in filled if "{" in text or not text.strip()] == []


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_every_sentence_is_translated(language: str) -> None:
    same = {
        words.root["en"]
        for place, words in walk_texts(define())
        if words.root["en"] == words.root[language] and " " in words.root["en"]
    }

    # Names alone.
    assert {each for each in same if not each.istitle()} <= {"San Salvador, El Salvador"}


def test_what_the_note_says_twice_is_remarked_on() -> None:
    remarks = [str(each) for each in check(define())]

    assert remarks == [
        (
            "contact: regional-review@example.org reaches nobody:"
            " write the address that people read."
        ),
        (
            "segments[3]: “High-level Panel on Regular Pathways” stands within “Intergovernmental"
            " Conference” here; the source puts it beside it in “The Regional Review Meeting will"
            " be held from 18 to 20 March 2025 [...] and will consist of a Multi-stakeholder"
            " Hearing and a High-level Panel on Regular Pathways followed by an Intergovernmental"
            " Conference.”, and within it in “The intergovernmental meeting will consist of an"
            " opening segment, a high-level panel on regular pathways, followed by four thematic"
            " GCM review sessions, and a closing segment.”."
        ),
        (
            "roadmap[4].source: The source says “January 2025 / January 2023”, and “Consultation"
            " with multi-stakeholders (sessions 1-4)” is in 2025, not in 2023."
        ),
        (
            "roadmap[7]: “Second Regional Review Meeting” is the meeting itself and takes place"
            " from 2025-03-19 to 2025-03-20 here, from 2025-03-18 to 2025-03-20 in [dates]."
        ),
    ]


def test_each_assumption_is_marked_where_it_stands() -> None:
    marks = re.findall(r"^#.*\bAssumption: ", read_source(), flags=re.MULTILINE)
    definition = define()

    assert len(marks) == len(definition.assumptions)
    for assumption in definition.assumptions:
        assert re.match(r"[a-z_]+(\.[a-z_-]+){0,2}: ", assumption), assumption


def _call(meeting: Meeting, key: str) -> Call:
    found = meeting.find_call(key)
    assert found is not None
    return found
