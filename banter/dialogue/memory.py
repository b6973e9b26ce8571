"""What Rasa remembers of a conversation: the slots, the active form and the last few turns.

Rasa re-reads and replays all events several times a turn, so with its own stores a turn of a long conversation costs
fifty times one of a short one. The rules look back one turn; what matters beyond that is in the slots and the lead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from banter.turns import current_turn

#: Whole turns kept. Rules match the current turn and what the last one ended with.
TURNS_KEPT = 3


class TurnMemory(TrackerStore):
    """A tracker store that reads from and writes to the turn under way; its transaction decides what lasts."""

    def __init__(self, domain: Domain | None) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        state = current_turn().dialogue_state
        return None if state is None else restore(sender_id, state, self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        current_turn().dialogue_state = snapshot(tracker)

    async def keys(self) -> list[str]:
        return [current_turn().conversation]


def snapshot(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Plain JSON data from which `restore` makes a tracker that decides as this one would."""
    events = list(tracker.events)
    said = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    kept = events[max(said[-TURNS_KEPT] - 1, 0) :] if len(said) >= TURNS_KEPT else events
    return {
        "slots": {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None},
        "loop": tracker.active_loop.name if tracker.active_loop else None,
        "events": [_slim(event.as_dict()) for event in kept],
    }


def restore(sender_id: str, state: Mapping[str, Any], domain: Domain) -> DialogueStateTracker:
    """A tracker with the slots and the form of `state`, then its events replayed on top."""
    before: list[Event] = [SlotSet(name, value) for name, value in state["slots"].items()]
    if state["loop"]:
        before.append(ActiveLoop(state["loop"]))
    replayed = [event for event in (Event.from_parameters(e) for e in state["events"]) if event is not None]
    if replayed and not isinstance(replayed[0], ActionExecuted):
        before.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(
        sender_id, [*before, *replayed, *_last_words(state)], domain.slots, domain=domain
    )


def _last_words(state: Mapping[str, Any]) -> list[Event]:
    """Replaying may have set a slot back to what it was three turns ago; the last value holds."""
    touched = {e["name"] for e in state["events"] if e["event"] == "slot"}
    return [SlotSet(name, state["slots"].get(name)) for name in sorted(touched)]


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Without what is not read again: rankings, features, metadata of a message."""
    if event["event"] == "user":
        parsed = event.get("parse_data") or {}
        event["parse_data"] = {k: parsed[k] for k in ("intent", "entities", "text") if k in parsed}
        event["metadata"] = {}
    return event
