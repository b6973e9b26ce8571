"""what else visitors did, and who is back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("behaviour", sa.Column("name", sa.Text()))
    op.add_column("leads", sa.Column("requalify", sa.Boolean()))
    back = sa.text("requalify IS true")
    op.create_index("leads_requalify_idx", "leads", ["created_at"], sqlite_where=back, postgresql_where=back)


def downgrade() -> None:
    op.drop_index("leads_requalify_idx", "leads")
    op.drop_column("leads", "requalify")
    op.drop_column("behaviour", "name")
