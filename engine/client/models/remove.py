"""`aside models remove`: forgets an added model with its key, or deletes a checkpoint."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from engine.client.models import checkpoints, choice, keys
from engine.client.models.checkpoints import PARTIAL, find
from engine.client.models.choice import Choices, NoModel


def main(options: argparse.Namespace) -> int:
    """0 when it is gone. Raises NoModel, OSError."""
    choices = choice.load()
    name: str = options.name
    if any(remote.name == name for remote in choices.remotes):
        keys.forget(name)
        choice.save(choices.without(name))
    else:
        _delete(name, choices)
    print(json.dumps({"removed": name}) if options.json else f"{name} is gone")
    return 0


def _delete(name: str, choices: Choices) -> None:
    place = _place(name)
    shutil.rmtree(place)
    if choices.selected in (name, str(place), place.name):
        choice.save(choices.without(choices.selected))


def _place(name: str) -> Path:
    for checkpoint in find():
        place = Path(checkpoint.path)
        if name in (checkpoint.name, checkpoint.path, place.name):
            if checkpoint.origin == "shipped":
                raise NoModel(f"{name} came with Aside and stays")
            return place
    unfinished = checkpoints.user_folder() / (name + PARTIAL)
    if "/" not in name and unfinished.is_dir():
        return unfinished
    raise NoModel(f"there is no model {name!r}; what there is: aside models")
