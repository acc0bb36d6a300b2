"""Whatever is given to the reader, it answers with a reading or one sentence, in time."""

import io
import random
import time
import zipfile
from pathlib import Path

import xlsxwriter
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houqin.areas.workplan.reader import Reading, Unreadable, read_bytes, read_text

BITS = (
    "九月份 十月: 第1周 第二周（9.1—9.7） 8.30~9.05 1、 2、 1. (1) ① 一、 （二） ● 任务1: 。 ； ; ， 、 : \n \n\n \t | 工作计划 篇1 【篇2】 第一篇： 主题： 责任人: (杨) 注： "
    "检查食堂 发放课本 2017年8月30日 总务处 周次 内容 上旬： 寒假 准备周 20xx年 74日至827日 1.17~1. 23 ` * \u3000 \x00 - 1 - 第1-99周 第0周 13月 2月30日 A、"
).split(" ")
pieces = st.lists(st.sampled_from(BITS) | st.text(max_size=6), max_size=60).map("".join)
SLOW = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def answer(read, *args, **kwargs):
    """The reading, checked for shape; or the sentence of the refusal."""
    try:
        reading = read(*args, **kwargs)
    except Unreadable as refused:
        assert str(refused).endswith(".")
        return str(refused)
    assert isinstance(reading, Reading)
    assert list(reading.as_dict()) == ["plans", "unread", "warnings"]
    return reading


@given(pieces)
@SLOW
def test_any_mixture_of_plan_words_is_read_and_no_word_is_lost(text):
    reading = answer(read_text, text, year=2026)
    if isinstance(reading, Reading):
        told = "".join(u.text for u in reading.unread) + "".join("".join(p.as_lines()) for p in reading.plans)
        for word in ("检查食堂", "发放课本"):
            assert told.count(word) >= text.count(word) - text.count(word + "\u200b")


@given(st.binary(max_size=3000))
@SLOW
def test_any_bytes_are_read_or_refused(data):
    for name in ("a.txt", "a.docx", "a.xlsx"):
        answer(read_bytes, data, name)


def _word() -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph("工作计划")
    table = document.add_table(3, 3)
    for i in range(3):
        for j, text in enumerate((f"第{i}周", f"9.{i + 1}-9.{i + 7}", "1、检查\n2、发放")):
            table.cell(i, j).text = text
    document.save(out)
    return out.getvalue()


def _sheet() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for i in range(5):
        page.write_row(i, 0, [f"第{i + 1}周", "检查", 3.5])
    page.merge_range(0, 0, 1, 0, "第1周")
    book.close()
    return out.getvalue()


def _damaged(whole: bytes, seed: int) -> bytes:
    """The document with some bytes of one of its parts changed, packed again."""
    rng, out = random.Random(seed), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        target = rng.choice(old.namelist())
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(rng.randint(1, 8) if name == target and content else 0):
                content[rng.randrange(len(content))] = rng.randrange(256)
            new.writestr(name, bytes(content))
    return out.getvalue()


@given(st.integers(0, 10**9), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_damaged_office_document_is_read_or_refused(seed, word):
    answer(read_bytes, _damaged(_word() if word else _sheet(), seed), "a.docx" if word else "a.xlsx")


def test_forty_kilobytes_are_read_in_half_a_second_and_three_hundred_in_a_few():
    plan = (Path(__file__).parent / "documents" / "01-calendar-year.txt").read_text(encoding="utf-8")
    for size, limit in ((40_000, 0.5), (300_000, 12)):
        text = (plan * (size // len(plan.encode()) + 1)).encode()[:size].decode(errors="ignore")
        begin = time.process_time()
        answer(read_text, text, year=2026)
        assert time.process_time() - begin < limit


def test_one_line_of_a_third_of_a_megabyte_is_answered():
    for unit in ("1、检查。", "九月", "(", "一、", "|", "9.1-9.2 "):
        begin = time.process_time()
        answer(read_text, unit * (300_000 // len(unit.encode())))
        assert time.process_time() - begin < 12


def test_thousands_of_items_and_headers_on_one_line_are_cut_without_recursion():
    items = "".join(f"{n}、检查{n}号楼。" for n in range(1, 100))
    assert len(read_text("工作计划\n九月:" + items).plans[0].periods[0].items) == 99
    months = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    text = "工作计划\n" + "".join(f"{months[n % 12]}月:检查食堂。" for n in range(1500))
    assert len(read_text(text).plans[0].periods) == 1500
