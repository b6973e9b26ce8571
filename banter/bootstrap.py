"""Builds the real parts behind the use cases; `serving.py` adds the edge and the worker. Nothing is built at import."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values

from banter.configuration import joining_words, load_playbook, sms_notices
from banter.dialogue.model import ModelFiles
from banter.dialogue.runner import DialogueRunner
from banter.extraction.facts import FactFinder
from banter.extraction.places import hint
from banter.extraction.reader import SpacyReader
from banter.importing.values import Reader as RowReader
from banter.joining.ask import Asking
from banter.leads.facts import Place
from banter.leads.joining_words import JoiningWords
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.noticing import agreed
from banter.nurture.enrol import has_unsubscribed
from banter.nurture.render import check_step
from banter.services import TurnServices
from banter.settings import DEFAULTS, Settings, load_settings
from banter.slack.outgoing import after_turn
from banter.store.consents import note_opt_out
from banter.store.conversations import Conversation
from banter.store.database import SqlStore, SqlTransaction, open_store
from banter.turns import OpenTurn, Turns, turn_under_way

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class App:
    """Everything built, wired together."""

    settings: Settings
    playbook: Playbook
    store: SqlStore
    turns: Turns

    def dialogue(self, *, sweeps: bool = True, turned: Callable[[], None] = lambda: None) -> DialogueRunner:
        """The dialogue, not started yet; `turned` is called after each turn."""
        model = ModelFiles(self.settings.root).model
        return DialogueRunner(self.turns, model, patience=self.settings.turn_timeout, sweeps=sweeps, turned=turned)


def environment(root: Path = ROOT) -> dict[str, str]:
    """The environment, and below it what stands in `.env`."""
    kept = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    return {**kept, **os.environ}


def build(env: Mapping[str, str], root: Path = ROOT) -> App:
    """Settings, playbook and database. Raises SettingsError, PlaybookError or StoreUnavailable, each with the mend."""
    settings, playbook, store = records(env, root)
    return App(settings, playbook, store, make_turns(store, playbook, settings))


def records(env: Mapping[str, str], root: Path = ROOT) -> tuple[Settings, Playbook, SqlStore]:
    """What there is to look at, without anything that reads messages. Raises what `build` raises."""
    playbook = load_playbook(load_settings(env, root=root).playbook, check_step=check_step)
    settings, store = stored(env, root)
    return settings, playbook, store


def stored(env: Mapping[str, str], root: Path = ROOT) -> tuple[Settings, SqlStore]:
    """The database alone. Raises SettingsError or StoreUnavailable."""
    settings = load_settings(env, root=root)
    store = open_store(settings.database_url)
    store.migrate()
    return settings, store


def make_turns(store: SqlStore, playbook: Playbook, settings: Settings) -> Turns:
    reader = SpacyReader(
        day_first=_day_first(playbook.company.locale),
        currency=playbook.company.currency,
        competitor_names=playbook.company.competitor_names,
        region=region_of(playbook.company.locale),
        market=playbook.market,
        fiscal_year_start=playbook.company.fiscal_year_start,
        knowledge=playbook.knowledge,
    )
    company = playbook.company

    def place(timezone: str, locale: str) -> Place | None:
        return hint(timezone, locale, home=company.timezone.key, home_locale=company.locale)

    def services(tx: SqlTransaction) -> TurnServices:
        return TurnServices(tx, playbook, settings.public_url, settings.secret)

    asking = Asking(words_of_joining(playbook), company, settings.public_url, settings.secret, has_unsubscribed)

    def after(tx: SqlTransaction, conversation: Conversation, lead: Lead, at: datetime) -> None:
        after_turn(tx, playbook, settings.public_url, conversation, lead, at)
        asking.notice(tx, lead, at)

    def stopped(tx: SqlTransaction, conversation: Conversation, words: str, at: datetime) -> None:
        if conversation.channel == "sms" and conversation.address is not None:
            told = {"secret": settings.secret, "source": "free words", "words": words[:200]}
            note_opt_out(tx, conversation.channel, conversation.address, now=at, **told)

    def may_be_kept(tx: SqlTransaction, conversation: Conversation) -> bool:
        return agreed(tx, conversation, playbook, settings.secret)

    return Turns(store, reader, playbook, services, now, place, after, stopped, may_be_kept)


def notices(playbook: Playbook, root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """What is said by SMS without the dialogue, by name ("stopped"), several ways each. PlaybookError."""
    return sms_notices(root, playbook.company)


def words_of_joining(playbook: Playbook, root: Path = ROOT) -> JoiningWords:
    """What is asked of somebody who may be two leads. PlaybookError."""
    return joining_words(root, playbook.company)


def fact_finder(env: Mapping[str, str], root: Path = ROOT) -> tuple[FactFinder, str]:
    """What `banter facts` works with, by the playbook alone: no database is opened, nothing made. PlaybookError."""
    playbook = load_playbook(root / (env.get("BANTER_PLAYBOOK") or DEFAULTS["BANTER_PLAYBOOK"]), check_step=check_step)
    return FactFinder(playbook.market, playbook.company.competitor_names), region_of(playbook.company.locale)


def row_reader(playbook: Playbook) -> RowReader:
    """Reads the rows of a CRM's export."""
    finder = FactFinder(playbook.market, playbook.company.competitor_names)
    return RowReader(playbook.market, region_of(playbook.company.locale), finder)


def now() -> datetime:
    """The clock of the real product: aware, UTC."""
    return datetime.now(timezone.utc)


@lru_cache(maxsize=1)
def app() -> App:
    """The product of this process's environment, built at the first call."""
    return build(environment())


@contextmanager
def turn(conversation: str) -> Iterator[OpenTurn]:
    """What Rasa's actions work in: the turn under way, else one of their own (`rasa run actions`)."""
    running = turn_under_way(conversation)
    if running is not None:
        yield running
        return
    with app().turns.alone(conversation) as own:
        yield own


def region_of(locale: str) -> str:
    """The country of a locale, `GB` of `en-GB`; where it names none, the United States."""
    _, _, country = locale.replace("_", "-").partition("-")
    return country.upper() or "US"


def _day_first(locale: str) -> bool:
    """31/10 everywhere, 10/31 in the United States and a few places that follow it."""
    return locale.replace("_", "-").lower() not in ("en", "en-us", "en-ph", "en-bz")
