"""houqin work: background tasks and the clock, in one process (a second copy of Django would cost 80 MB)."""

import argparse
import os
import signal
import threading

from houqin.site import cli


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-clock", action="store_true", help="tasks only")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed (used by serve)")
    parser.add_argument("--drain", action="store_true", help="run the tasks that wait now, then end")


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    from django.core.management import call_command

    from houqin.kernel.clock import run_clock

    if args.with_parent:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    clock = None if args.no_clock or args.drain else run_clock()
    try:
        call_command("db_worker", batch=args.drain, reload=False, startup_delay=False, verbosity=1)
    finally:
        if clock:
            clock.shutdown(wait=True)
    return 0


def _end_with_parent() -> None:
    """A server that was killed outright cannot stop us; its end of the pipe closes all the same."""
    while os.read(0, 1024):  # not sys.stdin: its lock would trouble the interpreter's end
        pass
    os.kill(os.getpid(), signal.SIGTERM)
