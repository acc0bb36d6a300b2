"""What the state announced about days off and make-up days, and what the law says where it has not announced yet."""

from datetime import date, timedelta
from typing import Any

# 全国年节及纪念日放假办法, revision of 2024-11-10 (国务院令 795), in force since 2025. Only days with a
# fixed date: the lunar ones (春节, 清明, 端午, 中秋) come from the announcement, never from a guess.
FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


SHORT = {"New Year's Day": "元旦", "Anti-Fascist 70th Day": "抗战胜利纪念日"}


def announced_years() -> range:
    """The calendar years whose arrangement is known."""
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def official(first: date, last: date) -> list[dict[str, Any]]:
    """Fields of a SpecialDay for each day off and each make-up day from `first` to `last`, in order.

    Days of a year that is not announced yet carry `announced: False`.
    """
    from chinese_calendar import constants

    names = {holiday.value: holiday.chinese.removesuffix("节") + "节" for holiday in constants.Holiday} | SHORT
    known, found = announced_years(), []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.year not in known:
            if name := FIXED.get((day.month, day.day)):
                found.append({"date": day, "name": name, "is_off": True, "announced": False})
        elif day in constants.holidays:
            found.append({"date": day, "name": names[constants.holidays[day]], "is_off": True, "announced": True})
        elif day in constants.workdays:
            name = names[constants.workdays[day]] + "调休上班"
            found.append({"date": day, "name": name, "is_off": False, "announced": True})
    return found
