"""Make all tables

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

from registration.store.tables.base import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "history_chain",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_history_chain")),
    )
    op.create_table(
        "locked_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("received_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "role IN ('letter', 'passport', 'record', 'signature', 'signed_letter')",
            name=op.f("ck_locked_file_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_file")),
        sa.UniqueConstraint("blob", name=op.f("uq_locked_file_blob")),
    )
    with op.batch_alter_table("locked_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locked_file_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_locked_file_received_at_utc"), ["received_at_utc"], unique=False
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rolled_weeks", sa.Integer(), nullable=False),
        sa.Column("loaded_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint("rolled_weeks >= 0", name=op.f("ck_meeting_rolled_weeks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("tf_primary_method", sa.String(), nullable=True),
        sa.Column("tf_totp_secret", sa.String(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_fs_uniquifier")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unlimited", sa.Boolean(), nullable=False),
        sa.Column("admission", sa.String(), nullable=False),
        sa.Column("later_deadline_at_utc", UtcDateTime(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("admission IN ('link', 'open')", name=op.f("ck_delegation_admission")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_delegation_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_delegation_link_digest")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_delegation_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_delegation_meeting_id_key")),
    )
    op.create_table(
        "history_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("details_digest", sa.LargeBinary(), nullable=True),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_history_line_number")),
        sa.ForeignKeyConstraint(
            ["chain"], ["history_chain.name"], name=op.f("fk_history_line_chain_history_chain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_line")),
        sa.UniqueConstraint("chain", "number", name=op.f("uq_history_line_chain_number")),
    )
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "name IN ('administrator', 'door', 'host', 'reviewer', 'travel')",
            name=op.f("ck_staff_role_name"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_role_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("staff_id", "name", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("started_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ends_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ended_at_utc", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_session_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "history_detail",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["history_line.id"], name=op.f("fk_history_detail_line_id_history_line")
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_history_detail")),
    )
    op.create_table(
        "seat",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_seat_number")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_seat_delegation_id_delegation")
        ),
        sa.PrimaryKeyConstraint("delegation_id", "number", name=op.f("pk_seat")),
        sa.UniqueConstraint("delegation_id", "label", name=op.f("uq_seat_delegation_id_label")),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("seat_number", sa.Integer(), nullable=True),
        sa.Column("seat_label", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("surnames", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("copy_to", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("canonical_email", sa.String(), nullable=False),
        sa.Column("canonical_name", sa.String(), nullable=False),
        sa.Column("passport_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("new_email", sa.String(), nullable=True),
        sa.Column("new_email_digest", sa.LargeBinary(), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("wants_reserve", sa.Boolean(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("consented_at_utc", UtcDateTime(), nullable=True),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("reserved_at_utc", UtcDateTime(), nullable=True),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("reminded_at_utc", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('accepted', 'invited', 'nominated', 'returned', 'submitted')) = (seat_number IS NOT NULL)",
            name=op.f("ck_registration_seat_exactly_when_seated"),
        ),
        sa.CheckConstraint(
            "state IN ('accepted', 'declined', 'invited', 'lapsed', 'nominated', 'reserve', 'returned', 'submitted', 'unconfirmed', 'withdrawn')",
            name=op.f("ck_registration_state"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_registration_version")),
        sa.ForeignKeyConstraint(
            ["delegation_id", "seat_number"],
            ["seat.delegation_id", "seat.number"],
            name=op.f("fk_registration_delegation_id_seat_number_seat"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "delegation_id"],
            ["delegation.meeting_id", "delegation.id"],
            name=op.f("fk_registration_meeting_id_delegation_id_delegation"),
        ),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["locked_file.id"],
            name=op.f("fk_registration_passport_id_locked_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint(
            "delegation_id", "seat_number", name=op.f("uq_registration_delegation_id_seat_number")
        ),
        sa.UniqueConstraint("link_digest", name=op.f("uq_registration_link_digest")),
        sa.UniqueConstraint("new_email_digest", name=op.f("uq_registration_new_email_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_registration_reference")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registration_meeting_id_state", ["meeting_id", "state"], unique=False
        )
        batch_op.create_index(
            "uq_registration_live_person",
            ["meeting_id", "canonical_email", "canonical_name"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('accepted', 'invited', 'nominated', 'reserve', 'returned', 'submitted', 'unconfirmed')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'invited', 'nominated', 'reserve', 'returned', 'submitted', 'unconfirmed')"
            ),
        )

    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at_utc", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at_utc", UtcDateTime(), nullable=True),
        sa.CheckConstraint("issue >= 1", name=op.f("ck_letter_issue")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["locked_file.id"], name=op.f("fk_letter_file_id_locked_file")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_letter_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_letter_code_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
        sa.UniqueConstraint(
            "registration_id", "issue", name=op.f("uq_letter_registration_id_issue")
        ),
    )
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("letter_sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("typed_name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("accepted_at_utc", UtcDateTime(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=True),
        sa.Column("signed_letter_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_acceptance_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["locked_file.id"], name=op.f("fk_acceptance_record_id_locked_file")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_acceptance_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["locked_file.id"],
            name=op.f("fk_acceptance_signature_id_locked_file"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_letter_id"],
            ["locked_file.id"],
            name=op.f("fk_acceptance_signed_letter_id_locked_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_acceptance_letter_id")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_acceptance_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("acceptance_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at_utc", UtcDateTime(), nullable=False),
        sa.Column("due_at_utc", UtcDateTime(), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("lease_until_utc", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("sent_at_utc", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('due', 'failed', 'refused', 'sent')", name=op.f("ck_mail_status")
        ),
        sa.ForeignKeyConstraint(
            ["acceptance_id"], ["acceptance.id"], name=op.f("fk_mail_acceptance_id_acceptance")
        ),
        sa.ForeignKeyConstraint(
            ["cause_id"], ["history_line.id"], name=op.f("fk_mail_cause_id_history_line")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_mail_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_mail_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint(
            "cause_id", "occasion", "recipient", name=op.f("uq_mail_cause_id_occasion_recipient")
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mail_registration_id"), ["registration_id"], unique=False
        )
        batch_op.create_index("ix_mail_status_due_at_utc", ["status", "due_at_utc"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_status_due_at_utc")
        batch_op.drop_index(batch_op.f("ix_mail_registration_id"))

    op.drop_table("mail")
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptance_registration_id"))

    op.drop_table("acceptance")
    op.drop_table("letter")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_live_person",
            sqlite_where=sa.text(
                "state IN ('accepted', 'invited', 'nominated', 'reserve', 'returned', 'submitted', 'unconfirmed')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'invited', 'nominated', 'reserve', 'returned', 'submitted', 'unconfirmed')"
            ),
        )
        batch_op.drop_index("ix_registration_meeting_id_state")

    op.drop_table("registration")
    op.drop_table("seat")
    op.drop_table("history_detail")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_id"))

    op.drop_table("staff_session")
    op.drop_table("staff_role")
    op.drop_table("history_line")
    op.drop_table("delegation")
    op.drop_table("staff")
    op.drop_table("meeting")
    with op.batch_alter_table("locked_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locked_file_received_at_utc"))
        batch_op.drop_index(batch_op.f("ix_locked_file_entry_id"))

    op.drop_table("locked_file")
    op.drop_table("history_chain")
