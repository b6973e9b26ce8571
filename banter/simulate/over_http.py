"""A Banter that runs elsewhere, spoken to over HTTP as the widget does."""

from __future__ import annotations

import time
from typing import Any

import requests

from banter.simulate.model import Known, Move, Reply, Visitor

#: How often a server that says "too many messages" is asked again.
MOST_WAITS = 5


class ServerError(RuntimeError):
    """The server cannot be spoken to; the message says what to do."""


class OverHttp:
    """`banter.simulate.model.Driver`. Without the administrator's token what it made of an answer is not known."""

    def __init__(self, url: str, admin_token: str | None) -> None:
        self._url = url.rstrip("/")
        self._admin_token = admin_token
        self._session = requests.Session()
        self._id = self._token = ""
        self._messages = 0

    def begin(self, visitor: Visitor) -> Reply:
        opened = self._post("/api/conversations", {"page": "https://simulated.example/", "referrer": None}, None)
        self._id, self._token, self._messages = opened["id"], opened["token"], 0
        return _reply(opened)

    def say(self, move: Move) -> Reply:
        self._messages += 1
        message = {"id": str(self._messages), "text": move.text}
        return _reply(self._post(f"/api/conversations/{self._id}/messages", message, self._token))

    def known(self) -> Known | None:
        if not self._admin_token:
            return None
        found = self._get(f"/api/leads?conversation={self._id}").get("leads") or []
        if not found:
            return None
        lead = self._get(f"/api/leads/{found[0]['id']}")
        return Known(
            {dimension: answer["band"] for dimension, answer in lead["answers"].items()},
            lead["score"]["total"] if lead["score"] else None,
            lead["route"]["name"] if lead["route"] else None,
            bool(lead["route"]) and lead["route"]["name"] == "disqualified",
        )

    def finish(self) -> None:
        """A booked call stays: only its own link can cancel it."""

    def _post(self, path: str, body: dict[str, Any], token: str | None) -> dict[str, Any]:
        return self._ask("POST", path, token, body)

    def _get(self, path: str) -> dict[str, Any]:
        return self._ask("GET", path, self._admin_token, None)

    def _ask(self, method: str, path: str, token: str | None, body: dict[str, Any] | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sent = {name: value for name, value in body.items() if value is not None} if body else None
        for _ in range(MOST_WAITS):
            try:
                answer = self._session.request(method, self._url + path, json=sent, headers=headers, timeout=60)
            except requests.RequestException as error:
                mend = "start it with `banter serve`, or mend --url"
                raise ServerError(f"{self._url} does not answer ({type(error).__name__}); {mend}") from error
            if answer.status_code == 429:
                time.sleep(min(float(answer.headers.get("Retry-After") or 1), 60))
                continue
            if answer.status_code == 401 and path.startswith("/api/leads"):
                raise ServerError("the server refuses BANTER_ADMIN_TOKEN; set it to that server's, or unset it")
            if not answer.ok:
                raise ServerError(f"{method} {path.split('/c_')[0]} answered {answer.status_code}: {answer.text[:200]}")
            return dict(answer.json())
        raise ServerError(
            "the server keeps saying that there are too many messages; raise its BANTER_RATE_... settings"
        )


def _reply(answer: dict[str, Any]) -> Reply:
    messages = [message for message in answer["messages"] if message.get("from", "bot") == "bot"]
    return Reply(
        tuple(message["text"] for message in messages),
        tuple(button["title"] for message in messages for button in message.get("buttons") or ()),
        answer["awaiting"],
        answer["status"],
    )
