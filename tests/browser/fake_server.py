"""A small server with the shapes of the conversation API and a scripted bot, so that the widget is tested without Rasa.

It can be told to misbehave: refuse, be slow, lose an answer that it has stored, drop or repeat what it streams.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import uvicorn
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from banter.channels import widget
from banter.leads.playbook import Company, Widget
from tests.channels.house import a_playbook

CHANNELS = Path(__file__).parents[2] / "banter" / "channels"

#: What the real edge sends, and more: trusted types make any use of innerHTML an error.
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

SMALL = '<meta name="viewport" content="width=device-width">'
TIMES = (
    ("Tue 24 Nov, 10:00", "24 November 10:00"),
    ("Tue 24 Nov, 10:30", "24 November 10:30"),
    ("Tue 24 Nov, 14:00", "24 November 14:00"),
    ("Wed 25 Nov, 09:30", "25 November 09:30"),
)
MONEY = (("Yes, approved", "yes, it is approved"), ("Not yet", "not yet"))

#: What the bot says, turn by turn, and the buttons under it; the last turn is said again for ever.
SALES_CALL = (
    (("Hi, I'm Northlight Ledger's assistant. I'm a bot; ask for a person at any time.",), ()),
    (("From 4,000 to 30,000 a year.", "What takes the most time in your month-end close today?"), ()),
    (("Six days, that adds up.", "Has money been set aside for this?"), MONEY),
    (("Good to know. Who signs in the end?",), ()),
    (("And when does it have to be live?",), ()),
    (("That fits. Here are the next times for a call of 30 minutes, in your time zone. Which suits you?",), TIMES),
    (("Gladly. Which e-mail address shall the invitation go to?",), ()),
    (("You're booked for 24 November at 14:00. To move the call: https://northlight.example/booking/abc.",), ()),
)


@dataclass
class Fault:
    """What goes wrong with one request. `lost`: the message is stored, its answer is cut off (or `status`)."""

    status: int = 0
    retry_after: str | None = None
    lost: bool = False
    message: str = "Something is wrong; send it again."


@dataclass
class Conversation:
    id: str
    token: str
    opening: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    turn: int = 0


class FakeBanter:
    """`faults` are used up one by one by the requests to send; everything that arrived is in `received`."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.conversations: dict[str, Conversation] = {}
        self.script: Any = SALES_CALL
        self.faults: deque[Fault] = deque()
        self.opening_faults: deque[Fault] = deque()
        self.link_faults: deque[Fault] = deque()
        self.widget = Widget(consent_text={"en": "May we keep what you write?", "de": "Dürfen wir das speichern?"})
        self.policy = STRICT  # of the pages
        self.seen: list[dict[str, Any]] = []  # what the widget told of pages
        self.visitors = False  # whether a conversation's visitor has an id to be told of by
        self.told: list[tuple[str, str]] = []  # (the visitor's id, kind), refused ones too
        self.told_faults: deque[Fault] = deque()
        self.mailed: list[dict[str, str]] = []  # transcripts asked for
        self.mail_faults: deque[Fault] = deque()
        self.welcome = ""  # what the bot says to somebody who is back, once
        self.received: list[tuple[str, str]] = []  # (the client's id, text), refused ones and repeats too
        self.streamed = 0
        self.requests: list[str] = []
        self.stream_twice = False
        self.forgetful_of_ids = True  # the transcript names visitor messages by ids of the server's own
        self.slow = 0.0
        self.slow_transcript = 0.0
        self._changed: asyncio.Condition | None = None
        self._generation = 0
        self._count = 0
        self._begun = 0
        self._server: uvicorn.Server | None = None

    # ------------------------------------------------------------ for tests

    def start(self) -> None:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._app(), ws="none", lifespan="off", log_level="error", timeout_graceful_shutdown=1, loop="asyncio"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        assert self._server is not None
        self.drop_streams()
        self._server.should_exit = True
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stored(self) -> list[str]:
        """What visitors said and the server has, in order."""
        return [m["text"] for c in self.conversations.values() for m in c.messages if m["from"] == "visitor"]

    def forget(self) -> None:
        """Lose every conversation, as when the visitor comes back after a year."""
        self.conversations.clear()
        self.drop_streams()

    def drop_streams(self) -> None:
        self._generation += 1
        self._tell()

    def push(self, text: str, sender: str = "bot") -> None:
        """A message that nobody asked for, into every conversation."""
        for conversation in self.conversations.values():
            self._add(conversation, sender, text)
        self._tell()

    def _tell(self) -> None:
        async def ring() -> None:
            if self._changed is not None:
                async with self._changed:
                    self._changed.notify_all()

        if self._changed is not None:
            asyncio.run_coroutine_threadsafe(ring(), self._loop)

    # ------------------------------------------------------------ the server

    def _app(self) -> Starlette:
        routes = [
            Route("/", self._page),
            Route("/embedded", self._embedded),
            Route("/bare", self._bare),
            Route("/widget.js", self._widget),
            Route("/widget/texts/{language}.json", self._words),
            Route("/several", self._several),
            Route("/german", self._german),
            Route("/pricing", self._bare),
            Route("/chat", self._own_page),
            Route("/try", self._own_page),
            Route("/framing", self._framing),
            Mount("/static", StaticFiles(directory=CHANNELS / "static")),
            Route("/api/conversations", self._open, methods=["POST"]),
            Route("/resume/", self._resume_page),
            Route("/resume/{token}", self._resume_page),
            Route("/api/conversations/by-link", self._by_link, methods=["POST"]),
            Route("/api/conversations/{id}/resume", self._resume, methods=["POST"]),
            Route("/api/conversations/{id}", self._transcript),
            Route("/api/conversations/{id}/messages", self._say, methods=["POST"]),
            Route("/api/conversations/{id}/events", self._events),
            Route("/api/conversations/{id}/transcript", self._mail, methods=["POST"]),
            Route("/api/events", self._told, methods=["POST"]),
        ]
        cors = Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["Retry-After"],
        )
        return Starlette(routes=routes, middleware=[cors])

    def _html(self, text: str) -> Response:
        return HTMLResponse(text, headers={"Content-Security-Policy": self.policy})

    @property
    def _playbook(self) -> Any:
        """With the widget's part as it is now: a test may change it."""
        made = a_playbook()
        company = replace(self.company, privacy_url="https://northlight.example/privacy")
        return replace(made, company=company, channels=replace(made.channels, widget=self.widget))

    async def _widget(self, request: Request) -> Response:
        words = widget.texts(self._playbook)
        script = widget.served(widget.given(self._playbook, words))
        return Response(script, media_type="text/javascript")

    async def _words(self, request: Request) -> Response:
        self.requests.append("words")
        return Response(widget.texts(self._playbook)[request.path_params["language"]], media_type="application/json")

    async def _own_page(self, request: Request) -> Response:
        template = Environment(loader=FileSystemLoader(CHANNELS / "templates"), autoescape=True).get_template(
            f"{request.url.path[1:]}.html"
        )
        text = template.render(company=self.company, language="en")
        return HTMLResponse(
            text, headers={"Content-Security-Policy": STRICT.replace("ancestors 'none'", "ancestors 'self'")}
        )

    async def _framing(self, request: Request) -> Response:
        policy = f"default-src 'none'; frame-src {self.url}; style-src 'self'"
        return HTMLResponse(
            '<!doctype html><html lang="en"><title>Framing</title><main><h1>Framing</h1>'
            f'<iframe src="{self.url}/chat" title="Chat" width="420" height="640"></iframe></main></html>',
            headers={"Content-Security-Policy": policy},
        )

    async def _german(self, request: Request) -> Response:
        return self._html(
            '<!doctype html><html lang="de-AT">' + SMALL + "<title>Seite</title><main><h1>Seite</h1></main>"
            '<script src="/widget.js" defer></script></html>'
        )

    async def _several(self, request: Request) -> Response:
        """One at the corner and two in the page."""
        return self._html(
            '<!doctype html><html lang="en"><title>Several</title><main><h1>Several</h1>'
            "<banter-chat></banter-chat><banter-chat data-inline id=one></banter-chat>"
            "<banter-chat data-inline data-lang=de id=two></banter-chat></main>"
            '<script src="/widget.js" defer></script><script src="/widget.js" defer></script></html>'
        )

    async def _mail(self, request: Request) -> Response:
        conversation, wrong = self._find(request)
        if conversation is None:
            return wrong
        if self.mail_faults:
            return self._refusal(self.mail_faults.popleft())
        self.mailed.append(await request.json())
        return JSONResponse(self._shape(conversation, []))

    async def _page(self, request: Request) -> Response:
        template = Environment(loader=FileSystemLoader(CHANNELS / "templates"), autoescape=True).get_template(
            "demo.html"
        )
        return self._html(template.render(company=self.company))

    async def _bare(self, request: Request) -> Response:
        """A page of somebody else's, right to left, with the widget in it."""
        return self._html(
            '<!doctype html><html lang="ar" dir="rtl">'
            + SMALL
            + "<title>Bare</title><main><h1>Bare</h1><p>A page.</p></main>"
            '<script src="/widget.js" defer></script></html>'
        )

    async def _embedded(self, request: Request) -> Response:
        """A page on `localhost` with the widget of `127.0.0.1`: another site to the browser."""
        policy = f"default-src 'none'; script-src {self.url}; connect-src {self.url}"
        return HTMLResponse(
            f'<!doctype html><html lang="en"><title>Another site</title><h1>Another site</h1>'
            f'<script src="{self.url}/widget.js" data-title="Questions?" data-open="true" defer></script></html>',
            headers={"Content-Security-Policy": policy},
        )

    async def _open(self, request: Request) -> Response:
        self.requests.append("open")
        body = await request.json()
        if self.opening_faults:
            return self._refusal(self.opening_faults.popleft())
        if self.widget.consent and body.get("consent") not in {version for _, version, _ in self.widget.wordings()}:
            return self._refusal(Fault(403, message="Ask the visitor for consent."))
        self._begun += 1
        self.seen.extend(body.pop("seen", ()))
        conversation = Conversation(f"c_{self._begun}", f"token-{self._begun}", body)
        self.conversations[conversation.id] = conversation
        messages = self._answer(conversation)
        return JSONResponse(
            {
                "id": conversation.id,
                "token": conversation.token,
                **({"visitor": f"v-{self._begun}"} if self.visitors else {}),
                "messages": messages,
                "awaiting": None,
                "status": "open",
            },
            status_code=201,
        )

    async def _told(self, request: Request) -> Response:
        body = await request.json()
        self.told.extend((body["visitor"], one["kind"]) for one in body["seen"])
        if self.told_faults:
            return self._refusal(self.told_faults.popleft())
        return JSONResponse({"kept": len(body["seen"])})

    async def _transcript(self, request: Request) -> Response:
        conversation, wrong = self._find(request)
        if conversation is None:
            return wrong
        await asyncio.sleep(self.slow_transcript)
        return JSONResponse(
            {"id": conversation.id, "messages": conversation.messages, "awaiting": None, "status": "open"}
        )

    async def _resume(self, request: Request) -> Response:
        conversation, wrong = self._find(request)
        if conversation is None:
            return wrong
        self.requests.append("resume")
        if not self.welcome:
            return JSONResponse(self._shape(conversation, []))
        said, self.welcome = self._add(conversation, "bot", self.welcome), ""
        self._tell()
        return JSONResponse(self._shape(conversation, [said]))

    async def _resume_page(self, request: Request) -> Response:
        template = Environment(loader=FileSystemLoader(CHANNELS / "templates"), autoescape=True).get_template(
            "resume.html"
        )
        link = request.path_params.get("token")
        return self._html(template.render(company=self.company, language="en", link=link, good=True))

    async def _by_link(self, request: Request) -> Response:
        """`/resume/ID` is the link to the conversation with that id."""
        self.requests.append("link")
        if self.link_faults:
            return self._refusal(self.link_faults.popleft())
        conversation = self.conversations.get((await request.json())["link"])
        if conversation is None:
            return self._refusal(Fault(404))
        return JSONResponse({**self._shape(conversation, conversation.messages), "token": conversation.token})

    async def _say(self, request: Request) -> Response:
        body = await request.json()
        self.received.append((body["id"], body["text"]))
        self.seen.extend(body.get("seen", ()))
        conversation, wrong = self._find(request)
        if conversation is None:
            return wrong
        fault = self.faults.popleft() if self.faults else Fault()
        if fault.status and not fault.lost:
            return self._refusal(fault)
        await asyncio.sleep(self.slow)
        if body["id"] not in conversation.answers:
            own = None if self.forgetful_of_ids else body["id"]
            self._add(conversation, "visitor", body["text"], own)
            conversation.answers[body["id"]] = self._answer(conversation)
            self._tell()
        if fault.status:
            return self._refusal(fault)
        if fault.lost:
            return StreamingResponse(_cut_off(), headers={"Content-Length": "1000"}, media_type="application/json")
        return JSONResponse(self._shape(conversation, conversation.answers[body["id"]]))

    async def _events(self, request: Request) -> Response:
        conversation, wrong = self._find(request)
        if conversation is None:
            return wrong
        ids = [m["id"] for m in conversation.messages]
        after = request.headers.get("last-event-id") or request.query_params.get("after")
        start = ids.index(after) + 1 if after in ids else 0
        return StreamingResponse(self._stream(conversation, start), media_type="text/event-stream")

    async def _stream(self, conversation: Conversation, sent: int) -> AsyncIterator[str]:
        if self._changed is None:
            self._changed, self._loop = asyncio.Condition(), asyncio.get_running_loop()
        generation = self._generation
        self.streamed += 1
        yield ": hello\n\n"
        while generation == self._generation:
            while sent < len(conversation.messages):
                message = conversation.messages[sent]
                event = f"event: message\nid: {message['id']}\ndata: {json.dumps(message)}\n\n"
                yield event * (2 if self.stream_twice else 1)
                sent += 1
            async with self._changed:
                if sent == len(conversation.messages) and generation == self._generation:
                    await self._changed.wait()

    def _find(self, request: Request) -> tuple[Conversation | None, Response]:
        conversation = self.conversations.get(request.path_params["id"])
        if conversation is None:
            return None, self._refusal(Fault(404, message="There is no such conversation."))
        token = request.query_params.get("token") or request.headers.get("authorization", "").removeprefix("Bearer ")
        if token != conversation.token:
            return None, self._refusal(Fault(401, message="The token belongs to another conversation."))
        return conversation, Response()

    def _answer(self, conversation: Conversation) -> list[dict[str, Any]]:
        texts, buttons = self.script[min(conversation.turn, len(self.script) - 1)]
        conversation.turn += 1
        return [self._add(conversation, "bot", text, buttons=buttons if text == texts[-1] else ()) for text in texts]

    def _add(
        self, conversation: Conversation, sender: str, text: str, own: str | None = None, buttons: Any = ()
    ) -> dict[str, Any]:
        self._count += 1
        message = {
            "id": own or f"m_{self._count}",
            "from": sender,
            "text": text,
            "at": datetime.now(timezone.utc).isoformat(),
            "buttons": [{"title": title, "value": value} for title, value in buttons],
        }
        conversation.messages.append(message)
        return message

    def _shape(self, conversation: Conversation, messages: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": conversation.id, "messages": messages, "awaiting": None, "status": "open"}

    def _refusal(self, fault: Fault) -> Response:
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        return JSONResponse({"error": {"code": "fault", "message": fault.message}}, fault.status, headers)


async def _cut_off() -> AsyncIterator[bytes]:
    """Begins an answer; the connection ends long before the promised length."""
    yield b'{"id": '
