"""The widget in a real browser: what a visitor does, and what must not get lost while they do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fake_server import SALES_CALL, FakeBanter, Fault
from tests.browser.page import Chat

pytestmark = pytest.mark.slow

GREETING = SALES_CALL[0][0][0]


def talk(chat: Chat, *texts: str) -> None:
    for text in texts:
        chat.say(text)
        chat.settled()


def test_a_visitor_is_asked_and_booked(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    talk(chat, "Hi, what does it cost?", "Our close takes six days")
    expect(chat.replies).to_have_text(["Yes, approved", "Not yet"])
    chat.pick("Yes, approved")
    chat.reads("Who signs")
    talk(chat, "I do", "Before the audit on the 15th")
    chat.pick("Tue 24 Nov, 14:00")
    chat.reads("Which e-mail address")
    chat.say("pat@example.com")
    chat.reads("You're booked")

    said = [
        "Hi, what does it cost?",
        "Our close takes six days",
        "Yes, approved",
        "I do",
        "Before the audit on the 15th",
    ]
    assert chat.said() == [*said, "Tue 24 Nov, 14:00", "pat@example.com"]
    assert server.stored()[2] == "yes, it is approved"  # the value is sent, the title is shown
    assert [text for sender, text in chat.lines() if sender == "bot"] == [
        text for texts, _ in SALES_CALL for text in texts
    ]
    assert len({own for own, _ in server.received}) == len(server.received) == 7


def test_a_conversation_begins_with_the_first_opening_and_says_where_it_comes_from(
    chat: Chat, server: FakeBanter
) -> None:
    assert server.requests == []
    chat.open().reads(GREETING)
    chat.close()
    chat.open()
    assert server.requests == ["open"]
    (conversation,) = server.conversations.values()
    assert conversation.opening == {"page": server.url + "/", "locale": "en-GB", "timezone": "Europe/Berlin"}


def test_a_reload_keeps_everything_and_announces_nothing_again(chat: Chat, server: FakeBanter) -> None:
    chat.open()
    talk(chat, "Hi", "Our close takes six days")
    chat.pick("Not yet")
    chat.reads("Who signs")
    chat.field.fill("half a thou")
    before = chat.lines()
    server.slow_transcript = 0.3
    chat.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " const log = document.querySelector('banter-chat').shadowRoot.querySelector('[role=log]'); window.live = [];"
        " new MutationObserver(() => live.push(log.ariaLive)).observe(log, {childList: true}); })"
    )
    chat.page.reload()
    expect(chat.bubbles).to_have_count(len(before))
    assert chat.lines() == before
    assert chat.field.input_value() == "half a thou"
    assert set(chat.page.evaluate("live")) == {"off"}
    expect(chat.panel.get_by_role("log")).to_have_attribute("aria-live", "polite")
    chat.say("I do")
    chat.reads("And when")
    assert "polite" in chat.page.evaluate("live")
    assert server.requests == ["open"]


def test_two_tabs_share_one_conversation_and_show_each_message_once(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    other = Chat(chat.page.context.new_page())
    other.page.goto(server.url)
    other.open().reads(GREETING)
    chat.say("said here")
    other.reads("What takes the most time")
    other.say("said there")
    chat.reads("Has money been set aside")
    chat.settled()
    other.settled()
    expect(chat.bubbles).to_have_count(7)
    assert chat.lines() == other.lines()
    assert server.stored() == ["said here", "said there"]
    assert server.requests == ["open"]


def test_two_tabs_that_write_at_once_lose_nothing_of_each_other(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    other = Chat(chat.page.context.new_page())
    other.page.goto(server.url)
    other.open().reads(GREETING)
    server.slow = 0.02
    for number in range(8):
        chat.say(f"here {number}")
        other.say(f"there {number}")
    for tab in (chat, other):
        expect(tab.panel.locator(".visitor")).to_have_count(16)
        tab.settled()
    assert sorted(server.stored()) == sorted(f"{place} {n}" for n in range(8) for place in ("here", "there"))
    assert [text for text in server.stored() if "here 0" <= text < "here 9"] == [f"here {n}" for n in range(8)]


def test_each_waiting_message_has_a_place_of_its_own_in_the_storage(chat: Chat, server: FakeBanter) -> None:
    """One list of them all would be rewritten by a tab that does not know the newest of another tab yet."""
    chat.open().reads(GREETING)
    server.faults.extend([Fault(503, retry_after="600")] * 2)
    chat.say("one")
    chat.say("two")
    expect(chat.panel.locator("[data-state='Waiting to send']").first).to_be_visible()
    waiting = "Object.entries(localStorage).filter(([, value]) => /one|two/.test(value)).length"
    assert chat.page.evaluate(waiting) == 2


def test_two_tabs_that_open_at_once_begin_one_conversation(chat: Chat, server: FakeBanter) -> None:
    other = Chat(chat.page.context.new_page())
    other.page.goto(server.url)
    chat.launcher.click(no_wait_after=True)
    other.launcher.click(no_wait_after=True)
    chat.reads(GREETING)
    other.reads(GREETING)
    assert server.requests == ["open"]


def test_what_is_written_offline_is_sent_once_when_the_visitor_is_back(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    chat.page.context.set_offline(True)
    expect(chat.note).to_contain_text("You are offline")
    chat.say("one")
    chat.say("two")
    expect(chat.panel.locator("[data-state='Waiting to send']").first).to_be_visible()
    assert server.stored() == []
    chat.page.context.set_offline(False)
    chat.reads("Has money been set aside")
    chat.settled()
    assert server.stored() == chat.said() == ["one", "two"]
    expect(chat.note).to_have_text("")


def test_a_reload_while_the_server_is_away_loses_nothing(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.append(Fault(503, retry_after="60"))
    chat.say("keep this")
    expect(chat.note).to_contain_text("What you write is kept")
    chat.page.reload()
    chat.reads("What takes the most time")
    assert server.stored() == chat.said() == ["keep this"]
    assert len({own for own, _ in server.received}) == 1


def test_a_failure_is_retried_with_the_same_id(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.extend([Fault(503), Fault(502)])
    chat.say("hello")
    expect(chat.note).to_contain_text("we keep trying")
    chat.reads("What takes the most time")
    assert [text for _, text in server.received] == ["hello"] * 3
    assert len({own for own, _ in server.received}) == 1
    assert chat.said() == ["hello"]
    expect(chat.note).to_have_text("")


def test_too_many_messages_wait_as_long_as_the_server_asks(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.append(Fault(429, retry_after="2"))
    with chat.page.expect_response(lambda answer: answer.status == 429):
        chat.say("quick")
    expect(chat.note).to_contain_text("a lot at once")
    started = chat.page.evaluate("performance.now()")
    chat.reads("What takes the most time")
    assert chat.page.evaluate("performance.now()") - started > 1_500
    assert server.stored() == ["quick"]


def test_try_now_does_not_wait(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.append(Fault(503, retry_after="600"))
    chat.say("hello")
    chat.panel.get_by_role("button", name="Try now").click()
    chat.reads("What takes the most time")


def test_a_message_that_is_stored_but_answered_late_is_not_sent_again(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.append(Fault(503, retry_after="600", lost=True))
    chat.say("hello")
    chat.reads("What takes the most time")
    chat.settled()
    expect(chat.note).to_have_text("")
    chat.say("and")
    chat.reads("Has money been set aside")
    assert [text for _, text in server.received] == chat.said() == ["hello", "and"]


@pytest.mark.parametrize("own_ids", [False, True])
def test_an_answer_that_was_cut_off_doubles_nothing(chat: Chat, server: FakeBanter, own_ids: bool) -> None:
    server.forgetful_of_ids = not own_ids
    chat.open().reads(GREETING)
    server.faults.extend([Fault(lost=True), Fault(lost=True)])
    chat.say("yes")
    chat.settled()
    chat.say("yes")
    chat.reads("Has money been set aside")
    chat.settled()
    chat.page.reload()
    chat.reads("Has money been set aside")
    assert server.stored() == chat.said() == ["yes", "yes"]


def test_dropped_and_repeated_streams_show_each_message_once_and_in_order(chat: Chat, server: FakeBanter) -> None:
    server.stream_twice = True
    chat.open().reads(GREETING)
    server.push("one")
    chat.reads("one")
    opened = server.streamed
    server.drop_streams()
    server.push("two")
    chat.reads("two")
    server.push("three")
    chat.reads("three")
    assert server.streamed > opened
    assert [text for _, text in chat.lines()] == [GREETING, "one", "two", "three"]


@pytest.mark.parametrize("wrong", ["gone", "foreign"])
def test_a_conversation_that_is_gone_is_begun_anew_and_keeps_what_was_typed(
    chat: Chat, server: FakeBanter, wrong: str
) -> None:
    chat.open().reads(GREETING)
    talk(chat, "Hi")
    if wrong == "gone":
        server.forget()
    else:
        for conversation in server.conversations.values():
            conversation.token = "another"
    chat.say("Our close takes six days")
    expect(chat.note).to_contain_text("still in the box")
    expect(chat.field).to_have_value("Our close takes six days")
    expect(chat.panel.get_by_text("New conversation")).to_be_visible()
    expect(chat.panel.get_by_text(GREETING)).to_have_count(2)
    chat.field.press("Enter")
    chat.settled()
    assert chat.said() == ["Hi", "Our close takes six days"]


def test_a_visitor_who_comes_back_to_a_lost_conversation_just_starts_again(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    chat.close()
    server.forget()
    with chat.page.expect_response(lambda answer: answer.status == 404):
        chat.page.reload()
    chat.open().reads(GREETING)
    assert len(chat.lines()) == 1
    expect(chat.panel.get_by_role("log")).to_have_attribute("aria-live", "polite")


def test_a_server_that_is_away_at_the_opening_is_tried_again(chat: Chat, server: FakeBanter) -> None:
    server.opening_faults.append(Fault(503))
    chat.open()
    expect(chat.note).to_contain_text("we keep trying")
    chat.say("already typing")
    chat.reads("What takes the most time")
    assert chat.said() == server.stored() == ["already typing"]


def test_a_message_over_the_limit_says_so_before_it_is_sent(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    hint = chat.panel.locator("#count")
    chat.field.fill("é" * 1799)
    expect(hint).to_be_hidden()
    chat.field.fill("😀" * 1990)
    expect(hint).to_have_text("Characters left: 10")
    chat.say("x" * 2001)
    expect(chat.note).to_contain_text("Characters over the limit: 1")
    expect(chat.field).to_have_value("x" * 2001)
    assert server.received == []
    chat.say("😀" * 2000)
    chat.settled()
    assert server.stored() == ["😀" * 2000]


def test_a_refused_message_goes_back_into_the_box_with_the_reason(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.faults.append(Fault(422, message="text: please write something the assistant can read."))
    chat.say("\u200b")
    expect(chat.note).to_have_text("text: please write something the assistant can read.")
    expect(chat.field).to_have_value("\u200b")
    chat.say("hello")
    chat.reads("What takes the most time")
    assert len(server.received) == 2


def test_messages_written_faster_than_they_are_answered_keep_their_places(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.slow = 0.3
    chat.say("one")
    chat.say("two")
    chat.reads("Has money been set aside")
    chat.settled()
    seen = chat.lines()
    chat.page.reload()
    chat.reads("Has money been set aside")
    assert chat.lines() == seen
    assert [sender for sender, _ in seen] == ["bot", "visitor", "bot", "bot", "visitor", "bot", "bot"]


def test_a_slow_answer_shows_that_somebody_is_writing(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.slow = 1.0
    chat.say("hello")
    dots = chat.panel.locator(".typing")
    expect(dots).to_be_visible()
    expect(dots).to_have_attribute("aria-hidden", "true")
    chat.reads("What takes the most time")
    expect(dots).to_be_hidden()


def test_html_is_shown_as_text_and_only_web_addresses_become_links(chat: Chat, server: FakeBanter) -> None:
    evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> javascript:alert(1) data:text/html,x'
    server.script = (
        ((evil,), ((evil, evil),)),
        (("See https://northlight.example/a?b=1&c=2). Or mailto:pat@example.com",), ()),
    )
    chat.open().reads("onerror")
    expect(chat.panel.locator("img, script, .text a")).to_have_count(0)
    chat.pick(evil)
    chat.reads("See https")
    chat.say(evil)
    chat.settled()
    assert chat.said() == [evil, evil]
    links = chat.panel.locator(".text a")
    assert links.nth(0).get_attribute("href") == "https://northlight.example/a?b=1&c=2"
    assert links.nth(1).get_attribute("href") == "mailto:pat@example.com"
    assert "noopener" in (links.nth(0).get_attribute("rel") or "")
    assert chat.page.evaluate("window.hit") is None


def test_messages_that_come_while_it_is_closed_are_counted(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    chat.close()
    server.push("Are you still there?")
    expect(chat.launcher).to_have_accessible_name("Chat with us, unread messages: 1")
    chat.page.reload()
    server.push("A person can call you.", "rep")
    expect(chat.launcher).to_have_accessible_name("Chat with us, unread messages: 2")
    chat.open()
    chat.reads("A person can call you.")
    chat.close()
    expect(chat.launcher).to_have_accessible_name("Chat with us")


def test_the_last_bot_message_alone_has_buttons_and_times_make_a_calendar(chat: Chat, server: FakeBanter) -> None:
    chat.open()
    talk(chat, "Hi", "six days")
    expect(chat.replies).to_have_count(2)
    expect(chat.panel.locator(".replies.list")).to_have_count(0)
    talk(chat, "no button", "me")
    expect(chat.replies).to_have_count(0)
    talk(chat, "in May")
    expect(chat.panel.locator(".replies.days p")).to_have_text(["Tue 24 Nov", "Wed 25 Nov"])
    expect(chat.replies).to_have_text(["10:00", "10:30", "14:00", "09:30"])
    expect(chat.replies.nth(3)).to_have_accessible_name("Wed 25 Nov, 09:30")
    chat.say("rather in the afternoon")  # free text is heard all the same
    chat.reads("Which e-mail address")


def test_what_is_new_is_in_sight_however_tall_unless_the_visitor_reads_above(chat: Chat, server: FakeBanter) -> None:
    days = tuple((f"Tue {day} Nov, {hour}:00", f"{day} {hour}") for day in range(21, 25) for hour in (9, 14))
    tall = "A long answer. " * 40
    server.script = ((("Hello",), ()), ((tall, tall, "Which suits you?"), days), ((tall, "Good."), ()))
    chat.open().reads("Hello")
    chat.say("hi")
    expect(chat.replies).to_have_count(8)
    expect(chat.replies.last).to_be_in_viewport(ratio=1)
    chat.panel.locator(".scroll").evaluate("node => node.scrollTop = 0")
    server.push("Are you still there?")
    chat.reads("Are you still there?")
    expect(chat.panel.get_by_text("Hello")).to_be_in_viewport()
    chat.say("yes")
    chat.reads("Good.")
    expect(chat.panel.get_by_text("Good.")).to_be_in_viewport()


def test_long_answers_that_are_no_times_make_a_list(chat: Chat, server: FakeBanter) -> None:
    choices = (("We close by spreadsheet, 10:30 people", "a"), ("Another product", "b"))
    server.script = ((("How do you close today?",), choices),)
    chat.open().reads("How do you")
    expect(chat.panel.locator(".replies.list button")).to_have_count(2)


def test_it_works_on_another_site(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://localhost:{server.port}/embedded")
    chat = Chat(page)
    chat.reads(GREETING)
    server.faults.append(Fault(429, retry_after="1"))
    chat.say("hello")
    chat.reads("What takes the most time")
    assert chat.panel.get_by_role("heading").text_content() == "Questions?"
    assert page.context.cookies() == []
    assert {url.split("/")[2] for url in asked} <= {f"127.0.0.1:{server.port}", f"localhost:{server.port}"}


def test_it_works_where_storage_is_forbidden(page: Page, server: FakeBanter) -> None:
    page.add_init_script(
        "for (const s of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, s, { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.reload()
    chat = Chat(page).open()
    talk(chat, "hello")
    chat.reads("What takes the most time")
