"""what visitors looked at"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "behaviour",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("referrer", sa.Text()),
        sa.Column("campaign", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="behaviour_conversation_fkey"),
        sa.PrimaryKeyConstraint("number", name="behaviour_pkey"),
        sa.UniqueConstraint("conversation", "key", name="behaviour_conversation_key_key"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("behaviour")
