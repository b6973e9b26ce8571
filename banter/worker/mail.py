"""Outbox items -> mails, handed in by SMTP with the standard library."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from banter.leads.model import OutboxItem
from banter.worker.outcome import Never, NotNow

if TYPE_CHECKING:
    from banter.settings import Smtp

_SECONDS = 20.0  # per step of the dialogue with the mail server
_METHOD = re.compile(r"^METHOD:(REQUEST|CANCEL|PUBLISH|REPLY)\s*$", re.MULTILINE)
#: Headers that a payload may set, so that a nurture mail can say how to leave the list (RFC 8058). No others.
_EXTRA_HEADERS = ("Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post")


class Mail:
    """Hands mails in at one SMTP server, a connection each: they are few, and an open one has to be looked after."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp

    def send(self, item: OutboxItem, now: datetime) -> None:
        """Raises NotNow or Never. A repeat of the same item has the same Message-ID and X-Banter-Key."""
        message = mail_from(item, sender=self._smtp.sender, now=now)
        try:
            with self._connect() as server:
                server.send_message(message, from_addr=self._smtp.sender, to_addrs=[str(item.payload["to"])])
        except smtplib.SMTPRecipientsRefused as error:
            code = next((int(reply[0]) for reply in error.recipients.values()), 0)
            raise _by_code("The mail server refused the recipient", code) from None
        except smtplib.SMTPNotSupportedError:
            raise Never("The mail server cannot deliver to an address with such letters.") from None
        except smtplib.SMTPAuthenticationError as error:
            # Not `Never`: the owner mends the password, and nothing that was queued meanwhile is lost.
            raise NotNow(
                f"The mail server refused the login ({error.smtp_code}); check BANTER_SMTP_USER and _PASSWORD."
            ) from None
        except smtplib.SMTPDataError as error:
            raise _by_code("The mail server refused the mail", error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            raise NotNow(f"The mail server answered {error.smtp_code}.") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"The mail server cannot be reached ({type(error).__name__}).") from None

    def _connect(self) -> smtplib.SMTP:
        smtp = self._smtp
        if smtp.port == 465:  # the port where TLS is spoken from the first byte
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                smtp.host, smtp.port, timeout=_SECONDS, context=ssl.create_default_context()
            )
            secret = True
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=_SECONDS)
            secret = False
        try:
            if smtp.starttls and not secret:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=ssl.create_default_context())
                    secret = True
                elif not _is_near(smtp.host):
                    # Going on in the clear is what somebody in between who hides STARTTLS is after.
                    raise NotNow("The mail server offers no encryption; set BANTER_SMTP_STARTTLS=no to send without.")
            if smtp.user and smtp.password:
                server.login(smtp.user, smtp.password)
        except BaseException:
            server.close()
            raise
        return server


def mail_from(item: OutboxItem, *, sender: str, now: datetime) -> EmailMessage:
    """The mail of an item: `to`, `subject`, `body`, and `ics` or `headers` where there are any. Raises Never."""
    payload = item.payload
    message = EmailMessage(policy=MAIL_POLICY)
    try:
        message["From"] = sender
        message["To"] = _line(payload, "to")
        message["Subject"] = " ".join(_line(payload, "subject", breaks=True).split())
        message["Date"] = format_datetime(now)
        message["Message-ID"] = message_id(item.key, sender)
        message["X-Banter-Key"] = " ".join(item.key.split())
        for name in _EXTRA_HEADERS:
            if name in payload.get("headers", {}):
                message[name] = _line(payload["headers"], name)
        message.set_content(_line(payload, "body", breaks=True))
        ics = payload.get("ics")
        if ics is not None:
            method = _METHOD.search(ics.replace("\r\n", "\n"))
            message.add_alternative(
                ics, subtype="calendar", params={"method": method.group(1) if method else "REQUEST", "name": "call.ics"}
            )
    except (ValueError, TypeError, AttributeError, IndexError, HeaderParseError) as error:
        raise Never(f"No mail can be made of this ({type(error).__name__}).") from None
    return message


def message_id(key: str, sender: str) -> str:
    """The same for the same key, so that a mail program shows a repeat once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2] or 'banter.invalid'}>"


def _line(payload: Mapping[str, Any], name: str, *, breaks: bool = False) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Never(f"The item has no '{name}'.")
    if not breaks and ("\r" in value or "\n" in value):
        raise Never(f"'{name}' has a line break in it.")
    return value


def _by_code(what: str, code: int) -> NotNow | Never:
    return Never(f"{what} for good ({code}).") if 500 <= code < 600 else NotNow(f"{what} for now ({code}).")


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
