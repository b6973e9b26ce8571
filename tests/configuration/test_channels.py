"""`channels.yml`: hours and channels, and what is said of a slip in them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from banter.configuration import PlaybookError, load_playbook
from banter.leads.playbook import Channels, Opening, Slack, Sms
from tests.configuration.folder import Folder


def test_the_file_may_be_left_out(folder: Folder) -> None:
    (folder.path / "channels.yml").unlink()
    assert load_playbook(folder.path).channels == Channels()


def test_hours_and_channels_are_read(folder: Folder) -> None:
    folder.change("channels.yml", "quiet: 21:00-8:00", "quiet: 20:00-9:30")
    folder.change("channels.yml", "slack: {}", "slack: {alerts: C0123456789, test: G0123456789}")
    channels = load_playbook(folder.path).channels
    assert (channels.sms, channels.slack) == (Sms(time(20), time(9, 30)), Slack("C0123456789", "G0123456789"))


def test_the_widget_is_read(folder: Folder) -> None:
    folder.change("channels.yml", "consent: false", "consent: true")
    folder.change("channels.yml", "open: {}", "open: {pages: [/pricing*], after: 20s, leaving: true}")
    widget = load_playbook(folder.path).channels.widget
    assert widget.consent
    assert list(widget.consent_text) == ["en", "de", "es"]
    assert widget.open == Opening(("/pricing*",), timedelta(seconds=20), True)
    assert widget.pricing == ("/pricing*", "/plans*")


def test_other_words_are_another_version(folder: Folder) -> None:
    before = load_playbook(folder.path).channels.widget.wordings()
    folder.change("channels.yml", "May we keep what you write here", "Will you let us keep what you write here")
    after = load_playbook(folder.path).channels.widget.wordings()
    assert before[0][1] != after[0][1]
    assert before[1:] == after[1:]


def test_consent_without_words_is_refused(folder: Folder) -> None:
    (folder.path / "channels.yml").write_text("widget: {consent: true}\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match="consent_text"):
        load_playbook(folder.path)


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("quiet: 21:00-8:00", "quiet: 22:00-8:00", "must hold 21:00-8:00"),
        ("quiet: 21:00-8:00", "quiet: 21:00-7:00", "must hold 21:00-8:00"),
        ("quiet: 21:00-8:00", "quiet: 9:00-17:00", "past midnight"),
        ("quiet: 21:00-8:00", "quiet: 21:00", "two times"),
        ("slack: {}", "slack: {alerts: '#sales'}", "the channel's ID"),
        ("slack: {}", "slack: {alert: C0123456789}", "alerts"),
        ("consent: false", "consent: maybe", "true or false"),
        ("open: {}", "open: {pages: [/pricing]}", "after: 20s"),
        ("open: {}", "open: {after: soon}", "30m, 2h or 14d"),
        ("open: {}", "open: {pages: [pricing], after: 20s}", "the path of a page"),
        ("    de: >-", "    deutsch: >-", "must be a language"),
        ("pricing: [/pricing*", "pricing: ['https://northlight.example/pricing'", "the path of a page"),
    ],
)
def test_a_slip_is_named_with_its_mend(folder: Folder, old: str, new: str, mend: str) -> None:
    folder.change("channels.yml", old, new)
    with pytest.raises(PlaybookError, match=mend):
        load_playbook(folder.path)
