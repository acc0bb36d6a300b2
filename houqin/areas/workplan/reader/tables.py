"""A table as pieces: its columns are told by their titles or by what stands in them."""

import re
from dataclasses import dataclass, field, replace

from . import grammar as g
from . import words
from .blocks import Cell, Line, Table
from .heads import Day, Head, read_head, read_range
from .normal import is_open, match_copy, number, squeeze, year
from .people import are_names, is_people, is_roster_title
from .pieces import Piece, joined

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
class _Columns:
    """The columns of one panel (a wide table may hold two side by side)."""

    periods: list[int] = field(default_factory=list)
    month: int = -1
    tasks: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)


def table_pieces(table: Table, before: str) -> list[Piece]:
    """The table's headers, task lines and other lines as pieces, with an end piece. `before` is the line above."""
    reader = _TableReader(table.rows, before)
    return reader.pieces() or [Piece(line.no, line.text) for row in table.rows for cell in row for line in cell.lines]


class _TableReader:
    def __init__(self, rows: list[list[Cell]], before: str) -> None:
        self.rows, self.before = rows, before
        self.out: list[Piece] = []
        self.month: Day | None = None
        self.header = ""

    def pieces(self) -> list[Piece]:
        """Empty when the table only serves the layout of a page."""
        at, roles = self._titles()
        if at < 0 and self._months_across():
            return self._across()
        panels = self._panels(roles, at + 1)
        if not panels:
            return []
        for row in self.rows[: max(at, 0)]:
            self.out += [Piece(line.no, line.text) for cell in row for line in cell.lines]
        if at >= 0:
            self.out += [Piece(line.no, line.text, role="skip", code="titles") for c in self.rows[at] for line in c.lines]
        roster = self._is_roster(panels, at + 1)
        for columns in panels:
            self.header, self.month = "", None
            for row in self.rows[at + 1 :]:
                self._row(row, columns, roster, first=columns is panels[0])
        last = next((line.no for row in reversed(self.rows) for c in row for line in c.lines), 0)
        self.out.append(Piece(last, "", role="end"))
        return self.out

    def _titles(self) -> tuple[int, dict[int, str]]:
        """The row that holds the column titles, and the roles it gives."""
        for i, row in enumerate(self.rows[:5]):
            roles = {j: role for j, cell in enumerate(row) if cell.lines and len(cell.lines) <= 2 and (role := role_of(cell.text))}
            filled = [cell for cell in row if cell.lines]
            heads = sum(1 for cell in filled if (h := read_head(cell.text)) and h.strength == "full")
            if len(roles) >= 2 and len(roles) * 2 >= len(filled) and not heads and all(len(c.text) <= 14 for c in filled):
                for j, cell in enumerate(row):
                    for k in range(j + 1, j + cell.span):
                        roles.setdefault(k, roles.get(j, ""))
                return i, roles
        return -1, {}

    def _column(self, j: int, start: int) -> list[str]:
        return [row[j].text for row in self.rows[start:] if row[j].lines]

    def _by_content(self, j: int, start: int) -> str:
        texts = self._column(j, start)
        if not texts:
            return ""
        heads = [h for t in texts if (h := read_head(t)) and h.strength == "full"]
        if len(heads) * 2 >= len(texts):
            kinds = [h.kind for h in heads]
            return "month" if kinds.count("month") * 2 > len(kinds) else "week" if "week" in kinds else "date"
        if sum(1 for t in texts if _year_month(t)) * 2 > len(texts):
            return "month"
        tight = [squeeze(match_copy(t))[0] for t in texts]
        numbers = [n for t in tight if (n := number(t) if re.fullmatch(g.NUM, t) else None) is not None]
        if len(numbers) * 3 >= len(texts) * 2 and numbers == sorted(numbers):
            return "week" if all(not t.isdigit() for t in tight) and j == 0 else "no"
        if sum(is_people(match_copy(t)) for t in texts) * 5 >= len(texts) * 3:
            return "owner"
        return "task" if sum(map(len, texts)) >= 6 * len(texts) or len(texts) > 1 else "note"

    def _panels(self, titled: dict[int, str], start: int) -> list[_Columns]:
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
        groups, current = [], _Columns()
        for j in range(wide):
            if roles[j] in current.roles.values() and current.tasks and roles[j] in ("week", "month", "date") and not self._own_dates(j, roles):
                groups.append(current)
                current = _Columns()
            self._place(current, j, roles[j], start)
        groups.append(current)
        return [c for c in groups if (c.periods or c.month >= 0) and (c.tasks or c.owners)] or self._undated(groups, titled)

    @staticmethod
    def _undated(groups: list[_Columns], titled: dict[int, str]) -> list[_Columns]:
        """A table of tasks without times belongs to the header above it; without titles it is only layout."""
        return [c for c in groups if c.tasks] if titled else []

    def _own_dates(self, j: int, roles: dict[int, str]) -> bool:
        """A second column of times after the tasks (完成时间) is no second panel unless tasks follow it."""
        return not any(roles[k] == "task" for k in range(j + 1, len(roles)))

    def _holds_tasks(self, j: int, start: int, least: int) -> bool:
        texts = self._column(j, start)
        return bool(texts) and sum(is_people(match_copy(t)) for t in texts) * 5 < len(texts) * 3 and sum(map(len, texts)) > least * len(texts)

    def _place(self, columns: _Columns, j: int, role: str, start: int) -> None:
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

    def _is_roster(self, panels: list[_Columns], start: int) -> bool:
        if is_roster_title(match_copy(self.before)):
            return True
        tasks = [t for c in panels for j in c.tasks for t in self._column(j, start)]
        return not tasks or sum(are_names(match_copy(t)) for t in tasks) * 3 > len(tasks) * 2

    def _months_across(self) -> bool:
        heads = [read_head(cell.text) for cell in self.rows[0] if cell.lines]
        return len(heads) >= 2 and len(self.rows) >= 2 and all(h and h.strength == "full" and h.kind != "other" for h in heads)

    def _across(self) -> list[Piece]:
        """Periods stand beside one another in the first row, their tasks below them."""
        for j, cell in enumerate(self.rows[0]):
            if cell.lines:
                self._head(cell.text, cell.lines[0].no, read_head(cell.text))
                for row in self.rows[1:]:
                    self.out += [Piece(line.no, line.text, role="cell") for line in row[j].lines]
        return [*self.out, Piece(0, "", role="end")]

    def _row(self, row: list[Cell], columns: _Columns, roster: bool, first: bool) -> None:
        filled = [cell for cell in row if cell.lines]
        if not filled:
            return
        if len(filled) == 1 and filled[0].span >= len(row) - 1 > 0:
            if first:
                self._whole(filled[0])
            return
        if roster:
            self.out += [Piece(line.no, line.text, role="skip", code="roster") for c in filled for line in c.lines] if first else []
            return
        if words.titles_of(match_copy(" ".join(c.text for c in filled))) and len(filled) > 1:
            self.out += [Piece(line.no, line.text, role="skip", code="titles") for c in filled for line in c.lines] if first else []
            return
        self._period(row, columns)
        self._tasks(row, columns)

    def _whole(self, cell: Cell) -> None:
        """A row that is one cell: a month over its weeks, a theme, a note."""
        head = read_head(cell.text)
        line = cell.lines[0]
        if head and head.strength == "full" and head.kind != "other":
            self._head(cell.text, line.no, head)
            self.month = head.first if head.kind == "month" else self.month
            return
        for each in cell.lines:
            copy = match_copy(each.text)
            code = "note" if words.is_note(copy) else "theme" if words.is_theme(copy) else "sign" if words.is_sign_date(copy) else "unsure"
            self.out.append(Piece(each.no, each.text, role="skip", code=code))

    def _period(self, row: list[Cell], columns: _Columns) -> None:
        use = columns.periods if any(row[j].lines for j in columns.periods) else []
        if columns.month >= 0 and row[columns.month].lines:
            head = self._month(row[columns.month].text)
            self.month = head.first if head else self.month
            if not columns.periods or not use:
                use = [columns.month]
        if not use:
            return
        text = " ".join(row[j].text for j in use if row[j].lines)
        line = next(row[j].lines[0] for j in use if row[j].lines)
        self._head(text, line.no, self._read(row, use, columns, text))

    def _month(self, text: str) -> Head | None:
        head = read_head(text)
        if head and head.kind in ("month", "months"):
            return head
        found = _year_month(text)
        return Head("month", len(text), first=found, last=found, strength="full") if found else None

    def _read(self, row: list[Cell], use: list[int], columns: _Columns, text: str) -> Head:
        plain = re.sub(r"\s*[|︱丨]\s*", "-", text)
        head = read_head(plain)
        if use == [columns.month] and columns.month >= 0:
            head = self._month(text) or head
        if head is None or head.strength not in ("full", "colon", "dated"):
            head = self._bare(row, use, columns) or self._days(text) or Head("other", strength="full", word=text)
        return replace(head, strength="full", label=None)

    def _bare(self, row: list[Cell], use: list[int], columns: _Columns) -> Head | None:
        """A bare numeral in the column of weeks, with its dates beside it."""
        first = squeeze(match_copy(row[use[0]].text))[0]
        if columns.roles[use[0]] != "week" or not re.fullmatch(g.NUM, first):
            return None
        head = Head("week", number=number(first), strength="full", word=first)
        for j in use[1:]:
            tight = squeeze(match_copy(re.sub(r"\s*[|︱丨]\s*", "-", row[j].text)))[0]
            found = read_range(tight, 0)
            days = self._days(row[j].text)
            if found:
                head = replace(head, first=found[0], last=found[1], mended=found[3])
            elif days:
                head = replace(head, first=days.first, last=days.last)
        return head

    def _days(self, text: str) -> Head | None:
        """1—7 under a month: the days alone."""
        hit = re.search(r"(\d{1,2})[日号]?[~-](\d{1,2})[日号]?$", squeeze(match_copy(text))[0])
        if not hit or self.month is None or not 0 < int(hit[1]) <= 31 or not 0 < int(hit[2]) <= 31:
            return None
        month, later = self.month.month, int(hit[2]) < int(hit[1])
        first = Day(month, int(hit[1]), self.month.year)
        week = re.match(rf"第?({g.NUM})周?(?=\d)", squeeze(match_copy(text))[0])
        return Head("week" if week else "range", first=first, last=Day(month % 12 + 1 if later else month, int(hit[2])), strength="full")

    def _head(self, text: str, no: int, head: Head | None) -> None:
        if text != self.header and head:
            self.header = text
            self.out.append(Piece(no, text, role="head", head=head))

    def _tasks(self, row: list[Cell], columns: _Columns) -> None:
        owners = [line.text for j in columns.owners for line in row[j].lines]
        for j in columns.tasks:
            lines = list(joined(row[j].lines, 0, prefer_label=False))
            own = columns.titles.get(j, "") if columns.roles[j] == "dept" else ""
            for line, owner in zip(lines, _owners(lines, owners), strict=True):
                self.out.append(Piece(line.no, line.text, role="cell", owner=owner or own))
        taken = {*columns.periods, columns.month, *columns.tasks, *columns.owners}
        for j, role in columns.roles.items():
            if j not in taken and row[j].lines and role != "no":
                code = "theme" if role == "theme" else "place"
                self.out += [Piece(line.no, line.text, role="skip", code=code) for line in row[j].lines]
        if owners and not any(row[j].lines for j in columns.tasks):
            self.out.append(Piece(row[columns.owners[0]].lines[0].no if row[columns.owners[0]].lines else 0, " ".join(owners), role="skip", code="place"))


def _owners(lines: list[Line], owners: list[str]) -> list[str]:
    """One owner for each line when there are as many; else all of them for every line."""
    if len(owners) == len(lines) > 1 and not any(is_open(match_copy(o)) and o.endswith("、") for o in owners):
        return owners
    return ["、".join(o.strip("、,， ") for o in owners)] * len(lines)


def _year_month(text: str) -> Day | None:
    hit = re.fullmatch(rf"\s*({g.YEAR})\s*[年. /-]\s*({g.MONTH})\s*月?(?:份)?\s*", match_copy(text))
    month = number(hit[2]) if hit else None
    return Day(month, 1, year(hit[1])) if hit and month else None
