"""Who said what, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from banter.leads.model import Message
from banter.store.conversations import SqlConversations
from banter.store.tables import messages

_COLUMNS = select(
    messages.c.id, messages.c.conversation, messages.c.sender, messages.c.text, messages.c.at, messages.c.buttons
).order_by(messages.c.number)
_ALL = _COLUMNS.where(messages.c.conversation == bindparam("conversation"))
_seen = messages.alias("seen")
_AFTER = _ALL.where(
    messages.c.number
    > func.coalesce(
        select(_seen.c.number)
        .where(_seen.c.id == bindparam("after"), _seen.c.conversation == bindparam("conversation"))
        .scalar_subquery(),
        0,
    )
)
_OF_INBOX = _COLUMNS.where(messages.c.inbox == bindparam("row"), messages.c.sender == bindparam("sender"))


class SqlTranscript:
    def __init__(self, connection: Connection, conversations: SqlConversations) -> None:
        self._connection = connection
        self._conversations = conversations

    def add(self, message: Message, *, inbox: int | None = None) -> None:
        """`inbox` is the row of the visitor's message that this one belongs to or answers.

        Waits for a turn that runs in the same conversation: numbers are given out before a commit, so without the lock
        a reader who asks for what came after message 11 could miss a 10 that is committed later.
        """
        self._conversations.hold(message.conversation)
        row = {
            "id": message.id,
            "conversation": message.conversation,
            "sender": message.sender,
            "text": message.text,
            "at": message.at,
            "buttons": [list(button) for button in message.buttons],
            "inbox": inbox,
        }
        self._connection.execute(messages.insert(), row)

    def of_conversation(self, conversation: str, *, after: str | None = None) -> Sequence[Message]:
        """In order; only what came after the message with the id `after`, or everything when there is none such."""
        if after is None:
            return _messages(self._connection.execute(_ALL, {"conversation": conversation}))
        return _messages(self._connection.execute(_AFTER, {"conversation": conversation, "after": after}))

    def of_inbox(self, inbox_id: int, sender: str = "bot") -> list[Message]:
        """What `sender` said in answer to this inbox row, in order."""
        return _messages(self._connection.execute(_OF_INBOX, {"row": inbox_id, "sender": sender}))


def _messages(rows: Iterable[Any]) -> list[Message]:
    return [
        Message(row.id, row.conversation, row.sender, row.text, row.at, tuple((b[0], b[1]) for b in row.buttons))
        for row in rows
    ]
