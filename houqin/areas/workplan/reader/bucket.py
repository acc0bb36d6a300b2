"""What stands between one period header and the next: items, themes, owners, and the place where the schedule ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import grammar as g
from . import words
from .answer import Item, Period, Prose, Reading, Remark
from .heads import Head
from .labels import Label
from .normal import is_open, match_copy, squeeze
from .people import is_people, is_roster_title, owner_in_brackets
from .pieces import Piece

END_MARKS = re.compile(r"[\s;；。！!,，、`]+$|(?<!\d)\.$")
_HEADING = re.compile(r"(?:措施|保障|要求|说明|其他事项|注意事项|几点|总结|学期(?:工作)?(?:安排|计划)|主要工作|指导思想|工作目标)[:：]?$")


class Bucket:
    """Fills one period from the pieces that follow its header."""

    def __init__(self, reading: Reading, period: Period, head: Head, outer: dict[str, Label], last: bool) -> None:
        self.reading, self.period, self.head, self.outer, self.last = reading, period, head, outer, last
        self.next_label: Label | None = None
        # told by the whole plan: the periods before had unlabelled tasks only; a column of owners is announced
        self.plain = self.owners = False
        self.items: list[Item] = []
        self.follows: list[Label | None] = []
        self.labelled = self.marked = False

    def fill(self, pieces: list[Piece]) -> list[Piece]:
        """Takes the pieces that belong to the period and returns the rest."""
        own = [p for p in pieces if p.label and p.role != "skip"]
        self.labelled = bool(own)
        self.marked = sum(1 for p in own if not is_open(p.copy)) * 5 >= 3 * len(own)
        self.follows = _following(pieces)
        stop = self._stop(pieces)
        for i, piece in enumerate(pieces[:stop]):
            self.next_label = self.follows[i] if i + 1 < stop else None
            self._piece(piece, pieces[i + 1] if i + 1 < stop else None)
        return pieces[stop:]

    # where the schedule ends ---------------------------------------------------------------------------------------

    def _stop(self, pieces: Sequence[Piece]) -> int:
        number = 0
        for i, piece in enumerate(pieces):
            if piece.role == "end":
                return i
            if piece.role in ("cell", "skip"):
                continue
            if words.is_tail(piece.copy):
                return i
            if piece.label:
                going_on = i and (before := pieces[i - 1].label) and (before.style, before.number + 1) == (piece.label.style, piece.label.number)
                if (not going_on and self._is_heading(piece)) or self._is_note_list(pieces, i):
                    return i
                number = piece.label.number if piece.label.style == "num" else number
            elif piece.role != "rest" and self._ends(pieces, i, number):
                return i
        return len(pieces)

    def _is_heading(self, piece: Piece) -> bool:
        """A numbered heading that goes on counting where the headings before the schedule stopped."""
        label, own = piece.label, self.head.label
        assert label is not None
        if own and own.style == label.style:
            return label.number == own.number + 1
        before = self.outer.get(label.style)
        return before is not None and label.number == before.number + 1 and label.number > 1

    def _is_note_list(self, pieces: Sequence[Piece], i: int) -> bool:
        """After unlabelled tasks a list that begins at 1 at the very end is a list of notes."""
        label = pieces[i].label
        if not self.last or not i or label is None or label.number != 1 or label.style == "bullet" or pieces[i].role == "rest":
            return False
        before = [p for p in pieces[:i] if p.role == "" or self.plain and p.role == "rest"]
        plain = [p for p in before if not p.label and not p.copy.rstrip().endswith(":") and not words.is_theme(p.copy)]
        return bool(plain) and len(plain) == len(before) and all(p.label for p in pieces[i:] if p.role == "" and not words.is_sign_date(p.copy))

    def _ends(self, pieces: Sequence[Piece], i: int, number: int) -> bool:
        piece, copy = pieces[i], pieces[i].copy
        later = self.follows[i]
        if words.is_furniture(copy):
            return False
        if number and later and later.style == "num" and later.number == number + 1:
            return False
        if words.is_note(copy) or is_roster_title(copy):
            return True
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if words.is_sign_date(copy) or (words.is_org(copy) and (after is None or words.is_sign_date(after.copy)) and self.last):
            return True
        short = len(copy) <= 30 and not re.search("[。;,]", copy)
        if short and i and (_HEADING.search(copy.strip()) or (words.OPENER.search(copy.strip()) and after and after.label)) and self._list_after(pieces, i):
            return True
        return self.labelled and bool(i) and words.is_prose(copy) and not later

    def _list_after(self, pieces: Sequence[Piece], i: int) -> bool:
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        return after is None or (after.label is not None and after.label.number == 1)

    # one piece -----------------------------------------------------------------------------------------------------

    def _piece(self, piece: Piece, after: Piece | None) -> None:
        code = piece.code or self._code(piece, after)
        if code == "theme" and not self.period.note:
            self.period.note = piece.text
        if code:
            self._leave(piece, code)
        elif not self._is_owner(piece):
            self._item(piece, after)

    def _code(self, piece: Piece, after: Piece | None) -> str:
        copy = piece.copy
        if piece.alone:
            return "empty"
        if words.is_furniture(copy) and (not piece.label or words.is_page_number(copy)):
            return "furniture"
        if words.is_theme(piece.body_copy):
            return "theme"
        if piece.role == "" and not piece.label and words.titles_of(copy):
            return "titles"
        if piece.role == "" and g.YEAR_LINE.fullmatch(squeeze(copy)[0]):
            return "year"
        if piece.role == "rest":
            return self._rest_code(piece, after)
        if self._is_group(piece, after):
            return "group"
        if not piece.label and piece.role == "" and words.is_prose(copy):
            return "prose"
        return "unsure" if self._is_unsure(piece, after) else ""

    def _rest_code(self, piece: Piece, after: Piece | None) -> str:
        """Words after a header on its line: a site's mark, a theme, or tasks."""
        if g.WATERMARK.search(piece.copy):
            return "watermark"
        if piece.label or (not self.labelled and after is None):
            if not piece.label and re.search(r"(?:主题|活动|宣传|教育|文明|礼仪|安全|卫生|法制|感恩|读书)[^,。;:]{0,8}月$", piece.copy) and len(piece.copy) <= 12:
                return "theme"
            return ""
        if after and words.FESTIVAL.match(piece.copy.strip("()。 ")):
            return "theme"
        if self.head.kind in ("month", "months") and re.search(r"月[。;]?$", piece.copy) and len(piece.copy) <= 14:
            return "theme"
        if after and after.label and after.label.number == 1 and len(piece.copy) <= 16 and not re.search("[;。]", piece.copy):
            return "theme"
        return ""

    def _is_unsure(self, piece: Piece, after: Piece | None) -> bool:
        """Unlabelled words before the first item or between two items that count on: a theme, a detail or a task."""
        label = self.next_label
        if piece.label or piece.role != "" or not self.labelled or label is None:
            return False
        if not self.items:
            return True
        last = self.items[-1]
        if self._continues(piece, last, after) or self._tells_owner(piece):
            return False
        return label.style == last.style != "bullet" and label.number == last.number + 1

    def _is_group(self, piece: Piece, after: Piece | None) -> bool:
        if after is None or after.label is None or after.label.number != 1 or piece.role == "cell" and piece.cut:
            return False
        if piece.label is None:
            return piece.role != "cell" and (piece.copy.rstrip().endswith(":") or len(piece.copy) <= 8 and self.labelled and bool(self.items))
        if piece.label.style == after.label.style:
            return False
        short = len(piece.body.strip()) <= 20 and not re.search("[。;]", match_copy(piece.body.strip()))
        return piece.label.style in ("cn", "cn()", "task") and short

    def _leave(self, piece: Piece, code: str) -> None:
        if code not in ("furniture", "watermark"):
            self.period.body.append(Prose(piece.text, piece.no, self.period.section, code))
        self.reading.unread.append(Remark(piece.no, code, piece.text))

    def _is_owner(self, piece: Piece) -> bool:
        """A line that names who is responsible for the tasks above it."""
        if piece.role != "" or piece.label or not self.items:
            return False
        who = self._tells_owner(piece)
        if not who:
            return False
        for item in self.items[-1:] if self.labelled else self.items:
            item.owner = item.owner or who.strip()
        self.period.body.append(Prose(piece.text, piece.no, self.period.section, "owner"))
        return True

    def _tells_owner(self, piece: Piece) -> str:
        told = words.owner_of(piece.copy)
        if told:
            return piece.text[told.start("who") :]
        return piece.text if self.owners and len(piece.copy) <= 24 and is_people(piece.copy) else ""

    def _item(self, piece: Piece, after: Piece | None) -> None:
        items = self.items
        if not piece.label and items and self._continues(piece, items[-1], after):
            last = items[-1]
            last.raw = f"{last.raw}{piece.text}"
            last.text = END_MARKS.sub("", f"{last.text}{piece.text}")
            last.flag("joined")
            return
        for part in self._parts(piece):
            self._add(part, after)

    def _continues(self, piece: Piece, last: Item, after: Piece | None) -> bool:
        if not self.labelled or not last.style or piece.role == "rest" or not is_open(match_copy(last.raw)):
            return False
        if len(last.text) <= 4:
            return True
        next_label = after.label if after and after.role != "end" else None
        going_on = next_label is None or next_label.style != last.style or next_label.number == last.number + 1
        return self.marked and going_on and (not piece.gap or len(piece.text) <= 30)

    def _parts(self, piece: Piece) -> Iterator[Piece]:
        """An unlabelled line with semicolons holds several tasks; a prefix such as 主要活动: is none of their words."""
        skip = 0 if piece.label else words.tasks_prefix(piece.copy)
        body = piece.text[skip:].strip()
        if piece.label or not re.search("[;；].*[^;；。\\s]", body):
            yield piece
            return
        lead = piece.text[:skip]
        for part in re.split(r"(?<=[;；])", body):
            if part.strip(" ;；。、　"):
                yield replace(piece, text=lead + part.strip(), cut=True)
                lead = ""

    def _add(self, piece: Piece, after: Piece | None) -> None:
        label = piece.label
        skip = label.rest if label else words.tasks_prefix(piece.copy)
        shown = label.text if label else piece.text[:skip].strip()
        body = piece.text[skip:].strip()
        if not body:
            self._leave(piece, "group" if after else "section")
            return
        item = Item(shown, END_MARKS.sub("", body) or body, piece.no, piece.text, piece.owner)
        item.style, item.number = (label.style, label.number) if label else ("", 0)
        found = owner_in_brackets(match_copy(body))
        if found and not item.owner:
            item.owner = body[found[0] : found[1]].strip()
        if piece.cut:
            item.flag("split")
        if not label and self.labelled and piece.role == "":
            item.flag("look")
        self._nest(item, after)
        self.items.append(item)
        self.period.body.append(item)

    def _nest(self, item: Item, after: Piece | None) -> None:
        main = self.items[0].style if self.items else item.style
        if item.style and main and item.style != main and item.style in ("(n)", "n)", "circle", "letter") and main in ("num", "cn", "cn()"):
            item.flag("sub")
        if after and after.label and item.style and after.label.style != item.style and after.label.number == 1 and after.label.style not in ("num", "bullet", "cn"):
            item.flag("group")


def _following(pieces: Sequence[Piece]) -> list[Label | None]:
    """For each piece the label of the next labelled piece."""
    found: list[Label | None] = [None] * len(pieces)
    for i in range(len(pieces) - 2, -1, -1):
        found[i] = pieces[i + 1].label or found[i + 1]
    return found
