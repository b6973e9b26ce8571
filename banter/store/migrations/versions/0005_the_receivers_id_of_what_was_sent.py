"""the receiver's id of what was sent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("receipt", sa.Text()))


def downgrade() -> None:
    op.drop_column("outbox", "receipt")
