"""Leads: the whole one as a document, and columns derived from it to search by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from banter.leads.model import Lead
from banter.store.encoding import lead_from_json, lead_to_json
from banter.store.tables import leads
from banter.store.upsert import put

_BY_ID = select(leads.c.document).where(leads.c.id == bindparam("lead"))
_WAITING = (
    select(leads.c.document)
    .where(leads.c.aside == "waiting", leads.c.listed.is_(True))
    .order_by(leads.c.updated_at, leads.c.id)
    .limit(bindparam("most"))
)
_BY_CONVERSATION = select(leads.c.document).where(leads.c.conversation == bindparam("conversation"))


class SqlLeadStore:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, lead_id: str) -> Lead | None:
        document = self._connection.execute(_BY_ID, {"lead": lead_id}).scalar()
        return None if document is None else lead_from_json(document)

    def of_conversation(self, conversation: str) -> Lead | None:
        document = self._connection.execute(_BY_CONVERSATION, {"conversation": conversation}).scalar()
        return None if document is None else lead_from_json(document)

    def save(self, lead: Lead) -> None:
        """Insert or replace by id. A conversation has one lead: a second id for it is an IntegrityError."""
        row = {
            "id": lead.id,
            "conversation": lead.conversation,
            "channel": lead.channel,
            "status": lead.status,
            "route": None if lead.route is None else lead.route.name,
            "total": None if lead.score is None else lead.score.total,
            "email": lead.contact.email,
            "created_at": lead.created_at,
            "updated_at": lead.updated_at,
            "listed": not lead.test and lead.opener is not None,
            "aside": lead.aside or None,
            "document": lead_to_json(lead),
        }
        put(self._connection, leads, "id", row)

    def waiting(self, most: int) -> Sequence[Lead]:
        """Real visitors who wait for a person, those not heard of for longest first; at most so many."""
        return [lead_from_json(document) for document in self._connection.execute(_WAITING, {"most": most}).scalars()]

    def page(
        self,
        *,
        conversation: str | None = None,
        route: str | None = None,
        since: datetime | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Sequence[Lead]:
        """Newest first; `page` counts from 1; `since` is compared with `updated_at`.

        Test leads and visitors who said nothing yet are left out, unless one `conversation` is asked for.
        """
        query = select(leads.c.document).order_by(leads.c.created_at.desc(), leads.c.id.desc())
        if conversation is None:
            query = query.where(leads.c.listed.is_(True))
        else:
            query = query.where(leads.c.conversation == conversation)
        if route is not None:
            query = query.where(leads.c.route == route)
        if since is not None:
            query = query.where(leads.c.updated_at >= since)
        query = query.limit(size).offset((page - 1) * size)
        return [lead_from_json(document) for document in self._connection.execute(query).scalars()]
