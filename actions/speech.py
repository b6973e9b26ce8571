"""From what a turn wants said to Rasa's dispatcher."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from banter.leads.saying import Heard
from banter.turns import OpenTurn


def speak(dispatcher: CollectingDispatcher, heard: Heard, turn: OpenTurn) -> None:
    """Each `Say` by its response in domain.yml, filled from the company's values and its own."""
    for say in heard.say:
        dispatcher.utter_message(response=say.response, **{**turn.values, **say.values})


def ask_for_a_time(dispatcher: CollectingDispatcher, turn: OpenTurn) -> None:
    """The times offered as buttons; a button sends its own title, which `choose` knows again."""
    diary = turn.turn.services.diary
    titles = [diary.button(slot, turn.lead, turn.turn.now) for slot in turn.lead.offered]
    dispatcher.utter_message(
        response="utter_ask_meeting_time",
        buttons=[{"title": title, "payload": title} for title in titles],
    )
