"""Which columns hold personal data, and how an erasure empties them: one list of every column.

A house test holds it against the schema, so that nobody adds a column without saying what it is.
"""

from collections.abc import Mapping
from typing import Any

#: Rows that an erasure deletes: they are nothing without the person. (Rows of accounts stay.)
DELETED = frozenset(
    {
        "answer",
        "attachment",
        "history_detail",
        "mail",
        "needs",
        "note",
        "passport_reading",
        "stay",
        "ticket",
        "travel",
    }
)

#: Rows of staff accounts: kept for as long as the histories name the account.
OF_STAFF = frozenset({"staff", "staff_passkey", "staff_place", "staff_role", "staff_session"})

#: Columns that an erasure empties, and what stands in them afterwards.
EMPTIED: Mapping[str, Mapping[str, Any]] = {
    "acceptance": {
        "terms": [],
        "typed_name": "",
        "address": "",
        "browser": "",
        "entered_by": None,
        "signature_id": None,
        "signed_letter_id": None,
    },
    "batch": {"staff_name": "", "file_id": None},
    "delegation": {"focal_name": None, "focal_email": None},
    # A digest of words that hold the name: whoever guesses them could tell.
    "letter": {"full_name": "", "words_sha256": ""},
    "locked_file": {"wrapped_key": b"", "name": "", "size": 0, "pages": 1},
    "message": {"subjects": {}, "bodies": {}, "staff_name": ""},
    "registration": {
        "search_text": "",
        "treatment": "",
        "given_names": "",
        "surnames": "",
        "institution": "",
        "position": "",
        "email": "",
        "copy_to": None,
        "passport_id": None,
        "reason": None,
        "new_email": None,
        "new_email_digest": None,
        "may_be_listed": False,
    },
    "submission": {"name": "", "institution": "", "position": "", "email": "", "reason": None},
    "text": {"staff_name": ""},
}

#: Emptied too, but with the row's own id: a UNIQUE index stands on them.
MADE_UNIQUE: Mapping[str, frozenset[str]] = {
    "registration": frozenset({"canonical_email", "canonical_name"}),
    "submission": frozenset({"canonical_email"}),
}

#: Columns in which nothing is personal, or nothing once the others are empty: numbers, moments,
#: digests and random ids that tell nobody's name.
KEPT: Mapping[str, frozenset[str]] = {
    "acceptance": frozenset(
        {"id", "letter_id", "registration_id", "letter_sha256", "language", "by", "record_id"}
        | {"accepted_at_utc", "confirmed_how", "confirmed_at_utc"}
    ),
    "arrival": frozenset({"registration_id", "arrived_at_utc", "staff_id", "recorded_at_utc"}),
    "batch": frozenset(
        {"id", "meeting_id", "kind", "details", "status", "staff_id", "asked_at_utc"}
        | {"lease_token", "lease_until_utc", "ended_at_utc"}
    ),
    "batch_item": frozenset(
        {"batch_id", "number", "registration_id", "version", "status", "refusal", "done_at_utc"}
    ),
    "choice": frozenset(
        {"meeting_id", "call", "number", "submission_id", "region", "staff_id", "chosen_at_utc"}
    ),
    "delegation": frozenset(
        {"id", "meeting_id", "key", "position", "unlimited", "admission", "later_deadline_at_utc"}
        | {"link_generation", "link_digest", "link_sent_at_utc", "added", "has_head"}
        | {"focal_language"}
    ),
    "erasure": frozenset(
        {"id", "meeting_id", "registration_id", "submission_id", "scope", "asked_by", "reason"}
        | {"erased", "remains", "erased_at_utc", "record_id"}
    ),
    "history_chain": frozenset({"name", "number", "hash"}),
    "history_line": frozenset(
        {"id", "chain", "number", "at_utc", "event", "actor", "staff_id", "facts"}
        | {"details_digest", "previous_hash", "hash"}
    ),
    "history_seal": frozenset(
        {"number", "at_utc", "heads", "previous_hash", "hash", "certificate", "signature"}
    ),
    "letter": frozenset(
        {"id", "registration_id", "issue", "number", "language", "file_id", "sha256"}
        | {"code_digest", "issued_at_utc", "withdrawn_at_utc"}
    ),
    "locked_file": frozenset(
        {
            "id",
            "entry_id",
            "role",
            "kept",
            "blob",
            "media_type",
            "received_at_utc",
            "condition",
            "attempts",
        }
    ),
    "meeting": frozenset(
        {"id", "position", "source", "rolled_weeks", "loaded_at_utc", "amendments"}
    ),
    "message": frozenset({"id", "meeting_id", "chosen", "staff_id", "written_at_utc"}),
    "nomination": frozenset(
        {"id", "delegation_id", "how", "number", "dated", "file_id", "staff_id", "recorded_at_utc"}
    ),
    "registration": frozenset(
        {"id", "meeting_id", "delegation_id", "seat_number", "seat_label", "reference", "state"}
        | {"version", "language", "on_behalf", "wants_reserve", "link_generation", "link_digest"}
        | {"consented_at_utc", "created_at_utc", "confirmed_at_utc", "reserved_at_utc"}
        | {"changed_at_utc", "reminded_at_utc", "erased_at_utc"}
        | {"nomination_id", "disowned_at_utc"}
    ),
    "reminder": frozenset({"registration_id", "rule", "due_on", "sent_at_utc"}),
    "reminder_round": frozenset(
        {"meeting_id", "rule", "due_on", "status", "staff_id", "decided_at_utc"}
    ),
    "retired_key": frozenset({"fingerprint", "retired_at_utc"}),
    "seat": frozenset({"delegation_id", "number", "label"}),
    "segment": frozenset({"id", "meeting_id", "key", "position", "unlimited"}),
    "segment_choice": frozenset(
        {"registration_id", "segment_id", "unlimited", "attends", "place_number", "chosen_at_utc"}
    ),
    "segment_place": frozenset({"segment_id", "number"}),
    "submission": frozenset(
        {"id", "meeting_id", "call", "delegation_id", "is_sole", "region", "reference", "stand"}
        | {"version", "language", "link_generation", "link_digest", "created_at_utc"}
        | {"changed_at_utc", "confirmed_at_utc", "submitted_at_utc", "decided_at_utc"}
        | {"published_at_utc", "erased_at_utc"}
    ),
    "text": frozenset(
        {"id", "meeting_id", "key", "language", "words", "staff_id", "changed_at_utc"}
    ),
}
