"""who waits for a person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("leads", sa.Column("aside", sa.Text()))
    some = sa.text("aside IS NOT NULL")
    op.create_index("leads_aside_idx", "leads", ["aside"], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_index("leads_aside_idx", "leads")
    op.drop_column("leads", "aside")
