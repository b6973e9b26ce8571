"""Conversations as they began, and the lock that lets one turn run at a time in each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from banter.store.tables import conversations, leads
from banter.store.upsert import put_once

_ONE = select(conversations).where(conversations.c.id == bindparam("id"))
# NO KEY UPDATE: a turn may take its time, and meanwhile the channel goes on adding inbox rows that refer to this one.
_AT = select(conversations).where(
    conversations.c.channel == bindparam("channel"), conversations.c.address == bindparam("address")
)
_LOCKED = _ONE.with_for_update(key_share=True)
_joined = leads.alias("joined")
_HOME = (
    select(leads.c.conversation)
    .select_from(_joined.join(leads, leads.c.id == _joined.c.joined_into))
    .where(_joined.c.conversation == bindparam("id"))
)


@dataclass(frozen=True)
class Conversation:
    """Where and how somebody began to talk. `timezone` is an IANA name, `page` and `referrer` are web addresses.
    `address` is where the channel reaches them, unique in it: a phone number in E.164 by SMS, "team/channel/thread" in
    Slack; None on the web, where the page asks for what is new."""

    id: str
    channel: str
    locale: str
    timezone: str
    page: str | None
    referrer: str | None
    created_at: datetime
    test: bool = False
    address: str | None = None


class SqlConversations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._locked: set[str] = set()

    def create(self, conversation: Conversation) -> None:
        self._connection.execute(conversations.insert(), asdict(conversation))

    def at(self, channel: str, address: str) -> Conversation | None:
        """The conversation that this channel holds with `address`."""
        row = self._connection.execute(_AT, {"channel": channel, "address": address}).first()
        return None if row is None else Conversation(**row._mapping)

    def begin_at(self, conversation: Conversation) -> Conversation:
        """The conversation with its address, made now or by whoever was first: two messages may come at once."""
        put_once(self._connection, conversations, ("channel", "address"), asdict(conversation))
        found = self.at(conversation.channel, conversation.address or "")
        if found is None:
            raise ValueError("a conversation without an address has nobody to be reached")
        return found

    def get(self, conversation_id: str) -> Conversation | None:
        row = self._connection.execute(_ONE, {"id": conversation_id}).first()
        return None if row is None else Conversation(**row._mapping)

    def lock(self, conversation_id: str) -> Conversation | None:
        """The conversation, and nobody else's turn in it until this transaction ends. None when there is none.

        Where its lead was joined into another, that one's home is locked, too: so no lead is changed by two at a time,
        whichever of its conversations they are in. Nobody who has a home's lock waits for another, but to join the two;
        and while one is waited for, it may stop being one.
        """
        row = self._connection.execute(_LOCKED, {"id": conversation_id}).first()
        self._locked.add(conversation_id)
        while (home := self._connection.execute(_HOME, {"id": conversation_id}).scalar()) not in (None, *self._locked):
            self._connection.execute(_LOCKED, {"id": home})
            self._locked.add(home)
        return None if row is None else Conversation(**row._mapping)

    def hold(self, conversation_id: str) -> None:
        """Lock it unless this transaction did so already."""
        if conversation_id not in self._locked:
            self.lock(conversation_id)
