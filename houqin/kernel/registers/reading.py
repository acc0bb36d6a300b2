"""What people type for a number or a day, read with patience: full width digits, 1,280, 9月1日, 2026.9.1, 20260901."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from .. import clock

DATES = (
    re.compile(r"(?P<y>\d{4})\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?"),
)
TIME = re.compile(r"(?P<h>\d{1,2})\s*[:时点]\s*(?P<min>\d{1,2})?\s*分?(?::\d{1,2}(\.\d+)?)?")


def plain_text(value: Any) -> str:
    """Half-width characters without blanks around (U+3000 too)."""
    return unicodedata.normalize("NFKC", str(value)).strip()


def number_text(value: Any) -> str:
    """The digits of "１，２８０．５０", "¥1,280", "3 元"."""
    text = plain_text(value).replace("\u2212", "-").replace("。", ".")
    return re.sub(r"[,、\s]|^[¥￥]|元$", "", text)


def read_day(value: Any) -> date | None:
    """A date, or None when the text is none; without a year this year is meant. Raises ValueError for 2月30日."""
    text = plain_text(value)
    for pattern in DATES:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            return date(int(parts.get("y") or clock.today().year), int(parts["m"]), int(parts["d"]))
    return None


def read_moment(value: Any) -> datetime | None:
    """A naive local date and time ("9月1日 8:30", ISO); a day alone is its midnight. Raises ValueError."""
    text = plain_text(value).replace("T", " ")
    head, _, tail = text.rpartition(" ")
    for day_text, time_text in ((head, tail), (text, "")):
        found = TIME.fullmatch(time_text)
        day = read_day(day_text)
        if day and (found or not time_text):
            return datetime.combine(day, time(int(found["h"]), int(found["min"] or 0)) if found else time())
    return None
