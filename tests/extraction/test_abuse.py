"""Who insults or threatens is known; who swears about their own work is not taken for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from banter.extraction.abuse import is_abusive
from banter.extraction.reader import SpacyReader

READER = SpacyReader(day_first=True, currency="GBP", region="GB")
ROOT = Path(__file__).parent.parent.parent
#: All there is of it among the texts that the models learn from.
IN_CORPUS = {
    "ARE YOU DEAF? STOP MESSAGING ME",
    "bloody useless bot",
    "drop dead yourself",
    "fuck off",
    "fuck off, take me off your fucking list",
    "how'd you get this number? piss off",
    "u suck",
    "what a load of rubbish",
    "you are stupid",
    "you suck",
    "you're an idiot",
    "you're useless",
}


def test_no_message_of_the_corpus_is_taken_for_abuse_that_is_none() -> None:
    texts = {
        json.loads(line).get("text", "")
        for folder in ("train", "dev")
        for path in (ROOT / "corpus" / folder).rglob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert {text for text in texts if is_abusive(text)} <= IN_CORPUS


@pytest.mark.parametrize(
    "text",
    [
        "fuck you",
        "you're an idiot",
        "you are a stupid bot",
        "stupid bot",
        "you useless piece of shit",
        "go fuck yourself",
        "f*** off",
        "shut up you moron",
        "you people are crooks",
        "bunch of scammers",
        "I hope your company burns",
        "I will find you and kill you",
        "I know where you live",
        "you'll regret this",
        "you suck",
        "your bot sucks",
        "this bot is garbage",
        "what a useless bot",
        "screw you guys",
        "go to hell",
        "kiss my ass",
        "are you retarded?",
        "you are so dumb",
        "idiot",
        "damn you",
        "you fucking moron",
        "eat shit and die",
        "stfu",
        "piss off",
        "you are pathetic",
        "lying bastards",
        "what a bunch of clowns",
        "dumb machine",
        "i'm going to smash your office",
        "watch your back",
        "you guys are thieves and liars",
        "worthless robot",
        "kill yourself",
        "you stupid piece of junk",
        "shove it up your arse",
        "screw your company",
        "i hate you",
        "u r a moron",
        "die bot",
        "you bloody idiots wasted my time",
        "shut the fuck up",
        "your company is a scam",
        "you're a joke",
        "son of a bitch",
        "stupid f***ing bot",
        "what a load of rubbish",
        "that's a total pile of nonsense",
        "stop wasting my bloody time with silly questions",
        "this is a complete waste of my time",
        "are you deaf? I told you already",
        "can't you read?",
        "enough of your stupid questions",
        "f*** you",
        "f**k off",
        "go f*** yourself",
        "you piece of sh*t",
        "sh1t bot",
        "you a$$",
        "you're an a**hole",
        "a$$hole",
        "you b1tch",
        "d1ckhead",
        "you're so stup1d",
        "this bot is f***ing useless",
        "what a sh!tty bot",
        "kiss my a$$",
        "suck my d*ck",
        "you absolute m0ron",
        "worst bot ever",
        "this is the worst chatbot I've ever used",
        "the dumbest bot ever",
        "you are the worst",
        "you're hopeless",
        "useless thing",
    ],
)
def test_insults_and_threats_are_known(text: str) -> None:
    assert is_abusive(text)


@pytest.mark.parametrize(
    "text",
    [
        "this damn spreadsheet kills us",
        "stupid question but what does it cost?",
        "sorry for being dumb, what is ARR?",
        "our ERP is garbage",
        "month end is a bitch",
        "Excel is killing us",
        "the bloody audit is in March",
        "we waste so much fucking time on this",
        "I'm such an idiot, it's 25k not 20k",
        "our current tool sucks",
        "my boss is an idiot",
        "the old vendor were crooks",
        "that is bullshit data from our CRM",
        "we got burned by the last vendor",
        "damn, that's expensive",
        "holy shit that's a lot",
        "shit, I meant 15k",
        "are you a bot?",
        "useless reports, 10 hours a week",
        "it's a pain in the ass",
        "dumb reporting process",
        "hell yes",
        "what the hell does BANT mean",
        "what the fuck is this question",
        "our stupid approval process takes weeks",
        "we hate spreadsheets",
        "we'd kill for a better tool",
        "if this doesn't work my boss will kill me",
        "the deadline is killing me",
        "I hate chatbots",
        "is this a scam?",
        "no bullshit please, what does it cost",
        "manual work sucks",
        "who the hell decides? the board",
        "it costs us a shitload",
        "he is a pig farmer",
        "we sell pig feed",
        "clown supplies wholesale",
        "Dick Johnson signs",
        "Dick and I decide",
        "stupid software we use now, Sage",
        "the machine is broken",
        "I will beat the deadline",
        "we will destroy the old records in March",
        "you will hear from us",
        "come after you have sent the mail",
        "the stupid bot on the other site told me 10k",
        "get lost in spreadsheets all day",
        "our thieving warehouse staff costs 3k a month",
        "this is a stupid amount of work",
        "our f***ing spreadsheet breaks every month",
        "this sh1t takes us 3 days",
        "month end is a b*tch",
        "sh*t, I meant 15k",
        "it is a pain in the a$$",
        "what the f*** is this question",
        "the worst part is the ledger",
        "worst case 20k",
        "the worst close ever took 12 days",
        "it costs $$$",
        "a 5-day close, 3-4 people",
    ],
)
def test_strong_words_about_anything_else_are_none(text: str) -> None:
    assert not is_abusive(text)


def test_an_insult_names_no_problem_of_theirs() -> None:
    for text in ("worst bot ever", "stupid f***ing bot", "you're useless"):
        reading = READER.read(text, open_question="need", known={}, today=date(2026, 11, 22), topic_hint=None)
        assert reading.abusive
        assert reading.answers == {}


def test_what_an_angry_visitor_tells_beside_an_insult_counts() -> None:
    text = "you stupid bot, I told you: closing takes us 9 days every month"
    reading = READER.read(text, open_question="need", known={}, today=date(2026, 11, 22), topic_hint=None)
    assert reading.abusive
    assert reading.answers["need"].band == "quantified"
