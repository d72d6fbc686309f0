"""Keys of language models: from the environment or the platform's key store, never in a file."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from engine.background.phrase import phrase
from engine.keystore import Store, find_store

SERVICE = "aside mind"
WHOSE = "addresses"  # under this name the store keeps whose keys it has: it cannot be asked that
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
            _note(store, {*_known(store), _whose(url)})
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
        _note(store, _known(store) - {_whose(url)})
    except Exception:
        return False
    return True


def forget_all(url: str) -> bool:
    """The keys of all addresses that were ever given one, and of `url`, "" for none. Whether none
    is left: False where the store does not answer."""
    store = find_store()
    if store is None:
        return True
    try:
        names = {*_known(store), WHOSE, *([_whose(url)] if url else [])}
        for name in sorted(names):
            if store.get_password(SERVICE, name) is not None:
                store.delete_password(SERVICE, name)
    except Exception:
        return False
    return True


def _known(store: Store) -> set[str]:
    return set((store.get_password(SERVICE, WHOSE) or "").split())


def _note(store: Store, known: set[str]) -> None:
    if known:
        store.set_password(SERVICE, WHOSE, " ".join(sorted(known)))
    elif store.get_password(SERVICE, WHOSE) is not None:
        store.delete_password(SERVICE, WHOSE)


def _whose(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
