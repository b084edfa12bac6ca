"""Run the desk

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from registration.domain.names import full_name, search_text
from registration.store.tables.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("written_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_message_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "reminder_round",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "rule IN ('accept', 'complete', 'confirm', 'correct', 'travel')",
            name=op.f("ck_reminder_round_rule"),
        ),
        sa.CheckConstraint("status IN ('held', 'sent')", name=op.f("ck_reminder_round_status")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_reminder_round_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "rule", "due_on", name=op.f("pk_reminder_round")),
    )
    op.create_table(
        "staff_passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("extensions", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("usage", sa.String(), nullable=False),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(), nullable=False),
        sa.Column("create_datetime", UtcDateTime(), nullable=False),
        sa.Column("lastuse_datetime", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["staff.id"],
            name=op.f("fk_staff_passkey_user_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_staff_passkey_credential_id")),
    )
    with op.batch_alter_table("staff_passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_passkey_user_id"), ["user_id"], unique=False)

    op.create_table(
        "staff_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_place_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_place")),
        sa.UniqueConstraint("staff_id", "digest", name=op.f("uq_staff_place_staff_id_digest")),
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_text_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
    )
    with op.batch_alter_table("text", schema=None) as batch_op:
        batch_op.create_index(
            "ix_text_meeting_id_key", ["meeting_id", "key", "language"], unique=False
        )

    op.create_table(
        "nomination",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "how IN ('focal_point', 'note_verbale')", name=op.f("ck_nomination_how")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_nomination_delegation_id_delegation"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["locked_file.id"], name=op.f("fk_nomination_file_id_locked_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_delegation_id"), ["delegation_id"], unique=False
        )

    op.create_table(
        "needs",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_needs_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_needs")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_note_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_note_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "reminder",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "rule IN ('accept', 'complete', 'confirm', 'correct', 'travel')",
            name=op.f("ck_reminder_rule"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_reminder_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "rule", "due_on", name=op.f("pk_reminder")),
    )
    op.create_table(
        "stay",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_stay_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_stay")),
    )
    op.create_table(
        "ticket",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('cancelled', 'issued', 'to_cancel')", name=op.f("ck_ticket_status")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_ticket_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_ticket")),
    )
    op.create_table(
        "travel",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("visa", sa.String(), nullable=False),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "visa IN ('needed', 'not_needed', 'unknown')", name=op.f("ck_travel_visa")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_travel_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_travel")),
    )
    _add_columns()


def _add_columns() -> None:
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recorded_at_utc", UtcDateTime(), nullable=True))

    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_sent_at_utc", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("added", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("has_head", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("focal_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("focal_email", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("focal_language", sa.String(), nullable=True))

    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("delegation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("words_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_mail_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_mail_delegation_id_delegation"), "delegation", ["delegation_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_mail_words_id_message"), "message", ["words_id"], ["id"]
        )

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("amendments", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
        )

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nomination_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("disowned_at_utc", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("search_text", sa.String(), server_default="", nullable=False)
        )
        batch_op.create_index(
            batch_op.f("ix_registration_nomination_id"), ["nomination_id"], unique=False
        )
        batch_op.drop_index("ix_registration_meeting_id_state")
        for name, columns in _NEWEST.items():
            batch_op.create_index(name, columns, unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_nomination_id_nomination"),
            "nomination",
            ["nomination_id"],
            ["id"],
        )

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mf_recovery_codes", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("fs_webauthn_user_handle", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("invited_at_utc", UtcDateTime(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_staff_fs_webauthn_user_handle"), ["fs_webauthn_user_handle"]
        )

    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("history_line", schema=None) as batch_op:
        batch_op.create_index("ix_history_line_staff_id", ["staff_id", "at_utc"], unique=False)

    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.String(), server_default="", nullable=False))
        batch_op.drop_constraint(batch_op.f("pk_staff_role"), type_="primary")
        batch_op.create_primary_key(batch_op.f("pk_staff_role"), ["staff_id", "name", "meeting_id"])
    _check_kinds(_NEW_KINDS, _NEW_ROLES)
    _fill_search_text()


def downgrade() -> None:
    """Take it back."""
    op.execute("DELETE FROM batch WHERE kind IN ('mail_certificates', 'remind', 'write')")
    op.execute("UPDATE registration SET nomination_id = NULL")
    op.execute("DELETE FROM nomination")
    op.execute(
        "DELETE FROM locked_file WHERE role IN ('certificate', 'nomination', 'request', 'ticket')"
    )
    _check_kinds(_OLD_KINDS, _OLD_ROLES)
    op.execute("DELETE FROM staff_role WHERE meeting_id <> ''")
    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("pk_staff_role"), type_="primary")
        batch_op.create_primary_key(batch_op.f("pk_staff_role"), ["staff_id", "name"])
        batch_op.drop_column("meeting_id")

    with op.batch_alter_table("history_line", schema=None) as batch_op:
        batch_op.drop_index("ix_history_line_staff_id")

    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_column("browser")

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_staff_fs_webauthn_user_handle"), type_="unique")
        batch_op.drop_column("invited_at_utc")
        batch_op.drop_column("fs_webauthn_user_handle")
        batch_op.drop_column("mf_recovery_codes")

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_registration_nomination_id_nomination"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_registration_nomination_id"))
        for name in _NEWEST:
            batch_op.drop_index(name)
        batch_op.create_index(
            "ix_registration_meeting_id_state", ["meeting_id", "state"], unique=False
        )
        batch_op.drop_column("search_text")
        batch_op.drop_column("disowned_at_utc")
        batch_op.drop_column("nomination_id")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("amendments")

    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_mail_words_id_message"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_mail_delegation_id_delegation"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_mail_delegation_id"))
        batch_op.drop_column("words_id")
        batch_op.drop_column("delegation_id")

    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_column("focal_language")
        batch_op.drop_column("focal_email")
        batch_op.drop_column("focal_name")
        batch_op.drop_column("has_head")
        batch_op.drop_column("added")
        batch_op.drop_column("link_sent_at_utc")

    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_column("recorded_at_utc")

    _drop_tables()


def _drop_tables() -> None:
    op.drop_table("travel")
    op.drop_table("ticket")
    op.drop_table("stay")
    op.drop_table("reminder")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_registration_id"))

    op.drop_table("note")
    op.drop_table("needs")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_delegation_id"))

    op.drop_table("nomination")
    with op.batch_alter_table("text", schema=None) as batch_op:
        batch_op.drop_index("ix_text_meeting_id_key")

    op.drop_table("text")
    op.drop_table("staff_place")
    with op.batch_alter_table("staff_passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_passkey_user_id"))

    op.drop_table("staff_passkey")
    op.drop_table("reminder_round")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_meeting_id"))

    op.drop_table("message")


_NEWEST = {
    "ix_registration_newest": ["meeting_id", "changed_at_utc", "reference"],
    "ix_registration_newest_of_state": ["meeting_id", "state", "changed_at_utc", "reference"],
    "ix_registration_newest_of_delegation": [
        "delegation_id",
        "changed_at_utc",
        "reference",
        "state",
    ],
}
_OLD_KINDS = "'approve', 'badges', 'certificates', 'nameplates', 'participants'"
_NEW_KINDS = (
    "'approve', 'badges', 'certificates', 'mail_certificates', 'nameplates', 'participants', "
    "'remind', 'write'"
)
_OLD_ROLES = (
    "'collection', 'erasure_record', 'letter', 'passport', 'record', 'signature', 'signed_letter'"
)
_NEW_ROLES = (
    "'certificate', 'collection', 'erasure_record', 'letter', 'nomination', 'passport', 'record', "
    "'request', 'signature', 'signed_letter', 'ticket'"
)


def _check_kinds(kinds: str, roles: str) -> None:
    with op.batch_alter_table("batch") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_batch_kind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_batch_kind"), f"kind IN ({kinds})")
    with op.batch_alter_table("locked_file") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_locked_file_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_locked_file_role"), f"role IN ({roles})")


_REGISTRATION = sa.table(
    "registration",
    sa.column("id", sa.Uuid()),
    *(sa.column(name, sa.String()) for name in ("given_names", "surnames", "institution")),
    *(sa.column(name, sa.String()) for name in ("position", "email", "search_text")),
    sa.column("erased_at_utc", UtcDateTime()),
)


def _fill_search_text() -> None:
    """Give what the first releases hold the text in which the desk looks."""
    columns = _REGISTRATION.c
    query = sa.select(_REGISTRATION).where(columns.erased_at_utc.is_(None))
    for row in op.get_bind().execute(query).mappings().all():
        text = search_text(
            full_name(row["given_names"], row["surnames"]),
            row["institution"],
            row["position"],
            row["email"],
        )
        op.execute(sa.update(_REGISTRATION).where(columns.id == row["id"]).values(search_text=text))
