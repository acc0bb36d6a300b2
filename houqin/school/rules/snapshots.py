"""Small tables that every page asks: read once, kept in the process, read again soon after somebody changed them."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from houqin.kernel.events import Event, on
from houqin.kernel.records.bulk import on_bulk

SECONDS, LONGEST, NEWEST = 5.0, 60.0, 200
_all: list["Snapshot"] = []


class History:
    """What other processes have done since this one last looked."""

    def __init__(self) -> None:
        self.at, self.seen = -SECONDS, set[int]()

    def forget(self) -> None:
        self.at, self.seen = -SECONDS, set()

    def look(self) -> None:
        """Every five seconds, drop the snapshots of the apps in which something new has happened."""
        if time.monotonic() - self.at < SECONDS:
            return
        self.at = time.monotonic()
        rows = dict(Event.objects.order_by("-pk").values_list("pk", "name")[:NEWEST])
        # By number, not "since the last": an act that began earlier may be committed later.
        new, self.seen = rows.keys() - self.seen, set(rows)
        apps = {rows[pk].partition(".")[0] for pk in new}
        for snapshot in _all if new else ():
            if len(new) == NEWEST or not apps.isdisjoint(snapshot.apps):
                snapshot.drop()


_history = History()


class Snapshot:
    """What `load()` returns, kept for a minute.

    The process that changes the table drops it at once (`drop_on`); the others see the act within five seconds, as
    every process looks at the newest events that often: one query for all snapshots. Without an event: a minute.
    """

    def __init__(self, load: Callable[[], Any]) -> None:
        self.load = load
        self.apps: set[str] = set()
        self._kept: tuple[float, Any] | None = None
        self._turn = 0
        self._lock = threading.Lock()
        _all.append(self)

    def get(self) -> Any:
        _history.look()
        kept = self._kept
        if kept and time.monotonic() - kept[0] < LONGEST:
            return kept[1]
        turn, data = self._turn, self.load()
        with self._lock:
            # Somebody changed the table while it was being read: answer, but do not keep what may be old.
            if turn == self._turn:
                self._kept = (time.monotonic(), data)
        return data

    def drop(self) -> None:
        with self._lock:
            self._turn += 1
            self._kept = None

    def changed(self) -> None:
        """Drop it for the rest of this transaction, and again once others can see the change."""
        self.drop()
        transaction.on_commit(self.drop)

    def drop_on(self, *apps: str) -> "Snapshot":
        """Drop it whenever a record of one of these apps is added or changed, singly or in bulk."""
        self.apps |= set(apps)

        def heard(event: Event) -> None:
            if event.name.partition(".")[0] in apps:
                self.changed()

        def heard_bulk(model: type[models.Model], _records: Any) -> None:
            if model._meta.app_label in apps:
                self.changed()

        on("*")(heard)
        on_bulk(heard_bulk)
        return self


def forget() -> None:
    """Drop every snapshot (between tests, and after loading a backup)."""
    _history.forget()
    for snapshot in _all:
        snapshot.drop()
