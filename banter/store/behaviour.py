"""What visitors looked at and did (`banter.leads.behaviour`), by conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, bindparam, delete, func, not_, or_, select
from sqlalchemy.engine import Connection

from banter.leads.behaviour import MOST, OWN, Seen
from banter.store.tables import behaviour, leads
from banter.store.upsert import put_once

_OWN = behaviour.c.key.contains(OWN, autoescape=True)
#: What there is no room for, by who told it: plain pages before all else, the oldest before newer ones.
_TOO_MUCH = tuple(
    select(behaviour.c.number)
    .where(and_(behaviour.c.conversation == bindparam("conversation"), whose))
    .order_by(behaviour.c.kind == "page", behaviour.c.at.desc(), behaviour.c.number)
    .offset(MOST)
    for whose in (_OWN, not_(_OWN))
)
_COLUMNS = select(
    behaviour.c.key,
    behaviour.c.kind,
    behaviour.c.page,
    behaviour.c.at,
    behaviour.c.referrer,
    behaviour.c.campaign,
    behaviour.c.name,
).order_by(behaviour.c.at, behaviour.c.number)
_ALL = _COLUMNS.where(behaviour.c.conversation == bindparam("conversation"))
_theirs = select(leads.c.conversation).where(
    or_(leads.c.id == bindparam("lead"), leads.c.joined_into == bindparam("lead"))
)
_OF_LEAD = _COLUMNS.where(behaviour.c.conversation.in_(_theirs))
_several = bindparam("leads", expanding=True)
_OF_LEADS = (
    select(
        func.coalesce(leads.c.joined_into, leads.c.id),
        behaviour.c.key,
        behaviour.c.kind,
        behaviour.c.page,
        behaviour.c.at,
        behaviour.c.name,
    )
    .select_from(behaviour.join(leads, leads.c.conversation == behaviour.c.conversation))
    .where(or_(leads.c.id.in_(_several), leads.c.joined_into.in_(_several)))
    .order_by(behaviour.c.at, behaviour.c.number)
)


class SqlBehaviour:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: str, seen: Sequence[Seen]) -> int:
        """How many were new: what is there already stays as it is. Beyond `MOST` the oldest go."""
        new = 0
        for one in seen:
            row = {
                "conversation": conversation,
                "key": one.key,
                "kind": one.kind,
                "page": one.page,
                "referrer": one.referrer,
                "campaign": dict(one.campaign),
                "at": one.at,
                "name": one.name,
            }
            new += put_once(self._connection, behaviour, ("conversation", "key"), row)
        if new:
            for too_much in _TOO_MUCH:
                numbers = list(self._connection.execute(too_much, {"conversation": conversation}).scalars())
                if numbers:
                    self._connection.execute(delete(behaviour).where(behaviour.c.number.in_(numbers)))
        return new

    def of_conversation(self, conversation: str) -> list[Seen]:
        """Oldest first."""
        rows = self._connection.execute(_ALL, {"conversation": conversation})
        return [Seen(**row._mapping) for row in rows]

    def of_lead(self, lead: str) -> list[Seen]:
        """In all of a lead's conversations, oldest first."""
        return [Seen(**row._mapping) for row in self._connection.execute(_OF_LEAD, {"lead": lead})]

    def of_leads(self, ids: Sequence[str]) -> Mapping[str, list[Seen]]:
        """What points can come of, of several leads, by lead: without where they came from. Who did nothing is not in
        it."""
        found: dict[str, list[Seen]] = {}
        for lead, key, kind, page, at, name in self._connection.execute(_OF_LEADS, {"leads": list(ids)}):
            found.setdefault(lead, []).append(Seen(key, kind, page, at, name=name))
        return found
