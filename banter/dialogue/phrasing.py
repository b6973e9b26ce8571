"""Rasa's response generator, with variations that take turns instead of being drawn by chance.

The same conversation always reads the same, and two turns running never use the same variation of a response that
has several.
"""

from __future__ import annotations

import zlib
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker


class RotatingPhrases(TemplatedNaturalLanguageGenerator):
    """Rasa's own templates and filters; only the choice among what fits is ours. Named in `endpoints.yml`."""

    def __init__(
        self, responses: dict[str, Any] | None = None, endpoint_config: object = None, domain: Any = None
    ) -> None:
        super().__init__(responses if responses is not None else getattr(domain, "responses", {}))

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The text for `utter_action`, placeholders filled from slots and `kwargs`; None when there is no such text."""
        slots = tracker.current_slot_values()
        fitting = (
            ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, output_channel, slots)
            if utter_action in self.responses
            else []
        )
        if not fitting:
            return None
        start = zlib.crc32(f"{tracker.sender_id} {utter_action}".encode())
        chosen = fitting[(start + _turns(tracker)) % len(fitting)]
        return self._fill_response({k: v for k, v in chosen.items() if k != "condition"}, slots, **kwargs)


def _turns(tracker: DialogueStateTracker) -> int:
    """How many messages the visitor has sent."""
    turns = tracker.slots.get("turns")
    return int(turns.value or 0) if turns is not None else 0
