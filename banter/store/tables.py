"""Every table. Changes come with a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, UniqueConstraint

from banter.store.types import PlainText, Serial, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("channel", PlainText, nullable=False),
    Column("locale", PlainText, nullable=False),
    Column("timezone", PlainText, nullable=False),
    Column("page", PlainText),
    Column("referrer", PlainText),
    Column("created_at", UtcTime, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("address", PlainText),  # where a channel reaches them that has no page of ours: a number, a thread
    UniqueConstraint("channel", "address"),
)

#: What came in. One row per message of a provider, however often the provider sends it.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("provider", PlainText, nullable=False),
    Column("provider_id", PlainText, nullable=False),
    Column("conversation", PlainText, ForeignKey("conversations.id"), nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("text", PlainText, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", UtcTime),
    Column("error", PlainText),
    Column("awaiting", PlainText),  # how the conversation stood after the turn: the same id again gets the same answer
    Column("status", PlainText),
    UniqueConstraint("provider", "provider_id"),
    sqlite_autoincrement=True,
)
_unfinished = inbox.c.done_at.is_(None)
Index("inbox_unfinished_idx", inbox.c.conversation, inbox.c.id, sqlite_where=_unfinished, postgresql_where=_unfinished)

trackers = Table(
    "trackers",
    metadata,
    Column("conversation", PlainText, primary_key=True),
    Column("state", JSON, nullable=False),
)

#: `document` is the lead; the other columns are derived from it at each save, to be searched by. `conversation` and
#: `channel` are those in which it began: its home, which never changes. One that was joined into another is that one
#: from then on, and its document is history.
leads = Table(
    "leads",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("conversation", PlainText, nullable=False, unique=True),
    Column("channel", PlainText, nullable=False),
    Column("status", PlainText, nullable=False),
    Column("route", PlainText),
    Column("total", Integer),
    Column("email", PlainText, index=True),  # as `banter.leads.joining.normal_email` writes it
    Column("phone", PlainText, index=True),  # E.164
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),  # when it was last heard of them, by words or otherwise
    Column("listed", Boolean, nullable=False),  # a real visitor who said something
    Column("aside", PlainText),  # waiting for a person, or one has joined
    Column("document", JSON, nullable=False),
    Column("joined_into", PlainText, index=True),  # the lead that this one is by now
    Column("requalify", Boolean),  # cold, fits well, and back on the website since their last word
    Index("leads_newest_idx", "listed", "created_at", "id"),
    Index("leads_route_idx", "listed", "route", "created_at"),
)

_aside = leads.c.aside.is_not(None)
Index("leads_aside_idx", leads.c.aside, sqlite_where=_aside, postgresql_where=_aside)
_requalify = leads.c.requalify.is_(True)
Index("leads_requalify_idx", leads.c.created_at, sqlite_where=_requalify, postgresql_where=_requalify)

bookings = Table(
    "bookings",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("id", PlainText, nullable=False, unique=True),
    Column("lead", PlainText, nullable=False, index=True),
    Column("rep", PlainText, nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("status", PlainText, nullable=False),
    Column("key", PlainText, nullable=False, unique=True),
    Column("held_until", UtcTime),
    Column("sequence", Integer, nullable=False),
    Column("first_tick", BigInteger, nullable=False),
    Column("end_tick", BigInteger, nullable=False),  # the first tick after the call and its buffer
    Column("taken", Boolean, nullable=False),  # its ticks stand in booked_ticks; not so for a hold that was swept
    Index("bookings_busy_idx", "rep", "taken", "end_tick"),
    Index("bookings_held_idx", "status", "taken", "held_until"),
    sqlite_autoincrement=True,
)

#: Why no two bookings of a rep can overlap: each takes every five minutes from its start to the end of its buffer.
booked_ticks = Table(
    "booked_ticks",
    metadata,
    Column("rep", PlainText, primary_key=True),
    Column("tick", BigInteger, primary_key=True),  # whole five minutes since 1970-01-01 UTC
    Column("booking", PlainText, ForeignKey("bookings.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

#: What is to go out.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", PlainText, nullable=False, unique=True),
    Column("kind", PlainText, nullable=False),
    Column("lead", PlainText, index=True),
    Column("payload", JSON, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("status", PlainText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", PlainText),
    Column("sent_at", UtcTime),
    Column("receipt", PlainText),  # the receiver's own id of what was sent
    Column("leased_until", UtcTime, index=True),  # a worker has it in hand until then
    Column("delivery", PlainText),  # what the carrier says became of it after it was sent
    Index("outbox_due_idx", "status", "due_at"),
    sqlite_autoincrement=True,
)

#: The transcript. `number` gives the order.
messages = Table(
    "messages",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("id", PlainText, nullable=False, unique=True),
    Column("conversation", PlainText, nullable=False),
    Column("sender", PlainText, nullable=False),
    Column("text", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("inbox", BigInteger, index=True),
    Index("messages_conversation_idx", "conversation", "number"),
    sqlite_autoincrement=True,
)

#: What people said about being written to. Nothing is changed or taken away here but an address, when it is erased.
consents = Table(
    "consents",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("key", PlainText, nullable=False),  # a keyed hash of the channel and the address
    Column("address", PlainText),
    Column("kind", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("words", PlainText, nullable=False),
    Column("channel", PlainText, nullable=False),
    Column("source", PlainText, nullable=False),
    Index("consents_key_idx", "key", "number"),
    sqlite_autoincrement=True,
)

#: The tokens that a provider marks a delivery and its repeats with, beside the message's own id.
repeats = Table(
    "repeats",
    metadata,
    Column("provider", PlainText, primary_key=True),
    Column("token", PlainText, primary_key=True),
    Column("at", UtcTime, nullable=False),
)

#: What somebody of the team made of a lead.
dispositions = Table(
    "dispositions",
    metadata,
    Column("lead", PlainText, primary_key=True),
    Column("status", PlainText, nullable=False),
    Column("by", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("reason", PlainText),
    Column("name", PlainText),
)

#: What visitors looked at, as the widget told it, and what else they did. `key` is the browser's.
behaviour = Table(
    "behaviour",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("conversation", PlainText, ForeignKey("conversations.id"), nullable=False),
    Column("key", PlainText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("page", PlainText, nullable=False),
    Column("referrer", PlainText),
    Column("campaign", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("name", PlainText),
    UniqueConstraint("conversation", "key"),
    sqlite_autoincrement=True,
)

#: Whether two leads are the same person, as it was put to the owner of an address, and what they said.
joinings = Table(
    "joinings",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("first", PlainText, nullable=False),  # of the two leads, by id
    Column("second", PlainText, nullable=False),
    Column("via", PlainText, nullable=False),
    Column("key", PlainText, nullable=False),  # a keyed hash of the address
    Column("day", BigInteger, nullable=False),  # whole days since 1970: one question a day to an address
    Column("asked_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("verdict", PlainText),
    UniqueConstraint("first", "second"),
    UniqueConstraint("key", "day"),
    sqlite_autoincrement=True,
)

#: The rubrics that were ever published. `document` is a framework's section of rubric.yml, `profile` what icp.yml had
#: below `ideal`; without one, it was not kept.
rubrics = Table(
    "rubrics",
    metadata,
    Column("name", PlainText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", JSON, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("in_force_at", UtcTime),  # when a server last began to score by it
    Column("profile", JSON(none_as_null=True)),
)

#: Where somebody of the team says that a lead belongs, and why. Nothing is changed or taken away here.
overrides = Table(
    "overrides",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("lead", PlainText, nullable=False, index=True),
    Column("route", PlainText),  # none: what was said before is taken back
    Column("reason", PlainText, nullable=False),
    Column("by", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("name", PlainText),
    sqlite_autoincrement=True,
)

#: Files that were imported from a CRM, and what they tell by whom it is about: facts as a lead has them, under a mail
#: address, a number or a domain.
imports = Table(
    "imports",
    metadata,
    Column("number", Serial, primary_key=True),
    Column("file", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
imported = Table(
    "imported",
    metadata,
    Column("kind", PlainText, primary_key=True),
    Column("key", PlainText, primary_key=True),
    Column("facts", JSON, nullable=False),
    Column("number", BigInteger, nullable=False, index=True),  # of the import that told it last
)
