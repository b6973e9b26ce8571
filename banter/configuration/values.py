"""Single values as an owner writes them: times, durations, hours, addresses. Each raises `Unfit` with the mend."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from banter.configuration.faults import suggestion
from banter.leads.playbook import Hours

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
#: ISO 4217, the currencies in use.
_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT "
    "LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
    "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG "
    "XOF XPF YER ZAR ZMW ZWG "
)
CURRENCIES = frozenset(_CODES.split())
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Unfit(Exception):
    """Why a value cannot be used, with the mend: "must be ..., e.g. ..."."""


def duration(raw: str) -> timedelta:
    """`30m`, `2h`, `14d`, `2w`, also `1h 30m`."""
    text = raw.strip().lower()
    if text.startswith("-"):
        raise Unfit("must not be negative; write it like 30m, 2h or 14d")
    if not re.fullmatch(r"(\d{1,4}\s*[mhdw]\s*)+", text):
        raise Unfit("must be a number with m, h, d or w, e.g. 30m, 2h or 14d")
    return sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in re.findall(r"(\d+)\s*([mhdw])", text)), timedelta())


def clock(raw: str) -> time:
    """`9:00`, `09:00`, `17:30`, local time."""
    match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*", raw)
    if not match or int(match[1]) > 24 or int(match[2]) > 59:
        raise Unfit("must be a time of day from 0:00 to 23:59, e.g. 9:00")
    if int(match[1]) == 24:
        raise Unfit("must be a time of day from 0:00 to 23:59; for midnight at the end of a day write 23:59")
    return time(int(match[1]), int(match[2]))


def weekdays(raw: str) -> tuple[int, ...]:
    """`monday` or `monday-friday`, 0 being Monday."""
    parts = [part.strip().lower() for part in raw.split("-")]
    for part in parts:
        if part not in DAYS:
            raise Unfit(f"unknown day '{part}'; {suggestion(part, DAYS)}")
    if len(parts) > 2:
        raise Unfit("must be one day or a range, e.g. monday or monday-friday")
    first, last = DAYS.index(parts[0]), DAYS.index(parts[-1])
    if last < first:
        raise Unfit(f"{DAYS[last]} comes before {DAYS[first]} in the week; write two lines")
    return tuple(range(first, last + 1))


def month(raw: str) -> int:
    """`april` or `4`, 1 to 12."""
    name = raw.strip().lower()
    if name.isdecimal() and 1 <= int(name) <= 12:
        return int(name)
    if name not in MONTHS:
        raise Unfit(f"must be a month, e.g. april; {suggestion(name, MONTHS)}")
    return MONTHS.index(name) + 1


def opening(raw: str) -> tuple[time, time]:
    """`9:00-18:00`."""
    parts = re.split(r"\s*[-–]\s*", raw.strip())
    if len(parts) != 2:
        raise Unfit("must be an opening and a closing time, e.g. 9:00-18:00")
    opens, closes = clock(parts[0]), clock(parts[1])
    if closes <= opens:
        raise Unfit(f"closes at {short(closes)}, before it opens at {short(opens)}; write e.g. 9:00-18:00")
    return opens, closes


@cache
def _zones() -> frozenset[str]:
    """Read from the disk once: there are six hundred files."""
    return frozenset(available_timezones())


def zone(raw: str) -> ZoneInfo:
    known = _zones()
    if raw not in known:
        raise Unfit(f"unknown time zone; {zone_suggestion(raw, known)}")
    return ZoneInfo(raw)


def zone_suggestion(raw: str, known: frozenset[str]) -> str:
    """The zones of a town that was named alone or in another spelling, else the form of the name."""
    ending = raw.rsplit("/", 1)[-1].replace(" ", "_").lower()
    of_town = sorted(name for name in known if name.rsplit("/", 1)[-1].lower() == ending and "/" in name)
    if of_town:
        return f"did you mean {of_town[0]}?"
    places = sorted(name for name in known if "/" in name and not name.startswith(("Etc/", "posix/", "right/")))
    mend = suggestion(raw, places)
    return mend if mend.startswith("did") else "use a name like Europe/London or America/New_York"


def currency(raw: str) -> str:
    if raw not in CURRENCIES:
        if raw.upper() in CURRENCIES:
            raise Unfit(f"write it in capitals: {raw.upper()}")
        raise Unfit("must be a currency code of three letters, e.g. USD, EUR or GBP")
    return raw


def locale(raw: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}([-_][A-Z]{2})?", raw):
        raise Unfit("must be a language, e.g. en or en-GB")
    return raw


def email(raw: str) -> str:
    try:
        return str(validate_email(raw, check_deliverability=False).normalized)
    except EmailNotValidError as wrong:
        raise Unfit(f"must be an e-mail address, e.g. sales@example.com: {wrong}") from wrong


def phone(raw: str) -> str:
    """Checked for its form only, and kept as written: it is shown to people."""
    try:
        number = phonenumbers.parse(raw, None)
    except phonenumbers.NumberParseException as wrong:
        raise Unfit("must be a phone number with its country, e.g. +44 20 7946 0000") from wrong
    if not phonenumbers.is_possible_number(number):
        raise Unfit("has too few or too many digits; write it like +44 20 7946 0000")
    return raw


def url(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine or re.search(r"\s", raw):
        raise Unfit("must be a whole web address, e.g. https://www.example.com/")
    return raw


def origin(raw: str) -> str:
    """`https://www.example.com`: scheme, host and port, as browsers send it."""
    parts = urlsplit(url(raw))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise Unfit(f"must end after the host; write {parts.scheme}://{parts.netloc.rpartition('@')[2]}")
    return f"{parts.scheme}://{parts.netloc}".lower()


def day(raw: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
            raise ValueError(raw)
        return date.fromisoformat(raw)
    except ValueError as wrong:
        raise Unfit("must be a day that exists, written like 2026-12-25") from wrong


def slug(raw: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", raw):
        raise Unfit("must be small letters, digits, - and _, e.g. sales-1")
    return raw


def short(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def hours_in_words(hours: tuple[Hours, ...]) -> str:
    """`Monday to Friday 9:00-18:00, Saturday 10:00-12:00 and 13:00-16:00`: neighbours with equal hours together."""
    by_day: dict[int, list[str]] = {}
    for entry in sorted(hours, key=lambda h: (h.weekday, h.opens)):
        by_day.setdefault(entry.weekday, []).append(f"{short(entry.opens)}-{short(entry.closes)}")
    runs: list[tuple[int, int, str]] = []
    for weekday, times in by_day.items():
        text = " and ".join(times)
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], weekday, text)
        else:
            runs.append((weekday, weekday, text))
    return ", ".join(f"{_days(first, last)} {text}" for first, last, text in runs)


def _days(first: int, last: int) -> str:
    names = [DAYS[first].capitalize(), DAYS[last].capitalize()]
    if first == last:
        return names[0]
    return f"{names[0]} {'and' if last == first + 1 else 'to'} {names[1]}"
