"""What counts as trouble in a dialogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from banter.simulate.trouble import SORTS, after_opener, questions, reads, troubles
from tests.simulate.saying import dialogue, exchange

HELLO = exchange(None, "", "Hello, I'm a bot.", "What bothers you at work?", known={})


def sorts(*exchanges, **more):
    return [trouble.sort for trouble in troubles(dialogue(HELLO, *exchanges, **more))]


def test_a_plain_conversation_has_no_trouble():
    talk = dialogue(
        HELLO,
        exchange("answer", "it takes 9 days", "Got it.", "Is there money?", awaiting="budget", means={"need": "x"}),
        exchange("answer", "20k", "Thanks.", "Who decides?", awaiting="authority", means={"budget": "amount"}),
        exchange("question", "why?", "Because of this.", "So who decides it?", awaiting="authority"),
        exchange("answer", "me", "Thanks for that.", awaiting=None, status="nurture", means={"authority": "final"}),
    )
    assert troubles(talk) == ()
    assert questions(talk.exchanges) == ("need", "budget", "authority")


def test_a_question_that_comes_back_after_one_of_theirs_is_no_further_question_but_a_follow_up_is():
    again = exchange("question", "what does it cost?", "Ten.", "So what bothers you?")
    probe = exchange("answer", "efficiency", "Can you give me an example of it?", means={"need": "general"})
    assert questions((HELLO, again)) == ("need",)
    assert questions((HELLO, again, probe)) == ("need", "need")


def test_seven_questions_are_one_too_many():
    order = ("budget", "budget", "authority", "authority", "timeline", "timeline")
    talk = [
        exchange("answer", "x", f"Number {n}, then?", awaiting=question) for n, question in enumerate(order, start=1)
    ]
    assert sorts(*talk) == ["seventh"]
    assert sorts(*talk[:-1]) == []


def test_the_same_question_a_third_time_leads_nowhere_unless_they_asked_something_in_between():
    evades = exchange("evasion", "hmm", "Could you give an example?")
    other = exchange("evasion", "depends", "Which part of it hurts?")
    asks = exchange("question", "why?", "Because we care.", "What is it that hurts?")
    assert sorts(evades, other) == ["stuck"]
    assert sorts(asks, evades, replace(asks, reply=other.reply)) == ["ignored"]


def test_after_a_month_away_the_same_question_counts_from_one_again():
    evades = exchange("evasion", "hmm", "Could you give an example?")
    later = exchange("evasion", "depends", "Which part of it hurts?")
    assert later.move is not None
    month = replace(later, move=replace(later.move, pause=timedelta(days=35)))
    assert sorts(evades, month) == []


def test_an_insult_that_asks_for_the_price_is_answered_and_the_question_comes_back():
    insult = exchange("abuse", "useless thing", "Sorry to hear that.", "What is it that hurts?")
    asks = exchange("abuse", "shut up, what's the price", "From ten a month.", "Where does it hurt, then?")
    assert asks.move is not None
    evades = exchange("evasion", "hmm", "Could you give an example?")
    assert sorts(insult, replace(asks, move=replace(asks.move, topic="price")), evades) == []
    assert sorts(insult, asks, evades) == ["stuck"]


def test_three_stories_running_do_not_bring_the_same_question_back_for_ever():
    stories = [exchange("story", f"story {n}", f"Funny, story {n}.", f"So, {n}, what hurts?") for n in range(3)]
    assert "stuck" in sorts(*stories)
    assert questions((HELLO, *stories)) == ("need",)


def test_a_sentence_of_the_answer_before_is_not_said_again():
    twice = exchange("question", "what does it cost?", "From 4,000 to 30,000 a year.", "So what bothers you most?")
    again = replace(twice, reply=replace(twice.reply, texts=("From 4,000 to 30,000 a year.", "Yes?")))
    assert sorts(twice, again) == ["repeated"]


def test_short_words_such_as_got_it_may_come_twice():
    got = exchange("answer", "x", "Got it.", "Is there money?", awaiting="budget")
    assert sorts(got, exchange("answer", "y", "Got it.", "Who decides that?", awaiting="authority")) == []


def test_no_answer_at_all_is_trouble_unless_a_person_has_the_conversation():
    assert sorts(exchange("answer", "x")) == ["silence"]
    assert sorts(exchange("answer", "x", awaiting=None, status="handed_over")) == []


def test_a_question_of_theirs_must_get_more_than_the_open_question():
    assert sorts(exchange("question", "what does it cost?", "What bothers you, then?")) == ["ignored"]


def test_a_story_that_becomes_an_answer_pollutes():
    story = exchange("story", "we had 12 plumbers", "Thanks.", "Is there money?", known={"need": "quantified"})
    (found,) = troubles(dialogue(HELLO, story))
    assert (found.sort, found.at) == ("polluted", 1)
    assert found.what == 'need became quantified by "we had 12 plumbers"; nothing was ever said of it'


def test_an_answer_that_a_question_of_theirs_changes_is_polluted():
    said = exchange(
        "answer", "20k", "Thanks.", "Who?", awaiting="authority", means={"budget": "amount"}, known={"budget": "amount"}
    )
    asks = exchange("question", "discount?", "No.", "So who?", awaiting="authority", known={"budget": "exploring"})
    assert sorts(said, asks) == ["polluted"]


def test_an_evasion_may_be_taken_for_a_weak_answer_to_the_open_question_and_for_nothing_else():
    weak = exchange("evasion", "depends", "Fine.", "Who?", awaiting="authority", weak="budget")
    assert sorts(replace(weak, known=replace(HELLO.known, bands={"budget": "exploring"}))) == []
    assert sorts(replace(weak, known=replace(HELLO.known, bands={"budget": "amount"}))) == ["polluted"]
    assert sorts(replace(weak, known=replace(HELLO.known, bands={"timeline": "someday"}))) == ["polluted"]


def test_an_answer_taken_for_another_band_is_no_trouble_but_is_counted():
    wrong = exchange("answer", "20k", "Thanks.", "Who?", means={"budget": "amount"}, known={"budget": "approved"})
    talk = dialogue(HELLO, wrong)
    assert troubles(talk) == ()
    assert [(read.meant, read.known) for read in reads(talk)] == [("amount", "approved")]


def test_who_said_everything_is_asked_one_question_at_most():
    opener = exchange("everything", "all of it", "Thanks.", "Is there a date?", awaiting="timeline")
    second = exchange("answer", "no", "Thanks.", "Who decides, then?", awaiting="authority")
    assert sorts(opener) == []
    assert sorts(opener, second) == ["asked_known"]
    assert after_opener((HELLO, opener, second)) == 2


def test_who_gave_up_and_what_broke_are_trouble():
    assert sorts(end="gave_up") == ["stuck"]
    assert sorts(failure="the turn failed") == ["failure"]


def test_every_sort_of_trouble_stands_in_the_docs():
    from pathlib import Path

    page = (Path(__file__).parent.parent.parent / "docs" / "simulate.md").read_text(encoding="utf-8")
    assert [sort for sort in SORTS if f"`{sort}`" not in page] == []


def test_a_question_that_comes_back_after_a_correction_of_another_is_no_further_question():
    asks = exchange("answer", "me", "When?", awaiting="timeline", means={"authority": "final"})
    corrects = exchange(
        "correction", "no, my boss", "And your part?", awaiting="authority", means={"authority": "none"}
    )
    back = exchange("answer", "none", "So when is it?", awaiting="timeline", means={"authority": "none"})
    assert questions((HELLO, asks, corrects, back)) == ("need", "timeline", "authority")


def test_small_talk_is_borne_with_once_and_the_second_time_counts():
    chats = [exchange("smalltalk", f"lol {n}", f"Well, {n}.", f"So, for the {n}. time?") for n in range(3)]
    assert sorts(*chats[:2]) == []
    assert sorts(*chats) == ["stuck"]


def test_who_was_away_for_a_month_is_asked_anew():
    order = ("budget", "budget", "authority", "authority", "timeline", "timeline")
    talk = [exchange("answer", "x", f"Number {n}, then?", awaiting=question) for n, question in enumerate(order)]
    away = replace(talk[3], move=replace(talk[3].move, pause=timedelta(days=35)))
    assert sorts(*talk[:3], away, *talk[4:]) == []
    assert len(questions((HELLO, *talk[:3], away, *talk[4:]))) == 4


def test_a_reminder_is_read_between_two_answers():
    again = exchange("answer", "9 days", "Thanks.", "Is there money set aside?", awaiting="budget")
    reminded = replace(again, reply=replace(again.reply, unasked=("What bothers you at work?",)))
    assert sorts(again) == []
    assert sorts(reminded) == ["repeated"]


def test_who_is_shown_out_for_a_kind_word_is_lost_and_who_says_stop_is_not():
    def shown_out(says):
        return exchange(says, "good job, little bot", "We look after buyers only.", awaiting=None, status="closed")

    assert sorts(shown_out("smalltalk")) == ["lost"]
    assert sorts(shown_out("stop")) == []
    assert sorts(shown_out("smalltalk"), kind="no_buyer") == []


def test_a_customer_with_a_problem_is_asked_nothing_about_selling():
    problem = exchange("opener_support", "I can't log in", "Sorry about that.", "And what bothers you at all?")
    helped = replace(problem, reply=replace(problem.reply, awaiting=None))
    assert sorts(problem, kind="customer") == ["pitched"]
    assert sorts(helped, kind="customer") == []
