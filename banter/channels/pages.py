"""The demo page and the widget's files. All are read once, so that serving them waits for no disk and no thread."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banter.channels import widget
from banter.channels.frame import PAGE_POLICY
from banter.leads.playbook import Playbook

HERE = Path(__file__).parent
#: A page may keep a file this long without asking again; a new version then shows after five minutes at most.
_KEEP = "public, max-age=300"


def page_routes(
    playbook: Playbook,
    *,
    static: Path = HERE / "static",
    templates: Path = HERE / "templates",
    texts: Path = widget.TEXTS,
) -> list[Route]:
    """The pages, the widget, its words, and `/static/FILE`. Files that begin with a dot and folders are not served."""
    company = playbook.company
    files = {
        path.name: _File(path.name, path.read_bytes())
        for path in static.iterdir()
        if path.is_file() and not path.name.startswith(".")
    }
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    words = widget.texts(playbook, texts)
    script = files["widget.js"] = _File("widget.js", widget.served(widget.given(playbook, words), static))
    spoken = {language: _File(f"{language}.json", content) for language, content in words.items()}
    language = company.locale.split("-")[0]
    pages = {
        name: _File(
            f"{name}.html", environment.get_template(f"{name}.html").render(company=company, language=language).encode()
        )
        for name in ("demo", "chat", "try")
    }
    # A stranger's page could lay something over a frame and pass itself off as the company's, so it has to be named.
    # Where none is, the widget may stand anywhere: with it a page reaches only what its own visitor says.
    ancestors = " ".join(("'self'", *playbook.conversation.allowed_origins))
    framed = PAGE_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")

    async def home(request: Request) -> Response:
        return pages["demo"].answer(request, keep="no-cache")

    async def chat(request: Request) -> Response:
        answer = pages["chat"].answer(request, keep="no-cache")
        answer.headers["Content-Security-Policy"] = framed
        return answer

    async def trial(request: Request) -> Response:
        answer = pages["try"].answer(request, keep="no-cache")
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    async def script_file(request: Request) -> Response:
        return script.answer(request, keep=_KEEP)

    async def words_file(request: Request) -> Response:
        return _found(spoken, request.path_params["language"]).answer(request, keep=_KEEP)

    async def static_file(request: Request) -> Response:
        return _found(files, request.path_params["name"]).answer(request, keep=_KEEP)

    return [
        Route("/", home),
        Route("/chat", chat),
        Route("/try", trial),
        Route("/widget.js", script_file),
        Route("/widget/texts/{language}.json", words_file),
        Route("/static/{name}", static_file),
    ]


class _File:
    """A file's bytes with what a browser needs to know whether it has them already."""

    def __init__(self, name: str, content: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        # Some machines map .js to the outdated application/javascript; module scripts take either, nosniff too.
        self._content = content
        self._type = f"{kind}; charset=utf-8" if kind.startswith("text/") or "javascript" in kind else kind
        self._tag = hashlib.sha256(content).hexdigest()[:32]
        packed = gzip.compress(content, 9, mtime=0)
        self._packed = packed if len(packed) < 0.9 * len(content) else None

    def answer(self, request: Request, *, keep: str) -> Response:
        packed = self._packed if _takes_gzip(request.headers.get("accept-encoding", "")) else None
        tag = f'"{self._tag}{"" if packed is None else "-gzip"}"'
        headers = {"ETag": tag, "Cache-Control": keep, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = self._type
        if packed is None:
            return Response(self._content, headers=headers)
        return Response(packed, headers={**headers, "Content-Encoding": "gzip"})


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header has gzip, and not with a weight of none."""
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _found(files: dict[str, _File], name: str) -> _File:
    if name not in files:
        raise HTTPException(404)
    return files[name]
