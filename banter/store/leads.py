"""Leads: the whole one as a document, and columns derived from it to search by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.engine import Connection

from banter.leads.joining import Via, goes_on, normal_email
from banter.leads.model import Lead
from banter.leads.requalifying import is_back_cold
from banter.store.encoding import lead_from_json, lead_to_json
from banter.store.tables import conversations, leads
from banter.store.upsert import put

_same = leads.alias("same")
#: The lead that the one with the id is by now.
_BY_ID = select(leads.c.document).where(
    leads.c.id
    == func.coalesce(
        select(_same.c.joined_into).where(_same.c.id == bindparam("lead")).scalar_subquery(), bindparam("lead")
    )
)
_WAITING = (
    select(leads.c.document)
    .where(leads.c.aside == "waiting", leads.c.listed.is_(True), leads.c.joined_into.is_(None))
    .order_by(leads.c.updated_at, leads.c.id)
    .limit(bindparam("most"))
)
#: The lead whose conversation it is by now, with the channel of that conversation.
_BY_CONVERSATION = (
    select(leads.c.document, _same.c.channel)
    .select_from(_same.join(leads, leads.c.id == func.coalesce(_same.c.joined_into, _same.c.id)))
    .where(_same.c.conversation == bindparam("conversation"))
)
_HOME = select(leads.c.conversation).where(leads.c.id == bindparam("lead"))
_OF_LEAD = (
    select(leads.c.conversation, leads.c.channel)
    .select_from(leads.outerjoin(conversations, conversations.c.id == leads.c.conversation))
    .where(or_(leads.c.id == bindparam("lead"), leads.c.joined_into == bindparam("lead")))
    .order_by(conversations.c.created_at, leads.c.id)
)
#: What is kept of a lead from its first save.
_FIXED = ("conversation", "channel")


class SqlLeadStore:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, lead_id: str) -> Lead | None:
        """The lead with the id, or the one that it was joined into."""
        document = self._connection.execute(_BY_ID, {"lead": lead_id}).scalar()
        return None if document is None else lead_from_json(document)

    def of_conversation(self, conversation: str) -> Lead | None:
        """The lead as it stands in this conversation of its."""
        row = self._connection.execute(_BY_CONVERSATION, {"conversation": conversation}).first()
        return None if row is None else goes_on(lead_from_json(row.document), conversation, row.channel)

    def home(self, lead_id: str) -> str | None:
        """The conversation in which the lead began, by whose lock it is changed."""
        found: str | None = self._connection.execute(_HOME, {"lead": lead_id}).scalar()
        return found

    def conversations(self, lead_id: str) -> list[tuple[str, str]]:
        """All of a lead's conversations, each with its channel, in the order in which they began: its own and those of
        leads that were joined into it."""
        return [(row.conversation, row.channel) for row in self._connection.execute(_OF_LEAD, {"lead": lead_id})]

    def with_address(self, via: Via, address: str, *, but: str) -> Sequence[Lead]:
        """Other leads of real visitors that have this address (a number in E.164, a mail address as `normal_email`
        writes it), those heard of last first; at most ten."""
        column = leads.c.phone if via == "sms" else leads.c.email
        query = select(leads.c.document).where(
            column == address, leads.c.id != but, leads.c.listed.is_(True), leads.c.joined_into.is_(None)
        )
        query = query.order_by(leads.c.updated_at.desc(), leads.c.id).limit(10)
        return [lead_from_json(document) for document in self._connection.execute(query).scalars()]

    def join(self, goes: str, stays: str) -> None:
        """The lead `goes`, and all that were joined into it, are `stays` from now on."""
        was = or_(leads.c.id == goes, leads.c.joined_into == goes)
        self._connection.execute(update(leads).where(was).values(joined_into=stays, listed=False))

    def save(self, lead: Lead) -> None:
        """Insert or replace by id. A conversation has one lead: a second id for it is an IntegrityError. One that was
        joined into another is not listed again by it."""
        row = {
            "id": lead.id,
            "conversation": lead.conversation,
            "channel": lead.channel,
            "status": lead.status,
            "route": None if lead.route is None else lead.route.name,
            "total": None if lead.score is None else lead.score.total,
            "email": normal_email(lead.contact.email),
            "phone": lead.contact.phone,
            "created_at": lead.created_at,
            "updated_at": lead.changed_at,
            "listed": not lead.test and lead.opener is not None,
            "aside": lead.aside or None,
            "requalify": is_back_cold(lead),
            "document": lead_to_json(lead),
        }
        put(self._connection, leads, "id", row, fixed=_FIXED)

    def waiting(self, most: int) -> Sequence[Lead]:
        """Real visitors who wait for a person, those not heard of for longest first; at most so many."""
        return [lead_from_json(document) for document in self._connection.execute(_WAITING, {"most": most}).scalars()]

    def page(
        self,
        *,
        conversation: str | None = None,
        route: str | None = None,
        since: datetime | None = None,
        requalify: bool = False,
        page: int = 1,
        size: int = 50,
    ) -> Sequence[Lead]:
        """Newest first; `page` counts from 1; `since` is compared with `changed_at`; `requalify`: only cold leads who
        fit well and are back on the website (`banter.leads.requalifying`).

        Test leads and visitors who said nothing yet are left out, unless one `conversation` is asked for.
        """
        query = select(leads.c.document).order_by(leads.c.created_at.desc(), leads.c.id.desc())
        if conversation is None:
            query = query.where(leads.c.listed.is_(True), leads.c.joined_into.is_(None))
        else:
            of_it = select(func.coalesce(_same.c.joined_into, _same.c.id)).where(_same.c.conversation == conversation)
            query = query.where(leads.c.id == of_it.scalar_subquery())
        if route is not None:
            query = query.where(leads.c.route == route)
        if since is not None:
            query = query.where(leads.c.updated_at >= since)
        if requalify:
            query = query.where(leads.c.requalify.is_(True))
        query = query.limit(size).offset((page - 1) * size)
        return [lead_from_json(document) for document in self._connection.execute(query).scalars()]
