"""The page behind a resume link. Looking at it changes nothing, because mail scanners and previews open every link: the
widget exchanges the link for the conversation's own token by a POST, and takes it out of the address then."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from banter.channels.core import Core
from banter.resume_link import read

HERE = Path(__file__).parent
#: The address is a key: no other site learns it, no cache and no search engine keeps the page.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def resume_routes(core: Core, *, templates: Path = HERE / "templates") -> list[Route]:
    """`/resume/{token}`, and `/resume/` where the address ends up when the chat is open."""
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("resume.html")
    company = core.playbook.company
    language = company.locale.split("-")[0]

    async def page(request: Request) -> Response:
        token = request.path_params.get("token")
        good = token is None or read(token, core.now(), core.settings.secret) is not None
        text = template.render(company=company, language=language, link=token if good else None, good=good)
        return HTMLResponse(text, status_code=200 if good else 404, headers=HEADERS)

    return [Route("/resume/", page), Route("/resume/{token}", page)]
