"""houqin plan read FILE: what a work plan says, as JSON or as a short table. Loads no Django."""

import argparse
import json
import sys
from datetime import date

from houqin.areas.workplan.reader import Reading, Unreadable, read_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """houqin plan read FILE [--year Y] [--first-day YYYY-MM-DD] [--json]"""
    acts = parser.add_subparsers(dest="act", metavar="read", required=True)
    read = acts.add_parser("read", help="read a plan and print its periods and tasks")
    read.add_argument("file", metavar="FILE", help="a .txt, .docx or .xlsx document; - reads standard input")
    read.add_argument("--year", type=_year, help="the autumn of the school year, for example 2026")
    read.add_argument("--first-day", type=_day, metavar="YYYY-MM-DD", help="the first day of week 1")
    read.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Exit codes: 0 read, 2 unreadable (one sentence on standard error)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        reading = read_file(args.file, year=args.year, first_day=args.first_day)
    except Unreadable as reason:
        print(reason, file=sys.stderr)
        return 2
    try:
        print(json.dumps(reading.as_dict(), ensure_ascii=False) if args.json else _table(reading), flush=True)
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-08-30") from None


def _year(text: str) -> int:
    if not text.isdecimal() or not 1950 <= int(text) <= 2100:
        raise argparse.ArgumentTypeError(f"{text!r} is no year between 1950 and 2100")
    return int(text)


def _table(reading: Reading) -> str:
    out = []
    for plan in reading.plans:
        tasks = sum(len(p.items) for p in plan.periods)
        out.append(
            f"■ {plan.title or '（无标题）'}：{len(plan.periods)} 个时段，{tasks} 项任务，{len(plan.measures)} 条措施"
        )
        for period in plan.periods:
            span = f"{period.start} 至 {period.end}" if period.start else "日期未定"
            out.append(f"  {period.header}  [{span}]")
            out += [
                f"    {i.label}{i.text}" + (f"（{i.owner}）" if i.owner and i.owner not in i.text else "")
                for i in period.items
            ]
    look = [u for u in reading.unread if u.code == "unsure"]
    out.append(f"未采用的文字 {len(reading.unread)} 处，其中请过目 {len(look)} 处；提醒 {len(reading.warnings)} 条")
    out += [f"  ? 第{u.line}行 {u.text[:40]}" for u in look]
    out += [f"  ! 第{w.line}行 {w.why}" for w in reading.warnings]
    return "\n".join(out)
