"""What the machine's administrator decides: the environment, checked, as one value. The caller reads `.env`.

Nothing secret is in a `repr` or an error message: both end up in logs.
"""

from __future__ import annotations

import difflib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
T = TypeVar("T")

#: Every variable that is read, in the order of `.env.example`; a test holds this, that file and the docs together.
VARIABLES: tuple[str, ...] = (
    "BANTER_DATABASE_URL",
    "BANTER_ADMIN_TOKEN",
    "BANTER_SECRET",
    "BANTER_PLAYBOOK",
    "BANTER_PUBLIC_URL",
    "BANTER_SMTP_HOST",
    "BANTER_SMTP_PORT",
    "BANTER_SMTP_USER",
    "BANTER_SMTP_PASSWORD",
    "BANTER_SMTP_FROM",
    "BANTER_SMTP_STARTTLS",
    "BANTER_TWILIO_ACCOUNT_SID",
    "BANTER_TWILIO_AUTH_TOKEN",
    "BANTER_TWILIO_FROM",
    "BANTER_SLACK_BOT_TOKEN",
    "BANTER_SLACK_SIGNING_SECRET",
    "BANTER_RATE_CONVERSATION",
    "BANTER_RATE_ADDRESS",
    "BANTER_TRUSTED_PROXIES",
    "BANTER_TURN_TIMEOUT",
)
#: What stands in for a variable that is not set. Those without an entry are made, or simply off.
DEFAULTS: Mapping[str, str] = {
    "BANTER_DATABASE_URL": "sqlite:///var/banter.db",
    "BANTER_PLAYBOOK": "playbook/",
    "BANTER_PUBLIC_URL": "http://127.0.0.1:8080",
    "BANTER_SMTP_PORT": "587",
    "BANTER_SMTP_STARTTLS": "yes",
    "BANTER_RATE_CONVERSATION": "30",
    "BANTER_RATE_ADDRESS": "30000",
    "BANTER_TURN_TIMEOUT": "10",
}
_SHORTEST = {"BANTER_ADMIN_TOKEN": 4, "BANTER_SECRET": 8}
_FILES = {"BANTER_ADMIN_TOKEN": "admin-token", "BANTER_SECRET": "secret"}


class SettingsError(ValueError):
    """A variable that cannot be used; `problems` holds every (variable, mend), the first being the message."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__("\n".join(f"{name}: {mend}" for name, mend in problems))
        self.problems = problems
        self.variable = problems[0][0]


@dataclass(frozen=True)
class Smtp:
    """Where mail is handed in. `starttls` False is for a server on this machine or a private network."""

    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    sender: str  # the From address
    starttls: bool


@dataclass(frozen=True)
class Twilio:
    """The account that text messages come and go by. `sender` is a number in E.164 or a messaging service."""

    account_sid: str
    auth_token: str = field(repr=False)  # signs what Twilio sends us, too
    sender: str


@dataclass(frozen=True)
class Slack:
    """The app that the team meets the bot in. Without a token nothing is sent, and what would be is shown."""

    signing_secret: str = field(repr=False)
    bot_token: str | None = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations of one playbook. Paths are absolute."""

    root: Path
    var: Path  # what is made and kept: the database, the token, the secret
    database_url: str = field(repr=False)  # may hold a password
    admin_token: str = field(repr=False)
    admin_token_is_new: bool  # True once, in the process that made it: print it then
    secret: str = field(repr=False)  # signs visitors' tokens
    playbook: Path
    public_url: str  # without a slash at the end
    smtp: Smtp | None  # None: mails are shown as "would be sent"
    rate_conversation: int  # messages a minute in one conversation
    rate_address: int  # requests a minute from one address
    trusted_proxies: tuple[Network, ...]  # whose X-Forwarded-For is believed
    turn_timeout: float  # seconds after which a visitor is told that the answer takes longer
    twilio: Twilio | None = None  # None: no text message is taken in, and those to go out are shown
    slack: Slack | None = None  # None: nothing is taken in from Slack


def load_settings(env: Mapping[str, str], *, root: Path) -> Settings:
    """Settings from `env`; makes and keeps (mode 0600, under `root`/var) a token and a secret that are not given.

    Raises SettingsError naming every variable that cannot be used and the mend; nothing is made then.
    """
    root = root.absolute()
    values, problems = _read(env, root)
    if problems:
        raise SettingsError(tuple(problems))
    var = root / "var"
    token, token_is_new = _given_or_kept("BANTER_ADMIN_TOKEN", values, var)
    secret, _ = _given_or_kept("BANTER_SECRET", values, var)
    if values["database_url"].startswith(f"sqlite:///{var}{os.sep}"):
        _make_var("BANTER_DATABASE_URL", var)
    return Settings(
        root=root,
        var=var,
        database_url=values["database_url"],
        admin_token=token,
        admin_token_is_new=token_is_new,
        secret=secret,
        playbook=values["playbook"],
        public_url=values["public_url"],
        smtp=values["smtp"],
        rate_conversation=values["rate_conversation"],
        rate_address=values["rate_address"],
        trusted_proxies=values["trusted_proxies"],
        turn_timeout=values["turn_timeout"],
        twilio=values["twilio"],
        slack=values["slack"],
    )


def settings_problems(env: Mapping[str, str], *, root: Path) -> tuple[tuple[str, str], ...]:
    """Every (variable, mend) that `load_settings` would refuse. Makes and changes nothing."""
    return tuple(_read(env, root.absolute())[1])


def _read(env: Mapping[str, str], root: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    problems: list[tuple[str, str]] = []
    given = {name: value.strip() for name, value in env.items() if name in VARIABLES and value.strip()}

    def take(name: str, parse: Callable[[str], T], otherwise: T | None = None) -> T | None:
        text = given.get(name, DEFAULTS.get(name))
        if text is None:
            return otherwise
        try:
            return parse(text)
        except _Refused as refused:
            problems.append((name, str(refused)))
            return otherwise

    values: dict[str, Any] = {
        "database_url": take("BANTER_DATABASE_URL", lambda text: _database_url(text, root)),
        "BANTER_ADMIN_TOKEN": take("BANTER_ADMIN_TOKEN", lambda text: _key("BANTER_ADMIN_TOKEN", text)),
        "BANTER_SECRET": take("BANTER_SECRET", lambda text: _key("BANTER_SECRET", text)),
        "playbook": take("BANTER_PLAYBOOK", lambda text: _folder(text, root)),
        "public_url": take("BANTER_PUBLIC_URL", _public_url),
        "rate_conversation": take("BANTER_RATE_CONVERSATION", lambda text: _whole(text, 1, 1_000_000)),
        "rate_address": take("BANTER_RATE_ADDRESS", lambda text: _whole(text, 1, 1_000_000)),
        "trusted_proxies": take("BANTER_TRUSTED_PROXIES", _networks, ()),
        "turn_timeout": take("BANTER_TURN_TIMEOUT", _seconds),
    }
    host = take("BANTER_SMTP_HOST", _host)
    port = take("BANTER_SMTP_PORT", lambda text: _whole(text, 1, 65535))
    user = take("BANTER_SMTP_USER", _plain)
    password = take("BANTER_SMTP_PASSWORD", _plain)
    sender = take("BANTER_SMTP_FROM", _address)
    starttls = take("BANTER_SMTP_STARTTLS", _yes_or_no)
    if "BANTER_SMTP_HOST" in given:
        if "BANTER_SMTP_FROM" not in given:
            problems.append(("BANTER_SMTP_FROM", "is missing; BANTER_SMTP_HOST is set, so say who the mails are from"))
        if ("BANTER_SMTP_USER" in given) != ("BANTER_SMTP_PASSWORD" in given):
            lacking = "BANTER_SMTP_PASSWORD" if "BANTER_SMTP_USER" in given else "BANTER_SMTP_USER"
            problems.append((lacking, "is missing; the user and the password are set together or not at all"))
    else:
        for name in ("BANTER_SMTP_USER", "BANTER_SMTP_PASSWORD", "BANTER_SMTP_FROM"):
            if name in given:
                problems.append((name, "is set but BANTER_SMTP_HOST is not, so no mail would go; set the host too"))
    values["twilio"] = _twilio(take, given, problems)
    values["slack"] = _slack(take, given, problems)
    for name in env:
        # Other variables of this name may be somebody's own; only a slip of the pen is surely a fault.
        if name.startswith("BANTER_") and name not in VARIABLES:
            near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.9)
            if near:
                problems.append((name, f"unknown setting; did you mean {near[0]}?"))
    smtp = Smtp(host, port, user, password, sender, starttls is not False) if host and port and sender else None
    values["smtp"] = smtp
    order = {name: place for place, name in enumerate(VARIABLES)}
    return values, sorted(problems, key=lambda problem: order.get(problem[0], len(order)))


def _twilio(take: Callable[..., Any], given: Mapping[str, str], problems: list[tuple[str, str]]) -> Twilio | None:
    names = ("BANTER_TWILIO_ACCOUNT_SID", "BANTER_TWILIO_AUTH_TOKEN", "BANTER_TWILIO_FROM")
    parsers: tuple[Callable[[str], str], ...] = (_account, _plain, _number_or_service)
    found = [take(name, parse) for name, parse in zip(names, parsers, strict=True)]
    if any(name in given for name in names):
        problems += [
            (name, "is missing; the account, its token and the number it sends from are set together")
            for name in names
            if name not in given
        ]
    account, token, sender = found
    return Twilio(account, token, sender) if account and token and sender else None


def _slack(take: Callable[..., Any], given: Mapping[str, str], problems: list[tuple[str, str]]) -> Slack | None:
    token, secret = take("BANTER_SLACK_BOT_TOKEN", _plain), take("BANTER_SLACK_SIGNING_SECRET", _plain)
    if "BANTER_SLACK_BOT_TOKEN" in given and "BANTER_SLACK_SIGNING_SECRET" not in given:
        problems.append(("BANTER_SLACK_SIGNING_SECRET", "is missing; without it nothing from Slack can be believed"))
    return Slack(secret, token) if secret else None


class _Refused(Exception):
    """Why a value cannot be used, and the mend; never holds the value of something secret."""


def _database_url(text: str, root: Path) -> str:
    if text.startswith("postgres://"):
        raise _Refused("write postgresql:// instead of postgres://")
    if re.match(r"postgresql(\+psycopg2)?://", text):
        parts = urlsplit(text)
        try:
            parts.port  # noqa: B018 - reading it is the check
        except ValueError as wrong:
            raise _Refused("the port must be a number; a password with : / @ or # in it has to be %-encoded") from wrong
        if not parts.path.strip("/"):
            raise _Refused("names no database; write postgresql://user:password@host/database")
        return text
    if text.startswith("sqlite:///"):
        file = text[len("sqlite:///") :]
        if file.split("?")[0] in ("", ":memory:"):
            raise _Refused("must name a file, else nothing is kept; write sqlite:///var/banter.db")
        return f"sqlite:///{root / file}"
    raise _Refused("must begin with sqlite:/// or postgresql://, e.g. sqlite:///var/banter.db")


def _key(name: str, text: str) -> str:
    least = _SHORTEST[name]
    if len(text) < least:
        raise _Refused(f"must have {least} characters or more; leave it out and a good one is made and kept")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise _Refused("must be plain letters, digits and signs without spaces; leave it out and a good one is made")
    return text


def _folder(text: str, root: Path) -> Path:
    folder = root / Path(text).expanduser()
    if not folder.is_dir():
        raise _Refused(f"there is no folder {folder}; name the folder that holds company.yml")
    return folder


def _public_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine = False
    if not port_is_fine or parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise _Refused("must be where visitors reach this server, e.g. https://chat.example.com")
    if parts.query or parts.fragment:
        raise _Refused("must end before any ? or #, e.g. https://chat.example.com")
    return text.rstrip("/")


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise _Refused("must be a host name only, e.g. smtp.example.com; the port goes into BANTER_SMTP_PORT")
    return text


def _plain(text: str) -> str:
    if not text.isprintable():
        raise _Refused("holds a character that cannot be printed; copy it again")
    return text


def _account(text: str) -> str:
    if not re.fullmatch(r"AC[0-9a-f]{32}", text):
        raise _Refused("must be the account's SID: AC and 32 digits or letters a to f, from Twilio's console")
    return text


def _number_or_service(text: str) -> str:
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}", text):
        raise _Refused("must be a number as +15550100, with its country, or a messaging service's SID (MG ...)")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+", text):
        raise _Refused("must be one e-mail address, e.g. sales@example.com")
    return text


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise _Refused(f"must be a whole number from {least} to {most}")
    return int(text)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or not 1 <= float(text) <= 300:
        raise _Refused("must be a number of seconds from 1 to 300, e.g. 10")
    return float(text)


def _yes_or_no(text: str) -> bool:
    known = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
    if text.lower() not in known:
        raise _Refused("must be yes or no")
    return known[text.lower()]


def _networks(text: str) -> tuple[Network, ...]:
    found = []
    for part in text.split(","):
        try:
            found.append(ip_network(part.strip(), strict=False))
        except ValueError as wrong:
            raise _Refused("must be addresses or networks with commas between, e.g. 127.0.0.1, 10.0.0.0/8") from wrong
    return tuple(found)


def _given_or_kept(name: str, values: Mapping[str, Any], var: Path) -> tuple[str, bool]:
    """The value and whether this very call made it."""
    if values[name]:
        return values[name], False
    path = var / _FILES[name]
    try:
        made = not path.exists() and _make_once(path, name)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        mend = f"{path} cannot be made or read ({type(wrong).__name__}); mend its folder's rights, or set {name}"
        raise SettingsError(((name, mend),)) from wrong
    try:
        return _key(name, kept), made
    except _Refused as refused:
        mend = f"what is kept in {path} cannot be used; delete that file and a new one is made"
        raise SettingsError(((name, mend),)) from refused


def _make_once(path: Path, name: str) -> bool:
    """Write a new key to `path`, whole or not at all; False when another process was first."""
    _make_var(name, path.parent)
    # O_EXCL alone would let another process read the file between its creation and the write: so it is written
    # under a name of its own, and linked, which fails when the name is taken.
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        return True
    finally:
        draft.unlink()


def _make_var(name: str, var: Path) -> None:
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as wrong:
        mend = f"the folder {var} cannot be made ({type(wrong).__name__}); mend the rights of the folder above it"
        raise SettingsError(((name, mend),)) from wrong
