"""`banter serve`: edge, dialogue and worker in one process, each on a thread of its own."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

import typer
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from banter import bootstrap, edge
from banter.booking import book
from banter.booking.pages import routes as booking_routes
from banter.channels.sms import PATH as SMS_PATH
from banter.channels.sms import SmsWords
from banter.configuration.rubric import FILE as RUBRIC_FILE
from banter.configuration.rubric_file import read_rubric_file
from banter.dashboard.pages import routes as dashboard_routes
from banter.dialogue.model import ModelFiles, verify
from banter.dialogue.runner import DialogueRunner
from banter.extraction.opting_out import opts_out
from banter.joining.join import Joining
from banter.joining.pages import routes as joining_routes
from banter.leads.consent import concerns_team
from banter.leads.model import Lead, OutboxItem
from banter.leads.ports import Alerts
from banter.noticing import Noticing
from banter.nurture.clicks import Click
from banter.nurture.enrol import has_unsubscribed, may_send, unsubscribe
from banter.nurture.go import go_routes
from banter.nurture.pages import routes as nurture_routes
from banter.overriding import contradicts
from banter.rubrics.publishing import put_in_force
from banter.services import OutboxAlerts
from banter.slack.outgoing import SlackPost
from banter.store.database import SqlTransaction
from banter.worker.mail import Mail
from banter.worker.slack import SlackSender
from banter.worker.slack_gate import slack_gate
from banter.worker.sms import SmsSender
from banter.worker.sms_gate import SmsGate
from banter.worker.worker import LANES, Gate, Sender, Worker
from banter.worker.workers import Workers

log = logging.getLogger(__name__)


def serve(host: str, port: int) -> None:
    """Serve until interrupted. Raises what `bootstrap.build` raises, StoreInUse and ModelError, each with the mend."""
    _make_sure_it_is_free(host, port)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = bootstrap.build(bootstrap.environment())
    app.store.claim_process()
    publish_rubric(app)
    verify(ModelFiles(app.settings.root))
    site, dialogue, workers = put_together(app)
    ended = threading.Event()
    workers.start(ended)
    dialogue.start()
    server = edge.server(site, host=host, port=port)
    threading.Thread(target=_announce, args=(app, dialogue, server, host), daemon=True).start()
    try:
        server.run()
    finally:
        ended.set()
        dialogue.stop()
        workers.join(seconds=10)
        app.store.close()


def publish_rubric(app: bootstrap.App) -> None:
    """The rubric and the profile that leads are scored by from now on are kept as they are. Raises RubricTaken."""
    written = read_rubric_file(app.settings.playbook / RUBRIC_FILE)[app.playbook.conversation.framework]
    with app.store.begin() as tx:
        put_in_force(tx, written, app.playbook.profile, bootstrap.now())


def put_together(app: bootstrap.App) -> tuple[Starlette, DialogueRunner, Workers]:
    """Edge, dialogue and workers, each knowing of the others what it needs; none is started."""
    opts_out("hello")  # its model and patterns are loaded at the first call: before the first message, not with it
    workers = _workers(app, lambda conversation: dialogue.hurry(conversation))
    dialogue = app.dialogue(turned=workers.wake)
    site = edge.build(
        store=app.store,
        dialogue=dialogue,
        playbook=app.playbook,
        settings=app.settings,
        now=bootstrap.now,
        extra_routes=more_pages(app, workers.wake),
        queued=workers.wake,
        sms=SmsWords(bootstrap.notices(app.playbook), opts_out, _of_opting_out(app)),
        noticing=noticing_of(app),
    )
    return site, dialogue, workers


def _of_opting_out(app: bootstrap.App) -> Callable[[SqlTransaction, Lead, Lead, datetime], None]:
    """Tells the team, whose rep may be about to write, and shows it in the alerts that are there."""

    def told(tx: SqlTransaction, before: Lead, lead: Lead, at: datetime) -> None:
        playbook, url = app.playbook, app.settings.public_url
        if lead.opted_out is not None and concerns_team(before):
            OutboxAlerts(tx, playbook, url).tell(lead, "stopped", at)
        SlackPost(tx, playbook, url, at).renew(lead)

    return told


def _workers(app: bootstrap.App, opened: Callable[[str], None]) -> Workers:
    """One for each lane. `opened` is told of conversations that begin by what is sent."""
    mail = Mail(app.settings.smtp) if app.settings.smtp else None
    gates: dict[str, Gate] = {
        "sms": SmsGate(app.playbook.channels.sms, app.playbook.company.timezone, app.settings.secret),
        "slack": slack_gate,
    }
    senders = _senders(app, opened)
    return Workers(
        tuple(
            Worker(app.store, mail=mail, now=bootstrap.now, may_send=_may_send, gates=gates, senders=senders, lane=lane)
            for lane in LANES
        )
    )


def _may_send(item: OutboxItem, tx: SqlTransaction) -> bool:
    """Whether a nurture mail may leave: nothing that was heard, and nobody of the team, speaks against it."""
    return may_send(item, tx) and not contradicts(item, tx)


def _senders(app: bootstrap.App, opened: Callable[[str], None]) -> dict[str, Sender]:
    """What is set up to be sent by; the rest is shown."""
    found: dict[str, Sender] = {}
    slack = app.settings.slack
    if slack is not None and slack.bot_token:
        found["slack"] = SlackSender(slack.bot_token, app.store, app.playbook.company, opened=opened)
    if app.settings.twilio is not None:
        status_url = f"{app.settings.public_url}{SMS_PATH}/status"
        found["sms"] = SmsSender(app.settings.twilio, app.store, secret=app.settings.secret, status_url=status_url)
    return found


class PortInUse(Exception):
    """Something listens there already; the message says what to do."""


def _make_sure_it_is_free(host: str, port: int) -> None:
    """Before anything is loaded: ten seconds later would be late to say so."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or str(error)
            raise PortInUse(f"Cannot listen on {host}:{port} ({why}). Name another with --port, or --host.") from error


def more_pages(app: bootstrap.App, queued: Callable[[], None]) -> list[BaseRoute]:
    """The pages beside the chat: a lead's call, the way out of nurture mails, and what the team sees. `queued` is
    called when one of them has queued something that has to go at once."""
    settings, playbook, store = app.settings, app.playbook, app.store

    def moved(tx: SqlTransaction, lead: Lead, at: datetime) -> None:
        SlackPost(tx, playbook, settings.public_url, at).renew(lead)

    return [
        *booking_routes(
            store=store,
            playbook=playbook,
            settings_public_url=settings.public_url,
            now=bootstrap.now,
            lock=lambda tx, conversation: tx.conversations.lock(conversation),
            changed=moved,
            queued=queued,
            secret=settings.secret,
        ),
        *nurture_routes(store=store, playbook=playbook, secret=settings.secret, now=bootstrap.now),
        *go_routes(company=playbook.company, secret=settings.secret, clicked=_count_clicks(app, queued)),
        *joining_routes(
            store=store,
            company=playbook.company,
            words=bootstrap.words_of_joining(playbook),
            joining=joining_of(app),
            secret=settings.secret,
            now=bootstrap.now,
            queued=queued,
        ),
        *dashboard_routes(store=store, playbook=playbook, settings=settings, now=bootstrap.now, queued=queued),
    ]


def _count_clicks(app: bootstrap.App, queued: Callable[[], None]) -> Callable[[Click], None]:
    """Counts a click on a link of a mail, unless they want no more mails. It never fails: whoever clicked is led on,
    and learns of nothing that went wrong here."""
    noticing = noticing_of(app)

    def clicked(click: Click) -> None:
        now = bootstrap.now()
        try:
            with app.store.begin() as tx:
                home = tx.leads.home(click.lead)
                if home is not None:
                    noticing.notice(tx, home, [click.seen(now)], now)
            queued()
        except Exception as error:  # noqa: BLE001 - a link in a mail has to lead on, whatever is wrong with the counting
            log.warning("A click in a mail could not be counted: %s", type(error).__name__)

    return clicked


def noticing_of(app: bootstrap.App) -> Noticing:
    """What counts what a lead did, and tells the team."""
    settings, playbook = app.settings, app.playbook

    def alerts(tx: SqlTransaction) -> Alerts:
        return OutboxAlerts(tx, playbook, settings.public_url)

    def after(tx: SqlTransaction, lead: Lead, at: datetime) -> None:
        if playbook.channels.slack.alerts is not None and not lead.test:
            SlackPost(tx, playbook, settings.public_url, at).renew(lead)

    return Noticing(playbook, settings.secret, alerts, after, has_unsubscribed)


def joining_of(app: bootstrap.App) -> Joining:
    """What makes two leads one, with all that follows from it."""
    settings, playbook = app.settings, app.playbook

    def cancel_call(tx: SqlTransaction, key: str, now: datetime) -> None:
        book.cancel(tx, playbook, key, now, settings.public_url, secret=settings.secret)

    def after(tx: SqlTransaction, lead: Lead, now: datetime) -> None:
        if playbook.channels.slack.alerts is not None:
            SlackPost(tx, playbook, settings.public_url, now).renew(lead)

    return Joining(playbook, app.turns.services, cancel_call, unsubscribe, has_unsubscribed, after)


def _announce(app: bootstrap.App, dialogue: DialogueRunner, server: object, host: str) -> None:
    """Say where to go once visitors are answered; the team's login the first time only."""
    typer.echo("Loading the dialogue (some ten seconds) ...")
    while not dialogue.ready and dialogue.problem and "loading" in dialogue.problem:
        time.sleep(0.1)
    if not dialogue.ready:
        typer.echo(dialogue.problem, err=True)
        return
    while not getattr(server, "started", False):
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    typer.echo(f"Ready. The page with the chat: http://{host}:{port}/   The leads: http://{host}:{port}/leads")
    if app.settings.admin_token_is_new:
        typer.echo(f"Your token for the leads, shown this once: {app.settings.admin_token}")
        typer.echo(f"(It is kept in {app.settings.var / 'admin-token'}.)")
