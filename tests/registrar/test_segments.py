"""What people attend: places taken as seats are, and given back."""

import pytest

from registration.domain.events import DELEGATE
from registration.domain.ids import RegistrationId
from registration.domain.refusals import NotPermitted, ReasonMissing, SegmentFull, UnknownSegment
from registration.domain.registrations import Registration
from registration.domain.segments import Choice
from registration.domain.states import State
from registration.registrar import entering, meetings, replacing
from registration.registrar.attending import wish
from registration.registrar.choosing import choose_segments
from registration.registrar.confirming import lapse
from registration.registrar.correcting import complete
from registration.registrar.office import CheckYourEmail, Office
from registration.registrar.reserving import promote
from registration.store import reading
from registration.store.reading.segments import count_choices, list_choices
from tests.offices import FOCAL_POINT, REVIEWER, Guide
from tests.programs import SEGMENTS, load_program
from tests.registrar.moving import decide, moved, withdraw


@pytest.fixture
def guide(office: Office) -> Guide:
    load_program(office, segments=SEGMENTS)
    return Guide(office)


def test_wish_becomes_a_place_with_the_confirmation(guide: Guide) -> None:
    application = guide.apply(segments=("hearing", "closing"))
    guide.register(application)
    wished = _chosen(guide, application.entry)

    moved(guide.confirm(application.entry))

    assert wished == {"hearing": False, "closing": False}
    assert _chosen(guide, application.entry) == {"hearing": True, "closing": True}
    assert _last_facts(guide, application.entry)["segments"] == "closing hearing"


def test_segment_full_meanwhile_is_not_attended_and_the_registration_stands(guide: Guide) -> None:
    first, second = guide.apply(segments=("panel",)), guide.apply(segments=("panel", "hearing"))
    guide.register(first)
    guide.register(second)

    moved(guide.confirm(first.entry))
    entry = moved(guide.confirm(second.entry))

    assert (entry.state, entry.seat_number) == (State.SUBMITTED, 2)
    assert _chosen(guide, first.entry) == {"panel": True}
    assert _chosen(guide, second.entry) == {"hearing": True, "panel": False}
    facts = _last_facts(guide, second.entry)
    assert (facts["segments"], facts["segments_full"]) == ("hearing", "panel")


def test_form_with_a_full_segment_is_refused_by_its_name(guide: Guide) -> None:
    guide.submit(segments=("panel",))

    answer = guide.register(guide.apply("pa", segments=("panel", "hearing")))

    assert isinstance(answer, SegmentFull)
    assert [each["en"] for each in answer.titles] == ["Panel on regular pathways"]


def test_form_with_a_segment_of_nobody_is_refused(guide: Guide) -> None:
    assert guide.register(guide.apply(segments=("dinner",))) == UnknownSegment()


@pytest.mark.parametrize("way", ["withdraw", "decline", "lapse"])
def test_leaving_frees_the_place(guide: Guide, way: str) -> None:
    application = guide.apply(segments=("panel",))
    guide.register(application)
    if way != "lapse":
        moved(guide.confirm(application.entry))
    entry = guide.get(application.entry)

    if way == "withdraw":
        moved(withdraw(guide, entry))
    elif way == "decline":
        moved(decide(guide, entry, "decline", "Not of this meeting"))
    else:
        moved(lapse(guide.office, entry.id, arrived_at=guide.now))

    assert _chosen(guide, entry.id) == {}
    assert _chosen(guide, guide.submit("pa", segments=("panel",)).id) == {"panel": True}


def test_successor_does_not_inherit_what_the_other_attended(guide: Guide) -> None:
    entry = guide.submit(segments=("panel",))
    newcomer = guide.apply(with_passport=False)

    successor = moved(
        replacing.replace(
            guide.office,
            entry.id,
            newcomer,
            version=entry.version,
            by=FOCAL_POINT,
            arrived_at=guide.now,
        )
    )

    assert (_chosen(guide, entry.id), _chosen(guide, successor.id)) == ({}, {})


def test_nominated_delegate_chooses_with_the_completion(guide: Guide) -> None:
    entry = moved(
        entering.nominate(
            guide.office, guide.apply(with_passport=False), by=FOCAL_POINT, arrived_at=guide.now
        )
    )
    guide.send_passport(entry.id)

    done = complete(
        guide.office,
        entry.id,
        entry.particulars,
        version=entry.version,
        arrived_at=guide.now,
        segments=("panel",),
    )

    assert moved(done).state is State.SUBMITTED
    assert _chosen(guide, entry.id) == {"panel": True}


def test_person_changes_what_to_attend_and_is_told(guide: Guide) -> None:
    entry = guide.submit(segments=("hearing",))

    moved(_choose(guide, entry, "panel", "closing"))

    assert _chosen(guide, entry.id) == {"panel": True, "closing": True}
    assert guide.list_events(entry.id)[-1] == "segments_changed"
    assert _last_facts(guide, entry.id) == {
        "segments": "closing panel",
        "segments_left": "hearing",
    }
    assert ("segments_changed", "p0@example.org") in guide.list_mails(entry.id)
    assert guide.get(entry.id).version == entry.version


def test_same_choice_again_writes_nothing(guide: Guide) -> None:
    entry = guide.submit(segments=("hearing",))
    lines = guide.list_events(entry.id)

    moved(_choose(guide, entry, "hearing"))

    assert guide.list_events(entry.id) == lines


def test_full_segment_cannot_be_added_and_nothing_else_changes(guide: Guide) -> None:
    guide.submit("pa", segments=("panel",))
    entry = guide.submit(segments=("hearing",))

    answer = _choose(guide, entry, "panel", "closing")

    assert isinstance(answer, SegmentFull)
    assert _chosen(guide, entry.id) == {"hearing": True}


def test_wish_that_was_not_met_is_tried_again(guide: Guide) -> None:
    first = guide.submit("pa", segments=("panel",))
    application = guide.apply(segments=())
    guide.register(application)
    late = guide.apply(segments=("hearing",))
    guide.register(late)
    moved(guide.confirm(late.entry))
    entry = guide.get(late.entry)
    _wish(guide, entry, "panel")

    moved(_choose(guide, entry, "hearing", "panel"))
    kept = _chosen(guide, entry.id)
    moved(withdraw(guide, first))
    moved(_choose(guide, entry, "hearing", "panel"))

    assert kept == {"hearing": True, "panel": False}
    assert _chosen(guide, entry.id) == {"hearing": True, "panel": True}


def test_desk_enters_nobody_into_a_part_that_there_is_not(guide: Guide) -> None:
    application = guide.apply(segments=("hearing", "dinner"))

    answer = entering.enter(
        guide.office, application, by=REVIEWER, reason="By telephone", arrived_at=guide.now
    )

    assert answer == UnknownSegment()
    assert _chosen(guide, application.entry) == {}


def test_desk_gives_a_reason(guide: Guide) -> None:
    entry = guide.submit(segments=("hearing",))

    without = choose_segments(guide.office, entry.id, (), by=REVIEWER, arrived_at=guide.now)
    moved(
        choose_segments(
            guide.office,
            entry.id,
            (),
            by=REVIEWER,
            arrived_at=guide.now,
            reason="Asked by telephone",
        )
    )

    assert without == ReasonMissing()
    assert _chosen(guide, entry.id) == {}


def test_who_waits_has_wishes_and_the_promotion_makes_places_of_them(guide: Guide) -> None:
    for _ in range(2):
        guide.submit()
    application = guide.apply(segments=("panel",), join_reserve=True)
    assert guide.register(application) == CheckYourEmail()
    waiting = moved(guide.confirm(application.entry))
    wished = _chosen(guide, waiting.id)

    with guide.office.database.reading() as session:
        first = reading.list_of_delegation(session, waiting.delegation_id, states=[State.SUBMITTED])
    moved(withdraw(guide, first[0]))
    moved(promote(guide.office, waiting.id, by=REVIEWER, arrived_at=guide.now))

    assert (waiting.state, wished) == (State.RESERVE, {"panel": False})
    assert _chosen(guide, waiting.id) == {"panel": True}


def test_whoever_left_chooses_nothing_any_more(guide: Guide) -> None:
    entry = guide.submit()
    moved(withdraw(guide, entry))

    assert isinstance(_choose(guide, entry, "panel"), NotPermitted)


def test_more_places_in_the_file_are_free_at_once(guide: Guide) -> None:
    guide.submit(segments=("panel",))

    _load(guide, panel=2)

    assert _chosen(guide, guide.submit("pa", segments=("panel",)).id) == {"panel": True}


def test_fewer_places_than_people_are_refused_and_free_ones_go(guide: Guide) -> None:
    entries = [guide.submit(key, segments=("hearing",)) for key in ("pa", "cr")]
    with pytest.raises(meetings.PlacesHeld):
        _load(guide, hearing=1)
    moved(withdraw(guide, entries[0]))

    # Who has the second place moves to the first.
    _load(guide, hearing=1)

    assert _chosen(guide, entries[1].id) == {"hearing": True}
    assert isinstance(guide.register(guide.apply("hn", segments=("hearing",))), SegmentFull)


def test_limit_taken_away_and_set_again_keeps_who_attends(guide: Guide) -> None:
    entry = guide.submit(segments=("panel", "closing"))

    load_program(guide.office, segments=SEGMENTS.replace("capacity = 1\n", ""))
    open_now = _chosen(guide, guide.submit("pa", segments=("panel",)).id)
    with pytest.raises(meetings.PlacesHeld):
        load_program(guide.office, segments=SEGMENTS)
    _load(guide, panel=2)

    assert open_now == {"panel": True}
    assert _chosen(guide, entry.id) == {"panel": True, "closing": True}


def test_segment_that_somebody_chose_is_not_taken_out(guide: Guide) -> None:
    entry = guide.submit(segments=("closing",))
    without = SEGMENTS[: SEGMENTS.index('[[segments]]\nkey = "closing"')]
    with pytest.raises(meetings.PlacesHeld):
        load_program(guide.office, segments=without)
    moved(withdraw(guide, entry))

    load_program(guide.office, segments=without)

    with guide.office.database.reading() as session:
        assert sorted(count_choices(session, guide.meeting.id)) == ["hearing", "panel"]


def _choose(guide: Guide, entry: Registration, *keys: str) -> object:
    return choose_segments(guide.office, entry.id, keys, by=DELEGATE, arrived_at=guide.now)


def _chosen(guide: Guide, id: RegistrationId) -> dict[str, bool]:
    with guide.office.database.reading() as session:
        found: list[Choice] = list_choices(session, id)
    return {each.key: each.attends for each in found}


def _wish(guide: Guide, entry: Registration, key: str) -> None:
    """Record a wish that was not met, as a confirmation that came second leaves it."""
    with guide.office.database.writing() as session:
        wish(session, guide.meeting, entry.id, [key], at=guide.now)


def _last_facts(guide: Guide, id: RegistrationId) -> dict[str, str]:
    with guide.office.database.reading() as session:
        line = reading.list_history(session, reading.chain_of_registration(id))[0]
    return dict(line.facts)


def _load(guide: Guide, **capacities: int) -> None:
    """Load the file with another capacity of some segments."""
    changed = SEGMENTS
    for key, capacity in capacities.items():
        head, _, rest = changed.partition(f'key = "{key}"')
        before, _, after = rest.partition("capacity = ")
        changed = f'{head}key = "{key}"{before}capacity = {capacity}{after[1:]}'
    load_program(guide.office, segments=changed)
