"""Outbox items -> messages in Slack, by `chat.postMessage`, `chat.update` and `chat.postEphemeral`.

`banter.slack.outgoing` says what a payload holds. A message carries the item's key as metadata: before one whose last
try ended without an answer is written again, the channel is asked whether it is there already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from banter.leads.model import OutboxItem
from banter.leads.playbook import Company
from banter.slack.answer import answer_blocks, fallback
from banter.slack.threads import address, begin
from banter.worker.outcome import Never, NotNow

if TYPE_CHECKING:
    from banter.store.database import SqlStore

_SECONDS = 10
_METADATA = "banter_message"
#: Slack's words for what no repeat mends: https://docs.slack.dev/reference/methods/chat.postMessage#errors and others.
_FOR_GOOD = frozenset(
    {
        "as_user_not_supported",
        "cannot_reply_to_message",
        "cant_update_message",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "is_archived",
        "message_not_found",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "too_many_attachments",
        "user_not_in_channel",
    }
)
#: What the owner mends; what was queued meanwhile then leaves.
_MENDED = {
    "account_inactive": "the app was taken out of the workspace; install it again",
    "channel_not_found": "check the channel's ID in playbook/channels.yml, and invite the app to the channel",
    "ekm_access_denied": "the workspace's administrators have suspended it",
    "invalid_auth": "check BANTER_SLACK_BOT_TOKEN",
    "missing_scope": "install the app again from docs/slack-manifest.yml",
    "not_authed": "check BANTER_SLACK_BOT_TOKEN",
    "not_in_channel": "invite the app to the channel",
    "token_expired": "check BANTER_SLACK_BOT_TOKEN",
    "token_revoked": "check BANTER_SLACK_BOT_TOKEN",
}
#: What a call raises that came to no answer of Slack's, or to one that is none: a proxy's page, half an answer.
_NO_ANSWER = (SlackClientError, OSError, HTTPException, ValueError, AttributeError, TypeError, LookupError)


class SlackSender:
    """Writes as the bot that `token` belongs to. `opened` is told of each test conversation that began in a thread of
    ours, so that the bot greets at once."""

    def __init__(
        self,
        token: str,
        store: SqlStore,
        company: Company,
        *,
        opened: Callable[[str], None] = lambda conversation: None,
        base_url: str = WebClient.BASE_URL,
        seconds: int = _SECONDS,
    ) -> None:
        # The outbox tries again; a client that did so by itself would write twice after an answer that was lost.
        self._client = WebClient(token, base_url=base_url, timeout=seconds, logger=_silent(), retry_handlers=[])
        self._store = store
        self._company = company
        self._opened = opened

    def send(self, item: OutboxItem, now: datetime) -> str | None:
        """CHANNEL/STAMP of the message, None for one that is seen once and gone. Raises NotNow or Never."""
        payload = item.payload
        if "of" in payload:
            return self._change(item)
        channel, thread = _place(payload)
        content = {**_content(item), "channel": channel, **({"thread_ts": thread} if thread else {})}
        if "user" in payload:
            self._call("chat.postEphemeral", {**content, "user": payload["user"]})
            return None
        written = self._written_before(item, channel, thread) if item.attempts > 1 else None
        if written is None:
            metadata = {"event_type": _METADATA, "event_payload": {"key": item.key}}
            more = {"metadata": metadata, "unfurl_links": False, "unfurl_media": False}
            answer = self._call("chat.postMessage", {**content, **more})
            written = _receipt(answer)
        if payload.get("opens"):
            self._open(str(payload.get("team")), written, now)
        return written

    def _change(self, item: OutboxItem) -> str | None:
        """Change the message that was queued under the key `of`. The gate has seen to it that it is there."""
        with self._store.begin(readonly=True) as tx:
            first = tx.outbox.by_key(item.payload["of"])
        if first is None or first.receipt is None:
            raise NotNow("The message that it changes is not written yet.")
        channel, _, stamp = first.receipt.partition("/")
        self._call("chat.update", {**_content(item), "channel": channel, "ts": stamp})
        return first.receipt

    def _written_before(self, item: OutboxItem, channel: str, thread: str | None) -> str | None:
        """The message with the item's key in its metadata, where the bot may read the channel."""
        if channel.startswith(("U", "W")):
            return None  # a person: which channel that is, only the answer would have told
        since = str((item.due_at - timedelta(minutes=1)).timestamp())
        asked: dict[str, Any] = {"channel": channel, "oldest": since, "limit": 200, "include_all_metadata": True}
        method = "conversations.history"
        if thread:
            method, asked = "conversations.replies", {**asked, "ts": thread}
        try:
            found = self._call(method, asked, json=False).get("messages")
        except Never:
            return None
        for message in found if isinstance(found, list) else ():
            try:
                if message["metadata"]["event_payload"]["key"] == item.key:
                    return f"{channel}/{message['ts']}"
            except (KeyError, TypeError):
                continue
        return None

    def _open(self, team: str, receipt: str, now: datetime) -> None:
        channel, _, stamp = receipt.partition("/")
        at = address(team, channel, stamp)
        if at is None:
            raise Never("Slack's answer names no thread.")
        with self._store.begin() as tx:
            conversation = begin(tx, self._company, at, now).id
        self._opened(conversation)

    def _call(self, method: str, arguments: Mapping[str, Any], *, json: bool = True) -> Mapping[str, Any]:
        """Slack's answer. Raises NotNow or Never."""
        try:
            if json:
                data = self._client.api_call(method, json=dict(arguments)).data
            else:
                data = self._client.api_call(method, params=dict(arguments)).data
        except SlackApiError as error:
            raise _refused(error, looking=not json) from None
        except _NO_ANSWER as error:
            # The type only: the words may hold what was sent.
            raise NotNow(f"Slack gave no answer that can be read ({type(error).__name__}).") from None
        if not isinstance(data, dict):
            raise NotNow("Slack gave no answer that can be read.")
        return data


def _content(item: OutboxItem) -> dict[str, Any]:
    """`text` and `blocks`; those of the bot's own answers are made here."""
    payload = item.payload
    text, blocks = payload.get("text"), payload.get("blocks")
    if not isinstance(text, str) or not text.strip():
        raise Never("The item has no text.")
    if blocks is None:
        buttons = [(title, value) for title, value in payload.get("buttons", ())]
        ask = bool(payload.get("answers"))
        blocks, text = answer_blocks(text, buttons, item.key.partition(":")[2], ask=ask), fallback(text)
    return {"text": text, "blocks": blocks}


def _place(payload: Mapping[str, Any]) -> tuple[str, str | None]:
    """Channel and thread of `to`."""
    parts = str(payload.get("to") or "").split("/")
    if len(parts) == 3 and all(parts):
        return parts[1], parts[2]
    if len(parts) == 1 and parts[0]:
        return parts[0], None
    raise Never("The item says not where to.")


def _receipt(answer: Mapping[str, Any]) -> str:
    channel, stamp = answer.get("channel"), answer.get("ts")
    if not isinstance(channel, str) or not isinstance(stamp, str) or not channel or not stamp:
        raise NotNow("Slack said yes, and not where the message is.")
    return f"{channel}/{stamp}"


def _refused(error: SlackApiError, *, looking: bool) -> NotNow | Never:
    """`looking`: a channel that cannot be read is no reason to wait with what is to be written."""
    answer = error.response
    status = getattr(answer, "status_code", 0)
    data = getattr(answer, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    code = code if isinstance(code, str) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return NotNow("Slack is told too much at once.", wait=_seconds(getattr(answer, "headers", {})))
    if code in _FOR_GOOD or (looking and code in _MENDED):
        return Never(f"Slack refused it for good: {code}.")
    if code in _MENDED:
        return NotNow(f"Slack refused it: {code}; {_MENDED[code]}.")
    # Slack's own words are short names; anything else is a page of somebody in between.
    name = code if code.replace("_", "").isalnum() and len(code) < 60 else "no reason given"
    return NotNow(f"Slack refused it for now: {name} ({status}).")


def _seconds(headers: Mapping[str, str]) -> timedelta | None:
    """What Retry-After says; None where it cannot be read."""
    text = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _silent() -> logging.Logger:
    """For the client, which else logs what it sends, and pages that it cannot read."""
    logger = logging.getLogger("banter.worker.slack.client")
    logger.disabled = True
    return logger
