"""What simulated visitors do, without anybody to talk to."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from banter.simulate.model import Reply
from banter.simulate.policy import MOST_ASIDES, next_move
from banter.simulate.visitors import draw
from tests.simulate.saying import CAST, TODAY, only, visitor

HELLO = Reply(("Hello, I'm a bot.", "What bothers you?"), (), "need")


def asked(dimension: str | None, *buttons: str, status: str = "open") -> Reply:
    return Reply(("Well?",), buttons, dimension, status)


def moves(one, reply, count, seed=1):
    lots, said = Random(seed), []
    for _ in range(count):
        one, move = next_move(one, reply, CAST, lots)
        if move is None:
            break
        said.append(move)
    return one, said


def test_the_same_lots_draw_the_same_visitor_who_says_the_same():
    first, second = (draw(7, list(CAST.kinds.values()), CAST, TODAY, Random("1:7")) for _ in range(2))
    assert first == second
    assert moves(first, HELLO, 10) == moves(second, HELLO, 10)


def test_who_is_asked_answers_with_what_they_have_in_mind():
    one = only(visitor(messages=1))
    for dimension in ("need", "budget", "authority", "timeline"):
        _, move = next_move(one, asked(dimension), CAST, Random(1))
        assert (move.says, move.means) == ("answer", {dimension: one.facts[dimension]})


def test_who_is_asked_once_more_adds_what_was_lacking():
    one = only(visitor(messages=1, said={"need": "specific"}))
    _, move = next_move(one, asked("need"), CAST, Random(3))
    assert (move.says, set(move.means)) == ("follow_up", {"need"})


def test_who_declined_declines_again():
    one = only(visitor(messages=1, said={"budget": "declined"}))
    _, move = next_move(one, asked("budget"), CAST, Random(1))
    assert (move.says, dict(move.means)) == ("refusal", {})


def test_a_refusal_means_that_the_question_is_declined():
    after, move = next_move(only(visitor(messages=1), refuse=1.0), asked("budget"), CAST, Random(1))
    assert (move.says, move.means, after.said) == ("refusal", {"budget": "declined"}, {"budget": "declined"})


def test_half_an_answer_comes_before_the_whole():
    after, move = next_move(only(visitor(messages=1), partial=1.0), asked("budget"), CAST, Random(1))
    assert move.means == {"budget": "approved"}
    assert after.facts["budget"] == "approved_amount"


@pytest.mark.parametrize("deed", ["story", "question", "smalltalk", "abuse", "nonsense", "evade"])
def test_even_the_most_wayward_answers_after_a_few_messages(deed):
    one = only(visitor(messages=1), **{deed: 1.0})
    _, said = moves(one, asked("need"), MOST_ASIDES + 1)
    assert [bool(move.means.get("need")) for move in said] == [False] * MOST_ASIDES + [True]


def test_a_message_off_the_point_tells_nothing():
    for deed in ("story", "smalltalk", "abuse", "nonsense", "evade", "person"):
        _, move = next_move(only(visitor(messages=1), **{deed: 1.0}), asked("budget"), CAST, Random(1))
        assert move.means == {}, deed


def test_an_evasion_may_be_read_as_a_weak_answer_to_the_open_question_only():
    _, move = next_move(only(visitor(messages=1), evade=1.0), asked("budget"), CAST, Random(2))
    assert move.weak == "budget"


def test_a_correction_changes_something_that_was_said_and_there_are_two_at_most():
    one = only(visitor(messages=2, said={"budget": "approved_amount", "timeline": "within_60_days"}), correct=1.0)
    _, said = moves(one, asked("authority"), 6)
    corrections = [move for move in said if move.says == "correction"]
    assert len(corrections) == 2
    assert all(set(move.means) <= {"budget", "timeline", "authority"} for move in corrections)


def test_who_has_said_nothing_yet_corrects_nothing():
    _, move = next_move(only(visitor(messages=1), correct=1.0), asked("need"), CAST, Random(1))
    assert move.says == "answer"


def test_several_answers_tell_the_open_question_and_another():
    _, move = next_move(only(visitor(messages=1), several=1.0), asked("need"), CAST, Random(1))
    assert "need" in move.means
    assert len(move.means) == 2


def test_everything_at_once_tells_all_four():
    for seed in range(20):
        after, move = next_move(visitor("all_at_once"), HELLO, CAST, Random(seed))
        assert (move.says, set(move.means)) == ("everything", {"need", "budget", "authority", "timeline"})
        assert dict(after.said) == dict(move.means)


def test_who_leaves_says_nothing_more():
    one = only(visitor(messages=1), leave=1.0)
    ends = {moves(one, asked("need"), 5, seed)[0].end for seed in range(10)}
    lengths = {len(moves(one, asked("need"), 5, seed)[1]) for seed in range(10)}
    assert (ends, lengths) == ({"left"}, {0, 1})


def test_who_comes_back_was_away_for_a_day_or_longer_once():
    one = only(visitor("returning", messages=2), away=1.0)
    _, said = moves(one, asked("need"), 4)
    assert said[0].pause.days >= 1
    assert all(move.pause.days == 0 for move in said[1:])


def test_a_time_is_chosen_by_button_or_in_words():
    one = only(visitor(messages=5))
    said = {next_move(one, asked("slot", "Mon 9:00", "Mon 10:00"), CAST, Random(seed))[1].says for seed in range(20)}
    assert said == {"slot", "slot_words"}


def test_an_address_is_given_when_it_is_asked_for():
    _, move = next_move(only(visitor(messages=5)), asked("contact"), CAST, Random(2))
    assert visitor().email in move.text


def test_mail_could_only_ever_go_to_a_domain_kept_for_examples():
    assert all(
        draw(number, list(CAST.kinds.values()), CAST, TODAY, Random(number)).email.endswith(".example.com")
        for number in range(50)
    )


def test_who_is_booked_says_thanks_and_is_gone():
    one, said = moves(only(visitor(messages=5), thanks=1.0), asked(None, status="booked"), 5)
    assert ([move.says for move in said], one.end) == (["thanks"], "done")


def test_an_open_conversation_that_asks_nothing_is_given_one_yes_and_then_given_up():
    one, said = moves(only(visitor(messages=5)), asked(None), 5)
    assert ([move.says for move in said], one.end) == (["agree"], "gave_up")


def test_patience_ends():
    one = only(visitor(messages=1), question=1.0)
    one, said = moves(replace(one, kind=replace(one.kind, patience=6)), asked("need"), 20)
    assert (len(said), one.end) == (5, "gave_up")


def test_the_same_words_are_not_said_twice_while_there_are_others():
    _, said = moves(only(visitor(messages=1), story=1.0), asked("need"), 4)
    assert len({move.text for move in said}) == len(said)
