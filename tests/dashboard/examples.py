"""A store with leads of every kind in it, and the app that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from banter.channels.errors import HANDLERS
from banter.channels.frame import Frame
from banter.channels.pages import page_routes
from banter.dashboard.pages import routes
from banter.leads.model import Lead, Message, Slot
from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from banter.leads.reading import Contact
from banter.services import TurnServices
from banter.settings import Settings, Smtp
from banter.store.database import SqlStore
from scoring.model import Answer, Evidence, Money, Timing
from tests.booking import examples as company

TOKEN = "the-right-token-of-the-team"
SECRET = "a-secret-of-thirty-two-characters"
#: A Monday, 09:10 in London.
NOW = company.NOW
RULES: Playbook = company.playbook(company.rep("ana"))
UTC = timezone.utc

#: What a visitor may write to see whether it runs.
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class Clock:
    """What the pages are told the time is; a test may move it."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


def settings(folder: Path, *, smtp: bool = False, public_url: str = "http://testserver", proxies: str = "") -> Settings:
    return Settings(
        root=folder,
        var=folder / "var",
        database_url="",
        admin_token=TOKEN,
        admin_token_is_new=False,
        secret=SECRET,
        playbook=folder,
        public_url=public_url,
        smtp=Smtp("smtp.example.com", 587, None, None, "sales@example.com", True) if smtp else None,
        rate_conversation=30,
        rate_address=600,
        trusted_proxies=(ip_network(proxies),) if proxies else (),
        turn_timeout=10.0,
    )


def app(
    store: SqlStore,
    given: Settings,
    *,
    rules: Playbook = RULES,
    now: Callable[[], datetime] = lambda: NOW,
    queued: Callable[[], None] = lambda: None,
) -> Starlette:
    """The pages as `banter serve` serves them: behind the frame that adds the security headers."""
    made = Starlette(
        routes=[
            *page_routes(rules),
            *routes(store=store, playbook=rules, settings=given, now=now, queued=queued),
        ],
        middleware=[Middleware(Frame)],
        exception_handlers=HANDLERS,
    )
    made.router.redirect_slashes = False  # as the real edge has it
    return made


def csrf_of(page: str) -> str:
    """The token of the page's form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def log_in(client: TestClient, token: str = TOKEN, **fields: str) -> Any:
    """Fill in the login form, as a person would."""
    form = csrf_of(client.get("/login").text)
    return client.post("/login", data={"csrf": form, "token": token, **fields})


def answer(
    dimension: Any,
    band: str,
    text: str,
    *words: str,
    value: Money | Timing | None = None,
    manner: tuple[str, str] = ("precise", "intending"),
) -> Answer:
    """An answer that rests on `words` of `text`."""
    evidence = tuple(Evidence(w, text.index(w), text.index(w) + len(w), "words") for w in words)
    return Answer(dimension, band, manner[0], manner[1], text, evidence, value)


def lead(key: str, minutes_ago: int, *answers: Answer, **changes: Any) -> Lead:
    """A lead that was scored and routed by the rules of `RULES`."""
    at = NOW - timedelta(minutes=minutes_ago)
    made = Lead(
        id=f"l_{key}",
        conversation=f"c_{key}",
        channel="web",
        timezone="Europe/London",
        created_at=at,
        updated_at=at + timedelta(minutes=4),
        opener="sales",
        answers={a.dimension: a for a in answers},
        asked=("need", "budget", "authority", "timeline"),
    )
    return qualify(replace(made, **changes), RULES)


NEED = answer(
    "need",
    "quantified",
    "month end close takes my team 6 days and we still find errors afterwards",
    "month end close",
    "6 days",
    "errors afterwards",
)
BUDGET = answer(
    "budget",
    "approved_amount",
    "yeah the board signed off 20k for this\nsorry, make that 25k",
    "the board signed off",
    "25k",
    value=Money(25_000, 25_000, "GBP", "year"),
    manner=("precise", "committed"),
)
AUTHORITY = answer(
    "authority",
    "final",
    "I run finance here, my signature",
    "I run finance",
    "my signature",
    manner=("some", "committed"),
)
TIMELINE = answer(
    "timeline",
    "within_60_days",
    "must be live before our audit on the 15th of next month",
    "before our audit on the 15th of next month",
    value=Timing(22, datetime(2026, 12, 15).date()),
    manner=("precise", "committed"),
)
BOOKED = lead(
    "booked",
    60,
    NEED,
    BUDGET,
    AUTHORITY,
    TIMELINE,
    timezone="America/New_York",
    contact=Contact(name="Pat Example", email="pat@example.com", phone="+12025550123", company="Example Bakery"),
    slot=Slot(company.utc(2026, 11, 24, 14), company.utc(2026, 11, 24, 14, 30), "ana"),
    status="booked",
)
BOOKED_TALK = (
    ("bot", "Hi, I'm the automated assistant of Example Ledger. What takes you the most time at month end?"),
    ("visitor", NEED.text),
    ("bot", "That is a long close. Is there a budget for it?"),
    ("visitor", "how much is it?"),
    ("bot", "It depends. Is there a budget for it?"),
    ("visitor", "yeah the board signed off 20k for this"),
    ("bot", "Thank you. Who decides about it in the end?"),
    ("visitor", AUTHORITY.text),
    ("visitor", "  sorry, make that 25k "),
    ("bot", "25k it is. By when do you need it?"),
    ("visitor", TIMELINE.text),
    ("bot", "Which of these times suits you for a call?", "Tue 24 Nov, 09:00", "Tue 24 Nov, 09:45"),
    ("visitor", "tomorrow at nine works"),
    ("bot", "I've kept it for you. Which e-mail address may the invitation go to?"),
    ("visitor", "pat@example.com"),
    ("bot", "You're booked: tomorrow, Tuesday 24 November, 09:00. The invitation is on its way to pat@example.com."),
)
WARM = lead(
    "warm",
    60 * 26,
    answer("need", "specific", "The spreadsheets never reconcile, every single month", "spreadsheets never reconcile"),
    answer("budget", "exploring", "nothing set aside yet, depends on the price", "nothing set aside yet", "depends"),
    answer("authority", "influence", "I'd recommend one, the VP signs", "recommend", "the VP signs"),
    answer("timeline", "declined", "I'd rather not say", manner=("vague", "negative")),
    contact=Contact(name="Sam Sample", email="sam@example.com"),
    status="nurture",
)
COLD = lead(
    "cold",
    60 * 50,
    answer("need", "curious", "just looking around", "just looking", manner=("vague", "tentative")),
    answer("budget", "none", "no budget this year", "no budget this year", manner=("some", "negative")),
    answer("authority", "unclear", "well, you know how it is", manner=("vague", "tentative")),
    answer("timeline", "someday", "some day perhaps", "some day", manner=("vague", "tentative")),
    contact=Contact(email="quite.a.long.address.for.a.small.screen@subdomain.example.com"),
    status="nurture",
)
STUDENT = lead("student", 60 * 75, disqualifier="student", status="closed", asked=("need",))
SUPPORT = lead(
    "support", 60 * 76, elsewhere="support", status="handed_over", asked=(), contact=Contact(phone="+442079460123")
)
PERSON = lead("person", 60 * 90, NEED, elsewhere="handover", status="handed_over", contact=Contact(name="Kim"))
TALKING = lead("talking", 6, NEED, asked=("need", "budget"), awaiting="budget")
QUIET = lead("quiet", 60 * 100, asked=("need",), awaiting="need")
HOSTILE_LEAD = lead(
    "hostile",
    120,
    answer("need", "specific", f"{HOSTILE} our close & <b>fails</b>", "our close & <b>fails</b>"),
    contact=Contact(name=HOSTILE, email="h@example.com", company="</title><script>alert(3)</script>"),
    status="nurture",
)
TALKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "l_booked": BOOKED_TALK,
    "l_warm": (
        ("bot", "What takes you the most time?"),
        ("visitor", WARM.answers["need"].text),
        ("bot", "Is there a budget?"),
        ("visitor", WARM.answers["budget"].text),
        ("bot", "Who decides?"),
        ("visitor", WARM.answers["authority"].text),
        ("bot", "By when?"),
        ("visitor", "I'd rather not say"),
        ("rep", "Hello Sam, Ana here. Happy to answer anything about the price."),
    ),
    "l_hostile": (("bot", "What takes you the most time?"), ("visitor", HOSTILE_LEAD.answers["need"].text)),
    "l_talking": (("bot", "What takes you the most time?"), ("visitor", NEED.text), ("bot", "Is there a budget?")),
}
ALL = (BOOKED, WARM, COLD, STUDENT, SUPPORT, PERSON, TALKING, QUIET, HOSTILE_LEAD)


def fill(store: SqlStore, public_url: str = "http://testserver") -> None:
    """Everything above, with its call, its mails and its alerts, made by the parts that make them in the product."""
    for made in ALL:
        then = made.created_at
        with store.begin() as tx:
            services = TurnServices(tx, RULES, public_url, SECRET)
            tx.leads.save(made)
            for number, (sender, text, *buttons) in enumerate(TALKS.get(made.id, ())):
                at = then + timedelta(seconds=20 * number)
                pairs = tuple((title, title) for title in buttons)
                tx.transcript.add(Message(f"m_{made.id}_{number}", made.conversation, sender, text, at, pairs))
            if made.slot is not None:
                services.alerts.tell(made, "hot", then)
                services.diary.take(made, made.slot, then)
                services.diary.confirm(made, then)
            if made.status == "nurture":
                services.nurturing.enrol(made, then)
            if made.elsewhere:
                services.alerts.tell(made, "support" if made.elsewhere == "support" else "person", then)
    with store.begin() as tx:
        tx.leads.save(replace(BOOKED, id="l_test", conversation="c_test", test=True))
        for item in tx.outbox.claim(NOW, 100, timedelta(minutes=10)):
            tx.outbox.shown(item.id, item.due_at)
