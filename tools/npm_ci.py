"""Install the locked npm packages. Where the machine has no Node 18 or newer, Node comes from PyPI into .venv."""

import os
import shutil
import subprocess
import sys

NODE = ["--require-hashes", "-r", "requirements-node.txt"]


def node_major() -> int:
    try:
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        return 0
    return int(answer.strip().lstrip("v").split(".")[0] or 0) if answer.strip() else 0


def main() -> int:
    if node_major() < 18 or not shutil.which("npm"):
        print("No Node 18 or newer on this machine: taking it from PyPI into .venv …")
        if subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *NODE]).returncode:
            print("Node could not be installed; install Debian's packages nodejs and npm instead.", file=sys.stderr)
            return 1
    print("Installing static packages (npm ci) …")
    npm = shutil.which("npm") or os.path.join(os.path.dirname(sys.executable), "npm")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for _ in range(2):  # a registry may fail once
        done = subprocess.run(command)
        if done.returncode == 0:
            return 0
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
