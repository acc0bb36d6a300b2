"""houqin setup-token: the one-time address where an empty installation gets its first administrator."""

import argparse

from houqin.site import cli


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    cli.setup_django()
    if invite():
        return 0
    print("This school has accounts already: an administrator adds people under People.")
    return 1


def invite() -> bool:
    """Print the address with a new token (an older one ends) while nobody has an account; False when somebody has."""
    from houqin.school.people import sign_in

    if sign_in.somebody():
        return False
    print(f"Nobody has an account yet. Make the administrator at {sign_in.setup_address()}", flush=True)
    return True
