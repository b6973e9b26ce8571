"""who may be written to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("number", _SERIAL, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="consents_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("consents_key_idx", "consents", ["key", "number"])
    op.create_table(
        "repeats",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("provider", "token", name="repeats_pkey"),
    )
    op.add_column("outbox", sa.Column("delivery", sa.Text()))


def downgrade() -> None:
    op.drop_column("outbox", "delivery")
    op.drop_table("repeats")
    op.drop_index("consents_key_idx", "consents")
    op.drop_table("consents")
