"""Keep papers safe

Revision: 0002, after 0001.
"""

import base64
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from registration.store.tables.base import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "history_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_utc", UtcDateTime(), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_history_seal_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_seal")),
    )
    op.create_table(
        "retired_key",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("retired_at_utc", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_retired_key")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(), nullable=False),
        sa.Column("asked_at_utc", UtcDateTime(), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("lease_until_utc", UtcDateTime(), nullable=True),
        sa.Column("ended_at_utc", UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('approve', 'badges', 'certificates', 'nameplates', 'participants')",
            name=op.f("ck_batch_kind"),
        ),
        sa.CheckConstraint("status IN ('done', 'due', 'failed')", name=op.f("ck_batch_status")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["locked_file.id"], name=op.f("fk_batch_file_id_locked_file")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_batch_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_status"), ["status"], unique=False)

    op.create_table(
        "passport_reading",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("locked_bytes", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("tried_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('failed', 'nothing', 'read')", name=op.f("ck_passport_reading_status")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["locked_file.id"],
            name=op.f("fk_passport_reading_file_id_locked_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_passport_reading")),
    )
    op.create_table(
        "arrival",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("arrived_at_utc", UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_arrival_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("done_at_utc", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('done', 'due', 'refused')", name=op.f("ck_batch_item_status")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_batch_item_number")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batch.id"],
            name=op.f("fk_batch_item_batch_id_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_batch_item_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_item")),
        sa.UniqueConstraint(
            "batch_id", "registration_id", name=op.f("uq_batch_item_batch_id_registration_id")
        ),
    )
    with op.batch_alter_table("batch_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_batch_item_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.Column("remains", sa.JSON(), nullable=False),
        sa.Column("erased_at_utc", UtcDateTime(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "scope IN ('entry', 'meeting', 'passports')", name=op.f("ck_erasure_scope")
        ),
        sa.CheckConstraint(
            "reason IN ('date', 'mistake', 'order', 'request', 'restored')",
            name=op.f("ck_erasure_reason"),
        ),
        sa.CheckConstraint(
            "(scope = 'entry') = (registration_id IS NOT NULL)",
            name=op.f("ck_erasure_entry_exactly_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_erasure_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["locked_file.id"], name=op.f("fk_erasure_record_id_locked_file")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_erasure_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_meeting_id"), ["meeting_id"], unique=False)

    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("confirmed_how", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("confirmed_at_utc", UtcDateTime(), nullable=True))

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_sha256"), ["sha256"], unique=False)
        batch_op.add_column(
            sa.Column("words_sha256", sa.String(), server_default="", nullable=False)
        )

    _upgrade_files()
    _upgrade_mails()
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("may_be_listed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("erased_at_utc", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("erased_at_utc")
        batch_op.drop_column("may_be_listed")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("words_sha256")
        batch_op.drop_index(batch_op.f("ix_letter_sha256"))

    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at_utc")
        batch_op.drop_column("confirmed_how")

    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasure_meeting_id"))

    op.drop_table("erasure")
    with op.batch_alter_table("batch_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_item_registration_id"))

    op.drop_table("batch_item")
    op.drop_table("arrival")
    op.drop_table("passport_reading")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_status"))
        batch_op.drop_index(batch_op.f("ix_batch_meeting_id"))

    op.drop_table("batch")
    op.drop_table("retired_key")
    op.drop_table("history_seal")
    _downgrade_mails()
    _downgrade_files()


_OLD_ROLES = "'letter', 'passport', 'record', 'signature', 'signed_letter'"
_NEW_ROLES = (
    "'collection', 'erasure_record', 'letter', 'passport', 'record', 'signature', 'signed_letter'"
)


def _upgrade_files() -> None:
    """Add the columns; what strangers sent before this release is made anew by the worker."""
    with op.batch_alter_table("locked_file") as batch_op:
        batch_op.add_column(
            sa.Column("condition", sa.String(), server_default="clean", nullable=False)
        )
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE locked_file SET condition = 'waiting' WHERE role IN ('passport', 'signed_letter')"
    )
    with op.batch_alter_table("locked_file") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_locked_file_role"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_locked_file_role"), f"role IN ({_NEW_ROLES})"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_locked_file_condition"),
            "condition IN ('clean', 'erased', 'failed', 'waiting')",
        )
        batch_op.create_index("ix_locked_file_condition", ["condition"])


_MAIL = sa.table(
    "mail",
    sa.column("id", sa.Uuid()),
    sa.column("facts", sa.JSON()),
    sa.column("facts_wrapped_key", sa.LargeBinary()),
)


def _upgrade_mails() -> None:
    """Give the wrapped key of a ready text a column of its own: a rotation goes through those."""
    with op.batch_alter_table("mail") as batch_op:
        batch_op.add_column(sa.Column("facts_wrapped_key", sa.LargeBinary(), nullable=True))
    for id, facts, _ in op.get_bind().execute(sa.select(_MAIL)).all():
        if "key" in facts:
            rest = {name: value for name, value in facts.items() if name != "key"}
            _write_mail(id, rest, base64.b64decode(facts["key"]))


def _downgrade_mails() -> None:
    for id, facts, key in op.get_bind().execute(sa.select(_MAIL)).all():
        if key is not None:
            _write_mail(id, {**facts, "key": base64.b64encode(key).decode()}, None)
    with op.batch_alter_table("mail") as batch_op:
        batch_op.drop_column("facts_wrapped_key")


def _write_mail(id: UUID, facts: dict[str, str], key: bytes | None) -> None:
    values = {"facts": facts, "facts_wrapped_key": key}
    op.execute(sa.update(_MAIL).where(_MAIL.c.id == id).values(values))


def _downgrade_files() -> None:
    op.execute("DELETE FROM locked_file WHERE role IN ('collection', 'erasure_record')")
    with op.batch_alter_table("locked_file") as batch_op:
        batch_op.drop_index("ix_locked_file_condition")
        batch_op.drop_constraint(batch_op.f("ck_locked_file_condition"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_locked_file_role"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_locked_file_role"), f"role IN ({_OLD_ROLES})"
        )
        batch_op.drop_column("attempts")
        batch_op.drop_column("condition")
