"""A table as pieces: headers, task lines with their owners, and what is neither."""

import re
from dataclasses import replace

from . import grammar as g
from . import words
from .blocks import Block, Cell, Line, Table
from .columns import Columns, Finder, year_month
from .days import Day, read_range
from .heads import Head, read_head
from .normal import is_open, match_copy, number, squeeze
from .people import are_names, is_roster_title
from .pieces import Piece, joined


def table_pieces(table: Table, before: str) -> list[Piece]:
    """The table's headers, task lines and other lines as pieces, with an end piece. `before` is the line above."""
    reader = _TableReader(table.rows, before)
    return reader.pieces() or [Piece(line.no, line.text) for row in table.rows for cell in row for line in cell.lines]


def titled(table: Table) -> list[Block]:
    """Leading rows that are one wide cell are lines above the table: its title, its school."""
    rows, lines = table.rows, []
    while len(rows) > 2 and (filled := [cell for cell in rows[0] if cell.lines]) and len(filled) == 1:
        head = read_head(filled[0].text)
        if filled[0].span < len(rows[0]) - 1 or (head and head.strength == "full"):
            break
        lines += filled[0].lines
        rows = rows[1:]
    return [*lines, Table(rows)]


class _TableReader:
    def __init__(self, rows: list[list[Cell]], before: str) -> None:
        self.rows, self.before, self.finder = rows, before, Finder(rows)
        self.out: list[Piece] = []
        self.month: Day | None = None
        self.fresh = False
        self.header = ""

    def pieces(self) -> list[Piece]:
        """Empty when the table only serves the layout of a page."""
        at, roles = self.finder.titles()
        if at < 0 and self._months_across():
            return self._across()
        panels = self.finder.panels(roles, at + 1)
        if not panels:
            return []
        for row in self.rows[: max(at, 0)]:
            self.out += [Piece(line.no, line.text) for cell in row for line in cell.lines]
        if at >= 0:
            self.out += [
                Piece(line.no, line.text, role="skip", code="titles") for c in self.rows[at] for line in c.lines
            ]
        roster = self._is_roster(panels, at + 1)
        for columns in panels:
            self.header, self.month = "", None
            for row in self.rows[at + 1 :]:
                self._row(row, columns, roster, first=columns is panels[0])
        last = next((line.no for row in reversed(self.rows) for c in row for line in c.lines), 0)
        self.out.append(Piece(last, "", role="end"))
        return self.out

    def _is_roster(self, panels: list[Columns], start: int) -> bool:
        if is_roster_title(match_copy(self.before)):
            return True
        tasks = [t for c in panels for j in c.tasks for t in self.finder.column(j, start)]
        return not tasks or sum(are_names(match_copy(t)) for t in tasks) * 3 > len(tasks) * 2

    def _months_across(self) -> bool:
        heads = [read_head(cell.text) for cell in self.rows[0] if cell.lines]
        return (
            len(heads) >= 2
            and len(self.rows) >= 2
            and all(h and h.strength == "full" and h.kind != "other" for h in heads)
        )

    def _across(self) -> list[Piece]:
        """Periods stand beside one another in the first row, their tasks below them."""
        for j, cell in enumerate(self.rows[0]):
            if cell.lines:
                self._head(cell.text, cell.lines[0].no, read_head(cell.text))
                for row in self.rows[1:]:
                    self.out += [Piece(line.no, line.text, role="cell") for line in row[j].lines]
        return [*self.out, Piece(0, "", role="end")]

    def _row(self, row: list[Cell], columns: Columns, roster: bool, first: bool) -> None:
        filled = [cell for cell in row if cell.lines]
        if not filled:
            return
        if len(filled) == 1 and filled[0].span >= len(row) - 1 > 0:
            if first:
                self._whole(filled[0])
            return
        if roster:
            self.out += (
                [Piece(line.no, line.text, role="skip", code="roster") for c in filled for line in c.lines]
                if first
                else []
            )
            return
        if words.titles_of(match_copy(" ".join(c.text for c in filled))) and len(filled) > 1:
            self.out += (
                [Piece(line.no, line.text, role="skip", code="titles") for c in filled for line in c.lines]
                if first
                else []
            )
            return
        self._period(row, columns)
        self._tasks(row, columns)

    def _whole(self, cell: Cell) -> None:
        """A row that is one cell: a month over its weeks, a theme, a note."""
        head = read_head(cell.text)
        line = cell.lines[0]
        if head and head.strength == "full" and head.kind != "other":
            self._head(cell.text, line.no, head)
            self.month, self.fresh = (head.first, True) if head.kind == "month" else (self.month, False)
            return
        for each in cell.lines:
            copy = match_copy(each.text)
            code = (
                "note"
                if words.is_note(copy)
                else "theme"
                if words.is_theme(copy)
                else "sign"
                if words.is_sign_date(copy)
                else "unsure"
            )
            self.out.append(Piece(each.no, each.text, role="skip", code=code))

    def _period(self, row: list[Cell], columns: Columns) -> None:
        use = columns.periods if any(row[j].lines for j in columns.periods) else []
        if columns.month >= 0 and row[columns.month].lines:
            head = self._month(row[columns.month].text)
            self.month, self.fresh = (head.first, True) if head else (self.month, self.fresh)
            if not columns.periods or not use:
                use = [columns.month]
        if not use:
            return
        text = " ".join(row[j].text for j in use if row[j].lines)
        line = next(row[j].lines[0] for j in use if row[j].lines)
        self._head(text, line.no, self._read(row, use, columns, text))
        self.fresh = False

    def _month(self, text: str) -> Head | None:
        head = read_head(text)
        if head and head.kind in ("month", "months"):
            return head
        found = year_month(text)
        return Head("month", len(text), first=found, last=found, strength="full") if found else None

    def _read(self, row: list[Cell], use: list[int], columns: Columns, text: str) -> Head:
        plain = re.sub(r"\s*[|︱丨]\s*", "-", text)
        head = read_head(plain)
        if use == [columns.month] and columns.month >= 0:
            head = self._month(text) or head
        if head is None or head.strength not in ("full", "colon", "dated"):
            head = self._bare(row, use, columns) or self._days(text) or Head("other", strength="full", word=text)
        return replace(head, strength="full", label=None)

    def _bare(self, row: list[Cell], use: list[int], columns: Columns) -> Head | None:
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
        if later and self.fresh:  # the month's first week began in the month before
            month = (month - 2) % 12 + 1
        first = Day(month, int(hit[1]), self.month.year if month == self.month.month else None)
        week = re.match(rf"第?({g.NUM})周?(?=\d)", squeeze(match_copy(text))[0])
        return Head(
            "week" if week else "range",
            first=first,
            last=Day(month % 12 + 1 if later else month, int(hit[2])),
            strength="full",
        )

    def _head(self, text: str, no: int, head: Head | None) -> None:
        if text != self.header and head:
            self.header = text
            self.out.append(Piece(no, text, role="head", head=head))

    def _tasks(self, row: list[Cell], columns: Columns) -> None:
        owners = [line.text for j in columns.owners for line in row[j].lines]
        for j in columns.tasks:
            lines = list(joined(row[j].lines, 0, prefer_label=False))
            own = columns.titles.get(j, "") if columns.roles[j] == "dept" else ""
            for k, (line, owner) in enumerate(zip(lines, _owners(lines, owners), strict=True)):
                self.out.append(Piece(line.no, line.text, not k, "cell", owner=owner or own))
        taken = {*columns.periods, columns.month, *columns.tasks, *columns.owners}
        for j, role in columns.roles.items():
            if j not in taken and row[j].lines and role != "no":
                code = "theme" if role == "theme" else "place"
                self.out += [Piece(line.no, line.text, role="skip", code=code) for line in row[j].lines]
        if owners and not any(row[j].lines for j in columns.tasks):
            self.out.append(
                Piece(
                    row[columns.owners[0]].lines[0].no if row[columns.owners[0]].lines else 0,
                    " ".join(owners),
                    role="skip",
                    code="place",
                )
            )


def _owners(lines: list[Line], owners: list[str]) -> list[str]:
    """One owner for each line when there are as many; else all of them for every line."""
    if len(owners) == len(lines) > 1 and not any(is_open(match_copy(o)) and o.endswith("、") for o in owners):
        return owners
    return ["、".join(o.strip("、,， ") for o in owners)] * len(lines)
