"""What the pages behind links in our mails and messages share: headers and a style sheet. Each shows one thing to one
person, has no script, and is meant for nobody else."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    # The address is a key: no other site learns it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_SHEET = Path(__file__).with_name("linked.css")


def sheet(path: str) -> Route:
    """The style sheet, at an address of the page's own."""

    def style(request: Request) -> Response:
        return FileResponse(_SHEET, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return Route(path, style, methods=["GET"])
