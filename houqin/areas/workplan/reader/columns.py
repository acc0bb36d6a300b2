"""The columns of a table: told by their titles, or by what stands in them."""

import re
from dataclasses import dataclass, field

from . import grammar as g
from .blocks import Cell
from .days import Day
from .heads import read_head
from .normal import match_copy, number, squeeze, year
from .people import is_people

_TITLES = (
    ("owner", re.compile(r"责任|负责|部门|主管|承办|执行|牵头|主办|协办|经办|落实人|处室$|科室$")),
    ("note", re.compile(r"备注|说明|完成情况|落实情况|效果|反馈|检查人|评价|地点|对象|参加|佐证|成果|要求$")),
    ("no", re.compile(r"序号|编号|^序$|^号$|^no\.?$", re.I)),
    ("theme", re.compile(r"主题|节日|节气|纪念日")),
    ("week", re.compile(r"周次|周别|周序|教学周|^周$|^第?周数?$|^周历$|^星期$")),
    ("month", re.compile(r"^月份?$|^年月$")),
    ("date", re.compile(r"起止|起讫|日期|时间|月日|阶段|时段")),
    ("task", re.compile(r"内容|工作|事宜|事项|活动|任务|项目|安排|要点|重点|行事|措施")),
    ("dept", re.compile(r"(?:处|室|组|部|科|会|线|中心|食堂|总务|后勤|教务|德育|安全|宿管)$")),
)


def role_of(title: str) -> str:
    """The role of a column with this title, or ""."""
    tight = squeeze(match_copy(title))[0]
    return next((role for role, form in _TITLES if form.search(tight)), "") if 0 < len(tight) <= 12 else ""


@dataclass(slots=True)
class Columns:
    """The columns of one panel (a wide table may hold two side by side)."""

    periods: list[int] = field(default_factory=list)
    month: int = -1
    tasks: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)


class Finder:
    """Finds out what the columns of one table hold."""

    def __init__(self, rows: list[list[Cell]]) -> None:
        self.rows = rows

    def titles(self) -> tuple[int, dict[int, str]]:
        """The row that holds the column titles, and the roles it gives."""
        for i, row in enumerate(self.rows[:5]):
            roles = {
                j: role
                for j, cell in enumerate(row)
                if cell.lines and len(cell.lines) <= 2 and (role := role_of(cell.text))
            }
            filled = [cell for cell in row if cell.lines]
            heads = sum(1 for cell in filled if (h := read_head(cell.text)) and h.strength == "full")
            if (
                len(roles) >= 2
                and len(roles) * 2 >= len(filled)
                and not heads
                and all(len(c.text) <= 14 for c in filled)
            ):
                for j, cell in enumerate(row):
                    for k in range(j + 1, j + cell.span):
                        roles.setdefault(k, roles.get(j, ""))
                return i, roles
        return -1, {}

    def column(self, j: int, start: int) -> list[str]:
        return [row[j].text for row in self.rows[start:] if row[j].lines]

    def _by_content(self, j: int, start: int) -> str:
        texts = self.column(j, start)
        if not texts:
            return ""
        heads = [h for t in texts if (h := read_head(t)) and h.strength == "full"]
        if len(heads) * 2 >= len(texts):
            kinds = [h.kind for h in heads]
            return "month" if kinds.count("month") * 2 > len(kinds) else "week" if "week" in kinds else "date"
        if sum(1 for t in texts if year_month(t)) * 2 > len(texts):
            return "month"
        tight = [squeeze(match_copy(t))[0] for t in texts]
        numbers = [n for t in tight if (n := number(t) if re.fullmatch(g.NUM, t) else None) is not None]
        if len(numbers) * 3 >= len(texts) * 2 and numbers == sorted(numbers):
            return "week" if all(not t.isdigit() for t in tight) and j == 0 else "no"
        if sum(is_people(match_copy(t)) for t in texts) * 5 >= len(texts) * 3:
            return "owner"
        return "task" if sum(map(len, texts)) >= 6 * len(texts) or len(texts) > 1 else "note"

    def panels(self, titled: dict[int, str], start: int) -> list[Columns]:
        wide = len(self.rows[0])
        roles = {j: titled.get(j) or self._by_content(j, start) for j in range(wide)} if titled else {}
        if not titled:
            roles = {j: self._by_content(j, start) for j in range(wide)}
        for j, role in roles.items():
            if role in ("dept", "owner") and self._holds_tasks(j, start, 0 if role == "dept" else 5):
                roles[j] = "dept"
            elif role == "dept":
                roles[j] = "owner"
            elif role == "task" and titled and self._by_content(j, start) in ("week", "month"):
                roles[j] = self._by_content(j, start)
        groups, current = [], Columns()
        for j in range(wide):
            if (
                roles[j] in current.roles.values()
                and current.tasks
                and roles[j] in ("week", "month", "date")
                and not self._own_dates(j, roles)
            ):
                groups.append(current)
                current = Columns()
            self._place(current, j, roles[j], start)
        groups.append(current)
        return [c for c in groups if (c.periods or c.month >= 0) and (c.tasks or c.owners)] or self._undated(
            groups, titled
        )

    @staticmethod
    def _undated(groups: list[Columns], titled: dict[int, str]) -> list[Columns]:
        """A table of tasks without times belongs to the header above it; without titles it is only layout."""
        return [c for c in groups if c.tasks] if titled else []

    def _own_dates(self, j: int, roles: dict[int, str]) -> bool:
        """A second column of times after the tasks (完成时间) is no second panel unless tasks follow it."""
        return not any(roles[k] == "task" for k in range(j + 1, len(roles)))

    def _holds_tasks(self, j: int, start: int, least: int) -> bool:
        texts = self.column(j, start)
        return (
            bool(texts)
            and sum(is_people(match_copy(t)) for t in texts) * 5 < len(texts) * 3
            and sum(map(len, texts)) > least * len(texts)
        )

    def _place(self, columns: Columns, j: int, role: str, start: int) -> None:
        columns.roles[j] = role
        title = self.rows[start - 1][j].text if start else ""
        columns.titles[j] = title
        if role in ("week", "date"):
            columns.periods.append(j)
        elif role == "month":
            columns.month = j
        elif role in ("task", "dept"):
            columns.tasks.append(j)
        elif role == "owner":
            columns.owners.append(j)


def year_month(text: str) -> Day | None:
    """2013 9, 2014.1: a year and a month in one cell."""
    hit = re.fullmatch(rf"\s*({g.YEAR})\s*[年. /-]\s*({g.MONTH})\s*月?(?:份)?\s*", match_copy(text))
    month = number(hit[2]) if hit else None
    return Day(month, 1, year(hit[1])) if hit and month else None
