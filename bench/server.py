"""The real server (`houqin serve`) on a database of the bench, with the memory of its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from .stock import ROOT, Stock


@contextmanager
def serving(stock: Stock, workers: int) -> Iterator[tuple[int, subprocess.Popen, float]]:
    """(port, process, seconds to the first answer); stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "houqin", "serve", "--no-migrate", "--host", "127.0.0.1"]
    start = time.monotonic()
    with (stock.folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", str(workers)], env=stock.env, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        _first_answer(port, process)
        yield port, process, time.monotonic() - start
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def _first_answer(port: int, process: subprocess.Popen) -> None:
    for _n in range(3000):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/accounts/login/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        if process.poll() is not None:
            sys.exit("The server did not start; see server.log in bench/data.")
        time.sleep(0.01)
    sys.exit("The server did not answer.")


def memory(process: subprocess.Popen) -> tuple[float, float]:
    """(MB of the largest web worker, MB of the whole tree): resident memory, shared pages counted once a process."""
    sizes = {pid: _megabytes(pid) for pid in _tree(process.pid)}
    web = [size for pid, size in sizes.items() if pid != process.pid and "houqin\0work" not in _command(pid)]
    return max(web), sum(sizes.values())


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _tree(int(child))
    return found


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("-m\0houqin", "houqin")


def _megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
