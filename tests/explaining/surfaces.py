"""What the four places say of one lead, as text: the terminal, the API, the lead's page and Slack's card."""

from __future__ import annotations

import html
import io
import json
import re

from rich.console import Console

from banter.channels.explanation_json import explanation_json
from banter.explaining.explanation import Explanation
from banter.explaining.terminal import print_explained, rows_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.slack.as_text import as_text
from banter.slack.card import card_blocks
from banter.store.database import SqlTransaction


def squeezed(text: str) -> str:
    return " ".join(text.split())


def in_terminal(tx: SqlTransaction, lead: Lead, playbook: Playbook, width: int | None = None) -> str:
    """Up to the transcript; with a `width` as at a terminal so wide, without colours, else as written to a file."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=width is not None, no_color=True, highlight=False)
    print_explained(console, rows_of(tx, lead, playbook))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    return plain.partition("\nTranscript\n")[0]


def in_slack(made: Explanation) -> str:
    return as_text(card_blocks(made))


def in_api(made: Explanation) -> dict[str, object]:
    """As it arrives at who asked for it."""
    return json.loads(json.dumps(explanation_json(made)))  # type: ignore[no-any-return]


def on_page(page: str) -> str:
    """What a reader reads of the page's three sections, in their order."""
    found = ""
    for name in ("why", "score", "fit"):
        part = page.partition(f'aria-labelledby="{name}">')[2].partition("</section>")[0]
        found += " " + html.unescape(re.sub(r"<[^>]+>", " ", part))
    return squeezed(found)
