"""Erasing what was sent to calls

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OLD_SCOPES = "'entry', 'meeting', 'passports'"
_NEW_SCOPES = "'entry', 'meeting', 'passports', 'submission', 'unneeded'"
_OLD_REASONS = "'date', 'mistake', 'order', 'request', 'restored'"
_NEW_REASONS = f"{_OLD_REASONS}, 'unneeded'"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submission_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_erasure_submission_id_submission"),
            "submission",
            ["submission_id"],
            ["id"],
        )
    _check(_NEW_SCOPES, _NEW_REASONS)
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_erasure_submission_exactly_of_one"),
            "(scope = 'submission') = (submission_id IS NOT NULL)",
        )


def downgrade() -> None:
    """Take it back. The rows that the older schema cannot hold go: what they tell of stays erased,
    and their records stay in the vault."""
    op.execute("DELETE FROM erasure WHERE scope IN ('submission', 'unneeded')")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_erasure_submission_exactly_of_one"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_erasure_submission_id_submission"), type_="foreignkey"
        )
        batch_op.drop_column("submission_id")
    _check(_OLD_SCOPES, _OLD_REASONS)


def _check(scopes: str, reasons: str) -> None:
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        for name, allowed in (("scope", scopes), ("reason", reasons)):
            constraint = batch_op.f(f"ck_erasure_{name}")
            batch_op.drop_constraint(constraint, type_="check")
            batch_op.create_check_constraint(constraint, f"{name} IN ({allowed})")
