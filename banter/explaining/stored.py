"""The explanation of a lead as it stands in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banter.explaining.explain import explain
from banter.explaining.explanation import Explanation
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.published import Edition, edition

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


def explained(tx: SqlTransaction, lead: Lead, playbook: Playbook) -> Explanation:
    return explain(lead, edition_of(tx, lead, playbook), playbook, tx.overrides.all_of(lead.id))


def edition_of(tx: SqlTransaction, lead: Lead, playbook: Playbook) -> Edition:
    """What the lead was scored by, as it was published; else today's."""
    stamp = lead.score.rubric if lead.score else None
    name, _, version = (stamp or "").partition("@")
    standing = tx.rubrics.get(name, int(version)) if version.isdecimal() else None
    return edition(stamp, standing, playbook)
