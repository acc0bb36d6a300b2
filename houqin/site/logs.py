"""What goes wrong is written to the terminal and to DATA_DIR/houqin.log, with the page and the trace."""

from pathlib import Path
from typing import Any


def logging(folder: Path) -> dict[str, Any]:
    """The LOGGING setting. Refusals (403, 404, 409) are answers, not faults: only errors of a request are kept."""
    line = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    file = {"class": "logging.handlers.RotatingFileHandler", "filename": folder / "houqin.log", "delay": True,
            "maxBytes": 5_000_000, "backupCount": 3, "encoding": "utf-8", "formatter": "line"}  # fmt: skip
    terminal = {"class": "logging.StreamHandler", "formatter": "line"}
    return {
        "version": 1, "disable_existing_loggers": False, "formatters": {"line": line},
        "handlers": {"terminal": terminal, "file": file},
        "root": {"level": "WARNING", "handlers": ["terminal", "file"]},
        "loggers": {"django.request": {"level": "ERROR"}, "django_tasks": {"level": "WARNING"},
                    "django": {"handlers": [], "level": "WARNING"}},
    }  # fmt: skip
