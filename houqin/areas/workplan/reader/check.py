"""Looks over what was read: numbers in a period, order and length of weeks."""

from collections.abc import Sequence

from .answer import Item, Period, Reading, Remark

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check(reading: Reading) -> None:
    """Adds warnings; changes nothing but flags."""
    for plan in reading.plans:
        for period in plan.periods:
            _numbers(reading, period)
        weeks = [p for p in plan.periods if p.kind == "week"]
        _week_numbers(reading, weeks)
        _lengths(reading, weeks)
        _order(reading, plan.periods)
        if not plan.periods:
            reading.warnings.append(Remark(plan.line or 1, "noperiod"))
    reading.warnings.sort(key=lambda w: w.line)


def _warn(reading: Reading, line: int, code: str, **params: object) -> None:
    reading.warnings.append(Remark(line, code, params=params))


def _numbers(reading: Reading, period: Period) -> None:
    """Each list of the period must count 1, 2, 3; a nested list starts anew under each item."""
    last: dict[str, Item] = {}
    seen: dict[str, dict[int, Item]] = {}
    main = next((i.style for i in period.items if i.style), "")
    for item in period.items:
        if not item.style or not item.number:
            continue
        if item.style == main:
            for style in [s for s in last if s != main]:
                del last[style], seen[style]
        before, known = last.get(item.style), seen.setdefault(item.style, {})
        if item.number in known:
            _repeated(reading, item, before, known)
        elif item.number > (before.number if before else 0) + 1:
            missing = item.label.replace(str(item.number), str(item.number - 1))
            _warn(reading, item.line, "gap", label=missing)
        known[item.number] = item
        last[item.style] = item


def _repeated(reading: Reading, item: Item, before: Item | None, known: dict[int, Item]) -> None:
    if item.number == 1 and before and before.number > 1:
        known.clear()
        _warn(reading, item.line, "restart", label=item.label)
        return
    item.flag("duplicate")
    _warn(reading, item.line, "double", label=item.label)


def _week_numbers(reading: Reading, weeks: Sequence[Period]) -> None:
    before = None
    for week in weeks:
        if week.number is None:
            continue
        if before is not None and week.number == before:
            _warn(reading, week.line, "twice", number=week.number)
        elif before is not None and week.number < before and week.number != 1:
            _warn(reading, week.line, "weekno", number=week.number, before=before)
        before = week.number_to or week.number


def _lengths(reading: Reading, weeks: Sequence[Period]) -> None:
    dated = [w for w in weeks if w.start and w.end]
    starts = [w.start.weekday() for w in dated if w.start]
    usual = max(set(starts), key=starts.count) if starts else 0
    long = [w for w in dated if w.end and w.start and (w.end - w.start).days + 1 == 7]
    workdays = len(long) * 2 < len(dated)
    for week in dated:
        assert week.start and week.end
        days = (week.end - week.start).days + 1
        count = (week.number_to - week.number + 1) if week.number_to and week.number else 1
        if days != 7 * count and not (workdays and count * 7 - 3 <= days <= count * 7):
            _warn(reading, week.line, "length", days=days)
        if week.start.weekday() != usual and len(dated) > 2:
            _warn(reading, week.line, "weekstart", day=_DAYS[week.start.weekday()], usual=_DAYS[usual])
    _contiguous(reading, dated, workdays)


def _contiguous(reading: Reading, weeks: Sequence[Period], workdays: bool) -> None:
    for one, two in zip(weeks, weeks[1:], strict=False):
        assert one.end and two.start
        between = (two.start - one.end).days - 1
        follows = one.number is None or two.number is None or two.number == (one.number_to or one.number) + 1
        if between < 0:
            _warn(reading, two.line, "overlap")
        elif between > (2 if workdays else 0) and follows:
            _warn(reading, two.line, "apart", days=between)


def _order(reading: Reading, periods: Sequence[Period]) -> None:
    last = None
    for period in periods:
        if period.start and last and period.start < last and period.kind != "week":
            _warn(reading, period.line, "order")
        last = period.start or last
