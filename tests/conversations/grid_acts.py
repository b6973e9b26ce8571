"""What should come of each act of the grid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests.conversations.grid import AFTER_A_GREETING, DIMENSIONS, FOLLOWED
from tests.conversations.grid_rules import Faults, Rule, Turn, comes_back, known_now, unpolluted

#: Where a reminder is, and after how long (playbook/conversation.yml).
REMINDED_AFTER = {"web": timedelta(minutes=3), "sms": timedelta(hours=4)}


def answered_with(*responses: str) -> Rule:
    """First comes what is said to it, then the open question."""

    def rule(turn: Turn) -> Faults:
        wanted = {response.format(awaiting=turn.before.lead.awaiting) for response in responses}
        if not wanted & set(turn.responses[:1]):
            yield f"first says {turn.responses[:1]}, should say {' or '.join(sorted(wanted))}"
        yield from comes_back(turn)

    return rule


def answered_from_the_list(turn: Turn) -> Faults:
    yield from answered_with("utter_answer_known")(turn)
    if turn.line.key not in turn.after.lead.told:
        yield f"was not told the owner's answer on {turn.line.key}"


def asked_about_the_call(turn: Turn) -> Faults:
    """The owner may have an answer to it, too."""
    listed = ("utter_answer_known",) if "on-the-call" in turn.after.lead.told else ()
    yield from answered_with(
        "utter_answer_call", "utter_answer_your_call", "utter_answer_caller", "utter_answer_caller_of_some", *listed
    )(turn)


def asked_why_no_call(turn: Turn) -> Faults:
    """The reason, how to come to one, or a person; who is choosing a time gets times."""
    if turn.before.lead.awaiting == "slot":
        yield from comes_back(turn)
        return
    if (turn.after.lead.aside, turn.responses) == ("waiting", ["utter_person_waiting"]):
        return
    early = ("utter_why_early_warm", "utter_why_early_cold") if turn.cell.question == "contact for mails" else ()
    yield from answered_with("utter_answer_why_{awaiting}", "utter_asked_for_call", "utter_offer_person", *early)(turn)


def chatted(*responses: str) -> Rule:
    """Small talk is answered once as such; who goes on with it is asked more plainly, which counts."""

    def rule(turn: Turn) -> Faults:
        if not any(said.startswith(responses) for said in turn.responses[:1]):
            yield f"first says {turn.responses[:1]}, should say {' or '.join(responses)}"
        yield from comes_back(turn, asked_more=1 if turn.cell.question == AFTER_A_GREETING else 0)

    return rule


def answered(turn: Turn) -> Faults:
    """A clear answer counts, is not asked about, and the next thing comes."""
    yield from known_now(turn)
    before, after, awaiting = turn.before.lead, turn.after.lead, turn.cell.awaiting
    if awaiting == "slot":
        place = turn.line.place or 0
        if after.slot is None or after.slot not in before.offered[place - 1 : place]:
            yield f"did not take time {turn.line.place}"
        booked = after.contact.email or after.contact.phone
        wanted: tuple[str | None, str] = (None, "booked") if booked else ("contact", before.status)
        if (after.awaiting, after.status) != wanted:
            yield f"waits for {after.awaiting} ({after.status}) once a time is chosen"
    elif awaiting == "contact":
        if turn.line.email and after.contact.email != turn.line.email:
            yield f"the address is {after.contact.email}"
        status = "nurture" if turn.cell.question == "contact for mails" else "booked"
        if (after.awaiting, after.status) != (None, status):
            yield f"waits for {after.awaiting} ({after.status}) once there is an address"
    else:
        if after.awaiting == awaiting:
            yield "asks again after a clear answer"
        if turn.line.email and after.contact.email != turn.line.email:
            yield f"the address is {after.contact.email}"
        if len(after.asked) > len(before.asked) + 1:
            yield "asked more than one question"


def answered_another(turn: Turn) -> Faults:
    """An answer to a question that was not asked yet counts; the open one comes back."""
    yield from known_now(turn)
    if turn.after.lead.awaiting != turn.before.lead.awaiting:
        yield f"waits for {turn.after.lead.awaiting}, should wait for {turn.before.lead.awaiting}"


def corrected(turn: Turn) -> Faults:
    """What was wrong is replaced, that is said, and the open question comes back; or what the correction earns, or the
    follow-up that it would have had at first."""
    yield from known_now(turn)
    ((dimension, _),) = turn.line.known.items()
    answer = turn.after.lead.answers.get(dimension)  # type: ignore[call-overload]
    if answer is not None and turn.line.words not in answer.text:
        yield f"still rests on {answer.text!r}"
    if not {"utter_corrected", "utter_acknowledged"} & set(turn.responses[:1]):
        yield f"first says {turn.responses[:1]}, should say that it is put right"
    after, before = turn.after.lead.awaiting, turn.before.lead.awaiting
    earned = turn.cell.question == "contact for mails" and after == "slot"
    lost = turn.cell.awaiting in ("slot", "contact") and after == "contact"
    followed = after == dimension and turn.after.lead.probe
    if after != before and not (earned or lost or followed):
        yield f"waits for {after}, should wait for {before}"


def corrected_this(turn: Turn) -> Faults:
    """The last word counts."""
    yield from answered(turn)
    for dimension in turn.line.known:
        answer = turn.after.lead.answers.get(dimension)  # type: ignore[call-overload]
        if answer is not None and turn.line.words not in answer.text:
            yield f"still rests on {answer.text!r}"


def refused(turn: Turn) -> Faults:
    """It is accepted, and the next thing comes."""
    before, after, awaiting = turn.before.lead, turn.after.lead, turn.before.lead.awaiting
    yield from unpolluted(turn, but=(awaiting,) if awaiting in DIMENSIONS else ())
    if awaiting in DIMENSIONS:
        answer = after.answers.get(awaiting)  # type: ignore[call-overload]
        old = before.answers.get(awaiting)  # type: ignore[call-overload]
        if answer is None or (answer.band != "declined" and answer != old):
            yield f"{awaiting} is {answer.band if answer else 'not known'} after a refusal"
        if not {"utter_declined", "utter_left_at_that", "utter_doubt_settled"} & set(turn.responses[:1]):
            yield f"first says {turn.responses[:1]}, should say that it is fine"
    same_words = turn.after.replies[-1:] == turn.before.replies[-1:]
    if after.awaiting == awaiting and (awaiting != "contact" or same_words):  # who refuses a mail is asked for a number
        yield "asks for it again after a refusal"
    if turn.cell.question == "contact, followed up":
        yield from _booked_as_typed(turn)


def refused_again(turn: Turn) -> Faults:
    """Neither a mail nor a call: that is the end of it."""
    after = turn.after.lead
    yield from unpolluted(turn)
    if after.awaiting is not None or after.status not in ("closed", "handed_over"):
        yield f"waits for {after.awaiting} ({after.status}) after they gave no address"


def met_by_a_person(turn: Turn) -> Faults:
    yield from unpolluted(turn)
    lead = turn.after.lead
    if turn.responses != ["utter_person_waiting"]:
        yield f"says {turn.responses}, should say that somebody comes"
    if (lead.awaiting, lead.status, lead.aside) != (None, "handed_over", "waiting"):
        yield f"waits for {lead.awaiting} ({lead.status}, {lead.aside or 'not aside'})"
    if "person" not in turn.after.alerts:
        yield "nobody was told"


def called_back_by_a_person(turn: Turn) -> Faults:
    yield from unpolluted(turn)
    lead = turn.after.lead
    says = {"utter_person_callback", "utter_answer_person_closed", "utter_answer_person_closed_how"}
    if not says & set(turn.responses[:1]):
        yield f"first says {turn.responses[:1]}, should say when somebody is there"
    if lead.awaiting not in ("slot", "contact") or not lead.callback or lead.aside:
        yield f"waits for {lead.awaiting} ({lead.status}), takes no call-back"
    if "person" not in turn.after.alerts:
        yield "nobody was told"


def let_alone(turn: Turn) -> Faults:
    yield from unpolluted(turn)
    if (turn.after.lead.awaiting, turn.after.lead.status) != (None, "closed"):
        yield f"waits for {turn.after.lead.awaiting} ({turn.after.lead.status}) after a stop"
    if turn.responses != ["utter_stopped"]:
        yield f"says {turn.responses}, should confirm once and say no more"


def thanked(turn: Turn) -> Faults:
    """Small talk; but who is told "did you mean ...?" and says thanks, did."""
    if turn.cell.question != "contact, followed up":
        yield from chatted("utter_thanked", "utter_smalltalk")(turn)
    elif turn.after.lead.contact.email != turn.before.lead.contact.email_meant:
        yield f"the address is {turn.after.lead.contact.email}"
    elif (turn.after.lead.awaiting, turn.after.lead.status) != (None, "booked"):
        yield f"waits for {turn.after.lead.awaiting} ({turn.after.lead.status}) after they agreed to the address"


def _booked_as_typed(turn: Turn) -> Faults:
    """They chose a time and gave an address: whether we doubt it is ours to ask, and no reason to drop the call."""
    before, after = turn.before.lead, turn.after.lead
    if (after.awaiting, after.status, after.contact.email) != (None, "booked", before.contact.email):
        yield f"waits for {after.awaiting} ({after.status}, {after.contact.email}) once a time and an address are given"
    if turn.responses[-1:] != ["utter_booked"]:
        yield f"says {turn.responses}, should say where and when the call is"


def said_goodbye(turn: Turn) -> Faults:
    """Whom somebody is to call back, the team knows of still."""
    if turn.cell.question == "contact, followed up":
        yield from unpolluted(turn)
        yield from _booked_as_typed(turn)
    else:
        yield from taken_leave_of(turn, "handed_over" if "call-back" in turn.cell.question else "closed")


def taken_leave_of(turn: Turn, status: str = "closed") -> Faults:
    yield from unpolluted(turn)
    if (turn.after.lead.awaiting, turn.after.lead.status) != (None, status):
        yield f"waits for {turn.after.lead.awaiting} ({turn.after.lead.status}) after a goodbye"
    if turn.responses[-1:] != ["utter_goodbye"]:
        yield f"says {turn.responses}, should say goodbye"


def not_understood(turn: Turn) -> Faults:
    """The question in other words; a follow-up is left at that. An address or a time is just asked for again."""
    before, after = turn.before.lead, turn.after.lead
    if before.awaiting in DIMENSIONS and not {"utter_not_understood", "utter_left_at_that"} & set(turn.responses[:1]):
        yield f"first says {turn.responses[:1]}, should say that it was not understood"
    left = turn.cell.question in FOLLOWED or turn.cell.question == "doubt"
    if left and after.awaiting != before.awaiting:
        yield from unpolluted(turn)
    else:
        yield from comes_back(turn, asked_more=1)


def wanted_a_call(turn: Turn) -> Faults:
    """Who is asked still hears that it takes a few answers; who has answered gets times, or a person where the
    answers earn none."""
    lead = turn.after.lead
    yield from unpolluted(turn)
    if turn.before.lead.awaiting in DIMENSIONS:
        yield from answered_with("utter_asked_for_call")(turn)
    elif turn.cell.question == "contact for mails":
        if lead.status != "handed_over":
            yield f"is {lead.status} after asking for a call that the answers do not earn"
    elif lead.awaiting != turn.before.lead.awaiting:
        yield f"waits for {lead.awaiting} after {turn.before.lead.awaiting}"


def reminded(turn: Turn) -> Faults:
    """Once, where the channel has a reminder; a question of a bot that has handed over is not reminded of."""
    if turn.responses[:1] != ["utter_nudge"]:
        yield f"first says {turn.responses[:1]}, should ask whether they are still there"
    yield from comes_back(turn)
    if not turn.after.lead.nudged:
        yield "does not know that it has reminded"


def abused_again(turn: Turn) -> Faults:
    """A follow-up may be left at that."""
    yield from unpolluted(turn)
    if turn.responses[:1] != ["utter_abused_again"] or turn.after.lead.awaiting is None:
        yield f"says {turn.responses}, should stay patient once more and go on"


def nothing_is_said(turn: Turn) -> Faults:
    if turn.after.replies:
        yield f"speaks by itself, too early, at night or again: {turn.responses}"


RULES: Mapping[str, Rule] = {
    "answers": answered,
    "answers_several": answered,
    "answers_another": answered_another,
    "corrects_earlier": corrected,
    "corrects_this": corrected_this,
    "asks_price": answered_with("utter_answer_price"),
    "asks_bot": answered_with("utter_answer_bot"),
    "asks_why": answered_with("utter_answer_why_{awaiting}"),
    "asks_meaning": answered_with("utter_answer_meaning_{awaiting}"),
    "asks_privacy": answered_with("utter_answer_privacy"),
    "asks_how_it_works": answered_with("utter_answer_how_it_works"),
    "asks_company": answered_with("utter_answer_company"),
    "asks_competitors": answered_with("utter_answer_competitors"),
    "asks_hours": answered_with("utter_answer_hours"),
    "asks_call": asked_about_the_call,
    "asks_listed": answered_from_the_list,
    "asks_unknown": answered_with("utter_offer_person"),
    "asks_why_early": answered_with("utter_why_early_warm", "utter_why_early_cold"),
    "asks_why_no_call": asked_why_no_call,
    "refuses": refused,
    "wants_person_in_hours": met_by_a_person,
    "wants_person_out_of_hours": called_back_by_a_person,
    "stops": let_alone,
    "greets": chatted("utter_hello", "utter_smalltalk"),
    "thanks": thanked,
    "chats": chatted("utter_smalltalk"),
    "mashes": not_understood,
    "emojis": not_understood,
    "question_mark": not_understood,
    "is_rude": answered_with("utter_abused"),
    "is_rude_three_times": answered_with("utter_abused"),
    "speaks_other": answered_with("utter_other_language"),
    "wants_call": wanted_a_call,
    "leaves": said_goodbye,
}
