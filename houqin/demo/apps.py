from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "houqin.demo"
    label = "demo"

    def ready(self) -> None:
        from houqin.kernel.registers import contribute

        contribute("demo:account", _accounts)


def _accounts() -> list[list[str]]:
    """[username, as what] of the one-click list on the sign-in page."""
    from .school import shown_accounts

    return [[username, what] for username, _name, what in shown_accounts()]
