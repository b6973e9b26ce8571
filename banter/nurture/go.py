"""`/go/...`: a link of a nurture mail, on its way to where the team wants it to lead. The address is inside the signed
token, so nobody can make us lead anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from banter.leads.playbook import Company
from banter.linked_pages import HEADERS, sheet
from banter.nurture.clicks import Click, read
from banter.nurture.render import sender

HERE = Path(__file__).parent


def go_routes(*, company: Company, secret: str, clicked: Callable[[Click], None]) -> list[Route]:
    """`GET /go/{token}`. `clicked` is told first; it must not fail, for they are led on in any case."""
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    lost = templates.get_template("go.html").render(
        company=company, sender=sender(company), language=company.locale.split("-")[0]
    )

    def go(request: Request) -> Response:
        click = read(request.path_params["token"], secret)
        if click is None:
            return HTMLResponse(lost, status_code=404, headers=HEADERS)
        if request.method == "GET":  # a HEAD only asks what there would be
            clicked(click)
        return RedirectResponse(click.target, status_code=303, headers=HEADERS)

    return [sheet("/go/style.css"), Route("/go/{token}", go, methods=["GET"])]
