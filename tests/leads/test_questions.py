"""What a follow-up asks for, and how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.leads.facts import Facts, Labelled, Measure, Pain
from banter.leads.playbook import Market
from banter.leads.questions import Probe, lacking
from banter.leads.reading import Mentions
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, NOT_SAID, SPECIFICITIES, Answer, Dimension, Timing
from tests.leads.visitor import PLAYBOOK, Visitor

RULES = PLAYBOOK.conversation
MARKET = Market(
    pains={"typing": ("typing",), "fines": ("fines",)}, measures={"hours": ("typing",), "money": ("fines",)}
)
CLEAR = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}


def lacks(
    dimension: Dimension,
    band: str,
    specificity: str = "precise",
    commitment: str = "intending",
    mentions: Mentions | None = None,
    facts: Facts | None = None,
    days: int | None = None,
) -> Probe | None:
    value = Timing(days) if dimension == "timeline" else None
    answer = Answer(dimension, band, specificity, commitment, "...", (), value)
    return lacking(answer, RULES, mentions or Mentions(), facts or Facts(), MARKET)


def test_an_approval_is_asked_for_its_figure_with_the_name_of_who_gave_it() -> None:
    assert lacks("budget", "approved", mentions=Mentions(approver="your CFO")) == Probe("probe_figure_of", "your CFO")
    assert lacks("budget", "approved", mentions=Mentions(person="your sister")) == Probe("probe_figure")


def test_a_figure_is_asked_for_its_approval_unless_that_was_said() -> None:
    assert lacks("budget", "amount") == Probe("probe_approval")
    assert lacks("budget", "amount", commitment="tentative") is None
    assert lacks("budget", "amount", mentions=Mentions(unapproved=True)) is None
    assert lacks("budget", "approved_amount", "some") is None


def test_who_is_still_looking_is_asked_for_a_range() -> None:
    assert lacks("budget", "exploring", "vague", "tentative") == Probe("probe_range")
    assert lacks("budget", "none", "some", "negative") is None


def test_who_has_a_part_in_it_is_asked_who_signs_unless_that_was_said() -> None:
    assert lacks("authority", "influence") == Probe("probe_signer")
    assert lacks("authority", "influence", mentions=Mentions(person="the VP")) is None


def test_who_names_the_decider_is_asked_about_their_own_part_and_a_plain_not_me_is_clear() -> None:
    assert lacks("authority", "none", mentions=Mentions(person="Karen")) == Probe("probe_part", "Karen")
    assert lacks("authority", "none", "some", "negative") is None


@pytest.mark.parametrize(
    ("pain", "wording"), [("typing", "probe_hours"), ("fines", "probe_money"), ("x", "probe_measure")]
)
def test_a_problem_is_asked_for_the_measure_that_fits_it(pain: str, wording: str) -> None:
    assert lacks("need", "specific", facts=Facts(pains=(Pain(pain),))) == Probe(wording)


def test_a_problem_whose_measure_was_told_is_not_asked_for_it() -> None:
    assert lacks("need", "specific", facts=Facts(pains=(Pain("typing", (Measure(3, None, "hours"),)),))) is None
    assert lacks("need", "quantified") is None


@pytest.mark.parametrize("band", ["general", "curious"])
def test_a_wish_is_asked_for_an_example(band: str) -> None:
    assert lacks("need", band, "vague") == Probe("probe_example")


def test_an_event_is_asked_for_its_date_and_no_rush_for_anything_that_sets_one() -> None:
    waits = Mentions(event="after the audit")
    assert lacks("timeline", "someday", "some", "tentative", waits) == Probe("probe_event", "after the audit")
    assert lacks("timeline", "someday", "vague", "tentative") == Probe("probe_date")
    assert lacks("timeline", "someday", "some", "negative") is None
    assert lacks("timeline", "someday", "precise", days=700) is None


def test_soon_is_asked_for_a_month_and_as_soon_as_possible_is_clear() -> None:
    assert lacks("timeline", "within_60_days", "some", facts=Facts(urgency=Labelled("medium"))) == Probe("probe_month")
    assert lacks("timeline", "within_60_days", "some", facts=Facts(urgency=Labelled("high"))) is None
    assert lacks("timeline", "within_120_days", "some", days=90, facts=Facts(urgency=Labelled("medium"))) is None


def test_what_the_playbook_does_not_list_is_not_asked_about() -> None:
    rules = replace(RULES, probe=dict.fromkeys(DIMENSIONS, ()))
    answer = Answer("budget", "approved", "precise", "committed", "...")
    assert lacking(answer, rules, Mentions(), Facts(), MARKET) is None


def test_who_signs_is_left_open_where_the_last_follow_up_is_wanted_for_more() -> None:
    champ = replace(
        PLAYBOOK, conversation=replace(RULES, framework="champ", order=("need", "authority", "budget", "timeline"))
    )
    visitor = Visitor(champ).says("need=specific", "need=quantified", "authority=influence", "budget=approved")
    assert visitor.asked[-1] == ("budget", "probe_figure")
    free = Visitor(champ).says("need=quantified", "authority=influence")
    assert free.asked[-1] == ("authority", "probe_signer")


def test_a_reply_that_adds_nothing_is_accepted_kindly() -> None:
    visitor = Visitor().says("need=specific", "need=general")
    assert visitor.last == ["utter_left_at_that"]
    assert visitor.asked[-1] == ("budget", "first")
    assert visitor.lead.answers["need"].band == "specific"


def test_a_follow_up_comes_back_in_its_own_words_after_a_question_of_theirs() -> None:
    visitor = Visitor().says("need=specific", "!why")
    assert [wording for _, wording in visitor.asked[-2:]] == ["probe_measure", "probe_measure"]
    assert visitor.questions == 2


WORDS = st.one_of(
    st.builds(
        "{}={}:{}".format,
        st.sampled_from(DIMENSIONS),
        st.sampled_from(sorted({band for bands in BANDS.values() for band in bands} | set(NOT_SAID))),
        st.sampled_from(SPECIFICITIES),
    ),
    st.sampled_from(["!price", "!why", "#smalltalk", "#refusal", "pat@example.com", "blah", "~"]),
).filter(lambda word: "=" not in word or word.split("=")[1].split(":")[0] in (*BANDS[word.split("=")[0]], *NOT_SAID))  # type: ignore[index]
MESSAGES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12)
FRAMEWORKS = [
    PLAYBOOK,
    replace(
        PLAYBOOK, conversation=replace(RULES, framework="champ", order=("need", "authority", "budget", "timeline"))
    ),
]


@settings(max_examples=150, deadline=None)
@given(messages=MESSAGES, champ=st.booleans())
def test_each_criterion_has_at_most_one_follow_up_and_there_is_never_a_seventh_question(
    messages: list[str], champ: bool
) -> None:
    visitor = Visitor(FRAMEWORKS[champ]).says(*messages)
    assert visitor.questions <= 6
    if any("~" in message for message in messages):
        return  # what is corrected is followed up as it would have been at first, wherever the talk stands
    assert all(visitor.lead.asked.count(dimension) <= 2 for dimension in DIMENSIONS)
    for before, after in zip(visitor.asked, visitor.asked[1:], strict=False):
        if after[1].startswith("probe"):
            assert before[0] == after[0] or before[0] is None


@settings(max_examples=80, deadline=None)
@given(asides=st.lists(st.sampled_from(["!price", "!why", "!hours"]), max_size=4))
def test_clear_answers_are_never_followed_up_whatever_is_asked_in_between(asides: list[str]) -> None:
    visitor = Visitor().says(*asides)
    while visitor.lead.awaiting in DIMENSIONS:
        visitor.says(f"{visitor.lead.awaiting}={CLEAR[visitor.lead.awaiting]}", *asides[:1])
    assert not [wording for _, wording in visitor.asked if wording.startswith("probe")]
    assert visitor.questions == 4
    assert {d: a.band for d, a in visitor.lead.answers.items()} == CLEAR


@given(
    dimension=st.sampled_from(DIMENSIONS),
    specificity=st.sampled_from(SPECIFICITIES),
    commitment=st.sampled_from(COMMITMENTS),
)
def test_the_best_answer_to_a_question_is_never_followed_up(
    dimension: Dimension, specificity: str, commitment: str
) -> None:
    assert (
        lacks(dimension, BANDS[dimension][0], specificity, commitment, Mentions("Karen", "Karen", "once it is")) is None
    )
    assert lacks(dimension, "declined", "vague", "negative") is None
