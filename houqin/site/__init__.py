"""The composition root: settings, addresses, menu and commands."""
