"""houqin check: what the framework and the registers know to be wrong with this installation."""

import argparse

from houqin.site import cli


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--migrations", action="store_true", help="also fail when a model has changed without a migration"
    )


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from django.core.management import CommandError, call_command

    try:
        call_command("check", fail_level="WARNING")
        if args.migrations:
            call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except (CommandError, SystemExit) as error:
        print(
            error
            if isinstance(error, CommandError)
            else "A model has changed without a migration: ./manage.py makemigrations"
        )
        return 1
    return 0
