"""houqin demo: an empty database becomes the demo school 青禾中学."""

import argparse
import sys
from datetime import date

from houqin.site import cli


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--today", type=date.fromisoformat, help="the day the school lives on, YYYY-MM-DD (default: today)"
    )
    parser.add_argument("--orders", type=int, default=0, help="so many repair orders (default: a term's usual number)")
    parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, when there are people already")
    parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from django.utils import timezone

    from houqin.demo import build, school

    if args.accounts:
        return _accounts(school)
    try:
        _with_bar(lambda advance: build.build(args.today or timezone.localdate(), args.orders, advance))
    except build.NotEmpty:
        if args.if_empty:
            return 0
        print(
            "There are people in this database already. The demo school needs an empty one: set DATA_DIR.",
            file=sys.stderr,
        )
        return 1
    return 0


def _accounts(school) -> int:
    from houqin.demo.staff import PASSWORD

    print(f"Demo accounts (password of all: {PASSWORD})")
    for username, name, role in school.shown_accounts():
        print(f"  {username:<14} {name}  {role}")
    return 0


def _with_bar(work) -> None:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()) as progress:
        bar = progress.add_task("demo school", total=1.0)
        work(lambda name, share: progress.update(bar, completed=share, description=f"demo school: {name}"))
