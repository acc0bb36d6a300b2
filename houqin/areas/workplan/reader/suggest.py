"""Flags and suggestions of a task, each with the words it rests on and how sure it is."""

import re
from datetime import date

from . import words
from .answer import Item, Period, Reading, Suggestion
from .areas import MODULES, areas_of
from .heads import read_head
from .normal import match_copy, number

_HOLIDAY = re.compile(
    r"^(?:\d{4}年)?(?:国庆|元旦|中秋|五一|劳动|清明|端午|春节|寒|暑|抗战)[节假\w]{0,10}放假|^放[寒暑]?假(?:\(.*\))?$|^[寒暑]假开始$"
)
_PLACEHOLDER = re.compile(
    r"^(?:做好)?(?:其[它他](?:各项|临时(?:性)?|方面)?(?:工作|事项|任务)|(?:完成)?(?:学校|领导)?(?:交办|布置|安排)的?其[它他](?:工作|任务)|机动|待定)$"
)
_TENTATIVE = re.compile(r"(?:时间|日期|具体时间)?待定|时间另行通知|视情况|暂定")
_REPEAT = re.compile(
    r"每(?:周|月|天|日|学期|季度|年)[一二三四五六日末初两次]{0,3}|(?:周|月)(?:查|清|结|报)|定期|不定期|按月|逐月|坚持每"
)
_ROOM = re.compile(r"(?<![\d.~-])(\d{1,2}-\d{3})(?![\d-])")
_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(名|人|套|台|只|个|张|万元|元|吨|间|平方米|支|份)")
_WITH = re.compile(
    r"(?:协助|配合|协同|会同|联合|与)(?P<who>[^,。;、:]{0,6}?(?:处|室|部|会|组|科|线|队|所|团|部门|学校))(?:、(?:[^,。;、:]{1,6}(?:处|室|部|会|组)))*"
)
_INNER_DATE = re.compile(
    r"(?:(?P<y>\d{4})年)?(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?P<d>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号发]"
)
_SLASH_DATE = re.compile(r"^(?P<m>1[0-2]|[1-9])/(?P<d>[12]\d|3[01]|[1-9])(?!\d)")
_THIRDS = re.compile(
    r"(?:(?:1[0-2]|\d|十[一二]?|[一二三四五六七八九元])月份?)?(?:中上旬|中下旬|上旬|中旬|下旬|月底|月初)(?:[至到~-](?:上旬|中旬|下旬|月底))?"
)
_MONTH = re.compile(r"(1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十元])月份?(?![\d一二三四五六七八九十至到~-])")
_WEEK = re.compile(r"第(\d{1,2}|[一二三四五六七八九十]{1,3})周")
_NAMED = (
    ("教师节", 9, 10), ("国庆", 10, 1), ("十·一", 10, 1), ("“十一”", 10, 1), ("抗战", 9, 3), ("元旦", 1, 1), ("一二·九", 12, 9),
    ("五一", 5, 1), ("劳动节", 5, 1), ("高考", 6, 7), ("儿童节", 6, 1), ("植树节", 3, 12), ("妇女节", 3, 8), ("青年节", 5, 4),
    ("世界卫生日", 4, 7), ("消防宣传日", 11, 9),
)  # fmt: skip


def suggest(reading: Reading) -> None:
    """Adds flags and suggestions to every item of the reading."""
    for plan in reading.plans:
        for period in plan.periods:
            for item in period.items:
                _item(item, period)


def _item(item: Item, period: Period) -> None:
    copy = match_copy(item.text)
    _flags(item, copy)
    if "holiday" in item.flags:
        _areas(item, [("workplan", "放假", "certain")])
    elif "placeholder" in item.flags:
        _areas(item, [("workplan", item.text, "look")])
    else:
        _areas(item, areas_of(copy))
    _when(item, copy, period)
    _others(item, copy)


def _flags(item: Item, copy: str) -> None:
    plain = copy.strip()
    if _TENTATIVE.search(plain):
        item.flag("tentative")
    if _HOLIDAY.search(plain) and not re.search("值班|检查|利用|安排|期间|维修|工作", plain):
        item.flag("holiday")
    if _PLACEHOLDER.match(plain):
        item.flag("placeholder")
    if words.is_prose(plain) and not item.label:
        item.flag("look")


def _areas(item: Item, found: list[tuple[str, str, str]]) -> None:
    item.module = MODULES[found[0][0]] if found else ""
    item.suggestions += [Suggestion("area", key, word, sure) for key, word, sure in found]


def _when(item: Item, copy: str, period: Period) -> None:
    for form in (_INNER_DATE, _SLASH_DATE):
        for hit in list(form.finditer(copy))[:4]:
            day = _near(number(hit["m"]) or 0, number(hit["d"]) or 0, period)
            if day and "发" not in hit[0]:
                item.suggestions.append(Suggestion("when", day.isoformat(), hit[0], "likely"))
            elif day:
                item.suggestions.append(Suggestion("when", day.isoformat(), hit[0], "look"))
    third = _THIRDS.search(copy)
    if third and (head := read_head(third[0])):
        item.suggestions.append(Suggestion("when", third[0], third[0], "likely" if head.kind == "tendays" else "look"))
    week = _WEEK.search(copy)
    if week:
        item.suggestions.append(Suggestion("when", f"W{number(week[1])}", week[0], "likely"))
    month = _MONTH.search(copy)
    if month and not third and not _INNER_DATE.search(copy):
        item.suggestions.append(Suggestion("when", f"M{number(month[1]):02d}", month[0], "look"))
    for name, m, d in _NAMED:
        if name in copy:
            day = _near(m, d, period)
            item.suggestions.append(Suggestion("when", day.isoformat() if day else f"{m:02d}-{d:02d}", name, "likely"))
            break


def _near(month: int, day: int, period: Period) -> date | None:
    """The day of this month that lies nearest to the period; None when the period has no dates."""
    if period.start is None:
        return None
    found = []
    for year in (period.start.year - 1, period.start.year, period.start.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    start = period.start
    return min(found, key=lambda d: abs((d - start).days)) if found else None


def _others(item: Item, copy: str) -> None:
    add = item.suggestions.append
    if often := _REPEAT.search(copy):
        add(Suggestion("repeat", often[0], often[0], "likely"))
    for room in dict.fromkeys(_ROOM.findall(copy)):
        add(Suggestion("room", room, room, "likely"))
    if hit := _WITH.search(copy):
        add(Suggestion("with", hit["who"], hit[0], "likely"))
    for count in list(_COUNT.finditer(copy))[:3]:
        add(Suggestion("count", f"{count[1]} {count[2]}", count[0], "likely"))
    parts = [p for p in re.split("[;；]", copy) if p.strip()]
    if len(parts) >= 3 or (not item.label and len(re.findall("。(?=.)", copy)) >= 1):
        add(
            Suggestion(
                "split",
                str(max(len(parts), len([p for p in copy.split("。") if p.strip()]))),
                ";" if len(parts) >= 3 else "。",
                "look",
            )
        )
