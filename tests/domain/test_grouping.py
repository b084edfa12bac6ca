"""Many delegations under a few headings: those of the second meeting, by sub-region and kind."""

from registration.domain.grouping import group_delegations
from registration.domain.ids import MeetingId
from registration.language.groups import heading
from registration.language.translator import get_translator
from tests.builders import make_meeting

GCM = MeetingId("gcm-regional-review-2025")


def test_each_stands_once_by_region_or_kind_and_categories_come_last() -> None:
    meeting = make_meeting(GCM)

    groups = group_delegations(meeting, meeting.groups_taking_forms)

    every = [each for group in groups for each in group.delegations]
    assert sorted(each.key for each in every) == sorted(
        each.key for each in meeting.groups_taking_forms
    )
    assert [group.delegations[0].is_category for group in groups] == [False] * (len(groups) - 1) + [
        True
    ]
    for group in groups:
        regions = {each.region for each in group.delegations}
        assert regions == {group.region.key if group.region else None}


def test_headings_are_regions_in_the_order_of_the_file_then_kinds() -> None:
    meeting, words = make_meeting(GCM), get_translator("en")

    headings = [
        heading(each, words) for each in group_delegations(meeting, meeting.groups_taking_forms)
    ]

    names = [each.name["en"] for each in meeting.regions]
    assert headings[: len(names)] == names
    assert headings[-1] == "Other participants"


def test_small_meeting_has_its_kinds_as_headings() -> None:
    meeting, words = make_meeting(), get_translator("es")

    groups = group_delegations(meeting, meeting.delegations)

    assert [heading(each, words) for each in groups] == ["Países Miembros", "Organizaciones"]
    assert [each.key for group in groups for each in group.delegations] == [
        each.key for each in meeting.delegations
    ]
