"""What a channel is sent, where visitors have no page of ours open that fetches it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from banter.leads.model import Message

#: Channels whose messages are sent, each as an outbox item of that kind.
SENT = ("sms", "slack")


#: Channels where each message is paid for and may overtake another: what is said at once is sent as one.
AS_ONE = ("sms",)


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


def sent_as(said: Sequence[Message], channel: str) -> Sequence[Message]:
    """What one turn said, as it is sent: message by message, or as one with the id of the last."""
    if channel not in AS_ONE or len(said) < 2:
        return said
    buttons = tuple(button for message in said for button in message.buttons)
    return (replace(said[-1], text="\n".join(message.text for message in said), buttons=buttons),)
