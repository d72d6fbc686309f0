"""The platform's own key store, wherever a key is kept. Imports nothing of ours.

The back ends are named one by one: a frozen program discovers none, and a store that writes plain
files must never be taken for one by accident.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Protocol

STORES: dict[str, tuple[str, ...]] = {
    "linux": ("keyring.backends.SecretService:Keyring", "keyring.backends.kwallet:DBusKeyring"),
    "darwin": ("keyring.backends.macOS:Keyring",),
    "win32": ("keyring.backends.Windows:WinVaultKeyring",),
}


class Store(Protocol):
    """What is needed of a back end of `keyring`. Each has errors of its own."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def find_store() -> Store | None:
    """The first store of this platform that works here; None where there is none."""
    for name in STORES.get(sys.platform, ()):
        module, kind = name.split(":")
        try:
            backend = getattr(import_module(module), kind)
            if backend.viable:
                store: Store = backend()
                return store
        except Exception:  # each has its own way of not being there
            continue
    return None
