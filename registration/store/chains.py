"""How the lines of a history hang together: each one carries the hash of the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

#: What the first line of a chain follows on.
BEGINNING = bytes(32)


def hash_of_line(line: Mapping[str, object]) -> bytes:
    """Return the SHA-256 that binds the line to the one before it."""
    moment, previous = cast("datetime", line["at_utc"]), cast("bytes", line["previous_hash"])
    digest = line["details_digest"]
    text = json.dumps(
        [
            line["chain"],
            line["number"],
            moment.astimezone(UTC).isoformat(),
            line["event"],
            line["actor"],
            line["staff_id"],
            line["facts"],
            digest.hex() if isinstance(digest, bytes) else None,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous + text.encode()).digest()


def digest_of_details(salt: bytes, details: Mapping[str, str]) -> bytes:
    """Return what the line keeps of its personal facts: their salted SHA-256."""
    text = json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()


def digest_of_terms(language: str, terms: Sequence[str]) -> str:
    """Return what a line keeps of the words that were accepted: their SHA-256 in hexadecimal."""
    text = json.dumps([language, *terms], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_seal(seal: Mapping[str, object]) -> bytes:
    """Return the SHA-256 that a sealed line's signature is over: it covers all the rest."""
    moment = cast("datetime", seal["at_utc"])
    certificate = cast("bytes", seal["certificate"])
    text = json.dumps(
        [
            seal["number"],
            moment.astimezone(UTC).isoformat(),
            seal["heads"],
            hashlib.sha256(certificate).hexdigest(),
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    previous = cast("bytes", seal["previous_hash"])
    return hashlib.sha256(b"seal" + previous + text.encode()).digest()
