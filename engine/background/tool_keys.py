"""Keys of tools, such as a search provider's: from the environment or the platform's key store."""

from __future__ import annotations

import os

from engine.background.tool import ToolError
from engine.keystore import find_store

SERVICE = "aside tools"
NAMES = ("search.brave",)


def variable(name: str) -> str:
    """E.g. "search.brave" -> the variable of the environment that goes before the key store."""
    return f"ASIDE_{name.replace('.', '_').upper()}_KEY"


def read(name: str) -> str | None:
    """None where there is none, and where the store is locked, refuses or died."""
    if given := os.environ.get(variable(name), "").strip():
        return given
    store = find_store()
    try:
        return store.get_password(SERVICE, name) if store is not None else None
    except Exception:  # each store has errors of its own
        return None


def keep(name: str, key: str) -> None:
    """An empty key forgets it. Raises ToolError."""
    if name not in NAMES:
        raise ToolError(f"No tool has a key called {name}; there are: {', '.join(NAMES)}.")
    store = find_store()
    if store is None:
        raise ToolError(f"This system has no key store: set {variable(name)} instead.")
    try:
        if key:
            store.set_password(SERVICE, name, key)
        elif store.get_password(SERVICE, name) is not None:
            store.delete_password(SERVICE, name)
    except Exception as error:
        raise ToolError(f"The key store refused ({type(error).__name__}).") from error
