"""Tables of other schools, as rows of cells (None = empty), with merged ranges; each read as .xlsx and as .docx."""

import io

import pytest
import xlsxwriter
from docx import Document

from houqin.areas.workplan.reader import read_bytes

from .shape import shape

# name: (rows, merged ranges (top, left, bottom, right), truth)
TRUTH = {
    "title row, merged month, weeks, tasks, owners": (
        [["青禾小学2026—2027学年第一学期总务处行事历", None, None, None, None], ["月份", "周次", "起止日期", "工作内容", "责任人"],
         ["九月", "1", "8.31-9.6", "1.开学典礼\n2.收费", "张红"], [None, "2", "9.7-9.13", "教师节慰问", "工会"], [None, "3", "9.14-9.20", None, None],
         ["十月", "5", "9.28-10.4", "国庆放假", None]],
        [(0, 0, 0, 4), (2, 0, 4, 0)],
        [("1 8.31-9.6", ["开学典礼", "收费"]), ("2 9.7-9.13", ["教师节慰问"]), ("3 9.14-9.20", []), ("5 9.28-10.4", ["国庆放假"])],
    ),
    "no titles": (
        [["第一周", "3月1日-3月7日", "开学准备", "教务处"], ["第二周", "3月8日-3月14日", "安全检查", "总务处"], ["第三周", "3月15日-3月21日", "植树", "总务处"]], [],
        [("第一周 3月1日-3月7日", ["开学准备"]), ("第二周 3月8日-3月14日", ["安全检查"]), ("第三周 3月15日-3月21日", ["植树"])],
    ),
    "departments down the side": (
        [["周次", "部门", "工作安排"], ["第一周", "总务处", "发放课本"], [None, "德育处", "开学典礼；主题班会"], ["第二周", "总务处", "检查桌椅"], [None, "教务处", "听课"]],
        [(1, 0, 2, 0), (3, 0, 4, 0)],
        [("第一周", ["发放课本", "开学典礼", "主题班会"]), ("第二周", ["检查桌椅", "听课"])],
    ),
    "rows of tasks with their own time": (
        [["序号", "工作内容", "完成时间", "责任人", "备注"], [1, "校舍安全排查", "9月上旬", "李明", None], [2, "更换净水器滤芯", "9月中旬", "王刚", "3台"],
         [3, "消防演练", "11月9日", "全体", None], [4, "固定资产盘点", "12月", "周敏", None]], [],
        [("9月上旬", ["校舍安全排查"]), ("9月中旬", ["更换净水器滤芯"]), ("11月9日", ["消防演练"]), ("12月", ["固定资产盘点"])],
    ),
    "month rows across the whole width": (
        [["周次", "日期", "内容"], ["二月", None, None], ["预备周", "2.20-2.22", "教师报到"], ["一", "2.23-3.1", "开学报名"], ["三月", None, None],
         ["二", "3.2-3.8", "学雷锋活动"], ["三", "3.9-3.15", "植树节活动"]],
        [(1, 0, 1, 2), (4, 0, 4, 2)],
        [("预备周 2.20-2.22", ["教师报到"]), ("一 2.23-3.1", ["开学报名"]), ("二 3.2-3.8", ["学雷锋活动"]), ("三 3.9-3.15", ["植树节活动"])],
    ),
    "month and days": (
        [["月份", "周次", "日期", "工作要点"], ["九月", "一", "1—7", "开学"], [None, "二", "8—14", "教师节"], ["十月", "五", "29—5", "国庆"]], [(1, 0, 2, 0)],
        [("一 1—7", ["开学"]), ("二 8—14", ["教师节"]), ("五 29—5", ["国庆"])],
    ),
    "theme column": (
        [["月份", "主题", "主要工作"], ["九月", "文明礼仪月", "1、开学典礼\n2、发放校服"], ["十月", "爱国教育月", "1、国庆值班"]], [],
        [("九月", ["开学典礼", "发放校服"]), ("十月", ["国庆值班"])],
    ),
    "notes and signature inside the table": (
        [["周别", "时间", "主要事宜"], ["第1周", "9.1—9.5", "新生报到"], ["第2周", "9.8—9.12", "军训"], ["说明：1.如有变动以通知为准。", None, None], ["总务处 2026年8月25日", None, None]],
        [(3, 0, 3, 2), (4, 0, 4, 2)],
        [("第1周 9.1—9.5", ["新生报到"]), ("第2周 9.8—9.12", ["军训"])],
    ),
    "a task column and a festival column": (
        [["周次", "起止时间", "重大节日", "后勤工作", "负责人"], ["1", "9月1日至9月7日", None, "校园环境整治", "陈敏"], ["2", "9月8日至9月14日", "教师节", "发放慰问品", "工会"],
         ["3", "9月15日至9月21日", "中秋节", "食堂检查\n月饼发放", "刘伟"]], [],
        [("1 9月1日至9月7日", ["校园环境整治"]), ("2 9月8日至9月14日", ["发放慰问品"]), ("3 9月15日至9月21日", ["食堂检查", "月饼发放"])],
    ),
    "continued sentences in a cell": (
        [["月份", "工作内容"], ["9月", "1.做好开学前各项准备工作，包括教室\n清扫、桌椅调配\n2.公示收费标准"], ["10月", "1.运动会\n2.国庆节值班"]], [],
        [("9月", ["做好开学前各项准备工作，包括教室清扫、桌椅调配", "公示收费标准"]), ("10月", ["运动会", "国庆节值班"])],
    ),
    "weekday roster": (
        [["星期", "早班", "中班", "晚班"], ["星期一", "张伟", "王强", "李娜"], ["星期二", "刘洋", "陈静", "杨帆"], ["星期三", "赵磊", "黄勇", "周涛"]], [], [],
    ),
    "vertical dates": (
        [["周次", "日期", "工作"], ["第\n1\n周", "8.30\n|\n9.5", "开学典礼"], ["第\n2\n周", "9.6\n|\n9.12", "安全检查"]], [],
        [("第 1 周 8.30 | 9.5", ["开学典礼"]), ("第 2 周 9.6 | 9.12", ["安全检查"])],
    ),
}  # fmt: skip


def as_sheet(rows, merges) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("行事历")
    for top, left, bottom, right in merges:
        page.merge_range(top, left, bottom, right, rows[top][left])
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None and not any(t <= i <= b and left <= j <= r for t, left, b, r in merges):
                page.write(i, j, value)
    book.close()
    return out.getvalue()


def as_word(rows, merges) -> bytes:
    document, out = Document(), io.BytesIO()
    table = document.add_table(len(rows), max(map(len, rows)))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                table.cell(i, j).text = str(value)
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TRUTH)
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_this_table_is_read(name, form):
    rows, merges, truth = TRUTH[name]
    data = as_sheet(rows, merges) if form == "xlsx" else as_word(rows, merges)
    assert shape(read_bytes(data, f"a.{form}")) == truth


def test_days_under_a_month_cross_into_the_month_that_opens_with_them():
    rows, merges, _ = TRUTH["month and days"]
    plan = read_bytes(as_sheet(rows, merges), "a.xlsx", year=2026).plans[0]
    assert [f"{p.start}..{p.end}" for p in plan.periods] == [
        "2026-09-01..2026-09-07",
        "2026-09-08..2026-09-14",
        "2026-09-29..2026-10-05",
    ]


def test_owners_and_dates_of_a_merged_table():
    rows, merges, _ = TRUTH["title row, merged month, weeks, tasks, owners"]
    plan = read_bytes(as_word(rows, merges), "a.docx").plans[0]
    assert plan.title == "青禾小学2026—2027学年第一学期总务处行事历"
    assert [(str(p.start), p.number) for p in plan.periods] == [
        ("2026-08-31", 1),
        ("2026-09-07", 2),
        ("2026-09-14", 3),
        ("2026-09-28", 5),
    ]
    assert [i.owner for p in plan.periods for i in p.items] == ["张红", "张红", "工会", ""]
