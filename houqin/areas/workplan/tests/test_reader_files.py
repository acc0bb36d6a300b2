"""Encodings, Word documents with automatic numbers and merged cells, spreadsheets, and files that are no plans."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from houqin.areas.workplan.reader import Unreadable, read_bytes, read_text

from .shape import dates, shape, shape_of

PLAN = "总务处工作计划\n九月份：\n1、开学安全检查；\n2、发放办公用品。\n十月份：\n1、绿化修剪\n"
TRUTH = [("九月份：", ["开学安全检查", "发放办公用品"]), ("十月份：", ["绿化修剪"])]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_text_in_this_encoding_is_read(coding, ending):
    assert shape(read_bytes(PLAN.replace("\n", ending).encode(coding), "计划.txt")) == TRUTH


def test_big5_with_traditional_characters_is_read():
    text = "總務處工作計劃\n九月份：\n1、開學安全檢查；\n2、發放辦公用品。\n十月份：\n1、綠化修剪\n"
    assert shape(read_bytes(text.encode("big5"), "a.txt")) == [
        ("九月份：", ["開學安全檢查", "發放辦公用品"]),
        ("十月份：", ["綠化修剪"]),
    ]


def docx_bytes(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document, levels) -> str:
    """Adds a numbering definition with these (form, text) levels and returns its id."""
    root = document.part.numbering_part.element
    abstract, key = OxmlElement("w:abstractNum"), str(900 + len(root))
    abstract.set(qn("w:abstractNumId"), key)
    for at, (form, text) in enumerate(levels):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(at))
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", text)):
            node = OxmlElement(f"w:{tag}")
            node.set(qn("w:val"), value)
            lvl.append(node)
        abstract.append(lvl)
    root.insert(0, abstract)
    return str(root.add_num(int(key)).numId)


def add(document, text, num=None, level=0):
    paragraph = document.add_paragraph(text)
    if num:
        props = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        props.get_or_add_ilvl().val, props.get_or_add_numId().val = level, int(num)


def test_automatic_numbers_of_word_become_labels():
    document = Document()
    heads = numbered(document, [("chineseCountingThousand", "%1、"), ("decimal", "%2、")])
    add(document, "总务处工作计划")
    add(document, "指导思想", heads)
    add(document, "服务育人。")
    add(document, "工作安排", heads)
    for month, tasks in (("九月份", ["开学检查", "发放课本"]), ("十月份", ["植树"])):
        own = numbered(document, [("decimal", "%1．")])
        add(document, month)
        for task in tasks:
            add(document, task, own)
    add(document, "保障措施", heads)
    add(document, "加强领导", heads, 1)
    reading = read_bytes(docx_bytes(document), "计划.docx")
    assert shape(reading) == [("九月份", ["开学检查", "发放课本"]), ("十月份", ["植树"])]
    assert [i.label for i in reading.plans[0].periods[0].items] == ["1．", "2．"]
    assert [(m.level, m.label, m.text) for m in reading.plans[0].measures] == [
        (1, "一、", "指导思想"), (1, "二、", "工作安排"), (1, "三、", "保障措施"), (3, "1、", "加强领导"),
    ]  # fmt: skip


def filled(table, rows):
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text is not None:
                table.cell(i, j).text = text


def test_a_word_table_with_merged_weeks_and_owners_is_read():
    document = Document()
    document.add_paragraph("青禾中学总务处行事历")
    table = document.add_table(6, 4)
    filled(table, [
        ["周次", "起止日期", "工作内容", "责任人"],
        ["第1周", "8.30—9.5", "开学典礼", "张三"],
        [None, None, "发放课本", "李四"],
        ["第2周", "9.6—9.12", "1、安全检查\n2、清洗水箱", "王五\n赵六"],
        ["第3周", "9.13—9.19", "绿化；食堂检查", "总务处"],
        ["备注：如有变动另行通知", None, None, None],
    ])  # fmt: skip
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(5, 0).merge(table.cell(5, 3))
    document.add_paragraph("1.本学期教师集中时间为周二。")
    document.add_paragraph("2017年8月30日")
    reading = read_bytes(docx_bytes(document), "行事历.docx", year=2026)
    assert shape(reading) == [
        ("第1周 8.30—9.5", ["开学典礼", "发放课本"]), ("第2周 9.6—9.12", ["安全检查", "清洗水箱"]), ("第3周 9.13—9.19", ["绿化", "食堂检查"]),
    ]  # fmt: skip
    assert [i.owner for p in reading.plans[0].periods for i in p.items] == [
        "张三",
        "李四",
        "王五",
        "赵六",
        "总务处",
        "总务处",
    ]
    assert dates(reading) == ["2026-08-30..2026-09-05", "2026-09-06..2026-09-12", "2026-09-13..2026-09-19"]
    assert [(u.code, u.text) for u in reading.unread if u.code != "titles"] == [
        ("note", "备注：如有变动另行通知"), ("note", "1.本学期教师集中时间为周二。"), ("sign", "2017年8月30日"),
    ]  # fmt: skip


def test_a_table_that_only_lays_out_the_page_is_read_as_lines():
    document = Document()
    table = document.add_table(1, 1)
    table.cell(0, 0).text = PLAN
    assert shape(read_bytes(docx_bytes(document), "a.docx")) == TRUTH


def sheet(rows, merges=(), titles=("行事历",)) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for title in titles:
        page = book.add_worksheet(title)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    page.write(i, j, value)
        for merge in merges:
            page.merge_range(*merge)
    book.close()
    return out.getvalue()


def test_a_spreadsheet_with_merged_and_blank_cells_is_read():
    rows = [[None] * 4, ["月份", "周次", "工作内容", "责任处室"], ["九月", "第1周", "开学典礼", "教务处"], [None, None, "收费", "总务处"],
            [None, "第2周", "安全检查", "总务处"], ["十月", "第3周", "国庆值班", None], [None, "第4周", "校运会", "体育组"]]  # fmt: skip
    data = sheet(
        rows, [(0, 0, 0, 3, "2026学年总务工作计划"), (2, 0, 4, 0, "九月"), (2, 1, 3, 1, "第1周"), (5, 0, 6, 0, "十月")]
    )
    reading = read_bytes(data, "a.xlsx", first_day=date(2026, 8, 30))
    assert reading.plans[0].title == "2026学年总务工作计划"
    assert shape(reading) == [
        ("第1周", ["开学典礼", "收费"]),
        ("第2周", ["安全检查"]),
        ("第3周", ["国庆值班"]),
        ("第4周", ["校运会"]),
    ]
    assert dates(reading)[3] == "2026-09-20..2026-09-26"
    assert [i.owner for p in reading.plans[0].periods for i in p.items] == ["教务处", "总务处", "总务处", "", "体育组"]


def test_a_spreadsheet_with_departments_as_columns_gives_them_as_owners():
    data = sheet(
        [
            ["周次", "日期", "总务处", "德育处"],
            ["一", "9.1-9.7", "发放课本", "开学典礼"],
            ["二", "9.8-9.14", "检查桌椅", "主题班会"],
        ]
    )
    reading = read_bytes(data, "a.xlsx")
    assert shape(reading) == [("一 9.1-9.7", ["发放课本", "开学典礼"]), ("二 9.8-9.14", ["检查桌椅", "主题班会"])]
    assert [i.owner for p in reading.plans[0].periods for i in p.items] == ["总务处", "德育处"] * 2


def test_two_panels_side_by_side_are_read_one_after_the_other():
    data = sheet(
        [["周次", "内容", "周次", "内容"], ["第1周", "开学", "第3周", "检查"], ["第2周", "收费", "第4周", "植树"]]
    )
    assert shape(read_bytes(data, "a.xlsx")) == [
        ("第1周", ["开学"]),
        ("第2周", ["收费"]),
        ("第3周", ["检查"]),
        ("第4周", ["植树"]),
    ]


def test_a_roster_in_a_table_gives_no_tasks():
    data = sheet(
        [
            ["周次", "日期", "值周领导", "值周教师"],
            ["第1周", "9.1-9.7", "张伟", "李强、王芳"],
            ["第2周", "9.8-9.14", "陈刚", "刘洋、赵敏"],
        ]
    )
    assert shape(read_bytes(data, "值周.xlsx")) == []


def test_months_side_by_side_are_read():
    data = sheet([["九月", "十月"], ["开学检查", "国庆值班"], ["收费公示", "校运会"]])
    assert shape(read_bytes(data, "a.xlsx")) == [("九月", ["开学检查", "收费公示"]), ("十月", ["国庆值班", "校运会"])]


BAD = {
    "empty": b"", "spaces": b"  \r\n \xef\xbb\xbf", "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "noise": bytes(range(256)) * 40,
    "zeros": b"\0" * 500, "jpeg": b"\xff\xd8\xff\xe0" + bytes(range(200)) * 9, "pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "half a zip": b"PK\x03\x04" + b"\x14" * 50, "zip": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("ending", ["txt", "docx", "xlsx", "doc", "wps"])
def test_what_is_no_plan_is_refused_with_one_sentence(name, ending):
    with pytest.raises(Unreadable) as refused:
        read_bytes(BAD[name], f"计划.{ending}")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_an_old_word_document_is_told_how_to_be_saved():
    with pytest.raises(Unreadable, match="另存为"):
        read_bytes(BAD["old word"], "计划.doc")


def test_a_damaged_word_document_is_refused():
    whole = docx_bytes(Document())
    for cut in (30, 200, len(whole) // 2, len(whole) - 40):
        with pytest.raises(Unreadable):
            read_bytes(whole[:cut], "a.docx")


def test_a_zip_bomb_is_refused_without_unpacking_it():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<w>" + b" " * 150_000_000)
    with pytest.raises(Unreadable, match="unreasonable size"):
        read_bytes(out.getvalue(), "a.docx")


def test_deep_nesting_is_read_or_refused_but_never_breaks():
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(40):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = PLAN
    document.add_paragraph(PLAN)
    assert shape(read_bytes(docx_bytes(document), "a.docx")) == TRUTH


def run(*args, stdin=b""):
    code = "import sys; from houqin.site.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, "plan", "read", *args], input=stdin, capture_output=True, timeout=60
    )


def test_the_command_prints_one_json_object_and_loads_no_django(tmp_path):
    file = tmp_path / "计划.txt"
    file.write_text(PLAN, encoding="gb18030")
    done = run(str(file), "--json", "--year", "2026")
    answer = json.loads(done.stdout.decode("utf-8"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(answer) == ["plans", "unread", "warnings"]
    assert answer["plans"][0]["periods"][0]["items"][1] == {
        "label": "2、", "text": "发放办公用品", "owner": "", "line": 4, "flags": [],
        "suggestions": [{"kind": "area", "value": "stores", "why": "发放办公用品", "confidence": "certain"}],
    }  # fmt: skip
    code = "import sys; import houqin.site.commands.plan, houqin.areas.workplan.reader; print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_command_reads_standard_input_and_refuses_with_exit_2(tmp_path):
    assert "绿化修剪" in run("-", stdin=PLAN.encode()).stdout.decode()
    bad = tmp_path / "a.doc"
    bad.write_bytes(BAD["old word"])
    refused = run(str(bad), "--json")
    assert (refused.returncode, refused.stdout, refused.stderr.count(b"\n")) == (2, b"", 1)
    assert run(str(tmp_path / "none.txt")).returncode == 2


def test_pasted_text_with_a_markdown_table_is_read():
    text = "| 周次 | 内容 |\n|---|---|\n| 第1周 | 开学 |\n| 第2周 | 收费 |"
    assert shape_of(text) == [("第1周", ["开学"]), ("第2周", ["收费"])]
    assert read_text(text).warnings == []
