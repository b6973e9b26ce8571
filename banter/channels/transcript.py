"""A conversation as a mail to whom the visitor names. The words are in texts/widget/transcript.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from banter.channels.errors import invalid
from banter.leads.model import Message
from banter.leads.playbook import Company

KIND = "transcript"
WORDS: Mapping[str, Mapping[str, str]] = json.loads(
    (Path(__file__).parents[2] / "texts" / "widget" / "transcript.json").read_text("utf-8")
)


def address(text: str) -> str:
    """A mail address as it is written to. Raises Refused: 422."""
    try:
        return str(validate_email(text, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise invalid("email", "is no address that mails can be sent to; write it like name@example.com") from None


def mail(messages: Sequence[Message], *, to: str, company: Company, timezone: str, locale: str) -> dict[str, Any]:
    """The outbox payload: who said what and when, on the visitor's clock. `messages` is not empty."""
    text = WORDS.get(locale.replace("_", "-").partition("-")[0].lower(), WORDS["en"])
    zone = ZoneInfo(timezone)
    who = {sender: text[sender].format(company=company.name) for sender in ("visitor", "bot", "rep")}
    lines = [f"{who[m.sender]}, {m.at.astimezone(zone):%H:%M}\n{m.text}" for m in messages]
    day = f"{messages[0].at.astimezone(zone):%Y-%m-%d}"
    parts = [text["intro"].format(day=day), *lines, text["foreign"], f"{company.name}\n{company.address}"]
    return {
        "to": to,
        "subject": text["subject"].format(company=company.name),
        "body": "\n\n".join(parts) + "\n",
        "headers": {"Reply-To": company.email},
    }


def key(conversation: str, to: str, messages: Sequence[Message]) -> str:
    """The same transcript goes to the same address once."""
    return f"transcript:{conversation}:{sha256(to.lower().encode()).hexdigest()[:16]}:{messages[-1].id}"
