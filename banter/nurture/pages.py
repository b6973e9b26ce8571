"""The page behind "No more of these mails", and the one-click way that mail programs use (RFC 8058)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from banter.leads.playbook import Playbook
from banter.leads.ports import Store
from banter.linked_pages import HEADERS, sheet
from banter.nurture.enrol import has_unsubscribed, unsubscribe
from banter.nurture.render import sender
from banter.nurture.token import read

HERE = Path(__file__).parent


def routes(*, store: Store, playbook: Playbook, secret: str, now: Callable[[], datetime]) -> list[Route]:
    """`GET` and `POST /unsubscribe/{token}`, and the style sheet.

    Looking changes nothing, because mail scanners open every link. Any POST unsubscribes, whatever its body and
    wherever it comes from: mail programs send theirs from elsewhere, and the signed token says whose it is.
    """
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)

    company = playbook.company
    known = {"company": company, "sender": sender(company), "language": company.locale.split("-")[0]}

    def page(status: int, state: str, token: str) -> Response:
        text = templates.get_template("unsubscribe.html").render(state=state, token=token, **known)
        return HTMLResponse(text, status_code=status, headers=HEADERS)

    def unsubscribing(request: Request) -> Response:
        token = request.path_params["token"]
        lead_id = read(token, secret)
        if lead_id is None:
            return page(404, "unknown", token)
        with store.begin() as tx:
            if request.method == "POST":
                unsubscribe(tx, lead_id, now())
                return page(200, "done", token)
            return page(200, "done" if has_unsubscribed(tx, lead_id) else "ask", token)

    return [
        sheet("/unsubscribe/style.css"),
        Route("/unsubscribe/{token}", unsubscribing, methods=["GET", "POST"]),
    ]
