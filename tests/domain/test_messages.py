"""The recipient's fields: a closed list, and what is written to whom."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from registration.domain.desk_refusals import (
    AddressNotConfirmed,
    LinkOfNobody,
    MessageNotInLanguage,
)
from registration.domain.messages import (
    FIELDS,
    BraceAlone,
    FieldFault,
    Message,
    UnknownField,
    fill_line,
    fill_paragraphs,
    find_fault,
    refuse_message,
    uses,
)
from registration.domain.refusals import DataErased
from registration.domain.states import State
from tests.builders import RCM, make_registration

NOW = datetime(2022, 2, 14, 15, 12, tzinfo=UTC)
VALUES = {field: f"<{field}>" for field in FIELDS} | {"treatment": ""}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_of_the_list_is_known(field: str) -> None:
    assert find_fault(f"Dear {{{field}}}") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Dear {nombre}", UnknownField("nombre")),
        ("Dear {}", UnknownField("")),
        ("Dear {0}", UnknownField("0")),
        ("Dear {name!r}", UnknownField("name!r")),
        ("Dear {name:>400}", UnknownField("name:>400")),
        ("Dear {name.__class__}", UnknownField("name.__class__")),
        ("Dear {name[0]}", UnknownField("name[0]")),
        ("Dear { name }", UnknownField(" name ")),
        ("Dear {name", BraceAlone()),
        ("Dear name}", BraceAlone()),
        ("{{a brace}} and {name}", None),
    ],
)
def test_unknown_or_malformed_field_is_named(text: str, fault: FieldFault | None) -> None:
    assert find_fault(text) == fault


def test_empty_field_leaves_no_double_space() -> None:
    assert fill_line("Dear {treatment} {name}", VALUES) == "Dear <name>"


def test_empty_lines_part_paragraphs_and_line_ends_stay() -> None:
    text = "One {name}\r\nstill one\n\n\n\nTwo\n"

    assert fill_paragraphs(text, VALUES) == ("One <name>\nstill one", "Two")


def test_name_with_braces_is_not_filled_again() -> None:
    assert fill_line("To {name}", {**VALUES, "name": "{link}"}) == "To {link}"


def test_only_a_field_counts_as_used() -> None:
    assert uses("See {link}", "link")
    assert not uses("See {{link}}", "link")


def test_message_goes_to_whoever_confirmed_or_was_nominated() -> None:
    nominated = replace(make_registration(state=State.NOMINATED), confirmed_at=None)

    assert refuse_message(make_registration(), make_message()) is None
    assert refuse_message(nominated, make_message()) is None


def test_address_that_nobody_confirmed_is_not_written_to() -> None:
    for state in (State.UNCONFIRMED, State.LAPSED, State.WITHDRAWN):
        stranger = replace(make_registration(state=state, seat_number=None), confirmed_at=None)

        assert refuse_message(stranger, make_message()) == AddressNotConfirmed()


def test_language_that_is_not_written_is_refused() -> None:
    spanish = make_registration()

    assert refuse_message(spanish, make_message(es=None)) == MessageNotInLanguage()


def test_private_link_of_a_final_entry_is_refused() -> None:
    final = make_registration(state=State.WITHDRAWN, seat_number=None)

    assert refuse_message(final, make_message()) is None
    assert refuse_message(final, make_message(es="Vea {link}")) == LinkOfNobody()


def test_erased_person_is_not_written_to() -> None:
    assert refuse_message(replace(make_registration(), erased_at=NOW), make_message()) == (
        DataErased()
    )


def make_message(en: str | None = "A word.", es: str | None = "Unas palabras.") -> Message:
    bodies = {code: text for code, text in (("en", en), ("es", es)) if text}
    return Message(
        id=UUID(int=7),
        meeting_id=RCM,
        subjects=dict.fromkeys(bodies, "On {meeting}"),
        bodies=bodies,
        chosen=(),
        staff_name="Luisa Pérez",
        written_at=NOW,
    )
