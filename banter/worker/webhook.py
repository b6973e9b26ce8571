"""Outbox items -> POST requests to addresses that the owner configured."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import requests

from banter.leads.model import OutboxItem
from banter.worker.outcome import Never, NotNow

_SECONDS = 10.0


def post(item: OutboxItem) -> None:
    """POST `payload["json"]` to `payload["url"]` with the item's key as `Idempotency-Key`. Raises NotNow or Never.

    Redirects are not followed: whoever may redirect us could make this server call addresses of its own network.
    """
    url = item.payload["url"]
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Never("The address must begin with http:// or https://; mend alert_webhooks in playbook/team.yml.")
    body = json.dumps(item.payload.get("json", {}), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": item.key, "User-Agent": "Banter"}
    try:
        # The answer's body is left unread: a receiver that sends without end would hold the worker up.
        with requests.post(
            url, data=body, headers=headers, timeout=_SECONDS, allow_redirects=False, stream=True
        ) as response:
            status = response.status_code
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
        raise Never("The address cannot be called; mend alert_webhooks in playbook/team.yml.") from None
    except requests.RequestException as error:
        # The type only: the error's words hold the address, and such addresses are often secrets.
        raise NotNow(f"The receiver cannot be reached ({type(error).__name__}).") from None
    if not 200 <= status < 300:
        raise NotNow(f"The receiver answered {status}.")
