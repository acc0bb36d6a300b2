"""Requests of somebody signed in, timed: interleaved rounds, percentiles, requests a second."""

import time
from collections.abc import Callable
from http.client import HTTPConnection
from statistics import median
from threading import Thread

CSRF = "b" * 32
Act = Callable[["Visitor"], None]


class Visitor:
    """One connection kept open, one session."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF, "Accept-Language": "zh-CN",
            "Accept-Encoding": "gzip", "Accept": "text/html,application/json", "Content-Type": "application/json",
        }  # fmt: skip

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: str | None = None) -> bytes:
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return content


def rounds(visitor: Visitor, acts: dict[str, Act], times: int = 25, count: int = 3) -> dict[str, list[list[float]]]:
    """{name: [milliseconds of each request] of every round}; the acts take turns, so that all meet the same weather."""
    for act in acts.values():
        for _n in range(4):
            act(visitor)
    found: dict[str, list[list[float]]] = {name: [] for name in acts}
    for _round in range(count):
        taken: dict[str, list[float]] = {name: [] for name in acts}
        for _n in range(times):
            for name, act in acts.items():
                start = time.perf_counter()
                act(visitor)
                taken[name].append((time.perf_counter() - start) * 1000)
        for name, values in taken.items():
            found[name].append(values)
    return found


def medians(values: list[list[float]]) -> list[float]:
    return [median(one) for one in values]


def ratios(values: list[list[float]], floor: list[list[float]]) -> list[float]:
    return [a / b for a, b in zip(medians(values), medians(floor), strict=True)]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def rate(port: int, session: str, path: str, clients: int, seconds: float = 4) -> float:
    """Requests a second of so many clients at once."""
    until, done = time.monotonic() + seconds, [0] * clients

    def visit(n: int) -> None:
        visitor = Visitor(port, session)
        while time.monotonic() < until:
            visitor.get(path)
            done[n] += 1

    threads = [Thread(target=visit, args=[n]) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds
