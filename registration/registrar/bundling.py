"""The passports of those whose flight is paid, in one ZIP that is locked with a password.

The line of the meeting's history is committed before the first byte, and the line of each entry's
before the first byte of its passport. One passport at a time is in memory, and none on a disk.
"""

import logging
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from stat import S_IFREG

from stream_zip import NO_COMPRESSION_32, NO_COMPRESSION_64, MemberFile, stream_zip

from registration.domain.bundles import PASSPORTS, LeftOut, judge_copy, name_copy
from registration.domain.events import By, Event
from registration.domain.ids import MeetingId
from registration.domain.meeting import Meeting
from registration.domain.openings import Why
from registration.domain.papers import LockedFile
from registration.domain.registrations import Registration
from registration.domain.travel import TRAVELLING, is_traveller
from registration.language.bundles import compose_note, note_name
from registration.language.translator import Translator
from registration.meetings.reading import get_meeting
from registration.registrar.office import Office
from registration.registrar.opening import open_file
from registration.store import reading
from registration.store.writing import history
from registration.uploads.names import name_for_download
from registration.vault.boxes import BoxWillNotOpen
from registration.vault.storage import BlobMissing, StorageFailed

_log = logging.getLogger("registration.registrar")

#: Larger ZIPs are written in the form for large ones, which the oldest programs do not read.
_LARGE = 0xF000_0000
_MODE = S_IFREG | 0o600


@dataclass(frozen=True)
class Copy:
    """A passport that goes in. name: in the ZIP, unique there."""

    registration: Registration
    file: LockedFile
    name: str


@dataclass(frozen=True)
class Bundle:
    """What the ZIP will hold, and whose passport it will not."""

    meeting: Meeting
    copies: tuple[Copy, ...]
    left_out: tuple[tuple[Registration, LeftOut], ...]


def list_bundle(office: Office, meeting_id: MeetingId) -> Bundle:
    """Return who is in and who is left out, by the order of the meeting's file and by surname."""
    with office.database.reading() as session:
        meeting = get_meeting(session, meeting_id)
        found = [
            (each, reading.find_file(session, each.passport) if each.passport else None)
            for each in reading.list_registrations(session, meeting_id, states=TRAVELLING)
            if is_traveller(meeting, each) and each.erased_at is None
        ]
    order = {each.key: place for place, each in enumerate(meeting.groups)}
    found.sort(key=lambda each: (order[each[0].delegation_key], *_by_name(each[0])))
    left_out = [(each, why) for each, file in found if (why := judge_copy(file))]
    return Bundle(meeting, tuple(_name_all(found)), tuple(left_out))


def begin_zip(
    office: Office,
    bundle: Bundle,
    password: str,
    words: Translator,
    *,
    by: By,
    arrived_at: datetime,
) -> Iterator[bytes]:
    """Record in the meeting's history that the ZIP leaves the house, and return its bytes, which
    are made as they are asked for. Asks nothing of the request that began it."""
    with office.database.writing() as session:
        history.append_line(
            session,
            chain=reading.chain_of_meeting(bundle.meeting.id),
            event=Event.EXPORTED,
            by=by,
            at=arrived_at,
            facts={
                "kind": PASSPORTS,
                "format": "zip",
                "language": words.language,
                "number": str(len(bundle.copies)),
            },
            details={},
        )
    members = _list_members(office, bundle, words, by=by, arrived_at=arrived_at)
    return iter(stream_zip(members, password=password))


def _list_members(
    office: Office, bundle: Bundle, words: Translator, *, by: By, arrived_at: datetime
) -> Iterator[MemberFile]:
    """Yield the passports, each opened when the one before has left, and the note at the end."""
    at = arrived_at.astimezone(bundle.meeting.zone)
    is_large = sum(each.file.size for each in bundle.copies) > _LARGE
    left_out = [(each.full_name, why) for each, why in bundle.left_out]
    number = 0
    for copy in bundle.copies:
        data = _open(office, copy, by=by, arrived_at=arrived_at)
        if data is None:
            left_out.append((copy.registration.full_name, LeftOut.NOT_OPENED))
            continue
        yield _member(copy.name, data, at, is_large=is_large)
        number += 1
    title = bundle.meeting.short_title[words.language]
    note = compose_note(title, number, left_out, words)
    yield _member(note_name(words), note, at, is_large=is_large)


def _open(office: Office, copy: Copy, *, by: By, arrived_at: datetime) -> bytes | None:
    """One that does not open must not keep the others from the desk."""
    id = copy.registration.id
    try:
        opened = open_file(
            office, copy.file.id, of=id, by=by, why=Why.FLIGHT, arrived_at=arrived_at
        )
    except (LookupError, BoxWillNotOpen, BlobMissing, StorageFailed) as fault:
        _log.warning("the passport of entry %s is left out: %s", id, type(fault).__name__)
        return None
    return opened.data


def _member(name: str, data: bytes, at: datetime, *, is_large: bool) -> MemberFile:
    """Not compressed: pictures and PDFs are, and sizes that are known beforehand stand before the
    bytes, where every program looks for them."""
    method = NO_COMPRESSION_64 if is_large else NO_COMPRESSION_32
    return name, at, _MODE, method(len(data), zlib.crc32(data)), (data,)


def _name_all(found: Iterable[tuple[Registration, LockedFile | None]]) -> Iterator[Copy]:
    numbers: dict[str, int] = {}
    for each, file in found:
        if file is None or judge_copy(file) is not None:
            continue
        number = numbers[each.delegation_key] = numbers.get(each.delegation_key, 0) + 1
        yield Copy(each, file, name_for_download(name_copy(each, number), file.media_type))


def _by_name(registration: Registration) -> tuple[str, str]:
    person = registration.particulars
    return person.surnames.casefold(), person.given_names.casefold()
