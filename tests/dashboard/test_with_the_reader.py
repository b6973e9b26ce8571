"""A real conversation, read by the real reader: what it counted is found again in what was typed."""

from __future__ import annotations

from banter.explaining.transcript import transcript
from banter.extraction.reader import SpacyReader
from banter.leads.hear import Turn, greet, hear
from banter.leads.model import Lead, Message
from banter.services import TurnServices
from banter.store.database import SqlStore
from tests.dashboard.examples import NOW, RULES, SECRET

TYPED = (
    "hey there, saw your ad",
    "month end close takes my team 6 days and we still find errors afterwards",
    "how much is it?",
    "  yeah the board signed off 20k for this ",
    "what do you mean by that?",
    "I run finance here, my signature",
    "sorry, make that 25k",
    "must be live before our audit on the 15th of next month",
)


def test_every_word_that_earned_points_is_marked_in_the_message_it_was_typed_in(store: SqlStore) -> None:
    lead = Lead("l_1", "c_1", "web", "Europe/London", NOW, NOW)
    with store.begin() as tx:
        reader = SpacyReader(day_first=True, currency="GBP", competitor_names=())
        turn = Turn(reader, TurnServices(tx, RULES, "http://testserver", SECRET), RULES, NOW)
        lead = greet(lead, turn).lead
        for text in TYPED:
            lead = hear(lead, text.strip(), hint=None, turn=turn).lead  # the dialogue trims what was typed
    messages = [Message(f"m_{number}", "c_1", "visitor", text, NOW) for number, text in enumerate(TYPED)]
    said, anchors = transcript(lead, messages, "bant")
    assert lead.score is not None
    assert lead.score.missing == ()

    marked = {(label, piece.text) for line in said for piece in line.segments for label in piece.labels}
    counted = {(line.dimension.capitalize(), words) for line in lead.score.lines for words in line.evidence}
    assert marked == counted
    assert ("Budget", "25k") in marked

    assert anchors == {"need": "said-2", "budget": "said-4", "authority": "said-6", "timeline": "said-8"}
