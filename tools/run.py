"""What `make run` does after set-up: database, demo school for an empty one, server; again, only what is new."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from houqin.site.commands.serve import taken  # noqa: E402


def prepare(demo: bool) -> int:
    """Runs in a child of its own, so that the server starts without a second Django in memory."""
    from houqin.site import cli

    if code := cli.main(["migrate", "--quiet", "--no-invite"]):
        return code
    from houqin.school.people.sign_in import somebody
    from houqin.site.commands import setup_token

    if somebody():
        return 0
    if demo:
        print("Building the demo school …", flush=True)
        return cli.main(["demo"])
    setup_token.invite()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", default="1")
    parser.add_argument("--prepare", action="store_true")
    args = parser.parse_args()
    if args.prepare:
        return prepare(args.demo not in {"0", "no", "false", ""})
    if (port := int(os.environ.get("PORT", "8000"))) and taken("0.0.0.0", port):
        print(f"Port {port} is in use. Choose another: make run PORT={port + 1}", file=sys.stderr)
        return 1
    if code := subprocess.run([sys.executable, __file__, "--prepare", "--demo", args.demo]).returncode:
        return code
    os.execv(sys.executable, [sys.executable, "-m", "houqin", "serve", "--no-migrate"])


if __name__ == "__main__":
    sys.exit(main())
