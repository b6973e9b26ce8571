"""Who asks for a person, in whatever words, and who only speaks of one."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.going_on import goes_on
from banter.extraction.reader import SpacyReader

TODAY = date(2026, 11, 23)
ASKING = """
can I talk to a human
real person pls
get me somebody
agent
operator!!
I don't want to talk to a bot
call me
put me through to sales
can i speak to someone
can I speak with a real human being please
human please
talk to a person
speak to representative
representative
i want a human
is there anyone real i can talk to?
Is this a bot? I want to speak to a person
connect me with an agent
connect me to sales
transfer me to a human
i'd rather talk to a person
I would prefer to speak to someone
let me talk to your manager
manager please
can someone call me back?
please call me on 07700 900123
give me a call
could you have someone ring me?
I'd like a call back
callback please
request a callback
can you get a human on here
any humans there?
is anybody free to talk?
hello? is there a human there
i need a person not a machine
stop with the bot, give me a human
enough of this robot
this is useless, get me a human
not talking to a robot
i dont talk to bots
i hate chatbots, who can I talk to
who can i talk to
who do i speak to about this?
is there a number I can ring
what's the number to call
whats your phone number
can we just talk on the phone?
rather do this over the phone
phone call would be easier
can I have a chat with one of your team
I want to speak to sales
sales team please
speak with sales rep
get me a sales person
could a salesperson contact me
have a rep contact me
have somebody from sales email me
live agent
live chat please
live person
customer service rep
customer service please
I need to speak to someone in your company
is it possible to talk to an actual human
would it be possible to speak with a person
put a human on
put me on to somebody
pass me to a colleague
hand me over to a person
can you escalate this
I'd like to escalate to a human
get someone on the line
someone human please
want to talk with somebody who knows
let me speak with someone
lemme talk to someone
gimme a person
gimme an operator
pls connect me to human
need human
human
HUMAN!!!
person
person pls
real human
a real person please
Can I get a real person?
may i talk to an advisor
can i talk to an expert
I'd like to talk to a specialist
speak to a consultant
could you put me in touch with someone
put me in touch with a colleague of yours
how do I reach a person
how can I get hold of someone
how do i contact a human
are there any people I could talk to instead
I don't want to chat with a machine, can a person help?
ask someone to get in touch with me
someone should contact me
can someone reach out to me
please have a colleague reach out
is a human available?
anybody available to chat?
I'd prefer human contact
skip the bot
no bots please
can I bypass the bot
just let me speak to a human already
i demand a human
talk to a live person now
can you ring me
ring me tomorrow
why can't I talk to a real person
""".strip().splitlines()
SPEAKING_OF_ONE = [
    ("need", "our sales person left"),
    ("need", "our sales rep spends hours on quotes"),
    ("budget", "I'd have to ask a person in finance"),
    ("need", "we need a person to pick the phone up at night, thats the problem"),
    ("need", "customers want to talk to a human and get the answerphone"),
    ("need", "I need a human who'll answer the phone at weekends, that's the problem!"),
    ("need", "15% of quotes never get a callback"),
    ("authority", "need to talk to someone upstairs first"),
    ("authority", "no need to talk to anyone else, I hold the company card"),
    ("authority", "let me talk to my accountant first, she vetoes stuff"),
    ("authority", "They put me on the selection panel, but it is the Bishop who appoints the winner"),
    ("authority", "gotta talk to some ppl"),
    ("authority", "someone else knows about that"),
    ("budget", "I have nothing to do with budgets"),
    ("budget", "a competitor of yours quoted us 20k"),
    ("budget", "We were quoted 12k by one of your competitors"),
    ("budget", "someone told me it's 50 per user"),
    ("budget", "call me when we have the money"),
    ("contact", "Are you going to put me on a mailing list?"),
    ("need", "a colleague mentioned you"),
    ("need", "are you a real person?"),
    ("need", "anyone there?"),
    ("need", "hate bots. anyway, our audit adjustments cost us 3 weeks last year"),
    ("need", "hello, is anybody there?"),
    ("need", "am I chatting to someone in support?"),
]
GOING_ON = [
    "go on",
    "Go on with the bot",
    "continue with the bot",
    "ok let's go on",
    "never mind, let's go on with you",
    "ok bot",
    "just ask me your questions",
    "I can't wait, continue",
    "I'll go on with you meanwhile",
    "I don't need a human anymore",
    "forget it, ask me the questions",
    "sure, keep going",
]
STILL_WAITING = [
    "hello?",
    "I'll wait",
    "I'd rather wait for a person",
    "don't go on with the bot",
    "no I want a human",
    "we can't go on like this, month end takes six days",
    "we have 15k approved",
    "pat@example.com",
    "thanks",
    "please tell them we're a team of 5",
]


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader()


def wants_person(reader: SpacyReader, question: str | None, text: str) -> bool:
    """As `banter.leads.aside.wants_person` takes it, where no offer of one is open."""
    reading = reader.read(text, open_question=question, known={}, today=TODAY, topic_hint=None)
    human = "human" in reading.acts and not {"book_call", "bot", "competitors"} & set(reading.topics)
    return "person" in reading.topics or human


@pytest.mark.parametrize("question", ["need", "authority", None])
def test_who_asks_for_a_person_in_any_of_a_hundred_ways_is_understood(reader: SpacyReader, question: str) -> None:
    missed = [text for text in ASKING if not wants_person(reader, question, text)]
    assert len(ASKING) > 100
    assert len(missed) <= len(ASKING) // 50, missed


@pytest.mark.parametrize("question", ["need", "budget", "contact", None])
def test_who_wants_no_bot_wants_no_stop(reader: SpacyReader, question: str) -> None:
    for text in ("I don't want to talk to a bot", "stop with the bot, give me a human", "not talking to a robot"):
        reading = reader.read(text, open_question=question, known={}, today=TODAY, topic_hint=None)
        assert "stop" not in reading.acts, text


@pytest.mark.parametrize(("question", "text"), SPEAKING_OF_ONE)
def test_who_speaks_of_somebody_does_not_ask_for_a_person(reader: SpacyReader, question: str, text: str) -> None:
    assert not wants_person(reader, question, text)


@pytest.mark.parametrize("text", GOING_ON)
def test_who_waits_may_go_on_with_the_bot_in_many_words(reader: SpacyReader, text: str) -> None:
    assert reader.read(text, open_question=None, known={}, today=TODAY, topic_hint=None).resumes


@pytest.mark.parametrize("text", STILL_WAITING)
def test_who_says_something_else_still_waits(reader: SpacyReader, text: str) -> None:
    assert not reader.read(text, open_question=None, known={}, today=TODAY, topic_hint=None).resumes


@pytest.mark.parametrize("text", ["yes go ahead ask", "go ahead and ask", "sure, ask away", "shoot", "ok go on", "ask"])
def test_who_lets_the_bot_ask_is_known_to_go_on(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text", ["go ahead, our close takes 6 days", "we ask for quotes", "yes please", "go on holiday"]
)
def test_who_tells_something_does_not_only_let_it_ask(text: str) -> None:
    assert not goes_on(text)
