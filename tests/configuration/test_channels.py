"""`channels.yml`: hours and channels, and what is said of a slip in them."""

from __future__ import annotations

from datetime import time

import pytest

from banter.configuration import PlaybookError, load_playbook
from banter.leads.playbook import Channels, Slack, Sms
from tests.configuration.folder import Folder


def test_the_file_may_be_left_out(folder: Folder) -> None:
    (folder.path / "channels.yml").unlink()
    assert load_playbook(folder.path).channels == Channels()


def test_hours_and_channels_are_read(folder: Folder) -> None:
    folder.change("channels.yml", "quiet: 21:00-8:00", "quiet: 20:00-9:30")
    folder.change("channels.yml", "slack: {}", "slack: {alerts: C0123456789, test: G0123456789}")
    channels = load_playbook(folder.path).channels
    assert channels == Channels(Sms(time(20), time(9, 30)), Slack("C0123456789", "G0123456789"))


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("quiet: 21:00-8:00", "quiet: 22:00-8:00", "must hold 21:00-8:00"),
        ("quiet: 21:00-8:00", "quiet: 21:00-7:00", "must hold 21:00-8:00"),
        ("quiet: 21:00-8:00", "quiet: 9:00-17:00", "past midnight"),
        ("quiet: 21:00-8:00", "quiet: 21:00", "two times"),
        ("slack: {}", "slack: {alerts: '#sales'}", "the channel's ID"),
        ("slack: {}", "slack: {alert: C0123456789}", "alerts"),
    ],
)
def test_a_slip_is_named_with_its_mend(folder: Folder, old: str, new: str, mend: str) -> None:
    folder.change("channels.yml", old, new)
    with pytest.raises(PlaybookError, match=mend):
        load_playbook(folder.path)
