"""Ask the registries for known vulnerabilities of what is locked. Fails on anything it could not check."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def python() -> int:
    """pip-audit knows the locked versions; --strict makes a package it cannot look up a failure."""
    command = [
        "uvx",
        "pip-audit",
        "--strict",
        "--disable-pip",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements.txt",
    ]
    return subprocess.run(command, cwd=ROOT).returncode


def npm() -> int:
    """A mirror may answer nothing: only an answer that counts the packages is an answer."""
    done = subprocess.run(["npm", "audit", "--json"], cwd=ROOT, capture_output=True, text=True)
    try:
        facts = json.loads(done.stdout)["metadata"]
    except (ValueError, KeyError):
        print("npm audit: the registry gave no answer, so nothing is known", file=sys.stderr)
        return 1
    checked, found = facts["dependencies"]["total"], facts["vulnerabilities"]["total"]
    print(f"npm audit: {checked} packages, {found} with known vulnerabilities")
    return 1 if found or not checked else 0


if __name__ == "__main__":
    codes = [python(), npm()]
    if any(codes):
        print("audit: not clean, or not everything could be checked (see above)", file=sys.stderr)
    sys.exit(max(codes))
