"""houqin serve: one tree of processes. Granian serves the pages; a second process does the tasks and the clock.

SIGTERM or Ctrl-C ends all of them: requests and the running task are finished first.
"""

import argparse
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

GIVE_UP_AFTER = 5  # deaths of the task process within a minute of their start


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--host", default="0.0.0.0", help="0.0.0.0 (all networks) unless given")
    parser.add_argument("--workers", type=int, default=1, help="web processes, about 90 MB each (1)")
    parser.add_argument("--threads", type=int, default=4, help="requests at once in each web process (4)")
    parser.add_argument("--no-migrate", action="store_true", help="do not look for database changes first")


def run(args: argparse.Namespace) -> int:
    if taken(args.host, args.port):
        print(f"Port {args.port} is in use. Choose another: PORT={args.port + 1}", file=sys.stderr)
        return 1
    os.environ["PORT"] = str(args.port)
    if args.host == "0.0.0.0" and (address := lan_address()):  # what printed codes carry must open on a phone
        os.environ.setdefault("SITE_URL", f"http://{address}:{args.port}")
    if not args.no_migrate and subprocess.run([sys.executable, "-m", "houqin", "migrate", "--quiet"]).returncode:
        return 1  # a child of its own: Django's 80 MB must not stay in this process
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "houqin.site.commands.serve:web",
        factory=True,
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level="warning",
    )
    office = Office()
    server.on_startup(office.open)
    server.on_shutdown(office.close)
    announce(args.port)
    server.serve()
    return 0


def web() -> Any:
    """The application inside a web process, which ends by itself when the main process was killed outright."""
    from houqin.site.wsgi import application

    def follow(parent: Any) -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    if parent := multiprocessing.parent_process():
        threading.Thread(target=follow, args=[parent], name="parent", daemon=True).start()
    return application


class Office:
    """The task and clock process beside the web server; started again when it dies, unless it keeps dying."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.closing = threading.Event()

    def open(self) -> None:
        threading.Thread(target=self._watch, name="office", daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _watch(self) -> None:
        quick = 0
        while not self.closing.is_set() and quick < GIVE_UP_AFTER:
            began = time.monotonic()
            command = [sys.executable, "-m", "houqin", "work", "--with-parent"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
            self.process.wait()
            quick = quick + 1 if time.monotonic() - began < 60 else 0
            self.closing.wait(2**quick)
        if not self.closing.is_set():
            print(
                "Background tasks and the clock have stopped five times; the pages go on without them.", file=sys.stderr
            )


def taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def lan_address() -> str | None:
    """This machine's address in its own network, as phones type it; None without a network. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation (RFC 5737): only the route is asked
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


def announce(port: int) -> None:
    """What the person at the terminal needs next: addresses, accounts, or how to make the first account."""
    print(f"Houqin:  http://127.0.0.1:{port}")
    if address := lan_address():
        print(f"Network: http://{address}:{port}  (phones in the same network)")
    if (Path(os.environ.get("DATA_DIR", "data")) / "demo.json").exists():
        from houqin.demo.staff import PASSWORD, STAFF

        print(f"Demo school. Accounts, all with the password {PASSWORD}:")
        for person in STAFF:
            if person[-1]:
                print(f"  {person[0]:<14} {person[1]}，{person[-1]}")
        print("An empty school instead: make run DEMO=0 DATA_DIR=myschool")
    print("Stop with Ctrl-C.", flush=True)
