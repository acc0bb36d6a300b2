"""Word documents: paragraphs with their automatic numbers, and tables with merged cells, in the document's order."""

import io
import re
from collections.abc import Iterator
from typing import Any

from .blocks import Block, Cell, Line, Table, Unreadable
from .numbering import Numbering
from .package import part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAX_DEPTH = 12
MAX_COLUMNS = 80


def word_blocks(data: bytes, name: str) -> list[Block]:
    """The lines and tables of a .docx. Lines are numbered in the order of the document; cells count each line."""
    try:
        from docx import Document

        if len(part(data, "word/document.xml", name)) > 40_000_000:
            raise Unreadable("long", name=name)
        document = Document(io.BytesIO(data))
        reader = _Word(Numbering(document))
        blocks = list(reader.blocks(document.element.body, 0))
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001  python-docx fails in many ways on a damaged file, all mean the same
        raise Unreadable("damaged", name=name) from error
    if not blocks:
        raise Unreadable("void", name=name)
    return blocks


class _Word:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.no = 0

    def blocks(self, parent: Any, depth: int) -> Iterator[Block]:
        gap = False
        for child in self._children(parent, depth):
            if child.tag == W + "p":
                lines = self.lines(child)
                for i, line in enumerate(lines):
                    line.gap = gap and not i
                    yield line
                gap = not lines
            elif child.tag == W + "tbl":
                yield from self._table(child, depth + 1)
                gap = False

    def _children(self, parent: Any, depth: int) -> Iterator[Any]:
        """Paragraphs and tables, also those inside content controls and tracked insertions."""
        if depth > MAX_DEPTH:
            return
        for child in parent:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "smartTag"):
                yield from self._children(child, depth + 1)

    def lines(self, paragraph: Any) -> list[Line]:
        """The lines of one paragraph (it may hold line breaks), its automatic label first, then its text boxes."""
        text = _text(paragraph)
        label = self.numbering.label(paragraph) if text.strip() else ""
        lines = []
        for i, piece in enumerate(text.split("\n")):
            self.no += 1
            if piece.strip():
                lines.append(
                    Line(self.no, (label if not i else "") + piece.strip(" \u3000\t\r") if not i else piece.strip())
                )
        for box in _boxes(paragraph):
            lines += [line for p in box.iter(W + "p") for line in self.lines(p)]
        return lines

    def _table(self, tbl: Any, depth: int) -> Iterator[Block]:
        rows = [list(self._row(row, depth)) for row in self._rows(tbl)]
        rows = [row for row in rows if row]
        columns = min(max((len(row) for row in rows), default=0), MAX_COLUMNS)
        if columns == 1:
            for row in rows:
                yield from row[0].lines
        elif columns:
            yield Table([(row + [Cell() for _ in range(columns - len(row))])[:columns] for row in rows])

    def _rows(self, tbl: Any) -> Iterator[Any]:
        for child in tbl:
            if child.tag == W + "tr":
                yield child
            elif child.tag in (W + "sdt", W + "sdtContent"):
                yield from self._rows(child)

    def _row(self, row: Any, depth: int) -> Iterator[Cell]:
        before = row.find(f"{W}trPr/{W}gridBefore")
        for _ in range(min(int(before.get(W + "val", 0)), MAX_COLUMNS) if before is not None else 0):
            yield Cell()
        for tc in row.iter(W + "tc") if depth < 2 else row.findall(W + "tc"):
            if tc.getparent() is not row and tc.getparent().tag != W + "sdtContent":
                continue
            span = tc.find(f"{W}tcPr/{W}gridSpan")
            merge = tc.find(f"{W}tcPr/{W}vMerge")
            wide = max(1, min(int(span.get(W + "val", 1)), MAX_COLUMNS)) if span is not None else 1
            up = merge is not None and merge.get(W + "val", "continue") != "restart"
            yield Cell([] if up else list(self._inside(tc, depth)), up, wide)
            yield from (Cell(span=0, up=up) for _ in range(wide - 1))

    def _inside(self, tc: Any, depth: int) -> Iterator[Line]:
        for block in self.blocks(tc, depth + 1):
            if isinstance(block, Line):
                yield block
            else:
                yield from (line for row in block.rows for cell in row for line in cell.lines)


def _text(paragraph: Any) -> str:
    """Text of a paragraph without deleted text and text boxes; breaks become line ends."""
    out = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == W + "t":
            out.append(node.text or "")
        elif node.tag == W + "tab":
            out.append("\t" if node.getparent().tag == W + "r" else "")
        elif node.tag in (W + "br", W + "cr"):
            out.append("\n")
        elif node.tag == W + "noBreakHyphen":
            out.append("-")
        elif node.tag not in (
            W + "del",
            W + "pPr",
            W + "rPr",
            W + "instrText",
            W + "pict",
            W + "drawing",
            W + "moveFrom",
            MC + "AlternateContent",
        ):
            stack.extend(reversed(node))
    return re.sub("[\x00-\x08]", "", "".join(out))


def _boxes(paragraph: Any) -> list[Any]:
    """Text boxes of the paragraph; of two alternative drawings only the first."""
    boxes = list(paragraph.iter(W + "txbxContent"))
    return boxes[:1] if paragraph.find(f".//{MC}AlternateContent") is not None else boxes
