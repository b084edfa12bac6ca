"""Segments and calls

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

from registration.store.tables.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CURRENT = "'chosen', 'draft', 'not_chosen', 'received', 'returned', 'submitted', 'unconfirmed'"
_OF_ADDRESS = sa.text(f"delegation_id IS NULL AND stand IN ({_CURRENT})")
_IS_SOLE = sa.text(f"is_sole AND stand IN ({_CURRENT})")
_HAS_REGION = sa.text("region <> ''")


def upgrade() -> None:
    """Make the change."""
    _make_segments()
    _make_submissions()
    _make_answers()
    _check_roles(_NEW_ROLES)
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submission_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_mail_submission_id"), ["submission_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_mail_submission_id_submission"), "submission", ["submission_id"], ["id"]
        )


def _make_segments() -> None:
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unlimited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_segment_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("id", "unlimited", name=op.f("uq_segment_id_unlimited")),
        sa.UniqueConstraint("meeting_id", "key", name=op.f("uq_segment_meeting_id_key")),
    )
    op.create_table(
        "segment_place",
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_segment_place_number")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_segment_place_segment_id_segment")
        ),
        sa.PrimaryKeyConstraint("segment_id", "number", name=op.f("pk_segment_place")),
    )
    op.create_table(
        "segment_choice",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("unlimited", sa.Boolean(), nullable=False),
        sa.Column("attends", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("place_number", sa.Integer(), nullable=True),
        sa.Column("chosen_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(attends AND NOT unlimited) = (place_number IS NOT NULL)",
            name=op.f("ck_segment_choice_place_exactly_when_limited"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_segment_choice_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["segment_id", "place_number"],
            ["segment_place.segment_id", "segment_place.number"],
            name=op.f("fk_segment_choice_segment_id_place_number_segment_place"),
        ),
        sa.ForeignKeyConstraint(
            ["segment_id", "unlimited"],
            ["segment.id", "segment.unlimited"],
            name=op.f("fk_segment_choice_segment_id_unlimited_segment"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "segment_id", name=op.f("pk_segment_choice")),
        sa.UniqueConstraint(
            "segment_id", "place_number", name=op.f("uq_segment_choice_segment_id_place_number")
        ),
    )
    with op.batch_alter_table("segment_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_segment_choice_segment_id"), ["segment_id"], unique=False
        )


def _make_submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("is_sole", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("region", sa.String(), server_default="", nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("canonical_email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("submitted_at_utc", UtcDateTime(), nullable=True),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=True),
        sa.Column("published_at_utc", UtcDateTime(), nullable=True),
        sa.Column("erased_at_utc", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "stand IN ('chosen', 'draft', 'lapsed', 'not_chosen', 'received', 'returned', 'submitted', 'unconfirmed', 'withdrawn')",
            name=op.f("ck_submission_stand"),
        ),
        sa.CheckConstraint(
            "NOT is_sole OR delegation_id IS NOT NULL",
            name=op.f("ck_submission_sole_of_a_delegation"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_submission_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "delegation_id"],
            ["delegation.meeting_id", "delegation.id"],
            name=op.f("fk_submission_meeting_id_delegation_id_delegation"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_submission_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "id", "meeting_id", "call", name=op.f("uq_submission_id_meeting_id_call")
        ),
        sa.UniqueConstraint("id", "region", name=op.f("uq_submission_id_region")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_submission_link_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_submission_reference")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(
            "ix_submission_of_call", ["meeting_id", "call", "stand", "changed_at_utc"], unique=False
        )
        batch_op.create_index(
            "uq_submission_address",
            ["meeting_id", "call", "canonical_email"],
            unique=True,
            sqlite_where=_OF_ADDRESS,
            postgresql_where=_OF_ADDRESS,
        )
        batch_op.create_index(
            "uq_submission_sole",
            ["call", "delegation_id"],
            unique=True,
            sqlite_where=_IS_SOLE,
            postgresql_where=_IS_SOLE,
        )


def _make_answers() -> None:
    op.create_table(
        "answer",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("changed_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_answer_version")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_answer_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "question", name=op.f("pk_answer")),
    )
    op.create_table(
        "attachment",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("added_at_utc", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["locked_file.id"], name=op.f("fk_attachment_file_id_locked_file")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_attachment_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "choice",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), server_default="", nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at_utc", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_choice_number")),
        sa.ForeignKeyConstraint(
            ["submission_id", "meeting_id", "call"],
            ["submission.id", "submission.meeting_id", "submission.call"],
            name=op.f("fk_choice_submission_id_meeting_id_call_submission"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id", "region"],
            ["submission.id", "submission.region"],
            name=op.f("fk_choice_submission_id_region_submission"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "call", "number", name=op.f("pk_choice")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_choice_submission_id")),
    )
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.create_index(
            "uq_choice_region",
            ["meeting_id", "call", "region"],
            unique=True,
            sqlite_where=_HAS_REGION,
            postgresql_where=_HAS_REGION,
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_mail_submission_id_submission"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_mail_submission_id"))
        batch_op.drop_column("submission_id")

    with op.batch_alter_table("segment_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_segment_choice_segment_id"))

    op.drop_table("segment_choice")
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.drop_index("uq_choice_region")

    op.drop_table("choice")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_submission_id"))

    op.drop_table("attachment")
    op.drop_table("answer")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index("uq_submission_sole")
        batch_op.drop_index("uq_submission_address")
        batch_op.drop_index("ix_submission_of_call")

    op.drop_table("submission")
    op.drop_table("segment_place")
    op.drop_table("segment")
    _check_roles(_OLD_ROLES)


_OLD_ROLES = (
    "'certificate', 'collection', 'erasure_record', 'letter', 'nomination', 'passport', 'record', "
    "'request', 'signature', 'signed_letter', 'ticket'"
)
_NEW_ROLES = f"'attachment', {_OLD_ROLES}"


def _check_roles(roles: str) -> None:
    with op.batch_alter_table("locked_file") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_locked_file_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_locked_file_role"), f"role IN ({roles})")
