"""The score of a test conversation, laid out for Slack: what one message gave, and the whole card at the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from banter.explaining.explanation import Explanation, FitSaid, Point
from banter.leads import plain, telling
from banter.leads.model import Lead
from banter.slack.blocks import Block, context, divider, fitted, header, section, sections
from banter.slack.markup import escaped, shortened
from banter.slack.words import WORDS
from scoring.model import Answer

_QUOTED = 240


def understood_blocks(lead: Lead, made: Explanation, said: str) -> list[Block]:
    """What was read of the visitor's message `said`, as it counts now, and the points so far."""
    read = [line for line in made.lines if line.group == "answers" and _is_of(lead, line, said)]
    lines = [WORDS.said("understood", said=escaped(shortened(said, _QUOTED)))]
    lines += [_line(line) for line in read] or [WORDS["nothing_answered"]]
    also = [line for line in telling.told(lead.facts) if any(word and word in said for word in line.words)]
    if also:
        facts = "; ".join(f"{line.about}: {line.understood}" for line in also)
        lines.append(WORDS.said("also", facts=escaped(shortened(facts, _QUOTED))))
    each = " · ".join(f"{line.about} {'–' if line.points is None else line.gave}" for line in made.lines)
    so_far = WORDS.said("so_far", points=made.points, scale=made.scale)
    return [section("\n".join(lines)), context(escaped(f"{so_far}\n{each}"))]


def card_blocks(made: Explanation, *, test: bool = True) -> list[Block]:
    """The score card of a conversation that is through: first where it led and why, then what that rests on."""
    blocks = [header(WORDS.said("card", points=made.points)), section(_route(made))]
    if made.route is not None:
        changed = " ".join(part for part in (made.changed, made.changed_by) if part)
        blocks.append(section(f"{WORDS['changed']}\n{escaped(changed)}"))
    blocks += [divider(), *sections("\n".join(map(_line, made.lines)))]
    if made.fit is not None:
        blocks += sections(_fit(made.fit))
    certain = " ".join(part for part in (made.standing, made.sure) if part)
    by = WORDS.said("card_by", rubric=made.rubric or made.today, scale=made.scale)
    blocks.append(context(escaped("\n".join(part for part in (certain, by, made.edition) if part))))
    return fitted([*blocks, *([context(WORDS["card_test"])] if test else [])])


def _route(made: Explanation) -> str:
    """The points stand above already, so a reason that begins with them goes on without."""
    lines = [WORDS.said("card_route", route=made.where)]
    if made.override is not None and made.override.route is not None:
        team = {"route": plain.ROUTES[made.override.route], "reason": escaped(made.override.reason)}
        lines.insert(0, WORDS.said("card_team", who=escaped(made.override.name or made.override.by), **team))
    reasons = [reason.removeprefix(f"{made.points}: ") for reason in (*made.why, made.moved) if reason]
    return "\n".join([*lines, *(f"• {escaped(said)}" for said in (*reasons, *(flag.said for flag in made.flags)))])


def _line(line: Point) -> str:
    """`Need: a problem, with a measure of it · 25 of 25`, and below it the words and the rule."""
    whole = WORDS.said("line", about=line.about, plain=escaped(line.plain), figure=line.figure)
    rule = f"`{line.rule}`" if line.rule else ""
    beneath = " · ".join(part for part in (_quoted(line.words), escaped(line.read), escaped(line.note), rule) if part)
    return f"{whole}\n      {beneath}" if beneath else whole


def _fit(fit: FitSaid) -> str:
    lines = [WORDS.said("fit", said=fit.said)]
    for line in fit.lines:
        whole = WORDS.said("line", about=line.about, plain=line.plain, figure=line.figure)
        lines.append(" · ".join(part for part in (whole, _quoted(line.words), escaped(line.note)) if part))
    return "\n".join(lines)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{escaped(shortened(word, _QUOTED))}”" for word in words)


def _is_of(lead: Lead, line: Point, said: str) -> bool:
    """An answer that a follow-up completed holds both messages."""
    answer: Answer | None = lead.answers.get(line.dimension) if line.dimension else None
    return answer is not None and (answer.text == said or said in answer.text.split("\n"))
