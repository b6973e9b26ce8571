"""Every error answer has one shape: `{"error": {"code", "message"}}`, and the message says what to do."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from banter.channels.ports import DialogueDown
from banter.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

#: Seconds a client is asked to wait before it sends the same message again.
RETRY_AFTER = 2

#: What the database driver raises when the database is away, full, locked or read-only.
DATABASE_DOWN = (StoreUnavailable, OperationalError, InterfaceError, InternalError, PoolTimeout)


class Refused(Exception):
    """A request that is not served: status, a code for programs, a sentence for people."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.retry_after = retry_after
        self.headers = headers


def invalid(field: str, message: str) -> Refused:
    """422 that names the field."""
    return Refused(422, "invalid", f"{field}: {message}", field=field)


def too_large(most_bytes: int) -> Refused:
    return Refused(413, "too_large", f"The request is too large; send at most {most_bytes // 1024} KiB.")


def unavailable(message: str) -> Refused:
    """503 with Retry-After: the same request can be sent again."""
    return Refused(503, "unavailable", message, retry_after=RETRY_AFTER)


def error_response(
    status: int,
    code: str,
    message: str,
    *,
    field: str | None = None,
    retry_after: float | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    body: dict[str, str] = {"code": code, "message": message}
    if field is not None:
        body["field"] = field
    sent = dict(headers or {})
    if retry_after is not None:
        sent["Retry-After"] = str(max(1, int(-(-retry_after // 1))))
    return JSONResponse({"error": body}, status, sent)


_STATUS = {
    400: ("bad_request", "The request cannot be read; /api/openapi.json describes what can."),
    404: ("not_found", "There is nothing at this address; see /api/openapi.json for what there is."),
    405: ("method_not_allowed", "This address does not take that method; use one of those in the Allow header."),
}


async def on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code, message = _STATUS.get(error.status_code, ("refused", str(error.detail)))
    return error_response(error.status_code, code, message, headers=error.headers)


async def on_refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return error_response(
        error.status,
        error.code,
        error.message,
        field=error.field,
        retry_after=error.retry_after,
        headers=error.headers,
    )


async def on_database_down(request: Request, error: Exception) -> JSONResponse:
    # The type only: a driver's message may hold the statement's parameters, and these are what visitors wrote.
    log.error("The database did not answer: %s", type(error).__name__)
    return error_response(
        503,
        "unavailable",
        "The database does not answer right now, so nothing was stored; send the same request again in a moment.",
        retry_after=RETRY_AFTER,
    )


async def on_dialogue_down(request: Request, error: Exception) -> JSONResponse:
    log.error("The dialogue did not answer: %s", type(error).__name__)
    return error_response(
        503,
        "unavailable",
        "No answer can be given right now; send the same message with the same id again in a moment.",
        retry_after=RETRY_AFTER,
    )


def unexpected(error: Exception) -> JSONResponse:
    """500 for what nobody foresaw. Where is logged; the error's own words are not, they may be a visitor's."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("Unexpected %s\n%s", type(error).__name__, where)
    return error_response(
        500, "internal", "Something went wrong on our side; try again, and tell the owner of this page if it stays."
    )


#: For `Starlette(exception_handlers=...)`.
HANDLERS = {
    HTTPException: on_http_exception,
    Refused: on_refused,
    DialogueDown: on_dialogue_down,
    **dict.fromkeys(DATABASE_DOWN, on_database_down),
}
