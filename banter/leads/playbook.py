"""What the owner of the business decides, as values. `banter.configuration` reads them from `playbook/*.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from scoring.fit import Profile
from scoring.model import Dimension, Framework
from scoring.rubric import Rubric


@dataclass(frozen=True)
class Hours:
    """Opening hours of one weekday, local time of the company; a day may have several."""

    weekday: int  # 0 is Monday
    opens: time
    closes: time


@dataclass(frozen=True)
class Company:
    """Who the bot speaks for (`playbook/company.yml`)."""

    name: str
    product: str  # what it sells, half a sentence
    timezone: ZoneInfo
    locale: str
    currency: str  # ISO 4217: what a bare figure means
    email: str
    phone: str | None
    website: str
    address: str  # postal, stands under every mail
    price: str  # the honest answer to "what does it cost?"
    how_it_works: str
    competitors: str  # the honest answer to "how do you compare?"
    competitor_names: tuple[str, ...]
    privacy: str
    privacy_url: str | None
    material_url: str | None  # what a visitor who is only learning is given
    hours: tuple[Hours, ...]
    hours_text: str  # derived: "Monday to Friday 9:00-18:00"
    days_off: tuple[date, ...]
    fiscal_year_start: int = 1  # the month, 1 to 12, in which the year that "FY27" names begins; it is named by its end


@dataclass(frozen=True)
class Conversation:
    """How it is asked (`playbook/conversation.yml`)."""

    framework: Framework
    order: tuple[Dimension, ...]
    most_questions: int  # probes included, contact details not: 4 to 6
    probe: Mapping[Dimension, tuple[str, ...]]  # bands that are asked about once more when the answer was not precise
    allowed_origins: tuple[str, ...]  # web pages that may embed the widget; () means any
    nudge: Mapping[str, timedelta] = field(
        default_factory=dict
    )  # by channel: how long a silence is before one reminder
    recap_after: timedelta = timedelta(hours=6)  # who comes back later is told where things stand
    anew_after: timedelta = timedelta(days=30)  # and later still begins anew, with what is still known
    patience: timedelta = timedelta(minutes=5)  # how long somebody who wants a person waits before the bot is back


@dataclass(frozen=True)
class Rep:
    """Somebody who takes calls (`playbook/team.yml`)."""

    key: str
    name: str
    email: str
    hours: tuple[Hours, ...]  # the company's, unless the rep has others
    days_off: tuple[date, ...]
    timezone: ZoneInfo


@dataclass(frozen=True)
class Team:
    """Who takes calls and how long they last."""

    reps: tuple[Rep, ...]
    call: timedelta
    buffer: timedelta  # free time kept after each call
    notice: timedelta  # no call sooner than this
    horizon: timedelta  # no call later than this
    offered: int  # how many times are shown at once
    hold: timedelta  # how long a chosen time is kept for a visitor who has not given an address yet
    alert_webhooks: tuple[str, ...]  # told of hot leads and of visitors who want a person


@dataclass(frozen=True)
class Step:
    """One mail of a sequence, `after` counted from enrolment. `subject` and `body` may hold {name}, {problem} ..."""

    key: str
    after: timedelta
    subject: str
    body: str


@dataclass(frozen=True)
class Sequence:
    """A nurture sequence (`playbook/nurture.yml`)."""

    name: str
    promise: str  # what the visitor is told happens next, one honest sentence
    steps: tuple[Step, ...]


#: What the size of a problem can be asked in; `probe_<measure>` in domain.yml.
MEASURES = ("hours", "money", "errors", "times")


@dataclass(frozen=True)
class TurnAway:
    """Whom there is nothing for (`turn_away` in `playbook/market.yml`). Nobody is turned away by what is left out."""

    countries: tuple[str, ...] = ()  # ISO 3166; sold to in these only, where any are named
    fewest_people: int | None = None  # a company of fewer is too small


@dataclass(frozen=True)
class Market:
    """Who is sold to, in words (`playbook/market.yml`): names with the words people use for them, and product names."""

    industries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tools: tuple[str, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of MEASURES: the pains it tells the size of
    turn_away: TurnAway = TurnAway()


@dataclass(frozen=True)
class Known:
    """A question that the owner has answered (`playbook/answers.yml`): `asks` are some ways of asking it."""

    key: str
    asks: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Knowledge:
    """What the owner has answered already: for visitors, and for customers who need help."""

    visitors: tuple[Known, ...] = ()
    customers: tuple[Known, ...] = ()

    def answer(self, key: str) -> str | None:
        return next((known.answer for known in (*self.visitors, *self.customers) if known.key == key), None)


@dataclass(frozen=True)
class Sms:
    """By SMS the bot begins nothing from `quiet_from` to `quiet_until`, by the clock of the number's place."""

    quiet_from: time = time(21)
    quiet_until: time = time(8)


@dataclass(frozen=True)
class Slack:
    """The team's channels by their IDs; None: there is none."""

    alerts: str | None = None
    test: str | None = None


@dataclass(frozen=True)
class Opening:
    """When the widget opens by itself: on `pages` (paths, `*` for anything), `after` so long or with who leaves."""

    pages: tuple[str, ...] = ("*",)
    after: timedelta | None = None
    leaving: bool = False


@dataclass(frozen=True)
class Widget:
    """The chat on web pages. With `consent` nothing is kept before the visitor has agreed to `consent_text`, which
    stands there by language, the usual one first."""

    consent: bool = False
    consent_text: Mapping[str, str] = field(default_factory=dict)
    open: Opening | None = None
    pricing: tuple[str, ...] = ("/pricing*",)  # paths of the pages with prices
    demo: tuple[str, ...] = ()  # of the pages that only who asks for a demo comes to

    def wordings(self) -> tuple[tuple[str, str, str], ...]:
        """(language, version, words): other words are another version by themselves."""
        return tuple(
            (language, sha256(words.encode()).hexdigest()[:12], words) for language, words in self.consent_text.items()
        )


@dataclass(frozen=True)
class Channels:
    """How visitors and the team are met (`playbook/channels.yml`)."""

    sms: Sms = Sms()
    slack: Slack = Slack()
    widget: Widget = Widget()


@dataclass(frozen=True)
class Playbook:
    """Everything the owner decides."""

    company: Company
    conversation: Conversation
    rubrics: Mapping[Framework, Rubric]
    team: Team
    sequences: Mapping[str, Sequence]  # by route name: nurture_warm, nurture_cold
    market: Market = Market()
    knowledge: Knowledge = Knowledge()
    channels: Channels = Channels()
    profile: Profile = Profile()  # the ideal customer (`playbook/icp.yml`); without traits nothing is compared

    @property
    def rubric(self) -> Rubric:
        return self.rubrics[self.conversation.framework]
