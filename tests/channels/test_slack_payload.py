"""Whatever has Slack's signature on it is read without harm: what is not as documented is of no interest."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from banter.channels.slack_payload import command_in, form, json_object, press_in, said_in
from banter.slack.threads import address

NAMES = st.sampled_from(
    [
        "type", "event", "event_id", "team_id", "channel", "user", "text", "ts", "thread_ts", "channel_type", "subtype",
        "bot_id", "authorizations", "is_bot", "user_id", "actions", "trigger_id", "action_id", "value", "block_id",
        "selected_option", "container", "channel_id", "id", "username", "hidden",
    ]
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["event_callback", "message", "block_actions", "im", "U1", "C1", "1.1", "say:0", "\x00", "\ud800"]),
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=8)),
    max_leaves=30,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.just("event_callback"), "event": st.dictionaries(NAMES, ANYTHING, max_size=12)},
    optional={"event_id": ANYTHING, "team_id": ANYTHING, "authorizations": ANYTHING},
)
PRESSES = st.fixed_dictionaries(
    {"type": st.just("block_actions"), "actions": ANYTHING},
    optional={"user": ANYTHING, "trigger_id": ANYTHING, "channel": ANYTHING, "container": ANYTHING},
)
hundreds = settings(max_examples=200, deadline=None)


def storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


@hundreds
@given(st.one_of(ANYTHING, EVENTS, PRESSES))
def test_nothing_that_can_be_said_in_json_breaks_it_and_what_is_read_can_be_stored(data: Any) -> None:
    read = json_object(json.dumps(data).encode())
    if not isinstance(data, dict):
        assert read is None
        return
    assert read is not None
    said, press = said_in(read), press_in(read)
    if said is not None:
        assert said.text.strip()
        assert all(storable(part) for part in (said.id, said.team, said.channel, said.thread, said.text))
        place = address(said.team, said.channel, said.thread)
        assert place is None or place.count("/") == 2
    if press is not None:
        assert all(storable(part) for part in (press.id, press.user, press.name, press.action, press.value))


@hundreds
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet="a=&%+0\ud800", max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")),
    )
)
def test_no_body_breaks_it(body: bytes) -> None:
    json_object(body)
    fields = form(body)
    if fields is not None:
        command_in(fields)
