"""Calls with very many submissions: rows put in at once, as the registrar would have left them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from registration.domain.names import canonical_email
from registration.domain.submissions import Stand
from registration.registrar.office import Office
from registration.store.tables.calls import DbAnswer, DbSubmission
from registration.store.tables.meetings import DbDelegation
from tests.builders import RCM

_NAMES = ("Ana Lucía", "René", "Carmen", "Julia", "Rafael", "Elena", "Luis", "Zoë", "Íñigo", "Noé")
_HOUSES = ("Red de Mujeres", "Observatorio de Movilidad", "Federación de Municipios")


def fill_call(
    office: Office,
    number: int,
    call: str = "news",
    *,
    first: int = 0,
    answers: Mapping[str, str] | None = None,
    **changes: Any,
) -> None:
    """Add so many submissions of persons to a call. first: where their numbers begin."""
    with office.database.writing() as session:
        rows = list(_make_rows(call, range(first, first + number), changes))
        session.execute(insert(DbSubmission), rows)
        written = [
            _make_answer(row, question, words)
            for row in rows
            for question, words in (answers or {}).items()
        ]
        if written:
            session.execute(insert(DbAnswer), written)


def add_of_delegation(
    office: Office, number: int, key: str, call: str = "news", **changes: Any
) -> str:
    """Add one submission of a delegation and return its reference."""
    with office.database.writing() as session:
        query = select(DbDelegation.id).where(
            DbDelegation.meeting_id == RCM, DbDelegation.key == key
        )
        row = next(_make_rows(call, range(number, number + 1), changes))
        session.execute(insert(DbSubmission), [row | {"delegation_id": session.scalar(query)}])
        return str(row["reference"])


def _make_rows(call: str, numbers: range, changes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    oldest = datetime.now(UTC) - timedelta(days=30)
    for at in numbers:
        email = f"persona.{at}@example.org"
        moment = oldest + timedelta(seconds=37 * at)
        yield {
            "id": UUID(int=(1 << 101) + at),
            "meeting_id": RCM,
            "call": call,
            "delegation_id": None,
            "reference": f"RCM-S{at:07d}",
            "stand": Stand.SUBMITTED.value,
            "version": 2,
            "name": f"{_NAMES[at % 10]} Ñandú {at}",
            "institution": _HOUSES[at % 3],
            "position": "Coordinación",
            "email": email,
            "canonical_email": canonical_email(email),
            "language": ("es", "en")[at % 2],
            "link_generation": 1,
            "link_digest": b"submission" + at.to_bytes(22, "big"),
            "created_at_utc": moment,
            "changed_at_utc": moment,
            "confirmed_at_utc": moment,
            "submitted_at_utc": moment,
            **changes,
        }


def _make_answer(row: Mapping[str, Any], question: str, words: str) -> dict[str, Any]:
    return {
        "submission_id": row["id"],
        "question": question,
        "words": words,
        "version": 1,
        "writer": row["name"],
        "changed_at_utc": row["created_at_utc"],
    }
