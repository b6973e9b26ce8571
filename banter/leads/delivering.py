"""What a channel is sent, where visitors have no page of ours open that fetches it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from banter.leads.model import Message

#: Channels whose messages are sent, each as an outbox item of that kind.
SENT = ("sms", "slack")


@dataclass(frozen=True)
class Delivery:
    """An outbox item: the same key is queued once, and goes along to the receiver."""

    key: str
    kind: str
    payload: dict[str, Any]


def delivery(
    message: Message, channel: str, address: str | None, *, prompted: bool = True, answers: bool = False
) -> Delivery | None:
    """`message` as it is to be sent to `address`; None where the channel fetches it. `prompted`: it answers what the
    visitor wrote just now, so it may go at any hour. `answers`: with it the answer to a message is complete."""
    if channel not in SENT or address is None:
        return None
    payload = {
        "to": address,
        "text": message.text,
        "buttons": [list(button) for button in message.buttons],
        "conversation": message.conversation,
        "prompted": prompted,
        "answers": answers,
    }
    return Delivery(f"{channel}:{message.id}", channel, payload)
