"""Rasa's response generator, with variations that take turns instead of being drawn by chance, in the conversation's
language.

The same conversation always reads the same. No sentence is said twice in a turn or in two turns running, and of a
response's variations the one that was said longest ago comes next.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from banter.dialogue.memory import remembered
from banter.dialogue.translations import language, read_translations
from banter.leads.saying import IN_LANGUAGE
from banter.leads.variety import TOO_SOON, freshness, new_turn, pick, remember, sentences, what_is_new
from banter.turns import OpenTurn, current_turn

TEXTS = Path(__file__).parent.parent.parent / "texts"
#: A value that names a response with this beginning stands for its text.
CLAUSE = "utter_reason_"


@dataclass(frozen=True)
class _Telling:
    """To whom and how a text is said, and what was said before."""

    language: str
    channel: str
    tracker: DialogueStateTracker
    said: Sequence[str]


class RotatingPhrases(TemplatedNaturalLanguageGenerator):
    """Rasa's own templates and filters; only the choice among what fits is ours. Named in `endpoints.yml`."""

    def __init__(
        self,
        responses: dict[str, Any] | None = None,
        endpoint_config: object = None,
        domain: Any = None,
        texts: Path = TEXTS,
    ) -> None:
        super().__init__(responses if responses is not None else getattr(domain, "responses", {}))
        self._translations = read_translations(texts)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The text for `utter_action`, placeholders filled from slots and `kwargs`; None when there is no such text."""
        turn = _turn()
        spoken = language((str(kwargs.pop(IN_LANGUAGE, "")), *(turn.locales if turn else ())), self._translations)
        said = remembered(turn.dialogue_state) if turn else _uttered(tracker)
        told = _Telling(spoken, output_channel, tracker, said)
        for name, value in kwargs.items():
            if isinstance(value, str) and value.startswith(CLAUSE):
                kwargs[name] = (self._choose(value, told, {}) or {}).get("text", "")
        chosen = self._choose(utter_action, told, kwargs)
        if chosen is None:
            return None
        text = chosen.get("text") or ""
        if freshness(said, text) <= TOO_SOON:
            chosen["text"] = text = self._in_other_words(utter_action, text, told)
        if turn:
            turn.dialogue_state = {**(turn.dialogue_state or {}), "said": remember(said, text)}
        return chosen

    def _choose(self, name: str, told: _Telling, values: dict[str, Any]) -> dict[str, Any] | None:
        """The variation of a response that was said longest ago, filled."""
        fitting = self._fitting(name, told)
        if not fitting:
            return None
        slots = told.tracker.current_slot_values()
        filled = [self._fill_response(copy.deepcopy(variation), slots, **values) for variation in fitting]
        place = pick(
            told.said, [variation.get("text") or "" for variation in filled], f"{told.tracker.sender_id} {name}"
        )
        chosen = {name: value for name, value in filled[place].items() if name != "condition"}
        if (fitting[place].get("text") or "").startswith("{") and not chosen["text"].startswith("http"):
            chosen["text"] = (
                chosen["text"][:1].upper() + chosen["text"][1:]
            )  # the visitor's own words begin the sentence
        return chosen

    def _fitting(self, name: str, told: _Telling) -> list[dict[str, Any]]:
        slots = told.tracker.current_slot_values()
        for responses in (self._translations.get(told.language, {}), self.responses):
            if name in responses:
                return ResponseVariationFilter(responses).responses_for_utter_action(name, told.channel, slots)
        return []

    def _in_other_words(self, name: str, text: str, told: _Telling) -> str:
        """What is new in a text of which something was said just now; when that is nothing, its first sentence with a
        lead-in: "As I said: ..."."""
        new, asks = what_is_new(told.said, text), name.startswith("utter_ask_")
        if new and ("?" in new or not asks):
            return new
        repeated = next((sentence for sentence in sentences(text) if "?" in sentence or not asks), text)
        led = self._choose("utter_as_asked" if asks else "utter_as_said", told, {"said": repeated})
        return led["text"] if led else text


def _turn() -> OpenTurn | None:
    try:
        return current_turn()
    except LookupError:  # `rasa shell`: the actions have turns of their own, which are over when this is asked
        return None


def _uttered(tracker: DialogueStateTracker) -> list[str]:
    """What was said, by the events of a tracker that keeps them."""
    said: list[str] = [""]
    for event in tracker.events:
        if isinstance(event, UserUttered):
            said = new_turn(said)
        elif isinstance(event, BotUttered) and event.text:
            said = remember(said, event.text)
    return said
