"""What was imported of somebody, for who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from banter.importing.values import Faulty, domain_of, email_of, phone_of
from banter.leads.facts import Facts
from banter.leads.imported import KINDS, Key
from banter.leads.plain import printable
from banter.leads.telling import told

_NUMBER = re.compile(r"\+?[\d\s().\-/]{5,25}")
_NAMES = {
    "email": "the address {}",
    "phone": "the number {}",
    "domain": "the company at {}",
    "colleague": "others at {}, by a colleague's row",
}


def keys_meant(text: str, region: str) -> list[Key]:
    """What `text` may stand for by itself: an address, a number or a domain; none: it is no such thing."""
    keys: list[Key] = []
    if "@" in text:
        with suppress(Faulty):
            keys.append(("email", email_of(text)))
    elif "." in text:
        with suppress(Faulty):
            domain = domain_of(text)
            keys += [("domain", domain), ("colleague", domain)]
    if _NUMBER.fullmatch(text):
        with suppress(Faulty):
            keys.append(("phone", phone_of(text, region)))
    return keys


def shown(found: Mapping[Key, Facts]) -> str:
    lines = []
    for key in sorted(found, key=lambda one: (KINDS.index(one[0]), one[1])):
        facts = found[key]
        each = (facts.role, facts.company, facts.industry, facts.place, *facts.sizes, *facts.tools, *facts.pains)
        day = next((one.at for one in each if one is not None and one.at is not None), None)
        lines.append(f"Of {_NAMES[key[0]].format(printable(key[1]))}{f', on {day:%Y-%m-%d}' if day else ''}:")
        lines += [f"  {line.about}: {printable(line.understood)}" for line in told(facts)]
    return "\n".join(lines)
