"""Mails, handed in at a real SMTP server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from banter.leads.model import OutboxItem
from banter.settings import Smtp
from banter.worker.mail import Mail, mail_from, message_id
from banter.worker.outcome import Never, NotNow

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
ICS = "\r\n".join(
    ("BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "SUMMARY:A call – soon", "END:VEVENT", "END:VCALENDAR", "")
)


def an_item(key: str = "l_1:invitation:0", kind: str = "invitation", **payload: Any) -> OutboxItem:
    mail = {"to": "pat@example.com", "subject": "Your call", "body": "See you – soon.\n", **payload}
    return OutboxItem(1, key, kind, "l_1", mail, NOW, "queued", 1)


class Inbox:
    """The server's side: keeps what it gets, answers RCPT and DATA as it is told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rcpt = "250 OK"
        self.data = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.data.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return self.data


@contextmanager
def a_server(inbox: Inbox, **options: Any) -> Iterator[Smtp]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield Smtp("127.0.0.1", controller.port, None, None, "sales@acorn.example", True)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def smtp(inbox: Inbox) -> Iterator[Smtp]:
    with a_server(inbox) as smtp:
        yield smtp


def test_an_invitation_arrives_with_its_text_and_its_calendar_part(inbox: Inbox, smtp: Smtp) -> None:
    Mail(smtp).send(an_item(ics=ICS), NOW)
    [mail] = inbox.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("sales@acorn.example", "pat@example.com", "Your call")
    assert mail["Date"].datetime == NOW
    assert mail["X-Banter-Key"] == "l_1:invitation:0"
    text, calendar = mail.iter_parts()
    assert text.get_content().strip() == "See you – soon."
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content().splitlines() == ICS.splitlines()


def test_a_repeat_is_recognisable(inbox: Inbox, smtp: Smtp) -> None:
    sender = Mail(smtp)
    for key in ("a", "a", "b"):
        sender.send(an_item(key), NOW)
    first, repeat, other = (mail["Message-ID"] for mail in inbox.mails)
    assert first == repeat == message_id("a", smtp.sender)
    assert first != other
    assert first.endswith("@acorn.example>")


def test_a_cancellation_says_so_to_the_calendar() -> None:
    mail = mail_from(an_item(ics=ICS.replace("REQUEST", "CANCEL")), sender="a@acorn.example", now=NOW)
    assert list(mail.iter_parts())[1].get_param("method") == "CANCEL"


def test_a_nurture_mail_says_how_to_leave() -> None:
    headers = {
        "List-Unsubscribe": "<https://acorn.example/u/1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Bcc": "everybody@example.com",
    }
    mail = mail_from(an_item(kind="nurture", headers=headers), sender="a@acorn.example", now=NOW)
    assert mail["List-Unsubscribe"] == "<https://acorn.example/u/1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Bcc"] is None


def test_a_subject_of_two_lines_is_written_in_one() -> None:
    mail = mail_from(an_item(subject="Hello\r\nBcc: everybody@example.com"), sender="a@acorn.example", now=NOW)
    assert mail["Subject"] == "Hello Bcc: everybody@example.com"
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    "payload",
    [
        {"to": None},
        {"to": ""},
        {"to": "pat@example.com\r\nBcc: x@example.com"},
        {"to": ["pat@example.com"]},
        {"subject": None},
        {"body": ""},
        {"headers": {"Reply-To": "a@example.com\nBcc: x@example.com"}},
        {"ics": 5},
        {"body": "\ud800"},
    ],
)
def test_what_makes_no_mail_is_given_up(payload: dict[str, Any]) -> None:
    with pytest.raises(Never):
        mail_from(an_item(**payload), sender="a@acorn.example", now=NOW)


@pytest.mark.parametrize(
    ("rcpt", "data", "outcome"),
    [
        ("550 no such mailbox pat@example.com", "250 OK", Never),
        ("450 mailbox busy pat@example.com", "250 OK", NotNow),
        ("250 OK", "554 looks like spam", Never),
        ("250 OK", "451 try later", NotNow),
        ("421 shutting down", "250 OK", NotNow),
    ],
)
def test_a_refusal_for_now_is_told_from_one_for_good(
    inbox: Inbox, smtp: Smtp, rcpt: str, data: str, outcome: type[Exception]
) -> None:
    inbox.rcpt, inbox.data = rcpt, data
    with pytest.raises(outcome) as caught:
        Mail(smtp).send(an_item(), NOW)
    assert "pat@example.com" not in str(caught.value)


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(NotNow):
        Mail(Smtp("127.0.0.1", free_port(), None, None, "sales@acorn.example", True)).send(an_item(), NOW)


def test_a_wrong_password_is_the_owners_to_mend_and_loses_no_mail(inbox: Inbox) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    with a_server(inbox, authenticator=check, auth_require_tls=False) as smtp:
        with pytest.raises(NotNow, match="BANTER_SMTP_USER"):
            Mail(replace(smtp, user="sales", password="wrong")).send(an_item(), NOW)
        Mail(replace(smtp, user="sales", password="right")).send(an_item(), NOW)
    assert len(inbox.mails) == 1


def test_a_server_elsewhere_without_encryption_gets_nothing(inbox: Inbox, smtp: Smtp) -> None:
    # This address leads here too, but does not look like it.
    elsewhere = replace(smtp, host="0.0.0.0")
    with pytest.raises(NotNow, match="BANTER_SMTP_STARTTLS"):
        Mail(elsewhere).send(an_item(), NOW)
    Mail(replace(elsewhere, starttls=False)).send(an_item(), NOW)
    assert len(inbox.mails) == 1
