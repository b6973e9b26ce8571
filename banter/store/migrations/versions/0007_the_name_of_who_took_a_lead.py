"""the name of who took a lead"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispositions", sa.Column("name", sa.Text()))


def downgrade() -> None:
    op.drop_column("dispositions", "name")
