"""`aside uninstall`: removes the program, and what it kept of you only if you ask for that.

Conversations, settings, models, the GPU engine and the keys in the key store are the user's, not
the program's: removing or purging the package leaves them. Each user deletes their own, here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from app.do import NotRunning, ring
from app.do import folder as running_folder
from app.history.keystore import ENTRY
from engine.background import keys as mind_keys
from engine.background import tool_keys
from engine.background.mind_settings import MindSettings
from engine.background.tool import ToolError
from engine.client.models import choice
from engine.client.models import keys as model_keys
from engine.keystore import find_store
from installers.system import PACKAGED, as_root

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = """\
examples:
  aside uninstall                  # the program goes, what you have stays
  aside uninstall --delete-data    # both go, after asking
"""
QUITS_WITHIN_S = 10


def main(arguments: list[str]) -> int:
    """0 when it is done; 1 when it was not wanted or cannot be done."""
    options = _parser().parse_args(arguments)
    folders = list(data_folders())
    _announce(folders if options.delete_data else [], options.delete_data)
    if not options.yes and not _agreed():
        print("Nothing was changed.")
        return 1
    if not _quit_running():
        print("Aside is still running. Quit it, then try again.", file=sys.stderr)
        return 1
    if options.delete_data and not _delete(folders):
        return 1
    return _remove_program()


def data_folders() -> Iterator[Path]:
    """Every folder of this user's that Aside writes into, as far as it is there."""
    seen = set()
    for kind in ("config", "data", "state", "cache", "runtime"):
        ask = getattr(platformdirs, f"user_{kind}_path")
        for author in (None, False):  # on Windows they are not the same
            place = Path(running_folder() if kind == "runtime" else ask("aside", author))
            if place not in seen and place.exists():
                yield place
            seen.add(place)


def forget_keys() -> list[str]:
    """Takes out of the key store what Aside put there: of the history, of models, minds, tools.

    Partly read off the settings, so it comes before they are deleted. Returns whose keys are still
    there, because the store does not answer; without a store, nobody's.
    """
    try:
        remotes = choice.load().remotes
    except choice.NoModel:
        remotes = ()
        print(
            f"{choice.file()} is damaged: keys of models that it named may stay in the key store, "
            f"under the name {model_keys.SERVICE!r}.", file=sys.stderr,
        )  # fmt: skip
    left = []
    for name in (ENTRY, *(remote.name for remote in remotes if remote.key == "store")):
        if not model_keys.forget(name):
            left.append(name)
    if not mind_keys.forget_all(MindSettings.load().url):
        left.append("language models")
    if find_store() is not None:
        for name in tool_keys.NAMES:
            try:
                tool_keys.keep(name, "")
            except ToolError:
                left.append(name)
    return left


def _announce(folders: list[Path], deletes: bool) -> None:
    if not deletes:
        print("The program is removed. Conversations, settings and models of yours stay.")
        return
    print("Deleted for good, with the keys of Aside in the key store:")
    for folder in folders:
        print(f"  {folder}")
    if not folders:
        print("  nothing: this user has no data of Aside's")


def _agreed() -> bool:
    try:
        return input("Go on? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _quit_running() -> bool:
    """Asks a running desktop to go, and waits for it. Whether none is left."""
    until = time.monotonic() + QUITS_WITHIN_S
    try:
        ring("quit")
        while time.monotonic() < until:
            time.sleep(0.2)
            ring("quit")
    except NotRunning:
        return True
    return False


def _delete(folders: list[Path]) -> bool:
    left = forget_keys()
    if left:
        print(
            f"The key store did not give up the keys of: {', '.join(left)}. No data was deleted. "
            "Unlock the key store and try again.", file=sys.stderr,
        )  # fmt: skip
        return False
    for folder in folders:
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue  # it lay in another one
        except OSError as error:
            print(f"{folder} could not be deleted: {error}", file=sys.stderr)
            return False
    return True


def _remove_program() -> int:
    """The exit status; with a package it is dpkg's, which takes this process over."""
    if ROOT != PACKAGED:
        where = "its installer put it" if getattr(sys, "frozen", False) else f"{ROOT} is"
        print(f"No package installed this program: it goes by deleting it where {where}.")
        return 0
    sys.stdout.flush()
    rights = as_root()
    if rights is not None:
        command = [*rights, "dpkg", "--remove", "aside"]
        os.execvp(command[0], command)  # our files go: nothing of us may be needed afterwards
    print("To remove the program, type: sudo dpkg --remove aside")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside uninstall",
        description="Remove Aside, and what it kept of you if you ask for that.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--delete-data", action="store_true", help="conversations, settings, all")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    return parser
