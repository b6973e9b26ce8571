"""`/healthz`: the process lives. `/readyz`: it can serve, or why not."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banter.channels.core import Core
from banter.channels.errors import DATABASE_DOWN, RETRY_AFTER, Refused, error_response

#: A database that needs longer than this for a ping serves nobody.
_PATIENCE = 2.0


def health_routes(core: Core) -> list[Route]:
    async def healthz(request: Request) -> Response:
        # No thread and no database: this answers as long as the event loop turns.
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        reasons = [] if core.dialogue.ready else ["The dialogue is not loaded yet."]
        try:
            await core.ping(_PATIENCE)
        except (*DATABASE_DOWN, Refused):
            reasons.append("The database does not answer.")
        if reasons:
            return error_response(
                503, "not_ready", f"{' '.join(reasons)} Ask again in a moment.", retry_after=RETRY_AFTER
            )
        return JSONResponse({"status": "ready"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
