"""One message of the bot's in a test conversation, as blocks: what visitors see, and the button under it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from banter.slack.blocks import Block, actions, button, context, fitted, sections
from banter.slack.markup import escaped, linked, shortened
from banter.slack.words import WORDS

#: What a press is, by the beginning of its `action_id`.
SAY, UNDERSTOOD = "say", "understood"


def answer_blocks(
    text: str,
    buttons: Sequence[tuple[str, str]],
    message: str,
    *,
    ask: bool = True,
    chosen: tuple[str, str] | None = None,
    understood: Sequence[Block] = (),
) -> list[Block]:
    """`message` is the transcript's id of it. `ask`: with the button that asks what was understood, whose place
    `understood` takes. `chosen` is (who, title) once a button was pressed: then there are none any more."""
    made = sections(linked(text))
    if chosen is not None:
        who, title = chosen
        made.append(context(WORDS.said("chosen", who=f"<@{escaped(who)}>", title=escaped(title))))
    elif buttons:
        # The value is the message's id and the button's place: a title may be longer than Slack's values.
        pressed = [button(title, f"{SAY}:{n}", f"{message}:{n}") for n, (title, _) in enumerate(buttons)]
        made += actions(pressed, f"{SAY}.{message}")
    if understood:
        made += understood
    elif ask:
        made += actions([button(WORDS["ask_understood"], UNDERSTOOD, message)], f"{UNDERSTOOD}.{message}")
    return fitted(made)


def fallback(text: str) -> str:
    """What a notification shows."""
    return escaped(shortened(text, 300)) or "…"
