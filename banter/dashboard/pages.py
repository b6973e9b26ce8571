"""What the sales team and the owner see: the leads, each with a reason for every point, and the outbox.

Every page but the login asks for a session; none needs a script.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from banter.dashboard import deeds, lists, words
from banter.dashboard.desk import Desk, done_by_the_team, for_the_team
from banter.dashboard.login import Door
from banter.dashboard.one_lead import one_lead
from banter.dashboard.session import Brake, sessions_from
from banter.leads import moments
from banter.leads.playbook import Playbook

if TYPE_CHECKING:
    from banter.settings import Settings
    from banter.store.database import SqlStore

HERE = Path(__file__).parent


def routes(
    *,
    store: SqlStore,
    playbook: Playbook,
    settings: Settings,
    now: Callable[[], datetime],
    queued: Callable[[], None] = lambda: None,
) -> list[BaseRoute]:
    """`/login`, `/logout`, `/leads`, `/leads/{id}` and its forms, `/outbox`, and the style sheet. `now` is aware;
    `queued` is called when there is something that has to go out at once."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(words=words, iso=moments.iso)
    desk = Desk(store, playbook, settings, now, sessions_from(settings), templates, queued)
    door = Door(desk.sessions, Brake(), settings, now, desk.page, desk.message, RedirectResponse)

    def style(request: Request) -> Response:
        return FileResponse(
            HERE / "static" / "banter.css", media_type="text/css", headers={"Cache-Control": "no-cache"}
        )

    return [
        Route("/login", door.show, methods=["GET"]),
        Route("/login", door.enter, methods=["POST"]),
        Route("/logout", door.leave, methods=["POST"]),
        Route("/leads/banter.css", style, methods=["GET"]),
        Route("/leads", for_the_team(desk, lists.leads), methods=["GET"]),
        Route("/leads/{id}", for_the_team(desk, one_lead), methods=["GET"]),
        Route("/leads/{id}/take", done_by_the_team(desk, deeds.take), methods=["POST"]),
        Route("/leads/{id}/override", done_by_the_team(desk, deeds.overrule), methods=["POST"]),
        Route("/leads/{id}/messages", done_by_the_team(desk, deeds.write), methods=["POST"]),
        Route("/leads/{id}/hand-back", done_by_the_team(desk, deeds.hand_back), methods=["POST"]),
        Route("/leads/{id}/close", done_by_the_team(desk, deeds.close), methods=["POST"]),
        Route("/outbox", for_the_team(desk, lists.outbox), methods=["GET"]),
    ]
