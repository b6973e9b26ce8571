"""two leads that are one person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("leads", sa.Column("phone", sa.Text()))
    op.add_column("leads", sa.Column("joined_into", sa.Text()))
    postgresql = op.get_bind().dialect.name == "postgresql"
    phone = "document->'contact'->>'phone'" if postgresql else "json_extract(document, '$.contact.phone')"
    op.execute(f"UPDATE leads SET phone = {phone}, email = lower(trim(email))")
    op.create_index("leads_phone_idx", "leads", ["phone"])
    op.create_index("leads_joined_into_idx", "leads", ["joined_into"])
    op.create_table(
        "joinings",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("verdict", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="joinings_pkey"),
        sa.UniqueConstraint("first", "second", name="joinings_first_second_key"),
        sa.UniqueConstraint("key", "day", name="joinings_key_day_key"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("joinings")
    op.drop_index("leads_joined_into_idx", "leads")
    op.drop_index("leads_phone_idx", "leads")
    with op.batch_alter_table("leads") as table:
        table.drop_column("joined_into")
        table.drop_column("phone")
