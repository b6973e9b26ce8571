"""The outbox, ready to be written: everything that was sent, will be, or would be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from banter.dashboard import words
from banter.dashboard.listing import UNSUBSCRIBED
from banter.leads import texting
from banter.leads.model import OutboxItem
from banter.slack.as_text import as_text
from banter.store.outbox import FIELDS
from banter.store.tables import outbox

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


@dataclass(frozen=True)
class Letter:
    """One item. `status` is the word for it, `to` whom it goes to as people read it."""

    item: OutboxItem
    kind: str
    to: str
    subject: str
    body: str
    status: str
    invitation: bool  # a calendar file goes along


def page(tx: SqlTransaction, *, number: int, size: int, status: str | None) -> tuple[list[OutboxItem], bool]:
    """The items of one page, newest due date first, and whether there are more."""
    latest = (outbox.c.due_at.desc(), outbox.c.id.desc())
    # The ids alone first: they are sorted by an index, and no mail's text is read that is not shown.
    # What the bot does by itself later on is no letter.
    ids = select(outbox.c.id).where(outbox.c.kind.not_like("timer%")).order_by(*latest)
    ids = ids.limit(size + 1).offset((number - 1) * size)
    if status is not None:
        ids = ids.where(outbox.c.status == status)
    found = list(tx.connection.execute(ids).scalars())
    query = select(*(outbox.c[name] for name in FIELDS)).where(outbox.c.id.in_(found[:size])).order_by(*latest)
    return [OutboxItem(**row._mapping) for row in tx.connection.execute(query)], len(found) > size


def letter(item: OutboxItem) -> Letter:
    payload = item.payload
    if item.kind == "alert":
        told = payload.get("json") or {}
        to, subject = alert_to(item), words.ALERTS.get(str(told.get("kind")), "Alert")
        body = json.dumps(told, indent=2, ensure_ascii=False)
    elif item.kind == "slack":
        to, subject = slack_to(item), first_line(item)
        blocks = payload.get("blocks")
        body = as_text(blocks) if blocks else str(payload.get("text") or "")
    elif item.kind == "sms":
        to, subject = str(payload.get("to") or ""), first_line(item)
        body = texting.as_text(str(payload.get("text") or ""), payload.get("buttons") or ())
    else:
        to, subject, body = (str(payload.get(name) or "") for name in ("to", "subject", "body"))
    kind = words.KINDS.get(item.kind, item.kind)
    if item.kind == "nurture" and item.key.endswith(UNSUBSCRIBED):
        kind, to, body = (
            "Opt-out",
            "nobody",
            "This lead asked for no more mails. This is the note of it; nothing is sent.",
        )
    return Letter(item, kind, to, subject, body, status_of(item), bool(payload.get("ics")))


def status_of(item: OutboxItem) -> str:
    """What became of it."""
    return words.OUTBOX.get(item.status, item.status)


def slack_to(item: OutboxItem) -> str:
    """The channel or person; of a thread, that it is one."""
    to = str(item.payload.get("to") or "nobody")
    return f"a thread in {to.split('/')[1]}" if to.count("/") == 2 else to


def first_line(item: OutboxItem) -> str:
    return str(item.payload.get("text") or "").partition("\n")[0]


def is_told(item: OutboxItem) -> bool:
    """Whether it tells the team of a lead; what changes such a message later does not."""
    slack = item.kind == "slack" and item.key.startswith("slack:alert:") and "of" not in item.payload
    return slack or item.kind in ("alert", "notice")


def alert_to(item: OutboxItem) -> str:
    """The host alone: the rest of a webhook's address is often a password."""
    return urlsplit(str(item.payload.get("url") or "")).hostname or "nobody"
