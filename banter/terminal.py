"""`banter chat`: the conversation of the website, in the terminal."""

from __future__ import annotations

import asyncio
import secrets

from rich.console import Console

from banter import bootstrap
from banter.dialogue.model import ModelFiles, verify
from banter.leads.model import Message
from banter.store.conversations import Conversation


def chat() -> None:
    """Talk until the visitor ends it with Ctrl-D. Kept like any conversation, marked as a test."""
    console = Console()
    app = bootstrap.build(bootstrap.environment())
    verify(ModelFiles(app.settings.root))
    dialogue = app.dialogue(sweeps=False)  # what is said on the website is answered there
    with console.status("Loading the dialogue (some ten seconds)"):
        dialogue.start(wait=True)
    if dialogue.problem:
        console.print(dialogue.problem, style="red")
        raise SystemExit(1)
    company = app.playbook.company
    conversation = f"c_{secrets.token_urlsafe(16)}"
    with app.store.begin() as tx:
        tx.conversations.create(
            Conversation(
                conversation, "terminal", company.locale, company.timezone.key, None, None, bootstrap.now(), test=True
            )
        )
    console.print("Ctrl-D ends the conversation.\n", style="dim")
    try:
        _say(console, app, _turn(app, dialogue, conversation, "start", ""))
        _talk(console, app, dialogue, conversation)
    finally:
        dialogue.stop()
        app.store.close()


def _talk(console: Console, app: bootstrap.App, dialogue: object, conversation: str) -> None:
    while True:
        try:
            text = console.input("[bold]you[/bold]  ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if not text:
            continue
        if "\0" in text or len(text) > 2000:
            console.print("     Please write up to 2,000 characters.", style="red")
            continue
        messages = _turn(app, dialogue, conversation, "message", text)
        offered = [title for message in messages for title, _ in message.buttons]
        _say(console, app, messages)
        if offered:
            console.print(
                "     " + "\n     ".join(f"[{i}] {title}" for i, title in enumerate(offered, 1)), markup=False
            )


def _turn(app: bootstrap.App, dialogue: object, conversation: str, kind: str, text: str) -> list[Message]:
    with app.store.begin() as tx:
        row, _ = tx.inbox.put("terminal", secrets.token_urlsafe(16), conversation, kind, text, bootstrap.now())
    asyncio.run(dialogue.run(conversation))  # type: ignore[attr-defined]
    with app.store.begin(readonly=True) as tx:
        return list(tx.transcript.of_inbox(row.id))


def _say(console: Console, app: bootstrap.App, messages: list[Message]) -> None:
    for message in messages:
        console.print(f"bot  {message.text}", style="green", markup=False)
