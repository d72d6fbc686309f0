"""Keys of remote models: in the platform's key store or in the environment, nowhere else."""

from __future__ import annotations

import os

from keyring.errors import KeyringError

from engine.keystore import Store, find_store

SERVICE = "aside"


class NoKey(Exception):
    """A key cannot be had or kept. The message says what to do, and never the key."""


def store() -> Store:
    """The key store of this machine. Raises NoKey."""
    found = find_store()
    if found is None:
        raise NoKey(
            "this machine has no key store that works: put the key into an environment variable, "
            "and name it with --key-env"
        )
    return found


def keep(name: str, key: str) -> None:
    """Raises NoKey."""
    try:
        store().set_password(SERVICE, name, key)
    except KeyringError as error:
        raise NoKey(f"the key store refused the key of {name}: {type(error).__name__}") from None


def forget(name: str) -> bool:
    """Whether none is left: False where the store does not answer."""
    try:
        found = store()
    except NoKey:
        return True
    try:
        if found.get_password(SERVICE, name) is not None:
            found.delete_password(SERVICE, name)
    except Exception:  # each store has errors of its own
        return False
    return True


def find(name: str, reference: str) -> str:
    """The key that `reference` of a Remote points at; "" where it needs none. Raises NoKey."""
    if not reference:
        return ""
    if reference.startswith("env:"):
        variable = reference.removeprefix("env:")
        key = os.environ.get(variable, "")
        if not key:
            raise NoKey(f"{name} needs a key: set the environment variable {variable}")
        return key
    try:
        kept = store().get_password(SERVICE, name)
    except KeyringError as error:
        message = f"the key store did not give the key of {name}: {type(error).__name__}"
        raise NoKey(f"{message}. Unlock it and try again.") from None
    if not kept:
        raise NoKey(f"the key store has no key of {name}: aside models add {name} --key")
    return kept
