"""where a conversation is reached"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:  # SQLite has no constraint added to a table that is there
        table.add_column(sa.Column("address", sa.Text()))
        table.create_unique_constraint("conversations_channel_address_key", ["channel", "address"])


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_constraint("conversations_channel_address_key", type_="unique")
        table.drop_column("address")
