"""How dates, times, money and spans are written on a page; the rules are section 6 of STYLE.md."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from houqin.kernel import clock

NOTHING = "—"
MINUS = "\u2212"
When = TypeVar("When", date, datetime)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local(value: When) -> When:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | datetime | None) -> str:
    """11.17 in this calendar year, 2025.06.03 in another (English: 17 Nov, 3 Jun 2025)."""
    if not value:
        return NOTHING
    value = _local(value)
    return _day(value, value.year != clock.today().year)


def _day(value: date, other: bool) -> str:
    """A local day, with its year when that is another year."""
    if _english():
        return f"{value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if other else "")
    return f"{value.year:04}.{value.month:02}.{value.day:02}" if other else f"{value.month}.{value.day:02}"


def moment(value: datetime | date | None) -> str:
    """08:24 today, 11.17 15:20 this year, 2025.06.03 before; a date without a time is written as `day`."""
    if not isinstance(value, datetime):
        return day(value)
    value = _local(value)
    today = clock.today()
    time = f"{value.hour:02}:{value.minute:02}"
    if value.year != today.year:
        return _day(value, True)
    return time if value.date() == today else f"{_day(value, False)} {time}"


def fullday(value: date | datetime | None) -> str:
    """2026年9月1日 (English: 1 September 2026)."""
    if not value:
        return NOTHING
    value = _local(value)
    return date_format(value, "j F Y") if _english() else date_format(value, "Y年n月j日")


def weekday(value: date) -> str:
    """星期三 (English: Wednesday)."""
    return date_format(value, "l")


def span(start: date | None, end: date | None = None) -> str:
    """8.30–9.05; one day alone when both ends are the same."""
    if not start or not end or _local(start) == _local(end):
        return day(start or end)
    return f"{day(start)}–{day(end)}"


def _number(value: Any, places: int | None = None) -> str:
    number = Decimal(str(value))
    text = f"{abs(number):,.{places}f}" if places is not None else f"{abs(number):,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if number < 0 and text.strip("0.,") else "") + text


def amount(value: Any) -> str:
    """1,280.00 without the sign of the currency, for a column headed 金额（元）."""
    return NOTHING if value in (None, "") else _number(value, 2)


def money(value: Any) -> str:
    """¥1,280.00; −¥120.00."""
    text = amount(value)
    return text if text == NOTHING else text.replace(MINUS, MINUS + "¥") if text.startswith(MINUS) else "¥" + text


def qty(value: Any) -> str:
    """A quantity without idle zeros: 3, 1.5, 1,200."""
    return NOTHING if value in (None, "") else _number(value)


def elapsed(value: timedelta | None) -> str:
    """How long: 79 分 below two hours, 23 小时 below three days, then 18 天."""
    if value is None:
        return NOTHING
    minutes = int(abs(value).total_seconds() // 60)
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if minutes < 72 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}


def duration(value: timedelta | datetime | date | None) -> str:
    """剩 12 分 / 超 15 小时, from the time left (negative: over) or from the deadline itself."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = value - clock.now()
    elif isinstance(value, date):
        days = (value - clock.today()).days
        if not days:
            return _("due today")
        value = timedelta(days=days)
        if days > 0:
            return _("%(span)s left") % {"span": ngettext("%(n)s day", "%(n)s days", days) % {"n": days}}
        return _("%(span)s overdue") % {"span": ngettext("%(n)s day", "%(n)s days", -days) % {"n": -days}}
    over = value < timedelta(0)
    return (_("%(span)s over") if over else _("%(span)s left")) % {"span": elapsed(value)}


def phone_mask(value: str | None) -> str:
    """138****2716; an office extension of up to five digits stays whole."""
    digits = (value or "").strip()
    return NOTHING if not digits else digits if len(digits) <= 5 else f"{digits[:3]}****{digits[-4:]}"


def pct(value: Any, places: int = 0) -> str:
    """0.71 → 71%."""
    return NOTHING if value in (None, "") else _number(Decimal(str(value)) * 100, places) + "%"


FILTERS = {
    fn.__name__: fn
    for fn in (day, moment, fullday, weekday, span, money, amount, qty, elapsed, duration, phone_mask, pct)
}
