"""The key of the history, in the platform's own key store."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.window.words import tr
from engine.keystore import Store, find_store

SERVICE, ENTRY = "aside", "history"
KEY_BYTES = 32


@dataclass(frozen=True)
class Key:
    """hex: 64 digits, or "" with the reason in `missing`, for people.

    locked: there is a store, and it did not give a key: locked, refused, or without a usable one.
    """

    hex: str = ""
    missing: str = ""
    locked: bool = False


def fetch_key(find: Callable[[], Store | None] = find_store, make: bool = True) -> Key:
    """The key of this user's history, made at the first time. May wait for an unlock dialogue."""
    store = find()
    if store is None:
        return Key(missing=tr("this system has no key store"))
    try:
        known = store.get_password(SERVICE, ENTRY)
        if known is None and make:
            store.set_password(SERVICE, ENTRY, secrets.token_hex(KEY_BYTES))
            # Read back: of two programs that start at once, both must use the one that stayed.
            known = store.get_password(SERVICE, ENTRY)
    except Exception as error:  # locked, refused, or its service died
        silent = tr("the key store does not answer: {error}")
        return Key(missing=silent.format(error=type(error).__name__), locked=True)
    if known is None or not _is_key(known):
        return Key(missing=tr("the key store holds no usable key"), locked=True)
    return Key(known)


def _is_key(text: str) -> bool:
    return len(text) == 2 * KEY_BYTES and all(digit in "0123456789abcdef" for digit in text)
