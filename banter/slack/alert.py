"""What the team is told of a lead in Slack: who, why, in the lead's words, and buttons to take it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from banter.leads import telling
from banter.leads.model import Booking, Disposition, Lead
from banter.leads.moments import Clock
from banter.leads.playbook import Playbook
from banter.leads.quoting import own_words
from banter.slack.blocks import Block, actions, button, context, fitted, header, section, select
from banter.slack.markup import escaped, shortened
from banter.slack.words import WORDS
from scoring.model import CRITERIA, Dimension, Line

#: What a press is, by its `action_id`; the value is the lead's id, with a reason behind it for a rejection.
ACCEPT, REJECT, LATER, OPEN = "accept", "reject", "later", "open"
#: What `Disposition.by` begins with for who took a lead on its page in the dashboard; all others are people in Slack.
OF_TEAM = "team:"
#: Who did so without saying who they are: two of them may be two people.
SOMEBODY = f"{OF_TEAM}-"
#: The kind of alert that says that they want no more messages.
STOPPED = "stopped"
#: And that they are back on the website.
BACK = "back"
#: Alerts that are about a call.
_WITH_CALL = ("hot", "callback")
#: How a call stands, by its status.
_STANDS = {"held": "held", "confirmed": "booked", "cancelled": "cancelled"}
_MOST_REASONS = 3
_QUOTED = 200


def alert_blocks(
    lead: Lead,
    kind: str,
    playbook: Playbook,
    *,
    booking: Booking | None,
    disposition: Disposition | None,
    told_at: datetime,
    now: datetime,
    url: str,
) -> list[Block]:
    """`told_at` is when the alert was queued, which times are counted from."""
    blocks = [header(title(lead, kind))]
    if lead.aside == "waiting":
        blocks.append(section(WORDS["waits"]))
    if lead.opted_out is not None:
        since = Clock(playbook.company.timezone, now).full(lead.opted_out.at)
        words = escaped(shortened(lead.opted_out.words, _QUOTED))
        blocks.append(section(WORDS.said("opted_out" if words else "opted_out_untold", since=since, words=words)))
    blocks.append(section(WORDS.said("who", who=escaped(_who(lead)))))
    blocks.append(section("\n".join([WORDS["why"], *_why(lead, playbook)])))
    if kind == BACK and (did := _did(lead, told_at)):
        blocks.append(section("\n".join([WORDS["did"], *did])))
    if kind in _WITH_CALL or booking is not None:
        blocks.append(section(_call(booking, playbook, now)))
    if kind in _WITH_CALL and lead.opted_out is None:
        blocks.append(section(WORDS.said("opening", line=escaped(opening_line(lead)))))
    if kind == STOPPED:  # nothing to take: the others are told, that is all
        return fitted([*blocks, *actions([_opens(lead, url)], f"stopped.{lead.id}")])
    return fitted([*blocks, *_below(lead, disposition, told_at, url)])


def title(lead: Lead, kind: str) -> str:
    """What it is about; who has corrected themselves since may not be qualified any more."""
    total = lead.score.total if lead.score else 0
    if kind == "hot" and lead.route is not None and lead.route.name != "book":
        return WORDS.said("not_hot", total=total)
    return WORDS.said(kind, total=total)


def opening_line(lead: Lead) -> str:
    """How a rep may begin: with what the lead said hurts."""
    need = lead.answers.get("need")
    words = own_words(need) if need is not None and need.said else None
    return WORDS.said("opening_need", words=words) if words else WORDS["opening_plain"]


def what_was_done(disposition: Disposition) -> str:
    """`accepted`, `rejected (No budget)`, `to be called back later`."""
    return WORDS.said(f"what_{disposition.status}", reason=WORDS.reasons.get(disposition.reason or "", "no reason"))


def told_late(standing: Disposition, told_at: datetime | None, user: str, *, name: str) -> str:
    """What is said to `user`, who presses when it is done already, by somebody who is called `name` there. Whoever took
    it before the team was told, or told of nothing, is said to have been first."""
    what = what_was_done(standing)
    if standing.by == user and user != SOMEBODY:
        return WORDS.said("too_late_you", what=what)
    if told_at is None or standing.at < told_at:
        return WORDS.said("too_late_untold", who=name, what=what)
    return WORDS.said("too_late", who=name, after=duration(standing.at - told_at), what=what)


def mention(disposition: Disposition) -> str:
    """Who took it, as Slack shows people; who has done so in the dashboard by name."""
    if disposition.by.startswith(OF_TEAM):
        return escaped(disposition.name or WORDS["somebody"])
    return f"<@{escaped(disposition.by)}>"


def duration(time: timedelta) -> str:
    """`8 s`, `4 min`, `2 h 5 min`, `3 days`: exact enough to compare response times by."""
    seconds = max(0, round(time.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 120:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days"


def _below(lead: Lead, disposition: Disposition | None, told_at: datetime, url: str) -> list[Block]:
    """Who took it, and the buttons that are still of use."""
    opens = _opens(lead, url)
    done: list[Block] = []
    if disposition is not None:
        said = WORDS.said(
            f"was_{disposition.status}",
            who=mention(disposition),
            after=duration(disposition.at - told_at),
            reason=WORDS.reasons.get(disposition.reason or "", "no reason"),
        )
        done = [context(said)]
        if disposition.status != LATER:
            return [*done, *actions([opens], f"taken.{lead.id}")]
    reasons = [(title, f"{lead.id}:{key}") for key, title in WORDS.reasons.items()]
    row = [
        button(WORDS["accept"], ACCEPT, lead.id, style="primary"),
        select(WORDS["reject"], REJECT, reasons),
        *([] if disposition is not None else [button(WORDS["later"], LATER, lead.id)]),
        opens,
    ]
    return [*done, *actions(row, f"take.{lead.id}")]


def _opens(lead: Lead, url: str) -> Block:
    return button(WORDS["open"], OPEN, lead.id, url=url)


def _who(lead: Lead) -> str:
    contact, facts = lead.contact, {line.about: line.understood for line in telling.known(lead.facts, lead.imported)}
    company = contact.company or facts.get("Company")
    parts = [contact.name, facts.get("Role"), company, facts.get("Size"), contact.email, contact.phone]
    known = [shortened(part, _QUOTED) for part in parts if part]
    return " · ".join(known) or WORDS["nobody"]


def _why(lead: Lead, playbook: Playbook) -> Sequence[str]:
    """The answers worth most, in the lead's words."""
    scored_by = lead.score.rubric.partition("@")[0] if lead.score else ""
    names = next((CRITERIA[name] for name in CRITERIA if name == scored_by), CRITERIA[playbook.rubric.framework])
    answered = [line for line in lead.score.lines if line.dimension in lead.answers] if lead.score else []
    best = sorted((line for line in answered if line.group == "answers"), key=lambda line: -line.points)
    return [_reason(line, names, lead) for line in best[:_MOST_REASONS]] or [WORDS["why_nothing"]]


def _reason(line: Line, names: Mapping[Dimension, str], lead: Lead) -> str:
    """The whole message; the words that count where one message answered several questions."""
    assert line.dimension is not None
    text = lead.answers[line.dimension].text
    alone = sum(answer.text == text for answer in lead.answers.values()) == 1
    words = text if alone else ", ".join(line.evidence)
    return WORDS.said(
        "why_line",
        criterion=names[line.dimension].capitalize(),
        words=escaped(shortened(words, _QUOTED)),
        points=line.points,
    )


def _did(lead: Lead, told_at: datetime) -> Sequence[str]:
    """What they had done last when it was told, the newest first: it is not told anew with each page. Of addresses the
    path alone: they come from outside, and Slack makes a link of whatever looks like one."""
    before = (event for event in lead.events if event.at <= told_at)
    newest = sorted(before, key=lambda event: event.at, reverse=True)
    lines = (WORDS.said(f"did_{event.kind}", what=escaped(shortened(_place(event.what), _QUOTED))) for event in newest)
    return list(dict.fromkeys(lines))[:_MOST_REASONS]


def _place(what: str) -> str:
    parts = urlsplit(what)
    place = (parts.path or "/") if parts.scheme and parts.netloc else what
    return place.replace("://", " ").replace("`", "'")


def _call(booking: Booking | None, playbook: Playbook, now: datetime) -> str:
    if booking is None:
        return WORDS["not_booked"]
    rep = next((rep.name for rep in playbook.team.reps if rep.key == booking.rep), booking.rep)
    when = Clock(playbook.company.timezone, now).full(booking.starts_at)
    stands = "moved" if booking.status == "confirmed" and booking.sequence else _STANDS[booking.status]
    return WORDS.said(stands, when=when, rep=escaped(rep))
