"""Puts pieces together: plans, their measures, their periods; whatever is no part of these is listed with a reason."""

from collections.abc import Sequence

from . import words
from .answer import Measure, Period, Plan, Prose, Reading, Remark
from .blocks import Block, Line, Table
from .bucket import Bucket
from .evidence import accepted_heads, prefers_labels
from .grammar import YEAR_LINE
from .heads import Head
from .labels import Label
from .normal import match_copy, squeeze
from .people import is_roster_title
from .pieces import Cutter, Piece, joined, wrap_width
from .plans import is_title, plan_starts, title_line
from .tables import table_pieces, titled


def read_blocks(blocks: Sequence[Block]) -> tuple[Reading, list[list[tuple[Period, Head]]]]:
    """The reading without dates, and for each plan its periods with the headers as understood."""
    blocks = _rejoined(blocks)
    reading = Reading()
    starts = plan_starts(blocks)
    heads = []
    for block in blocks[: starts[0]] if starts else []:
        reading.unread += _unread_block(block, "before")
    for i, start in enumerate(starts or [-1]):
        stop = starts[i + 1] if i + 1 < len(starts) else len(blocks)
        heads.append(_Assembler(reading, list(blocks[max(start, 0) : stop]), start >= 0).run())
    return reading, heads


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """Hard-wrapped lines put together again; tables stay where they are."""
    lines = [b for b in blocks if isinstance(b, Line)]
    page, prefer = wrap_width(lines), prefers_labels(lines)
    out: list[Block] = []
    run: list[Line] = []
    single = [part for block in blocks for part in (titled(block) if isinstance(block, Table) else [block])]
    for block in [*single, None]:
        if isinstance(block, Line):
            run.append(block)
            continue
        out += joined(run, page, prefer)
        run = []
        if block:
            out.append(block)
    return out


def _unread_block(block: Block, code: str) -> list[Remark]:
    lines = [block] if isinstance(block, Line) else [line for row in block.rows for cell in row for line in cell.lines]
    return [Remark(line.no, code, line.text) for line in lines]


class _Assembler:
    def __init__(self, reading: Reading, blocks: list[Block], titled: bool) -> None:
        self.reading, self.blocks = reading, blocks
        self.plan = Plan()
        reading.plans.append(self.plan)
        self.outer: dict[str, Label] = {}
        self.section = ""
        self.heads: list[tuple[Period, Head]] = []
        self.roster = self.tail = self.owners = self.below_table = False
        self.unlabelled = 0
        self._title(titled)

    def _title(self, titled: bool) -> None:
        at = 0 if titled else title_line(self.blocks)
        if at < 0:
            return
        line = self.blocks[at]
        if isinstance(line, Line):
            self.plan.title, self.plan.line = line.text, line.no
            before, self.blocks = self.blocks[:at], self.blocks[at + 1 :]
            self.reading.unread += [r for block in before for r in _unread_block(block, "before")]

    def run(self) -> list[tuple[Period, Head]]:
        pieces = _merged(self._pieces())
        at = next((i for i, p in enumerate(pieces) if p.role == "head"), len(pieces))
        if not self.plan.title and at and is_title(pieces[0].copy) and not pieces[0].label:
            self.plan.title, self.plan.line = pieces[0].text, pieces[0].no
            del pieces[0]
            at -= 1
        self._outside_all(pieces[:at])
        while at < len(pieces):
            stop = next((i for i in range(at + 1, len(pieces)) if pieces[i].role == "head"), len(pieces))
            self._period(pieces[at], pieces[at + 1 : stop], pieces[stop] if stop < len(pieces) else None)
            at = stop
        return self.heads

    def _pieces(self) -> list[Piece]:
        lines = [b for b in self.blocks if isinstance(b, Line)]
        prefer = prefers_labels(lines)
        found = accepted_heads(lines, prefer)
        cutter = Cutter({id(lines[i]): head for i, head in found.items()})
        out: list[Piece] = []
        before = self.plan.title
        for block in self.blocks:
            if isinstance(block, Table):
                out += (part for piece in table_pieces(block, before) for part in cutter.cut_cell(piece))
                continue
            before = block.text
            self.owners = self.owners or words.names_owners(match_copy(block.text))
            out += cutter.cut(block)
        return out

    # outside the schedule ------------------------------------------------------------------------------------------

    def _outside_all(self, pieces: Sequence[Piece], closing: bool = False) -> None:
        for i, piece in enumerate(pieces):
            self._outside(piece, pieces[i + 1] if i + 1 < len(pieces) else None, closing)

    def _outside(self, piece: Piece, after: Piece | None, closing: bool) -> None:
        self.tail = self.tail or words.is_tail(piece.copy)
        code = piece.code or ("furniture" if self.tail or words.is_furniture(piece.copy) else "")
        if piece.role == "end":
            self.below_table = True
            return
        if is_roster_title(piece.copy) and not piece.label:
            self.roster = True
        elif piece.label and not piece.alone:
            self.roster = False
        if code or self.roster:
            self._leave(piece, code or "roster")
        elif piece.role == "cell":
            self._leave(piece, "unsure")
        elif piece.label and not piece.alone and not (self.below_table and piece.label.level > 2):
            self._measure(piece)
        elif _is_section(piece, after):
            self.section, self.below_table = piece.text, False
            self.plan.body.append(Measure(1, "", piece.text, piece.no, piece.text))
        else:
            self._leave(piece, _outside_code(piece, closing))

    def _measure(self, piece: Piece) -> None:
        label = piece.label
        assert label is not None
        if label.style in ("cn", "cn()", "roman"):
            self.outer[label.style], self.below_table = label, False
            if label.style == "cn":
                self.outer.pop("cn()", None)
                self.section = piece.text
        self.plan.body.append(Measure(label.level, label.text, piece.body.strip(), piece.no, piece.text, self.section))

    def _leave(self, piece: Piece, code: str) -> None:
        if not piece.text:
            return
        self.reading.unread.append(Remark(piece.no, code, piece.text))
        if code not in ("furniture", "watermark"):
            self.plan.body.append(Prose(piece.text, piece.no, self.section, code))

    # the schedule --------------------------------------------------------------------------------------------------

    def _period(self, piece: Piece, bucket: list[Piece], after: Piece | None) -> None:
        head = piece.head
        assert head is not None
        if _is_umbrella(head, bucket, after):
            self.plan.body.append(Prose(piece.text, piece.no, self.section, "section"))
            self.reading.unread.append(Remark(piece.no, "section", piece.text))
            self.heads.append((Period("", "umbrella", piece.no), head))
            return
        period = Period(
            piece.text, head.kind, piece.no, head.number, head.number_to, note=head.note, section=self.section
        )
        if head.label and head.label.style in ("cn", "cn()"):
            self.outer[head.label.style] = head.label
        self.plan.body.append(period)
        self.below_table = False
        self.heads.append((period, head))
        filler = Bucket(self.reading, period, head, self.outer, last=after is None)
        filler.plain, filler.owners = self.unlabelled > 1, self.owners
        rest = filler.fill(bucket)
        if any(item.style for item in filler.items):
            self.unlabelled = -(10**6)
        self.unlabelled += len(filler.items)
        self._outside_all(rest, closing=True)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """第21周 and its dates on the next line are one header; so is a word such as 开学前 with its day."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and last.head and piece.head and _completes(last.head, piece.head):
            one, two = (last.head, piece.head) if last.head.kind != "range" else (piece.head, last.head)
            head = Head(
                one.kind, number=one.number, number_to=one.number_to, first=two.first, last=two.last, note=one.note or two.note,
                strength="full", label=last.head.label, word=one.word, mended=two.mended,
            )  # fmt: skip
            out[-1] = Piece(last.no, f"{last.text} {piece.text}", last.gap, "head", head)
            continue
        out.append(piece)
    return out


def _completes(first: Head, second: Head) -> bool:
    if first.kind in ("week", "other") and not first.dated and first.strength == "full":
        return second.kind == "range" and second.dated
    return first.kind == "range" and first.word != "day" and second.kind == "week" and not second.dated


def _is_umbrella(head: Head, bucket: list[Piece], after: Piece | None) -> bool:
    """A month that only stands over its weeks or thirds is their context, not a period of its own."""
    if bucket or after is None or after.head is None or head.kind not in ("month", "months"):
        return False
    inner = after.head
    return (
        inner.kind == "week"
        or (inner.kind == "other" and inner.word.endswith("周"))
        or (inner.kind == "tendays" and inner.first is None)
        or (inner.kind == "range" and _within(inner, head))
    )


def _within(inner: Head, outer: Head) -> bool:
    return inner.first is not None and outer.first is not None and inner.first.month == outer.first.month


def _is_section(piece: Piece, after: Piece | None) -> bool:
    """An unnumbered heading: the opener of a schedule, or a short line before a list."""
    tight = squeeze(piece.copy)[0]
    if piece.label or not 2 <= len(tight) <= 30 or tight[-1] in "。;,、" or words.titles_of(piece.copy):
        return False
    if words.OPENER.search(tight):
        return True
    begins = after is not None and after.label is not None and after.label.number == 1
    return (
        begins
        and not any(c in tight for c in "。;,")
        and not words.is_sign_date(piece.copy)
        and not words.is_org(piece.copy)
    )


def _outside_code(piece: Piece, closing: bool) -> str:
    copy = match_copy(piece.text)
    if piece.label and not piece.alone:
        return "note"
    if words.is_sign_date(copy) or words.is_org(copy):
        return "sign"
    if words.titles_of(copy):
        return "titles"
    if YEAR_LINE.fullmatch(squeeze(copy)[0]):
        return "year"
    if words.is_note(copy):
        return "note"
    return "closing" if closing else "prose"
