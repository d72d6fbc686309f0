"""Keys of language models: from the environment or the platform's key store, never in a file."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from engine.background.phrase import phrase
from engine.keystore import find_store

SERVICE = "aside mind"
VARIABLE = "ASIDE_MIND_KEY"


class NoKeyStore(Exception):
    """The message says what is missing and what to do instead."""


def read(url: str) -> str:
    """The key for an address, "" where there is none: many local servers want none. The key of
    one server is never given to another; the environment's is for whichever was chosen."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return given.strip()
    store = find_store()
    try:
        return (store.get_password(SERVICE, _whose(url)) or "") if store is not None else ""
    except Exception:  # locked, refused, or its service died: as if there was none
        return ""


def keep(url: str, key: str) -> None:
    """Raises NoKeyStore."""
    store = find_store()
    try:
        if store is not None:
            store.set_password(SERVICE, _whose(url), key)
            return
        reason = phrase("this system has no key store")
    except Exception as error:
        kind = type(error).__name__
        reason = phrase("the key store does not answer ({kind})", kind=kind)
    raise NoKeyStore(
        phrase("The key was not kept: {reason}. Set {variable} in the environment instead.",
               reason=reason, variable=VARIABLE)
    )  # fmt: skip


def forget(url: str) -> bool:
    """Whether there was one."""
    store = find_store()
    try:
        if store is None or store.get_password(SERVICE, _whose(url)) is None:
            return False
        store.delete_password(SERVICE, _whose(url))
    except Exception:
        return False
    return True


def _whose(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
