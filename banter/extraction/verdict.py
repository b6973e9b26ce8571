"""What a message does, by the trained model and by words that leave no doubt; and what else it speaks to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from banter.extraction.acts_signs import act_signs
from banter.extraction.corrections import without_lead_in
from banter.extraction.elsewhere import just_no
from banter.extraction.gibberish import is_markup, looks_typed_at_random
from banter.extraction.glance import Glance, Means, only, read_by_rule, read_unasked, stops
from banter.extraction.linear import Linear
from banter.extraction.subjects import about
from banter.leads.reading import ACTS
from scoring.model import DIMENSIONS, Dimension

#: Margins below which even plain words do not tell.
_HARDLY = -0.3
_NEARLY = -0.6
_PLAINLY_ABOUT = 0.7
_SURELY_ABOUT = 0.9
_RATHER = -0.4
_SHORT = 8
_FEW = 3
#: What a message does when nothing else is likely.
_SIMPLE = ("answer", "question", "refusal", "human", "smalltalk", "nonsense")
_UNLIKELY = -0.75
_IN_PASSING = -0.9


@dataclass(frozen=True)
class Verdict:
    """Acts of ACTS, in any order; `others` are the dimensions beside the open one that the message speaks to, surest
    first; `corrects`: more likely to change an earlier answer than to give a first one."""

    acts: frozenset[str]
    others: tuple[Dimension, ...] = ()
    corrects: bool = False


def judge_acts(seen: Glance, model: Linear, means: Means) -> Verdict:
    """What the message does."""
    if (is_markup(seen.text) or looks_typed_at_random(seen.text)) and not _holds_something(seen):
        return Verdict(frozenset(["nonsense"]))
    if "dear" in seen.topics and not any(c.isalnum() for c in seen.said):
        return Verdict(frozenset(["smalltalk"]))  # "that's a lot of money" refuses nothing
    if _is_only_polite(seen):
        return Verdict(frozenset(["smalltalk"]))
    if seen.open_question in ("contact", "slot") and just_no(seen.text):
        return Verdict(frozenset(["refusal"]))
    margins = all_margins(model, seen)
    acts = {act for act in ACTS if margins[act] > 0}
    _plainly(seen, margins, acts)
    others = [name for name in DIMENSIONS if name != seen.open_question and _speaks_to(seen, name, margins, means)]
    others.sort(key=lambda name: -margins[f"also_{name}"])
    telling = acts & {"multi_answer", "correction"}
    if telling and not others:
        likeliest, plain = _likeliest_other(seen, margins, means)
        if plain or margins[f"also_{likeliest}"] > _RATHER:
            others = [likeliest]
        else:
            acts -= telling
    if not telling and not others and _takes_something_back(seen, acts, margins):
        likeliest, _ = _likeliest_other(seen, margins, means)
        if margins[f"also_{likeliest}"] > _RATHER:
            others = [likeliest]
            acts -= {"smalltalk", "nonsense"}
    corrects = margins["correction"] > margins["multi_answer"]
    if others and not telling:
        acts.add("correction" if corrects else "multi_answer")
    if len(others) == 1 and len(telling) == 2:
        acts.discard("multi_answer" if corrects else "correction")
    if acts == {"nonsense"} and seen.own_by_rule is not None and seen.own_by_rule.value is not None:
        acts = {"answer"}  # a figure or a day, whatever stands around it
    if not acts:
        acts.add(_likeliest(seen, margins))
    return Verdict(frozenset(acts), tuple(others), corrects)


def _takes_something_back(seen: Glance, acts: set[str], margins: Mapping[str, float]) -> bool:
    """Whether plain words begin a correction and the model hesitates only: "sorry, I meant in three months"."""
    marked = any("corrects" in kind for kind in seen.kinds) and margins["correction"] > _HARDLY
    return marked and seen.open_question in DIMENSIONS and not acts & {"stop", "human"}


def _likeliest_other(seen: Glance, margins: Mapping[str, float], means: Means) -> tuple[Dimension, bool]:
    """The other dimension that a message is likeliest about, and whether plain words say so: "month end takes my team
    six days" names a date, and measures a need."""
    others = [name for name in DIMENSIONS if name != seen.open_question]
    plain = [
        name for name in others if margins[f"also_{name}"] > _IN_PASSING and read_unasked(name, seen.said, means).said
    ]
    found = plain if len(plain) == 1 else others
    return max(found, key=lambda name: margins[f"also_{name}"]), len(plain) == 1


def _speaks_to(seen: Glance, dimension: Dimension, margins: Mapping[str, float], means: Means) -> bool:
    """Whether the model says so, or nearly does and both a clause and the rules speak for it."""
    margin = margins[f"also_{dimension}"]
    if dimension == "authority" and 0 >= margin > _IN_PASSING:
        rule = read_unasked(dimension, seen.said, means)  # "CFO here": a title is said in passing
        if rule.band == "final" and rule.specificity == "precise":
            return True
    if margin > 0 or margin < _IN_PASSING:
        return margin > 0
    others = _other_things(seen, dimension)
    if margin < _NEARLY:  # who tells so much leaves little out
        return others > 1 and _has_a_clause(seen, dimension, means)
    several, surely = others > 0, about(seen.clauses, dimension) >= _PLAINLY_ABOUT
    if not (several or surely):
        return False
    if read_unasked(dimension, without_lead_in(seen.said), means).said:  # "small mistake, ..." is no problem
        return True
    return several and _has_a_clause(seen, dimension, means)


def _other_things(seen: Glance, dimension: Dimension) -> int:
    """Of how many of the other three questions a clause surely is."""
    sure = {clause.subject for clause in seen.clauses if clause.chances[clause.subject] > _SURELY_ABOUT}
    return len(sure & {*DIMENSIONS} - {dimension})


def _has_a_clause(seen: Glance, dimension: Dimension, means: Means) -> bool:
    """Whether a clause that is surely about it would answer the question, by a rule: "nothing is budgeted yet" among
    others, where nobody had asked."""
    return any(
        clause.chances[dimension] > _SURELY_ABOUT
        and read_by_rule(dimension, only(seen.said, [(clause.start, clause.end)]), means).said
        for clause in seen.clauses
    )


def all_margins(model: Linear, seen: Glance) -> dict[str, float]:
    """How far each act, and each "also" of a dimension, is from the line between yes and no."""
    return model.margins(act_signs(seen))


def _plainly(seen: Glance, margins: Mapping[str, float], acts: set[str]) -> None:
    """Wordings that leave no doubt: nobody who says them should have to say them twice."""
    short = len(seen.text.split()) <= _SHORT
    if any(stops(kind) for kind in seen.kinds) and (short or margins["stop"] > _HARDLY):
        acts.add("stop")
    elif any("not_stop" in kind for kind in seen.kinds):
        acts.discard("stop")
    if "person" in seen.topics and margins["human"] > _HARDLY:
        acts.add("human")
    asking = [kind for part, kind in zip(seen.parts, seen.kinds, strict=True) if part.asks]
    if asking and all("courtesy" in kind for kind in asking) and not any(seen.topics):
        acts.discard("question")  # "how are you doing?"
        acts.add("smalltalk")
    if "answer" not in acts and _says_it_plainly(seen) and margins["answer"] > _HARDLY and "stop" not in acts:
        acts.add("answer")
        acts.discard("refusal")
    if seen.open_question == "contact" and (seen.contact.email or seen.contact.phone) and margins["answer"] > _NEARLY:
        acts.add("answer")
    if seen.open_question == "slot" and seen.wish.said and not any(seen.topics) and len(seen.text.split()) <= _FEW:
        acts.add("answer")  # "sooner?"
        acts.discard("question")


def _is_only_polite(seen: Glance) -> bool:
    """True for "Hi there" and "thanks, cheers", which answer nothing, whatever was asked; "morning" picks a time."""
    return bool(seen.kinds) and all("only_polite" in kind for kind in seen.kinds) and not seen.wish.said


def _says_it_plainly(seen: Glance) -> bool:
    """Whether the model and the rules read the same answer to the open question, one that narrows something down."""
    own, rule = seen.own, seen.own_by_rule
    if own is None or rule is None or not own.said:
        return False
    return own.band == rule.band and own.specificity != "vague"


def _likeliest(seen: Glance, margins: Mapping[str, float]) -> str:
    """What it does where nothing is likely: words about something are closest to an answer. A wish for a person, or for
    no more messages, is not guessed: the bot would fall silent."""
    unlikely = {"human"} if "person" not in seen.topics else set()
    act = max((name for name in _SIMPLE if name not in unlikely), key=lambda name: margins[name])
    idle = any(kind.keys() & {"thanks", "courtesy"} for kind in seen.kinds)
    return "answer" if margins[act] < _UNLIKELY and seen.open_question in DIMENSIONS and not idle else act


def _holds_something(seen: Glance) -> bool:
    own = seen.own_by_rule
    return bool(seen.contact.email or seen.contact.phone or seen.wish.said or (own is not None and own.said))
