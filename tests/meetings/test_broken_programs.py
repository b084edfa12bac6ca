"""Each way in which a larger meeting's file can be wrong: where it is, the fault, the remedy."""

import pytest

from registration.meetings.definition import read_definition
from tests.meetings.review import GCM, change, read_source

PANEL = 'key = "high-level-panel"'


def _lines(begin: str, after: str) -> str:
    """The first lines behind others of the file that begin so: a text in all of its languages."""
    lines = read_source().split(after, 1)[1].splitlines(keepends=True)
    first = next(index for index, line in enumerate(lines) if line.startswith(begin))
    last = first
    while lines[last].startswith(begin):
        last += 1
    return "".join(lines[first:last])


CALLS = "# Assumption: when each opens"
CO_CHAIRS = 'key = "co-chairs"'
RAPPORTEUR = 'key = "stakeholder-rapporteur"'
NEWS = 'key = "future-communications"'
_WITHIN = _lines("within.", PANEL)
_INTRO = _lines("courtesies_intro", "[letter]")
_NOT_PAID = _lines("not_paid_heading", "[letter]")

#: What is changed, into what, behind which words; the line that is named; the fault.
BROKEN = {
    "a region nobody named": (
        'region = "caribbean"',
        'region = "carribean"',
        "",
        'region = "carribean"',
        (
            "delegations[1].region: There is no region 'carribean'. Write one of caribbean,"
            " central-america-and-mexico, south-america, outside-the-region, or add it under"
            " [[regions]]."
        ),
    ),
    "a delegation without a region": (
        'region = "caribbean"\n',
        "",
        "",
        None,
        (
            "delegations[1].region: The delegation 'ag' belongs to no region. Add region = \"..\","
            " one of caribbean, central-america-and-mexico, south-america, outside-the-region."
        ),
    ),
    "two regions with one key": (
        '[[regions]]\nkey = "south-america"',
        (
            '[[regions]]\nkey = "caribbean"\nname.en = "Caribbean"\nname.es = "Caribe"\n'
            'name.fr = "Caraïbes"\nname.pt = "Caribe"\n\n[[regions]]\nkey = "south-america"'
        ),
        "",
        None,
        "regions[3].key: 'caribbean' stands here twice. Change one of them.",
    ),
    "an associate member without its code": (
        'country = "AI"\n',
        "",
        'key = "ai"',
        None,
        (
            "delegations[47].country: The country 'ai' has no country code."
            ' Add country = "..", its ISO 3166 code of two capital letters.'
        ),
    ),
    "a kind that is none": (
        'kind = "associate_member"',
        'kind = "associated_member"',
        "",
        'kind = "associated_member"',
        (
            "delegations[47].kind: 'associated_member' is not known. Write 'member_country',"
            " 'member_state', 'associate_member', 'organisation' or 'category'."
        ),
    ),
    "a text without one of the languages": (
        'short_title.pt = "Segunda Revisão Regional do Pacto Global para Migração"\n',
        "",
        "",
        "short_title.en",
        'names.short_title: The text lacks Portuguese. Add pt = "..." to it.',
    ),
    "a segment of another day": (
        "day = 2025-03-18",
        "day = 2025-03-17",
        'key = "hearing"',
        "day = 2025-03-17",
        (
            "segments[1].day: 2025-03-17 is no day of the meeting."
            " Write a day from 2025-03-18 to 2025-03-20."
        ),
    ),
    "a segment for nobody": (
        "capacity = 300",
        "capacity = 0",
        "",
        "capacity = 0",
        "segments[1].capacity: 0 is too small. Write 1 or more.",
    ),
    "a segment that ends before it starts": (
        "capacity = 300",
        "starts = 10:00:00\nends = 09:00:00",
        "",
        "ends = 09:00:00",
        "segments[1].ends: The segment ends before it starts. Write an hour after starts.",
    ),
    "a segment with an end alone": (
        "capacity = 300",
        "ends = 09:00:00",
        "",
        "ends = 09:00:00",
        (
            "segments[1].ends: The segment has an end, but no beginning."
            " Add starts, or take ends out."
        ),
    ),
    "an objective that there is not": (
        "objectives = [1, 3, 7, 17, 23]",
        "objectives = [1, 3, 7, 17, 24]",
        "",
        "objectives = [1, 3, 7, 17, 24]",
        "segments[7].objectives[5]: 24 is too large. Write 23 or less.",
    ),
    "an objective twice": (
        "objectives = [1, 3, 7, 17, 23]",
        "objectives = [1, 3, 7, 7, 23]",
        "",
        "objectives = [1, 3, 7, 7, 23]",
        "segments[7].objectives: Objective 7 stands here twice. Take one of them out.",
    ),
    "a source on what is within nothing": (
        _WITHIN,
        "",
        PANEL,
        "[[segments.sources]]",
        (
            "segments[3].sources: The source is quoted on what the segment is within, and within is"
            " missing. Add within, the name of the conference, or take sources out."
        ),
    ),
    "two segments with one key": (
        'key = "opening"',
        'key = "closing"',
        "",
        None,
        "segments[8].key: 'closing' stands here twice. Change one of them.",
    ),
    "a step without a day": (
        "first_day = 2024-10-29\n",
        "",
        "",
        None,
        (
            "roadmap[2]: The step 'first-briefing' has neither a day nor a month."
            " Add first_day, or month where only the month is known."
        ),
    ),
    "a step with a day and a month": (
        "month = 2025-02-01",
        "first_day = 2025-02-10\nmonth = 2025-02-01",
        "",
        "month = 2025-02-01",
        (
            "roadmap[5].month: The step 'second-briefing' has both days and a month."
            " Take month out: the days say it."
        ),
    ),
    "a month in its middle": (
        "month = 2025-02-01",
        "month = 2025-02-15",
        "",
        "month = 2025-02-15",
        (
            "roadmap[5].month: 2025-02-15 is not the first day of a month."
            " Write 2025-02-01: it stands for the whole month."
        ),
    ),
    "a month in words": (
        "month = 2025-02-01",
        'month = "February 2025"',
        "",
        'month = "February 2025"',
        "roadmap[5].month: This is no day. Write it without quotes, such as 2022-03-31.",
    ),
    "a step that ends before it begins": (
        "last_day = 2024-09-26",
        "last_day = 2024-09-24",
        "",
        "last_day = 2024-09-24",
        (
            "roadmap[1].last_day: The last day, 2024-09-24, comes before the first, 2024-09-25."
            " Write a day that is not before first_day."
        ),
    ),
    "a step to a call that there is not": (
        'call = "pre-consultations"',
        'call = "pre-consultation"',
        "",
        'call = "pre-consultation"',
        (
            "roadmap[3].call: There is no call 'pre-consultation'. Write one of co-chairs,"
            " keynote-speaker, thematic-speakers, stakeholder-rapporteur, guiding-questions,"
            " pre-consultations, january-consultations, future-communications, or add it under"
            " [[calls]]."
        ),
    ),
    "a step to a segment that there is not": (
        'segment = "hearing"',
        'segment = "audience"',
        "",
        'segment = "audience"',
        (
            "roadmap[6].segment: There is no segment 'audience'. Write one of hearing, opening,"
            " high-level-panel, session-1, session-2, session-3, session-4, closing, or add it"
            " under [[segments]]."
        ),
    ),
    "two steps that are the meeting": (
        'segment = "hearing"',
        "is_meeting = true",
        "",
        None,
        (
            "roadmap[7].is_meeting: The step 'hearing' is the meeting itself already."
            " Take is_meeting out of one of them."
        ),
    ),
    "a document at an address that is none": (
        'link = "https://undocs.org/A/RES/73/195"',
        'link = "undocs.org/A/RES/73/195"',
        "",
        'link = "undocs.org/A/RES/73/195"',
        (
            "documents[1].link: 'undocs.org/A/RES/73/195' is not an address of the web."
            " Write one that begins with https://, without blanks."
        ),
    ),
    "a document that is there and to come": (
        'symbol = "A/RES/73/195"',
        'symbol = "A/RES/73/195"\nannounced = true',
        "",
        "announced = true",
        (
            "documents[1].announced: The document is said to be yet to come, and has a link."
            " Take announced out, or the link."
        ),
    ),
    "courtesies that the letter does not introduce": (
        _INTRO,
        "",
        "[letter]",
        None,
        (
            "letter: There are courtesies, and the letter has no courtesies_intro."
            " Add it: the sentence before the courtesies."
        ),
    ),
    "what nobody pays without a heading": (
        _NOT_PAID,
        "",
        "[letter]",
        None,
        (
            "letter: The letter has no not_paid_heading for what [paid] says."
            " Add it: the heading above what nobody pays."
        ),
    ),
    "two calls with one key": (
        'key = "keynote-speaker"',
        'key = "co-chairs"',
        CALLS,
        None,
        "calls[2].key: 'co-chairs' stands here twice. Change one of them.",
    ),
    "a call that nobody answers": (
        'answering = "delegation"',
        'answering = "delegations"',
        CALLS,
        'answering = "delegations"',
        "calls[1].answering: 'delegations' is not known. Write 'person' or 'delegation'.",
    ),
    "a closing with an offset": (
        "closes = 2025-01-18T00:00:00",
        "closes = 2025-01-18T00:00:00-03:00",
        "",
        "closes = 2025-01-18T00:00:00-03:00",
        (
            "calls[1].closes: The moment has an offset of its own."
            " Take the offset out: the hour is that of the meeting's zone."
        ),
    ),
    "a call that closes before it opens": (
        "opens = 2024-09-16T00:00:00",
        "opens = 2024-10-16T00:00:00",
        "",
        "closes = 2024-10-16T00:00:00",
        "calls[4].closes: The call closes before it opens. Write a moment after opens.",
    ),
    "a decision before the end": (
        "decided_on = 2025-01-31",
        "decided_on = 2025-01-16",
        "",
        "decided_on = 2025-01-16",
        (
            "calls[1].decided_on: The call is decided on 2025-01-16, while one can answer it until"
            " 2025-01-17. Write 2025-01-17 or a later day."
        ),
    ),
    "more co-chairs than sub-regions": (
        "choose = 3",
        "choose = 4",
        "",
        "choose = 4",
        (
            "calls[1].choose: 4 are chosen, no two of one sub-region; sub-regions: 3."
            " Write 3 or fewer."
        ),
    ),
    "a co-chair of no sub-region": (
        'regions = ["caribbean", "central-america-and-mexico", "south-america"]',
        (
            'regions = ["caribbean", "central-america-and-mexico", "south-america",'
            ' "outside-the-region"]'
        ),
        CO_CHAIRS,
        '"south-america", "outside-the-region"]',
        (
            "calls[1].regions: 'outside-the-region' is no sub-region, and its delegations may"
            ' answer. Write regions = ["caribbean", "central-america-and-mexico",'
            ' "south-america"].'
        ),
    ),
    "co-chairs of anywhere": (
        'regions = ["caribbean", "central-america-and-mexico", "south-america"]\n',
        "",
        CO_CHAIRS,
        "one_from_each_region = true",
        (
            "calls[1].one_from_each_region: 'outside-the-region' is no sub-region, and its"
            ' delegations may answer. Write regions = ["caribbean", "central-america-and-mexico",'
            ' "south-america"].'
        ),
    ),
    "a region of a call that there is not": (
        'regions = ["caribbean", "central-america-and-mexico", "south-america"]',
        'regions = ["caribbean", "central-america-and-mexico", "south-america", "andes"]',
        CO_CHAIRS,
        '"andes"]',
        (
            "calls[1].regions: There is no region 'andes'. Write one of caribbean,"
            " central-america-and-mexico, south-america, outside-the-region, or add it under"
            " [[regions]]."
        ),
    ),
    "a kind of a call that the meeting has not": (
        'kinds = ["member_state"]',
        'kinds = ["member_country"]',
        CO_CHAIRS,
        'kinds = ["member_country"]',
        (
            "calls[1].kinds: No delegation of this meeting is of the kind 'member_country'."
            " Write one of member_state, associate_member."
        ),
    ),
    "one submission of each person's delegation": (
        "choose = 1",
        "choose = 1\nis_sole = true",
        RAPPORTEUR,
        "is_sole = true",
        (
            "calls[4].is_sole: Persons answer this call, and is_sole is of delegations alone."
            ' Take is_sole out, or write answering = "delegation".'
        ),
    ),
    "files of a person": (
        "choose = 1",
        "choose = 1\nattachments = 2",
        RAPPORTEUR,
        "attachments = 2",
        (
            "calls[4].attachments: Persons answer this call, and attachments is of delegations"
            ' alone. Take attachments out, or write answering = "delegation".'
        ),
    ),
    "persons of sub-regions": (
        "choose = 1",
        "choose = 1\none_from_each_region = true",
        RAPPORTEUR,
        "one_from_each_region = true",
        (
            "calls[4].one_from_each_region: Persons answer this call, and a person is of no"
            ' sub-region. Write answering = "delegation", or take one_from_each_region out.'
        ),
    ),
    "what is published that is not known": (
        'publishes = "submissions"',
        'publishes = "answers"',
        "",
        'publishes = "answers"',
        "calls[5].publishes: 'answers' is not known. Write 'nothing', 'decision' or 'submissions'.",
    ),
    "more files than anybody reads": (
        "attachments = 5",
        "attachments = 50",
        "",
        "attachments = 50",
        "calls[5].attachments: 50 is too large. Write 20 or less.",
    ),
    "news that is decided": (
        "leaves = true",
        "leaves = true\nchoose = 1",
        NEWS,
        "choose = 1",
        (
            "calls[8].choose: Nothing is decided where one only leaves an address for news."
            " Take choose out, or leaves."
        ),
    ),
    "news for delegations": (
        'answering = "person"',
        'answering = "delegation"',
        NEWS,
        "leaves = true",
        (
            "calls[8].leaves: News go to persons, and delegations answer this call."
            ' Write answering = "person", or take leaves out.'
        ),
    ),
    "two questions with one key": (
        'key = "areas"',
        'key = "plan"',
        CALLS,
        None,
        (
            "calls[5].sections[5].questions[1].key: Another question of the call bears the key"
            " 'plan' too. Give each question of a call a key of its own."
        ),
    ),
    "a question without anything to choose": (
        'kind = "text"',
        'kind = "choice"',
        'key = "areas"',
        None,
        (
            "calls[5].sections[1].questions[2].choices: The question 'areas' offers 0 to choose"
            ' from. Give two choices or more, or write kind = "line" or "text".'
        ),
    ),
    "choices for a line": (
        'kind = "choices"',
        'kind = "line"',
        NEWS,
        None,
        (
            "calls[8].sections[1].questions[1].choices: The question 'interests' is answered in"
            ' words, and has choices. Write kind = "choice" or "choices", or take the choices out.'
        ),
    ),
    "two choices with one key": (
        'key = "session-4"',
        'key = "session-1"',
        'key = "thematic-speakers"',
        None,
        (
            "calls[3].sections[1].questions[1].choices[4].key: 'session-1' stands here twice."
            " Change one of them."
        ),
    ),
    "characters of a choice": (
        'kind = "choice"',
        'kind = "choice"\nmost = 10',
        'key = "thematic-speakers"',
        "most = 10",
        (
            "calls[3].sections[1].questions[1].most: The question 'session' is not answered in"
            " words, and most counts characters. Take most out."
        ),
    ),
    "a section without questions": (
        'key = "interests"\n',
        'key = "interests"\nquestions = []\n\n[[calls.sections]]\nkey = "more"\n',
        NEWS,
        "questions = []",
        "calls[8].sections[1].questions: The list is empty. Give at least one.",
    ),
    "a question in a table that is none": (
        "[[calls.sections.questions.choices]]",
        "[[calls.sections.questions.choises]]",
        NEWS,
        None,
        (
            "calls[8].sections[1].questions[1].choises: The key 'choises' is not known here."
            " Did you mean 'choices'?"
        ),
    ),
    "a key of another table": (
        "decided_on = 2025-01-31",
        "objectives = [1]",
        "",
        "objectives = [1]",
        (
            "calls[1].objectives: The key 'objectives' is not known here."
            " Take it out; docs/meeting-file.md names all keys."
        ),
    ),
    "a misspelt key of a call": (
        "decided_on = 2025-01-31",
        "decided = 2025-01-31",
        "",
        "decided = 2025-01-31",
        "calls[1].decided: The key 'decided' is not known here. Did you mean 'decided_on'?",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_told_apart_with_its_line_and_its_remedy(case: str) -> None:
    old, new, after, at, expected = BROKEN[case]
    source = change(old, new, after=after)

    faults = read_definition(source, name=GCM)

    assert isinstance(faults, list)
    told = [f"{each.key}: {each.problem} {each.remedy}" for each in faults]
    assert told == [expected]
    if at is not None:
        assert faults[0].line == _line_of(source, at, after)
    assert faults[0].line is not None


def test_all_that_is_about_choosing_is_told_where_nobody_is_chosen() -> None:
    faults = read_definition(change("choose = 1\n", "", after=RAPPORTEUR), name=GCM)

    assert isinstance(faults, list)
    assert [each.key for each in faults] == [
        "calls[4].decided_on",
        "calls[4].publishes",
        "calls[4].decided_by",
        "calls[4].criteria",
    ]
    assert str(faults[1]).endswith(
        "A decision is to be published, and nobody is chosen."
        ' Add choose, or write "submissions" or "nothing".'
    )
    assert str(faults[3]).endswith(
        "Nobody is chosen, and criteria is about choosing."
        " Add choose, the number of those who are chosen, or take criteria out."
    )


def test_courtesies_need_words_on_what_is_paid_and_what_is_not() -> None:
    source = read_source()
    begin = source.index("[paid]")
    end = source.index("# ---", begin)

    faults = read_definition(source[:begin] + source[end:], name=GCM)

    assert isinstance(faults, list)
    assert [f"{each.key}: {each.problem} {each.remedy}" for each in faults] == [
        (
            "courtesies: There are courtesies, and [paid] is missing."
            " Add [paid] with note and by_nobody: a letter says both."
        )
    ]


def test_acceptance_needs_something_to_accept() -> None:
    source = read_source()
    begin = source.index("[[terms]]")
    end = source.index("[[privacy]]", begin)

    faults = read_definition(source[:begin] + source[end:], name=GCM)

    assert isinstance(faults, list)
    assert [f"{each.key}: {each.problem} {each.remedy}" for each in faults] == [
        (
            "terms: An acceptance is asked for, and nothing stands there to accept."
            " Add [[terms]], or write asks_acceptance = false everywhere."
        )
    ]


def _line_of(source: str, words: str, after: str) -> int:
    """The line on which the words begin, behind the others or, where they stand above, before."""
    begin = source.index(after)
    found = source.find(words, begin)
    if found < 0:
        found = source.rindex(words, 0, begin)
    return source.count("\n", 0, found) + 1
