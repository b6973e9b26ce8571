"""The form that hears everything: what a visitor wrote, which time to offer, and the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speech import ask_for_a_time, speak
from banter import bootstrap
from banter.turns import OpenTurn

Events = list[dict[str, Any]]
OpensTurn = Callable[[str], AbstractContextManager[OpenTurn]]


class ValidateLeadForm(Action):
    """Hears the message: says what is to be said about it, and tells the form which question is next."""

    def __init__(self, turn: OpensTurn = bootstrap.turn) -> None:
        self.turn = turn

    def name(self) -> str:
        return "validate_lead_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with self.turn(tracker.sender_id) as turn:
            heard = turn.hear(tracker.latest_message)
            speak(dispatcher, heard, turn)
            return [SlotSet(name, value) for name, value in turn.slots(heard).items()]


class ActionAskMeetingTime(Action):
    """Asks for a time, with the free ones as buttons."""

    def __init__(self, turn: OpensTurn = bootstrap.turn) -> None:
        self.turn = turn

    def name(self) -> str:
        return "action_ask_meeting_time"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with self.turn(tracker.sender_id) as turn:
            ask_for_a_time(dispatcher, turn)
        return []


class ActionCloseLead(Action):
    """Nothing is left to ask: books the call, enrols the lead or lets it go."""

    def __init__(self, turn: OpensTurn = bootstrap.turn) -> None:
        self.turn = turn

    def name(self) -> str:
        return "action_close_lead"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        with self.turn(tracker.sender_id) as turn:
            heard = turn.close()
            speak(dispatcher, heard, turn)
            if heard.ask == "slot":  # the held time was lost meanwhile
                ask_for_a_time(dispatcher, turn)
            return [SlotSet(name, value) for name, value in turn.slots(heard).items() if name != "requested_slot"]
