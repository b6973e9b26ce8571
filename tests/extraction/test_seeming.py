"""What only seems to be an answer, a choice of a time, a question, a refusal or a call for help."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from banter.configuration import load_playbook
from banter.extraction.going_on import goes_on
from banter.extraction.reader import SpacyReader
from banter.leads.reading import Reading

KNOWLEDGE = load_playbook(Path(__file__).parents[2] / "playbook").knowledge
READER = SpacyReader(day_first=True, currency="GBP", region="GB", knowledge=KNOWLEDGE)
NEED = {"need": "quantified"}


def read(text: str, open_question: str | None, known: dict[str, str] | None = None) -> Reading:
    return READER.read(text, open_question=open_question, known=known or {}, today=date(2026, 11, 17), topic_hint=None)


@pytest.mark.parametrize("open_question", ["need", "budget", "authority", "timeline", "slot", "contact"])
@pytest.mark.parametrize("text", ["Hi there", "Hello again!", "Good morning", "hey guys", "Thanks a lot!", "Cheers"])
def test_a_greeting_and_thanks_answer_nothing_whatever_was_asked(text: str, open_question: str) -> None:
    reading = read(text, open_question, NEED)
    assert (reading.acts, reading.answers, reading.wish.said) == (("smalltalk",), {}, False)


def test_a_part_of_the_day_is_a_time_and_no_greeting() -> None:
    assert read("Morning", "slot", NEED).wish.said
    assert read("Good morning, the first one", "slot", NEED).wish.ordinals == (1,)


@pytest.mark.parametrize("text", ["How are you doing?", "how's your day going?", "hey, how are things today?"])
def test_a_courtesy_put_as_a_question_asks_nothing_that_is_unknown(text: str) -> None:
    reading = read(text, "budget", NEED)
    assert ("smalltalk" in reading.acts, "question" in reading.acts, reading.topics) == (True, False, ())


@pytest.mark.parametrize(
    "text",
    [
        "it's 45 hours a week that we lose, I just checked",
        "we lose 45 hours a week, I checked it myself",
        "45 hours a week, I just asked",
        "I've counted it myself: 45 hours a week",
        "20 hours a week go into it, we measured it",
    ],
)
def test_how_they_know_decides_nothing(text: str) -> None:
    assert {d: a.band for d, a in read(text, "need").answers.items()} == {"need": "quantified"}


@pytest.mark.parametrize(
    "text",
    [
        "I run the place, and we lose 45 hours a week",
        "we lose 45 hours a week, I checked it, and I sign for it myself",
        "45 hours a week are lost, and I decide on such things myself",
    ],
)
def test_who_decides_is_heard_beside_the_problem(text: str) -> None:
    assert {d: a.band for d, a in read(text, "need").answers.items()} == {"need": "quantified", "authority": "final"}


@pytest.mark.parametrize(
    "text",
    ["Can we try it for free first?", "could I see it first?", "let me ask my boss first", "What does it cost first?"],
)
def test_what_comes_before_the_call_chooses_no_time(text: str) -> None:
    assert not read(text, "slot", NEED).wish.said


@pytest.mark.parametrize("text", ["first", "First please", "I'll take first", "ok let's go with first", "the first?"])
def test_the_first_of_the_times_is_chosen_and_nothing_else_asked(text: str) -> None:
    reading = read(text, "slot", NEED)
    assert (reading.wish.ordinals, reading.found) == ((1,), ())


@pytest.mark.parametrize(
    "text",
    ["You stupid bot, you get nothing right.", "You are a useless piece of junk.", "you idiot, this is pathetic"],
)
def test_an_insult_refuses_nothing(text: str) -> None:
    reading = read(text, "contact", NEED)
    assert (reading.abusive, "refusal" in reading.acts) == (True, False)


@pytest.mark.parametrize("text", ["no, f*** off", "I won't give you my email, you idiot"])
def test_a_refusal_stays_one_however_rude(text: str) -> None:
    assert "refusal" in read(text, "contact", NEED).acts


@pytest.mark.parametrize("text", ["Skip that, please.", "please let's skip it", "I'd rather keep that private, please"])
def test_a_refusal_with_a_please_is_no_yes(text: str) -> None:
    assert read(text, "contact", NEED).agrees is None


@pytest.mark.parametrize("text", ["Am I talking to a bot?", "are you just a bot?", "am I still writing to a robot?"])
def test_who_asks_whether_it_is_a_bot_does_not_ask_for_it_back(text: str) -> None:
    assert not goes_on(text)


@pytest.mark.parametrize("text", ["back to the bot", "can I go on with the bot?", "the bot is fine"])
def test_who_wants_the_bot_back_is_heard(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text",
    ["How long does the call take?", "how long is the demo?", "What happens on the call?", "is it a video call?"],
)
def test_who_asks_about_the_call_first_asks_about_the_call(text: str) -> None:
    assert read(text, "need").topics == ("call",)


@pytest.mark.parametrize("text", ["How long does it take to set up?", "how does it work?", "what does the tool do?"])
def test_how_it_works_is_no_question_about_the_call(text: str) -> None:
    assert "call" not in read(text, "need").topics


@pytest.mark.parametrize("text", ["Does it work with Xero?", "does it run with Sage?", "will it work with QuickBooks?"])
def test_a_question_that_an_entry_knows_every_word_of_is_answered_by_it(text: str) -> None:
    assert read(text, "need").found == ("integrations",)


@pytest.mark.parametrize("text", ["Do you use Xero?", "what is SAP?", "do you like Sage?"])
def test_a_name_alone_finds_no_answer(text: str) -> None:
    assert read(text, "budget", NEED).found == ()


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("What's the notice period?", "research"),  # the owner has answered it for visitors
        ("I have the final say.", "sales"),
        ("I own the company and sign this.", "sales"),
        ("How do I cancel?", "support"),
        ("I can't log in any more", "support"),
        ("our invoice is wrong, we paid twice", "support"),
        ("please return the money for January, we did not use it", "support"),
    ],
)
def test_a_buyers_first_words_are_no_call_for_help_and_a_customers_are(text: str, opener: str) -> None:
    assert read(text, "need").opener == opener


@pytest.mark.parametrize(
    "text",
    ["oh, I got the figure wrong, it's 13k", "wrong figure, 13k is right", "I gave you a wrong number: it's 13k"],
)
def test_a_wrong_figure_put_right_contradicts_nothing(text: str) -> None:
    known = {"need": "quantified", "budget": "amount", "authority": "final", "timeline": "within_60_days"}
    reading = read(text, "slot", known)
    assert (reading.corrects, reading.contradicts) == (("budget",), ())


@pytest.mark.parametrize("text", ["our clerks get the figures wrong twice a week", "we often had the numbers wrong"])
def test_figures_that_others_get_wrong_are_a_problem_and_no_correction(text: str) -> None:
    assert "need" in read(text, "need").answers
    assert "correction" not in read(text, "need").acts


@pytest.mark.parametrize(
    "text", ["not now, maybe another time", "perhaps some other time, thanks", "maybe another day"]
)
def test_another_time_ends_the_talk_while_questions_are_open_and_asks_for_other_times_once_a_call_is_offered(
    text: str,
) -> None:
    for open_question in ("need", "budget", "authority", "timeline"):
        assert read(text, open_question).leaves
    assert not read(text, "slot", NEED).leaves
    assert read(text, "slot", NEED).wish.none_fit


def test_another_time_inside_a_sentence_ends_nothing() -> None:
    assert not read("we could try that another time if the budget is approved", "budget").leaves


@pytest.mark.parametrize(
    "text", ["ok I have a minute now", "right, I've got a moment now", "hi, I have some time again"]
)
def test_who_comes_back_and_has_a_minute_agrees_to_nothing(text: str) -> None:
    reading = read(text, "budget", {"budget": "amount"})
    assert (reading.acts, reading.answers, reading.agrees) == (("smalltalk",), {}, None)


@pytest.mark.parametrize(
    "text",
    [
        "I'm just looking around at the moment. We haven't set a budget for this yet.",
        "Only browsing for now. No hurry at all. My wife and I both have to say yes. No money set aside yet.",
    ],
)
def test_who_only_looks_around_is_heard_beside_all_else_that_they_say(text: str) -> None:
    assert read(text, "need").answers["need"].band == "curious"


def test_what_is_paid_less_of_later_is_no_problem_of_theirs() -> None:
    reading = read("something like 20 thousand for the first year, as a ceiling, and less after that", "budget")
    assert {d: a.band for d, a in reading.answers.items()} == {"budget": "amount"}


@pytest.mark.parametrize("no", ["no", "nope"])
def test_nobody_else_has_to_approve_it_when_asked_who_else(no: str) -> None:
    asked = "Besides yourself, who else would need to approve this?"
    today = date(2026, 11, 17)
    reading = READER.read(no, open_question="authority", known=NEED, today=today, topic_hint=None, question=asked)
    assert reading.answers["authority"].band == "final"


def test_who_copies_figures_together_does_not_decide_together() -> None:
    text = "four of us spend a day each copying figures. After two rounds of begging we actually got 30,000 approved"
    assert "authority" not in read(text, "need").answers


@pytest.mark.parametrize("clock", ["07:00", "09:00", "11:00", "12:00", "13:00", "13:30", "16:30"])
@pytest.mark.parametrize("day", ["Tomorrow, Wed 18 Nov,", "Wed 18 Nov", "Thu 19 Nov", "Mon 23 Nov,", "Tue 1 Dec"])
def test_a_time_for_the_call_is_no_other_date_that_they_need_it_by(day: str, clock: str) -> None:
    known = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_120_days"}
    reading = read(f"{day} {clock}", "slot", known)
    assert (reading.wish.said, dict(reading.answers), reading.corrects) == (True, {}, ())
