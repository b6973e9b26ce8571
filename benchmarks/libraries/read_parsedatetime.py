"""`parsedatetime`. Where it says that it knows a month or a year only, the last day of that is the end."""

from __future__ import annotations

import re
from datetime import datetime

import parsedatetime
from dateutil.relativedelta import relativedelta
from lines import Found, serve

_CALENDAR = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)
_COUNTED = re.compile(r"\b(?:in|within|after|ago|\d+|an?)\b.*\b(?:month|year)s?\b", re.I)


def read_time(text: str, now: datetime, asked: bool) -> Found:
    spans = []
    for when, context, start, end, words in _CALENDAR.nlp(text, sourceTime=now) or ():
        last = when
        if not _COUNTED.search(words) and not context.hasTime:
            if context.accuracy == parsedatetime.pdtContext.ACU_MONTH:
                last = when + relativedelta(day=31)
            elif context.accuracy == parsedatetime.pdtContext.ACU_YEAR:
                last = when + relativedelta(month=12, day=31)
        spans.append({"first": when.date().isoformat(), "last": last.date().isoformat(), "at": start, "to": end})
    return spans


if __name__ == "__main__":
    serve(time=read_time)
