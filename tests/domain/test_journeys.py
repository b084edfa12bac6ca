"""Journeys and stays as they are kept: read again as they were, and silent in a traceback."""

from registration.domain.journeys import (
    Box,
    bind_box,
    dump,
    load_needs,
    load_stay,
    load_ticket,
    load_travel,
)
from registration.domain.papers import FileRole, bind
from tests.builders import make_registration
from tests.travellers import NEEDS, STAY, make_ticket, make_travel


def test_each_is_read_as_it_was_written() -> None:
    ticket, travel = make_ticket(), make_travel()

    assert load_travel(dump(travel)) == travel
    assert load_ticket(dump(ticket)) == ticket
    assert load_stay(dump(STAY)) == STAY
    assert load_needs(dump(NEEDS)) == NEEDS


def test_none_shows_what_it_holds() -> None:
    shown = repr([make_travel(), make_ticket(), STAY, NEEDS])

    for secret in ("C7654321", "139-2401234567", "612.50", "Imperial", "nueces", "ruedas", "1978"):
        assert secret not in shown


def test_no_box_is_bound_as_a_file_is() -> None:
    id = make_registration().id
    files = {bind(role, id) for role in FileRole}

    assert len({bind_box(box, id) for box in Box} - files) == len(Box)
