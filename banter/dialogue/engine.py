"""Rasa's agent with the actions in this process. Importing this file imports Rasa and TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa_sdk.executor import ActionExecutor

from banter.dialogue.lean import PlainRunner, make_lean, spare_the_collector
from banter.dialogue.memory import TurnMemory
from banter.dialogue.phrasing import RotatingPhrases
from banter.turns import GUARD

Reply = tuple[str, tuple[tuple[str, str], ...]]  # text, buttons as (title, value)


class Replies(OutputChannel):
    """Collects what the bot says in one turn, under the name of the visitor's channel (`web`, `sms`, `terminal`)."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.said: list[Reply] = []

    def name(self) -> str:  # Rasa asks the instance for the channel's name when it picks a variation
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        buttons = tuple((b["title"], b.get("payload") or b["title"]) for b in message.get("buttons") or ())
        if message.get("text"):
            self.said.append((message["text"], buttons))


class ActionFailed(Exception):
    """An action raised. Rasa would log it and go on as if nothing had happened; the turn must not."""


class InProcessActions:
    """Stands where Rasa expects the address of an action server, and runs the action here."""

    kwargs = {"enable_selective_domain": True}  # noqa: RUF012 - read by Rasa as an attribute

    def __init__(self) -> None:
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self.failure: Exception | None = None

    async def request(self, json: dict[str, Any], **_options: object) -> dict[str, Any]:
        try:
            result = await self._executor.run(json)
        except Exception as error:
            self.failure = error
            raise
        return dict(result or {})


class Engine:
    """The trained dialogue. One turn at a time: `hear`, `open` and `signal` run inside a turn that somebody opened."""

    def __init__(self, model: Path) -> None:
        make_lean()
        self._actions = InProcessActions()
        self._agent = Agent.load(str(model), action_endpoint=self._actions, generator=RotatingPhrases())
        assert self._agent.processor is not None
        # Rasa wraps any store in one that falls back to memory when the database fails. That would be silent loss.
        self._agent.processor.tracker_store = TurnMemory(self._agent.domain)
        self._agent.processor.graph_runner = PlainRunner(self._agent.processor.graph_runner)
        spare_the_collector()

    async def open(self, conversation: str, channel: str) -> list[Reply]:
        """What the bot says first."""
        return await self.signal(conversation, channel, "start")

    async def signal(self, conversation: str, channel: str, intent: str) -> list[Reply]:
        """What the bot says when `intent` (start, resume, timer) comes from us and not from a visitor. ActionFailed."""
        replies = Replies(channel)
        processor = self._agent.processor
        tracker = await processor.fetch_tracker_and_update_session(conversation, replies)
        await self._checked(processor.trigger_external_user_uttered(intent, [], tracker, replies))
        return replies.said

    async def hear(self, conversation: str, channel: str, text: str, *, intent: str | None = None) -> list[Reply]:
        """What the bot answers to `text`; with `intent` known the classifier is not asked. Raises ActionFailed."""
        replies = Replies(channel)
        known = {"intent": {"name": intent, "confidence": 1.0}, "entities": [], "text": text} if intent else None
        message = UserMessage(plain(text), replies, conversation, parse_data=known, input_channel=channel)
        await self._checked(self._agent.processor.handle_message(message))
        return replies.said

    def text(self, response: str) -> str:
        """The first text of a response, for words said outside of a turn."""
        return str(self._agent.domain.responses[response][0]["text"])

    async def _checked(self, turn: Any) -> None:
        self._actions.failure = None
        await turn
        if self._actions.failure is not None:
            raise ActionFailed(str(self._actions.failure)) from self._actions.failure


def plain(text: str) -> str:
    """`text` as Rasa may see it: what begins with `/` would be obeyed as a command ("/restart", "/inform{...}")."""
    return GUARD + text if text.lstrip().startswith("/") else text
