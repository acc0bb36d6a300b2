"""houqin migrate: after the first install and after every update; what is up to date stays untouched."""

import argparse
import hashlib
import os
import sys
from pathlib import Path

from houqin.site import cli
from houqin.site.commands import setup_token

UNUSED = ["*.map", "redoc", "rest_framework"]  # the API answers JSON; its pages are swagger's


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing unless something fails")
    parser.add_argument("--no-invite", action="store_true", help="do not print the address of the first administrator")


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from django.core.management import call_command
    from django.db import OperationalError

    level = 0 if args.quiet else 1
    try:
        call_command("migrate", interactive=False, verbosity=level)
    except OperationalError as error:
        print(
            f"The database cannot be reached: {str(error).strip()}. Look at DATABASE_URL and DATA_DIR.", file=sys.stderr
        )
        return 1
    _collect_static()
    if not args.no_invite:
        setup_token.invite()
    return 0


def _collect_static() -> None:
    """Hashing and compressing takes seconds, so it is left out while no source file has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = sorted((url, store.path(url)) for finder in get_finders() for url, store in finder.list(UNUSED))
    facts = [f"{url} {os.path.getsize(path)} {os.path.getmtime(path)}" for url, path in files]
    mark = hashlib.sha256("\n".join([settings.STORAGES["staticfiles"]["BACKEND"], *facts]).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if not (stamp.exists() and stamp.read_text() == mark):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(mark)
