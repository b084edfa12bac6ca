"""What a larger meeting's file says twice is remarked on, by rules that know no meeting."""

from registration.meetings.checking import check
from tests.meetings.review import change, define


def test_address_that_people_read_gets_no_remark() -> None:
    source = change("regional-review@example.org", "regional-review@network.un.org")

    assert not any(each.startswith("contact") for each in _all_remarks(source))


def test_source_of_the_same_year_gets_no_remark() -> None:
    source = change("January 2025 / January 2023", "January 2025")

    assert not any("source says" in each for each in _all_remarks(source))


def test_another_year_in_any_source_is_remarked_on() -> None:
    source = change('source = "29 October 2024"', 'source = "29 October 2023"')

    assert _new_remarks(source) == [
        (
            "roadmap[2].source: The source says “29 October 2023”,"
            " and “1st Briefing for Member States” is in 2024, not in 2023."
        )
    ]


def test_meeting_on_the_days_of_its_dates_gets_no_remark() -> None:
    source = change("first_day = 2025-03-19", "first_day = 2025-03-18")

    assert not any("the meeting itself" in each for each in _all_remarks(source))


def test_panel_that_the_source_puts_within_alone_gets_no_remark() -> None:
    source = change("is_within = false", "is_within = true")

    assert not any("stands within" in each for each in _all_remarks(source))


def test_segment_on_another_day_than_its_step_is_remarked_on() -> None:
    source = change(
        "first_day = 2025-03-18", "first_day = 2025-03-19", after='key = "second-briefing"'
    )

    assert _new_remarks(source) == [
        (
            "roadmap[6].segment: “Multi-stakeholder Hearing” is on 2025-03-19 here;"
            " as a segment it is on 2025-03-18."
        )
    ]


def test_line_that_bears_a_segments_title_in_some_languages_is_remarked_on() -> None:
    source = change('fr = "Séance de clôture"', 'fr = "Clôture"', after='key = "closing"')

    assert _new_remarks(source) == [
        (
            "segments[8].title: agenda[3].items[4] bears the title of 'closing', but not in fr:"
            " the line is the segment only where all are the same."
        )
    ]


def test_objective_that_no_session_or_two_review_is_remarked_on() -> None:
    source = change("objectives = [1, 3, 7, 17, 23]", "objectives = [1, 3, 7, 17, 22]")

    assert _new_remarks(source) == [
        "segments: Objective 22 is that of 2 segments.",
        "segments: Objective 23 is that of no segment.",
    ]


def test_step_below_a_later_one_is_remarked_on() -> None:
    source = change("first_day = 2024-10-29", "first_day = 2024-12-29")
    source = source.replace('source = "29 October 2024"', 'source = "29 December 2024"')

    assert _new_remarks(source) == [
        (
            "roadmap[3]: “Pre-consultations for multi-stakeholders” of 2024-11-13"
            " stands below a step of 2024-12-29."
        )
    ]


def _all_remarks(source: str) -> list[str]:
    return [str(each) for each in check(define(source))]


def _new_remarks(source: str) -> list[str]:
    known = set(map(str, check(define())))
    return [each for each in _all_remarks(source) if each not in known]
