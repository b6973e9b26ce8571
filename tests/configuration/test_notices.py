"""What is said by SMS without the dialogue, and what no text may ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banter.configuration import lint_playbook, load_playbook, sms_notices
from banter.configuration.wording import asks_for_reserved
from banter.leads.consent import command
from banter.leads.gsm7 import ONE_MESSAGE, foreign, septets
from banter.leads.saying import SMS_NOTICES
from banter.nurture.render import check_step
from tests.configuration.folder import ROOT, SHIPPED

PLAYBOOK = load_playbook(SHIPPED, check_step=check_step)


@pytest.mark.parametrize("locale", ["en-GB", "de-AT", "fr"])
def test_every_notice_is_there_twice_and_fits_one_text_message(locale: str) -> None:
    found = sms_notices(ROOT, replace(PLAYBOOK.company, locale=locale))
    assert set(found) == {name.removeprefix("utter_sms_") for name in SMS_NOTICES}
    for ways in found.values():
        assert len(ways) >= 2
        for text in ways:
            assert "{" not in text
            assert septets(text) <= ONE_MESSAGE
            assert not foreign(text)


def test_the_company_is_named_and_how_to_stop_and_come_back() -> None:
    found = sms_notices(ROOT, PLAYBOOK.company)
    for text in (*found["help"], *found["stopped"], *found["back"]):
        assert PLAYBOOK.company.name in text
    assert all("STOP" in text for text in found["help"])
    assert all("START" in text for text in found["stopped"])


def test_german_companies_speak_german() -> None:
    assert "SMS" in sms_notices(ROOT, replace(PLAYBOOK.company, locale="de-DE"))["stopped"][0]


@pytest.mark.parametrize(
    "text", ['Reply "yes" to go on.', "Write HELP for more.", "Send END", "A yes is enough.", "Antworten Sie mit STOP"]
)
def test_a_text_that_asks_for_a_reserved_word_is_found(text: str) -> None:
    assert asks_for_reserved(text)
    assert lint_playbook(replace(PLAYBOOK, company=replace(PLAYBOOK.company, price=text)))


@pytest.mark.parametrize("text", ["You can cancel any time.", "We help you start.", "At the end of the month, yes."])
def test_the_same_words_in_a_sentence_are_fine(text: str) -> None:
    assert asks_for_reserved(text) is None


def test_the_playbook_that_ships_asks_for_none() -> None:
    assert lint_playbook(PLAYBOOK) == []


def test_no_title_of_a_choice_is_a_reserved_word() -> None:
    assert command("Go on with the bot") is None
