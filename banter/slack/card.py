"""The score of a test conversation, line by line: what one message gave, and the whole card at the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from banter.leads import plain, telling
from banter.leads.known import known_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.slack.blocks import Block, context, divider, fitted, header, section
from banter.slack.markup import escaped, shortened
from banter.slack.words import WORDS
from scoring.change import BY_POINTS, Being, Change, Instead, nearest_change
from scoring.fit import Profile
from scoring.known import NOTHING, Known
from scoring.model import CRITERIA, Answer, Dimension, Line
from scoring.rubric import Rubric

_QUOTED = 240
ANYBODY = Profile()


def understood_blocks(lead: Lead, playbook: Playbook, said: str) -> list[Block]:
    """What was read of the visitor's message `said`, as it counts now, and the points so far."""
    rubric = playbook.rubric
    names = CRITERIA[rubric.framework]
    read = [(d, lead.answers[d]) for d in names if d in lead.answers and _is_of(lead.answers[d], said)]
    lines = [WORDS.said("understood", said=escaped(shortened(said, _QUOTED)))]
    lines += [_read(d, answer, lead, rubric) for d, answer in read] or [WORDS["nothing_answered"]]
    also = [line for line in telling.told(lead.facts) if any(word and word in said for word in line.words)]
    if also:
        facts = "; ".join(f"{line.about}: {line.understood}" for line in also)
        lines.append(WORDS.said("also", facts=escaped(shortened(facts, _QUOTED))))
    total = lead.score.total if lead.score else 0
    figures = {"total": total, "most": rubric.most, "warm": rubric.warm, "qualified": rubric.qualified}
    each = " · ".join(_so_far(d, lead, rubric) for d in names)
    return [section("\n".join(lines)), context(f"{WORDS.said('so_far', **figures)}\n{each}")]


def card_blocks(lead: Lead, playbook: Playbook) -> list[Block]:
    """The score card of a conversation that is through."""
    rubric = playbook.rubric
    total = lead.score.total if lead.score else 0
    figures = {"total": total, "most": rubric.most, "warm": rubric.warm, "qualified": rubric.qualified}
    blocks = [header(WORDS.said("card", **figures))]
    blocks += [section(_card_line(dimension, lead, rubric)) for dimension in CRITERIA[rubric.framework]]
    blocks += [divider(), section(WORDS.said("card_total", rubric=rubric.name, **figures))]
    if lead.route is not None:
        route = WORDS.said("card_route", route=plain.ROUTES.get(lead.route.name, lead.route.name))
        blocks.append(section("\n".join([route, *(f"• {escaped(reason)}" for reason in lead.route.reasons)])))
        changed = what_would_have_changed(lead, rubric, known_of(lead, playbook), playbook.profile)
        blocks.append(section(f"{WORDS['changed']}\n{changed}"))
    return fitted([*blocks, context(WORDS["card_test"])])


def what_would_have_changed(lead: Lead, rubric: Rubric, known: Known = NOTHING, profile: Profile = ANYBODY) -> str:
    """A sentence: the least that would have sent the lead elsewhere."""
    if lead.route is None or lead.route.name not in BY_POINTS:
        return WORDS["unchanged_points"]
    change = nearest_change(lead.answers, rubric, known, profile)
    return WORDS["unchanged"] if change is None else _said(change, lead, rubric)


def _said(change: Change, lead: Lead, rubric: Rubric) -> str:
    changes = [_answer_instead(one, lead, rubric) for one in change.answers] + [_being(one) for one in change.traits]
    figures = {"total": change.total, "route": plain.ROUTES[change.route], "fit": change.fit}
    return WORDS.said(
        "changed_so_fits" if change.traits else "changed_so", changes=WORDS["changed_and"].join(changes), **figures
    )


def _answer_instead(one: Instead, lead: Lead, rubric: Rubric) -> str:
    return WORDS.said(
        "changed_line",
        criterion=_criterion(one.dimension, rubric),
        to=plain.BANDS[one.dimension][one.band],
        gained=one.gained,
        was=plain.BANDS[one.dimension][one.was] if one.was else plain.missing(lead.answers.get(one.dimension), True),
        points=one.points,
    )


def _being(one: Being) -> str:
    """What is known of the trait is told in the lead's own words, where there are any."""
    was = ", ".join(word for fact in one.was for word in fact.words or (fact.plain,))
    trait = one.about.replace("_", " ").capitalize()
    if not was:
        return WORDS.said("changed_unknown", trait=trait, to=escaped(one.fact.plain))
    return WORDS.said("changed_trait", trait=trait, to=escaped(one.fact.plain), was=escaped(shortened(was, _QUOTED)))


def _is_of(answer: Answer, said: str) -> bool:
    """An answer that a follow-up completed holds both messages."""
    return answer.text == said or said in answer.text.split("\n")


def _read(dimension: Dimension, answer: Answer, lead: Lead, rubric: Rubric) -> str:
    line = _line_of(lead, dimension)
    if line is None:
        return WORDS.said(
            "read_missing",
            criterion=_criterion(dimension, rubric),
            plain=plain.missing(answer, dimension in lead.asked),
        )
    words = ", ".join(f"“{escaped(shortened(word, _QUOTED))}”" for word in line.evidence)
    value = plain.understood(answer.value)
    manner = WORDS.said("manner", manner=plain.manner(answer))
    details = " · ".join(part for part in (words, manner, value and escaped(value)) if part)
    return f"{_scored('read_line', dimension, line, rubric)}\n      {details}"


def _card_line(dimension: Dimension, lead: Lead, rubric: Rubric) -> str:
    line, answer = _line_of(lead, dimension), lead.answers.get(dimension)
    if line is None:
        missing = plain.missing(answer, dimension in lead.asked)
        most = max(rubric.points[dimension].values())
        return WORDS.said("card_missing", criterion=_criterion(dimension, rubric), plain=missing, most=most)
    words = "”, “".join(escaped(shortened(word, _QUOTED)) for word in line.evidence)
    return f"{_scored('card_line', dimension, line, rubric)}\n{WORDS.said('card_words', words=words, rule=line.rule)}"


def _scored(name: str, dimension: Dimension, line: Line, rubric: Rubric) -> str:
    return WORDS.said(
        name,
        criterion=_criterion(dimension, rubric),
        plain=plain.BANDS[dimension].get(line.rule.partition(".")[2], line.rule),
        points=line.points,
        most=max(rubric.points[dimension].values()),
    )


def _so_far(dimension: Dimension, lead: Lead, rubric: Rubric) -> str:
    line = _line_of(lead, dimension)
    criterion = _criterion(dimension, rubric)
    if line is None:
        return WORDS.said("so_far_missing", criterion=criterion)
    return WORDS.said("so_far_line", criterion=criterion, points=line.points)


def _line_of(lead: Lead, dimension: Dimension) -> Line | None:
    lines: Sequence[Line] = lead.score.lines if lead.score else ()
    return next((line for line in lines if line.dimension == dimension), None)


def _criterion(dimension: Dimension, rubric: Rubric) -> str:
    return CRITERIA[rubric.framework][dimension].capitalize()
