"""the first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("rep", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("first_tick", sa.BigInteger(), nullable=False),
        sa.Column("end_tick", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="bookings_pkey"),
        sa.UniqueConstraint("id", name="bookings_id_key"),
        sa.UniqueConstraint("key", name="bookings_key_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("bookings_busy_idx", "bookings", ["rep", "taken", "end_tick"])
    op.create_index("bookings_held_idx", "bookings", ["status", "taken", "held_until"])
    op.create_index("bookings_lead_idx", "bookings", ["lead"])

    op.create_table(
        "conversations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("page", sa.Text()),
        sa.Column("referrer", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="conversations_pkey"),
    )
    op.create_table(
        "leads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("route", sa.Text()),
        sa.Column("total", sa.Integer()),
        sa.Column("email", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="leads_pkey"),
        sa.UniqueConstraint("conversation", name="leads_conversation_key"),
    )
    op.create_index("leads_email_idx", "leads", ["email"])
    op.create_index("leads_newest_idx", "leads", ["listed", "created_at", "id"])
    op.create_index("leads_route_idx", "leads", ["listed", "route", "created_at"])

    op.create_table(
        "messages",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("inbox", sa.BigInteger()),
        sa.PrimaryKeyConstraint("number", name="messages_pkey"),
        sa.UniqueConstraint("id", name="messages_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("messages_conversation_idx", "messages", ["conversation", "number"])
    op.create_index("messages_inbox_idx", "messages", ["inbox"])

    op.create_table(
        "outbox",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text()),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("leased_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
        sa.UniqueConstraint("key", name="outbox_key_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_due_idx", "outbox", ["status", "due_at"])
    op.create_index("outbox_lead_idx", "outbox", ["lead"])
    op.create_index("outbox_leased_until_idx", "outbox", ["leased_until"])

    op.create_table(
        "trackers",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="trackers_pkey"),
    )
    op.create_table(
        "booked_ticks",
        sa.Column("rep", sa.Text(), nullable=False),
        sa.Column("tick", sa.BigInteger(), nullable=False),
        sa.Column("booking", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="booked_ticks_booking_fkey"),
        sa.PrimaryKeyConstraint("rep", "tick", name="booked_ticks_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_index("booked_ticks_booking_idx", "booked_ticks", ["booking"])

    op.create_table(
        "inbox",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text()),
        sa.Column("awaiting", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="inbox_conversation_fkey"),
        sa.PrimaryKeyConstraint("id", name="inbox_pkey"),
        sa.UniqueConstraint("provider", "provider_id", name="inbox_provider_provider_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "inbox_unfinished_idx",
        "inbox",
        ["conversation", "id"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("inbox", "booked_ticks", "trackers", "outbox", "messages", "leads", "conversations", "bookings"):
        op.drop_table(table)
