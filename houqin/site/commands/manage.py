"""houqin manage …: Django's own management commands."""

import argparse
import os


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="DJANGO COMMAND")


def run(args: argparse.Namespace) -> int:
    return django_manage(args.rest)


def django_manage(argv: list[str]) -> int:
    """Run one of Django's commands with the settings of this site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "houqin.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["houqin manage", *argv])
    return 0
