"""A step of a sequence -> the subject and body of one mail. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from banter.leads.model import Lead
from banter.leads.playbook import Company, Step
from banter.leads.quoting import clean, holds_link, own_words, quoted
from scoring.model import Answer

#: What a text may hold, and what stands there.
PLACEHOLDERS: Mapping[str, str] = {
    "name": 'the lead\'s first name, else "there"',
    "problem": "the lead's own words about the problem, in quotes",
    "product": "what you sell, from company.yml",
    "company": "your company's name",
    "rep": "who writes",
    "resume_link": "the link that opens the lead's own conversation, on any device, for 90 days",
    "unsubscribe_link": "the page to stop these mails; stands under every mail anyway",
    "address": "your postal address; stands under every mail anyway",
}
#: Reads on after "you mentioned", as a quotation does.
NO_PROBLEM = "wanting to see what could go better"
NO_NAME = "there"

_FIELD = re.compile(r"\{([^{}]*)\}")
_TITLES = ("mr", "mrs", "ms", "mx", "dr", "prof")


@dataclass(frozen=True)
class Links:
    """Where the links of one lead's mails lead."""

    resume: str
    unsubscribe: str


def render(step: Step, *, lead: Lead, company: Company, rep: str, links: Links) -> tuple[str, str]:
    """Subject and body of `step` for `lead`: no holes, no braces, and under every body the way out and the address.

    Raises ValueError, with the mend, for a text that `check_step` finds fault with.
    """
    faults = check_step(step)
    if faults:
        raise ValueError(" ".join(faults))
    values = {
        "name": first_name(lead.contact.name),
        "problem": problem(lead.answers.get("need")),
        "product": company.product,
        "company": company.name,
        "rep": rep,
        "resume_link": links.resume,
        "unsubscribe_link": links.unsubscribe,
        "address": company.address,
    }
    subject = " ".join(_fill(step.subject, values).split())
    body = f"{_fill(step.body, values).strip()}\n\n{_footer(company, links)}\n"
    return subject, body


def check_step(step: Step) -> list[str]:
    """What is wrong with a step's texts, each with its mend; empty when nothing is."""
    faults = []
    for where, text in (("subject", step.subject), ("body", step.body)):
        for name in _FIELD.findall(text):
            if name not in PLACEHOLDERS:
                near = get_close_matches(name.strip().lower(), PLACEHOLDERS, n=1)
                mend = f"did you mean {{{near[0]}}}?" if near else f"use one of {', '.join(PLACEHOLDERS)}"
                faults.append(f"{where} of step '{step.key}': there is no {{{name}}}; {mend}")
        if set("{}") & set(_FIELD.sub("", text)):
            faults.append(f"{where} of step '{step.key}': a lone brace; write a placeholder as {{name}}, with both")
        if not text.strip():
            faults.append(f"{where} of step '{step.key}': is empty; write something, or leave the step out")
    if "\n" in step.subject.strip():
        faults.append(f"subject of step '{step.key}': must be one line")
    return faults


def problem(need: Answer | None) -> str:
    """The lead's own words about the problem in quotes, or a phrase that can stand there instead.

    Words that hold a link or an address are never repeated: a stranger could use us to send theirs.
    """
    if need is None or not need.said or need.band == "curious":
        return NO_PROBLEM
    words = own_words(need)
    return NO_PROBLEM if words is None else quoted(words)


def first_name(name: str | None) -> str:
    """How to greet somebody; "there" for a name that is missing or is none ("www.example.com", "12345")."""
    parts = clean(name or "").split()
    if not parts or holds_link(" ".join(parts)) or len(parts) > 6 or any(c.isdigit() for c in "".join(parts)):
        return NO_NAME
    titled = parts[0].rstrip(".").lower() in _TITLES or len(parts[0].rstrip(".")) == 1
    chosen = " ".join(parts) if titled else parts[0]
    return chosen if any(c.isalpha() for c in chosen) and len(chosen) <= 40 else NO_NAME


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: values[match.group(1)], text)


def _footer(company: Company, links: Links) -> str:
    return (
        "--\n"
        f"You get this because you gave us this address in the chat of {company.name}.\n"
        f"No more of these mails: {links.unsubscribe}\n"
        f"{sender(company)}"
    )


def sender(company: Company) -> str:
    """Name and postal address; the name once, where the address begins with it."""
    return company.address if company.address.startswith(company.name) else f"{company.name}, {company.address}"
