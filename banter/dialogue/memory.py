"""What is remembered of a conversation between two turns: the slots, the active form and, in short, which sentences
were said; and no events.

Rasa re-reads and replays all events several times a turn, so with its own stores a turn of a long conversation costs
fifty times one of a short one. The rules look at the turn under way only; what matters beyond it is in the slots, the
lead and the transcript.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from banter.leads.variety import new_turn
from banter.turns import current_turn


class TurnMemory(TrackerStore):
    """A tracker store that reads from and writes to the turn under way; its transaction decides what lasts."""

    def __init__(self, domain: Domain | None) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        turn = current_turn()
        state = turn.dialogue_state
        if state is None or "slots" not in state:
            return None
        turn.dialogue_state = {**state, "said": new_turn(remembered(state))}
        return restore(sender_id, state, self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        turn = current_turn()
        turn.dialogue_state = {**snapshot(tracker), "said": remembered(turn.dialogue_state)}

    async def keys(self) -> list[str]:
        return [current_turn().conversation]


def snapshot(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Plain JSON data from which `restore` makes a tracker that decides as this one would."""
    return {
        "slots": {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None},
        "loop": tracker.active_loop.name if tracker.active_loop else None,
    }


def remembered(state: Mapping[str, Any] | None) -> Sequence[str]:
    """Which sentences were said, as `banter.leads.variety` keeps them."""
    return (state or {}).get("said") or [""]


def restore(sender_id: str, state: Mapping[str, Any], domain: Domain) -> DialogueStateTracker:
    """A tracker that waits for the visitor, with the slots and the form of `state`. Slots the domain no longer has,
    because the owner changed it, are left behind."""
    known = {slot.name for slot in domain.slots}
    events: list[Event] = [SlotSet(name, value) for name, value in state["slots"].items() if name in known]
    if state["loop"] in domain.form_names:
        events.append(ActiveLoop(state["loop"]))
    events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(sender_id, events, domain.slots, domain=domain)
