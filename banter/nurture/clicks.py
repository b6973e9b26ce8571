"""Links in nurture mails that count a click: by way of this server, each signed with where it leads. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from banter.leads.behaviour import OWN, Seen, web_address
from banter.leads.playbook import Playbook, Step

LONGEST = 2_000  # characters of a token, and of an address
_BYTES = 16  # of the signature: 128 bits
# The signature covers a purpose too, so that a token of another kind can never pass as one of these.
_PURPOSE = b"banter mail link 1\x00"
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_AFTER = ".,;:!?)]}"  # ends a sentence, not an address
_OPENS = {")": "(", "]": "[", "}": "{"}
_HERE = ("localhost", "127.0.0.1", "::1")  # nobody can click on what leads to his own machine


@dataclass(frozen=True)
class Click:
    """On a link of a mail: whose mail, which (`nurture_warm/guide`), and where the link leads."""

    lead: str
    mail: str
    target: str

    def seen(self, now: datetime) -> Seen:
        """Once per mail and link, however often it is clicked: scanners open links, too."""
        digest = hashlib.sha256(self.target.encode()).hexdigest()[:12]
        return Seen(f"mail{OWN}{self.mail}{OWN}{digest}", "email_click", web_address(self.target) or "", now)


def counts(playbook: Playbook, public_url: str) -> bool:
    """Whether clicks are worth anything, and there is an address of ours that a mail can lead to."""
    worth = playbook.rubric.parts.behaviour.worth.get("email_click")
    return worth is not None and worth.points != 0 and urlsplit(public_url).hostname not in _HERE


def counted(step: Step, link: Callable[[str], str | None]) -> Step:
    """The step with `link(address)` in the place of each address that the team wrote; one that is filled in
    ("https://example.com/{name}") stays as it is, and so does one for which there is no link."""

    def led(found: re.Match[str]) -> str:
        address = _without_what_follows(found[0])
        if "{" in found[0] or web_address(address, LONGEST) is None:
            return found[0]
        return (link(address) or address) + found[0][len(address) :]

    return replace(step, body=_ADDRESS.sub(led, step.body))


def _without_what_follows(found: str) -> str:
    """The address without the end of the sentence around it; a bracket that was opened in the address closes there."""
    while found[-1] in _AFTER:
        opens = _OPENS.get(found[-1])
        if opens is not None and found.count(opens) >= found.count(found[-1]):
            break
        found = found[:-1]
    return found


def by_us(click: Click, public_url: str, secret: str) -> str | None:
    """The link that counts this click; None where its token would be longer than `read` takes."""
    token = make(click, secret)
    return f"{public_url}/go/{token}" if len(token) <= LONGEST else None


def make(click: Click, secret: str) -> str:
    """The token that stands behind `/go/`. The same click and secret always give the same."""
    told = json.dumps([click.lead, click.mail, click.target], separators=(",", ":"), ensure_ascii=False).encode()
    return f"{_text(told)}.{_signature(told, secret)}"


def read(token: str, secret: str) -> Click | None:
    """What a token of ours says; None for any other. Compared in constant time."""
    told, _, signature = token.partition(".")
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        known = base64.urlsafe_b64decode(told + "=" * (-len(told) % 4))
    except (ValueError, binascii.Error):
        return None
    # Written anew, so that one click has one token and no other spelling of it.
    if _text(known) != told or not hmac.compare_digest(signature, _signature(known, secret)):
        return None
    return Click(*json.loads(known))


def _signature(told: bytes, secret: str) -> str:
    return _text(hmac.new(secret.encode(), _PURPOSE + told, hashlib.sha256).digest()[:_BYTES])


def _text(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()
