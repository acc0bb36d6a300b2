"""The plan as a Word file in the layout of official papers (GB/T 9704): the same lines in the same order."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ..models import Plan
from .sheets import fill

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋", "黑体", "楷体"


def write(plan: Plan) -> bytes:
    """A .docx file: A4, title in 二号, headings 黑体 and 楷体, text 仿宋三号 on lines of 28 points."""
    data, document = fill(plan, None), docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _add(document, data["title"], SONG, 22, indent=False, centre=True)
    for line in data["lines"]:
        level = line.get("level")
        heading = line["kind"] == "period" or level == 1
        _add(document, line["text"], HEI if heading else KAI if level == 2 else FANG, 16)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: object, text: str, font: str, size: int, indent: bool = True, centre: bool = False) -> None:
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after = Pt(28), Pt(0)
    if indent:
        layout.first_line_indent = Pt(2 * size)
    if centre:
        paragraph.alignment, layout.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(14)
