"""The web edge: every route, put together, and the server that it runs in."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from banter.channels.behaviour_events import event_routes
from banter.channels.core import Core
from banter.channels.errors import HANDLERS
from banter.channels.frame import Frame
from banter.channels.health import health_routes
from banter.channels.leads_api import lead_routes
from banter.channels.limits import Limits, limits_from
from banter.channels.openapi import openapi_routes
from banter.channels.pages import page_routes
from banter.channels.patience import PATIENCE_SECONDS, protocol
from banter.channels.ports import Dialogue
from banter.channels.resume import resume_routes
from banter.channels.slack import slack_routes
from banter.channels.sms import NO_WORDS, SmsWords, sms_routes
from banter.channels.web import conversation_routes
from banter.leads.playbook import Playbook
from banter.noticing import Noticing

if TYPE_CHECKING:
    from banter.settings import Settings
    from banter.store.database import SqlStore

#: Seconds that a stopping server gives the requests in hand.
_FAREWELL = 10


def build(
    *,
    store: SqlStore,
    dialogue: Dialogue,
    playbook: Playbook,
    settings: Settings,
    now: Callable[[], datetime],
    extra_routes: Sequence[BaseRoute] = (),
    limits: Limits | None = None,
    queued: Callable[[], None] = lambda: None,
    sms: SmsWords = NO_WORDS,
    noticing: Noticing | None = None,
) -> Starlette:
    """The ASGI app. `extra_routes` come last; `limits` stand in for those of the settings; `now` is aware;
    `queued` is called when a channel has queued something that has to go at once; `sms` is what is said and understood
    there without the dialogue; `noticing` counts what visitors do, and without one tells nobody of it.

    `app.state.hub.close()` ends the open event streams; `app.state.hub.tell(conversation)` shows them at once what was
    written elsewhere in this process.
    """
    core = Core(
        store=store,
        dialogue=dialogue,
        playbook=playbook,
        settings=settings,
        now=now,
        limits=limits or limits_from(settings),
        queued=queued,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        core.open()
        yield
        await core.close()

    app = Starlette(
        routes=[
            *health_routes(core),
            *conversation_routes(core),
            *event_routes(core, noticing or Noticing(playbook, settings.secret)),
            *lead_routes(core),
            *openapi_routes(),
            *page_routes(playbook),
            *resume_routes(core),
            *slack_routes(core),
            *sms_routes(core, sms),
            *extra_routes,
        ],
        middleware=[Middleware(Frame, origins=playbook.conversation.allowed_origins, most_body=core.limits.body)],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    # An address with a slash too many is a wrong address, answered as such: a redirect would lose a POST's body.
    app.router.redirect_slashes = False
    app.state.hub = core.hub
    app.state.core = core
    return app


def server(app: Starlette, *, host: str, port: int, patience_seconds: float = PATIENCE_SECONDS) -> uvicorn.Server:
    """A server for the app of `build`; `port` 0 takes a free one. Run it with `serve` (awaited) or `run`."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        # An event stream's address holds the visitor's token, and addresses of visitors are personal data.
        access_log=False,
        log_config=None,
        # X-Forwarded-For is read by `client_address`, for the proxies that the settings name; uvicorn trusts more.
        proxy_headers=False,
        server_header=False,
        ws="none",
        # h11 holds to the letter of HTTP; a lenient parser lets somebody smuggle requests past a proxy.
        http=protocol(patience_seconds),
        h11_max_incomplete_event_size=32 * 1024,
        limit_concurrency=900,  # below the 1,024 open files that many systems allow a process
        backlog=1_024,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_FAREWELL,
    )
    made = uvicorn.Server(config)
    finish = made.shutdown

    async def shutdown(sockets: list[socket.socket] | None = None) -> None:
        # uvicorn waits for open answers before it tells the app; a stream is open until somebody ends it.
        app.state.hub.close()
        await asyncio.sleep(0)
        await finish(sockets=sockets)

    made.shutdown = shutdown  # type: ignore[method-assign]
    return made
