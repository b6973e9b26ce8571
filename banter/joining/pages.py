"""The page behind the link in "was that you both times?". Looking at it changes nothing, because mail programs and
phones open links by themselves; a button does it, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from banter.joining.join import Joining, both
from banter.joining.token import read
from banter.leads.joining import Question, Verdict
from banter.leads.joining_words import JoiningWords
from banter.leads.playbook import Company
from banter.linked_pages import HEADERS, sheet

if TYPE_CHECKING:
    from banter.store.database import SqlStore, SqlTransaction

HERE = Path(__file__).parent
MOST_BYTES = 1024  # of a form that holds one short field
_STATUS = {"ask": 200, "same": 200, "other": 200, "used": 410, "old": 410, "unknown": 404}
_ANSWERS: dict[str, Verdict] = {"yes": "same", "no": "other"}


@dataclass(frozen=True)
class Desk:
    """What the pages work with. `now` is asked at each request."""

    store: SqlStore
    company: Company
    words: JoiningWords
    joining: Joining
    now: Callable[[], datetime]
    environment: Environment
    queued: Callable[[], None]
    secret: str = field(repr=False)

    def page(self, state: str, link: str = "", **values: str) -> Response:
        known = {"company": self.company.name, "email": self.company.email, **values}
        names = [state, f"{state}_title", *(("ask_more", "yes", "no") if state == "ask" else ())]
        say = {name.removeprefix(state).lstrip("_") or "text": self.words.say(name, **known) for name in names}
        language = self.company.locale.replace("_", "-").partition("-")[0]
        template = self.environment.get_template("same.html")
        text = template.render(say=say, state=state, link=link, company=self.company, language=language)
        return HTMLResponse(text, status_code=_STATUS[state], headers=HEADERS)


def routes(
    *,
    store: SqlStore,
    company: Company,
    words: JoiningWords,
    joining: Joining,
    secret: str,
    now: Callable[[], datetime],
    queued: Callable[[], None] = lambda: None,
) -> list[Route]:
    """`GET` and `POST /same/{token}`, and the style sheet. `queued` is called when there may be something that has to
    go out at once."""
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    desk = Desk(store, company, words, joining, now, environment, queued, secret)

    def show(request: Request) -> Response:
        link = request.path_params["token"]
        with store.begin(readonly=True) as tx:
            return _show(desk, tx, link)

    async def answer(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return desk.page("unknown")
        said = parse_qs(body.decode("utf-8", "replace")).get("answer", [""])[-1]
        return await run_in_threadpool(_answer, desk, request.path_params["token"], _ANSWERS.get(said))

    return [
        sheet("/same/style.css"),
        Route("/same/{token}", show, methods=["GET"]),
        Route("/same/{token}", answer, methods=["POST"]),
    ]


def _show(desk: Desk, tx: SqlTransaction, link: str) -> Response:
    question, state = _question(desk, tx, link)
    if question is None or state != "ask":
        return desk.page(state)
    leads = [tx.leads.get(lead) for lead in (question.first, question.second)]
    one, other = leads
    if one is None or other is None:
        return desk.page("old")
    places = desk.words.places((one, other), desk.company.timezone)
    return desk.page("ask", link, one=places[0], other=places[1])


def _answer(desk: Desk, link: str, verdict: Verdict | None) -> Response:
    with desk.store.begin() as tx:
        question, state = _question(desk, tx, link)
        if question is None or state != "ask":
            return desk.page(state)
        if verdict is None:
            return _show(desk, tx, link)
        if both(tx, question.first, question.second) is None:
            return desk.page("old")
        now = desk.now()
        if not tx.joinings.answer(question.number, verdict, now):  # by two presses at once
            return desk.page("used")
        if verdict == "same":
            desk.joining.join(tx, question.first, question.second, question.via, now)
    desk.queued()
    return desk.page(verdict)


def _question(desk: Desk, tx: SqlTransaction, link: str) -> tuple[Question | None, str]:
    number = read(link, desk.secret)
    question = tx.joinings.get(number) if number is not None else None
    if question is None:
        return None, "unknown"
    if question.answered_at is not None:
        return question, "used"
    return question, "ask" if question.is_open(desk.now()) else "old"
