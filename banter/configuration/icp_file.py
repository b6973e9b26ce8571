"""`icp.yml` and `market.yml` by themselves, whatever the rest of the playbook is like."""

from __future__ import annotations

from pathlib import Path

from banter.configuration import icp, market
from banter.configuration.checks import shown
from banter.configuration.document import read_document
from banter.configuration.faults import PlaybookError
from banter.configuration.section import Section
from banter.leads.playbook import Market
from scoring.fit import Profile


def read_icp_file(path: Path, sold_to: Market | None) -> Profile:
    """The profile of a file by itself; without a file there is none. Without `sold_to` names are taken as they stand.

    Raises PlaybookError with every fault, as `banter check` names them.
    """
    if not path.exists():
        return Profile()
    file = shown(path)
    entry, faults = read_document(path, file)
    if entry is None or faults:
        raise PlaybookError(tuple(faults))
    section = Section(file, entry, ())
    profile = icp.read_icp(section, sold_to)
    if section.faults:
        raise PlaybookError(tuple(section.faults))
    return profile


def read_market_file(path: Path) -> Market | None:
    """The lists of a file by itself, None where it is not there or has faults."""
    entry, faults = read_document(path, shown(path))
    return None if entry is None or faults else market.read_market(Section(shown(path), entry, ()))
