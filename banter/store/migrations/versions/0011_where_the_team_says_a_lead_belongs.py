"""where the team says a lead belongs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("route", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="overrides_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("overrides_lead_idx", "overrides", ["lead"])


def downgrade() -> None:
    op.drop_table("overrides")
