"""Compile the lock files: hashed, for every platform, naming no download host."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.txt": ["--group", "setup", "pyproject.toml"],
    "requirements-dev.txt": ["--group", "dev", "--constraints", "requirements.txt", "pyproject.toml"],
    "requirements-node.txt": ["--group", "node"],  # only where the machine has no Node
}
HEADER = "# Locked by `make lock`; do not edit.\n"


def main() -> int:
    for name, groups in LOCKS.items():
        command = [
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--no-header",
            "--no-emit-index-url",
        ]
        command += ["--no-annotate", "--upgrade", "--no-emit-find-links", *groups]
        text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        if re.search(r"https?://|file:", text):
            print(f"{name} would name a download host; nothing written", file=sys.stderr)
            return 1
        (ROOT / name).write_text(HEADER + text, encoding="utf-8")
    return subprocess.run(["npm", "install", "--package-lock-only", "--ignore-scripts"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
