"""Lines with their features, joined where a page broke them and cut where two things share one line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from . import words
from .blocks import Line
from .heads import Head, read_head
from .labels import Label, read_label
from .normal import is_open, match_copy, squeeze, width


@dataclass(slots=True)
class Piece:
    """A stretch of text that is one thing: a header, an item, a heading, a paragraph. `role` is "" for a line to be
    judged, head, rest (after a header on its line), cell (of a table), skip (with a code) or end (of a table)."""

    no: int
    text: str
    gap: bool = False
    role: str = ""
    head: Head | None = None
    owner: str = ""
    code: str = ""
    cut: bool = False
    copy: str = field(default="", repr=False)
    label: Label | None = None

    def __post_init__(self) -> None:
        self.copy = match_copy(self.text)
        self.label = read_label(self.text) if self.role not in ("skip", "end", "head") else None

    @property
    def body(self) -> str:
        """The text after the label, with its end mark."""
        return self.text[self.label.rest :] if self.label else self.text

    @property
    def body_copy(self) -> str:
        """The matching copy of the body."""
        return self.copy[self.label.rest :] if self.label else self.copy

    @property
    def alone(self) -> bool:
        """True when only a label stands here."""
        return self.label is not None and not self.text[self.label.rest :].strip()


def wrap_width(lines: list[Line]) -> int:
    """The width at which a page broke its lines, or 0 when paragraphs stand on one line each."""
    wide = [width(line.text) for line in lines]
    opened = Counter(
        w
        for w, line, after in zip(wide, lines, lines[1:], strict=False)
        if w >= 36 and is_open(match_copy(line.text)) and not after.gap
    )
    if not opened:
        return 0
    best = max(opened, key=lambda w: sum(n for v, n in opened.items() if w - 4 < v <= w))
    full = sum(n for v, n in opened.items() if best - 4 < v <= best)
    longer = sum(1 for w in wide if w > best + 2)
    return best if full >= 3 and longer <= len(wide) // 20 else 0


def joined(lines: Iterable[Line], page: int, prefer_label: bool) -> Iterator[Line]:
    """Lines of a hard-wrapped page put together again, and labels that stood alone with their text."""
    held: Line | None = None
    last_width, previous = 0, 0
    feet: list[Line] = []
    for line in lines:
        if held and words.is_page_number(match_copy(line.text)):
            feet.append(line)
            continue
        label = read_label(line.text)
        if held and _continues(held, line, label, page, last_width, previous, prefer_label):
            last_width = width(line.text)
            glue = " " if held.text[-1:].isascii() and held.text[-1:].isalnum() and line.text[:1].isascii() else ""
            held = replace(held, text=held.text + glue + line.text)
            continue
        if held:
            yield held
        yield from feet
        feet = []
        held, last_width = line, width(line.text)
        previous = label.number if label else previous
    if held:
        yield held
    yield from feet


def _continues(held: Line, line: Line, label: Label | None, page: int, last: int, previous: int, prefer: bool) -> bool:
    before = read_label(held.text)
    if before and not held.text[before.rest :].strip() and before.style != "bullet":
        return label is None or label.style != before.style or label.number != before.number + 1
    if line.gap or not is_open(match_copy(held.text)):
        return False
    dangling = before is not None and label is None and _DANGLING.search(match_copy(held.text)) is not None
    if not dangling and not (page and page - 6 < last <= page + 2):
        return False
    if label and (label.style == "bullet" or label.number in (1, previous + 1) or label.style in ("cn", "cn()")):
        return False
    head = read_head(line.text, prefer)
    return not (head and head.strength in ("full", "colon", "dated"))


_DANGLING = re.compile(r"[,、于在至和与及将并对把由从按]$")
_GLUED = re.compile(r"[。;；！!.][ 、]*(?=[^。;；！!]{2,24}$|[^。;；！!]{2,14}[:：])")


class Cutter:
    """Cuts logical lines into pieces; knows the period and the number it has reached."""

    def __init__(self, accepted: dict[int, Head]) -> None:
        self.accepted = accepted
        self.head: Head | None = None
        self.family, self.number = "", 0

    def cut(self, line: Line) -> Iterator[Piece]:
        """The pieces of one line, in order."""
        head = self.accepted.get(id(line))
        if head is None:
            yield from self._body(line.no, line.text, line.gap, "")
            return
        self.head, self.family, self.number = head, "", 0
        yield Piece(line.no, line.text[: head.end].strip(), line.gap, "head", head)
        rest = line.text[head.end :].strip(" 　\t、,，:：")
        if rest:
            yield from self._body(line.no, rest, False, "rest")

    def cut_cell(self, piece: Piece) -> Iterator[Piece]:
        """A table's piece; several labelled tasks in one line of a cell are cut apart."""
        if piece.role != "cell":
            yield piece
            return
        first = _first_inner(piece.text) if not piece.label else 0
        for text in filter(None, (piece.text[:first].strip(), piece.text[first:].strip())):
            for part in self._items(piece.no, text, piece.gap, "cell"):
                part.owner = piece.owner
                yield part

    def _body(self, no: int, text: str, gap: bool, role: str) -> Iterator[Piece]:
        while text:
            at, head = self._glued_head(text)
            main = text[:at].strip()
            if main:
                yield from self._items(no, main, gap, role)
            if head is None:
                return
            self.head, self.family, self.number = head, "", 0
            yield Piece(no, text[at : at + head.end].strip(), False, "head", head, cut=True)
            text, gap, role = text[at + head.end :].strip(" \u3000\t"), False, "rest"

    def _glued_head(self, text: str) -> tuple[int, Head | None]:
        """A header glued to the end of an item: it must be the one that comes next."""
        if self.head is None:
            return self._first_head(text)
        if len(text) > 50_000:
            return len(text), None
        for hit in _GLUED.finditer(text):
            head = read_head(text[hit.end() :])
            if (
                head
                and not head.label
                and head.strength in ("full", "colon")
                and self._comes_next(head, text[hit.end() :])
            ):
                return hit.end(), head
        return len(text), None

    @staticmethod
    def _first_head(text: str) -> tuple[int, Head | None]:
        """The first header, after the title on the same line, when a list begins right behind it."""
        for hit in re.finditer(r"(?<=[\s。；;])(?=[^\s。；;]{2,24}[:：]\s*(?:1|①|[(（]1|一、))", text[:400]):
            head = read_head(text[hit.end() :])
            if head and not head.label and head.strength == "colon" and head.kind in ("week", "month", "months"):
                return hit.end(), head
        return len(text), None

    def _comes_next(self, head: Head, text: str) -> bool:
        now = self.head
        if now is None or head.kind != now.kind and {head.kind, now.kind} != {"month", "months"}:
            return False
        if head.kind == "week":
            return head.number == (now.number_to or now.number or -2) + 1
        if head.kind in ("month", "months") and head.first and now.last:
            return 1 <= (head.first.month - now.last.month) % 12 <= 3 and (
                head.strength == "colon" or len(squeeze(match_copy(text))[0]) <= 8
            )
        return False

    def _items(self, no: int, text: str, gap: bool, role: str) -> Iterator[Piece]:
        cut = False
        while text:
            label = read_label(text)
            at = self._next_label(text, label) if label else (_first_inner(text) if role == "rest" else 0) or len(text)
            if label:
                self.family, self.number = label.style, label.number
            yield Piece(no, text[:at].strip(), gap, role, cut=cut)
            cut = label is not None
            text, gap = text[at:], False

    def _next_label(self, text: str, label: Label) -> int:
        """Where on this line the next item begins, or a nested list opens."""
        copy = match_copy(text)
        for hit in _INNER.finditer(copy, label.rest + 1):
            at = hit.start()
            found = read_label(text[at : at + 12])
            if found is None or not text[at + found.rest :].strip(" 。;；"):
                continue
            before = copy[at - 1]
            if found.style == label.style and found.number == label.number + 1 and _may_stand(copy, at, found, label):
                return at
            if found.number == 1 and found.style != label.style and found.level > label.level and before in ":;。":
                return at
            if found.number == self.number + 1 and found.style == self.family != label.style and before in ";。":
                return at
        return len(text)


_INNER = re.compile(
    r"\d{1,2}\s*[、.,)]|\(\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*\)|[①-⒛㈠-㈩]|(?<![A-Za-z])[A-H][、.]|[一二三四五六七八九十]{1,3}、"
)
_COUNTED = re.compile(r"\s*(?:\d|号|楼|栋|幢|班|年级|月|日|层|区|队|组|级|个|名)")


def _may_stand(copy: str, at: int, found: Label, label: Label) -> bool:
    """A label in mid-line: after an end mark always; after a bracketed style almost always; else only in a chain."""
    before = copy[:at].rstrip()[-1:]
    if before in "。;；!！?:，" or (before == "," and found.style in ("cn()", "(n)", "circle")):
        return True
    if found.style in ("cn()", "(n)", "circle", "n)"):
        return before not in "见第图表"
    if copy[at - 1 : at] == " " or before in ")":
        return not _COUNTED.match(copy[at + found.rest :]) or label.number == 1
    return (
        before not in "、,.-~/第至和及与"
        and not before.isalnum()
        or (
            "\u4e00" <= before <= "\u9fff"
            and before not in "第至和及与一二三四五六七八九十"
            and found.style == "num"
            and not _COUNTED.match(copy[at + found.rest :])
        )
    )


def _first_inner(text: str) -> int:
    """Where a list begins that opens after some words: theme 1、… 2、…"""
    for hit in re.finditer(r"(?<=[\s:：。;；])(?:1\s*[、.．]|①|\(1\)|（1）|1\))(?!\d)", text):
        return hit.start()
    return 0
