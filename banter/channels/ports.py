"""What the edge needs from the dialogue. The real one is `banter.dialogue`; tests bring a fake."""

from __future__ import annotations

from typing import Protocol

from banter.leads.ports import DialogueDown

__all__ = ["Dialogue", "DialogueDown"]


class Dialogue(Protocol):
    async def run(self, conversation: str) -> None:
        """Run every waiting turn of this conversation, in order, until its inbox is empty. Raises DialogueDown when a
        turn failed or takes too long; the inbox keeps it."""
        ...

    @property
    def ready(self) -> bool: ...
