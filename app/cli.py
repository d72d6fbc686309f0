"""`aside COMMAND ...`: one table of commands, each loaded only when it is called.

A command is a function `main(arguments: list[str]) -> int`, named here by text so that `aside
--help` imports no model, no window and no sound library.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata

from engine import accelerator


@dataclass(frozen=True)
class Command:
    """One command: what a person types, what it does in one line, and where it lives.

    `computes`: it runs the model in its own process, so the GPU engine takes it over.
    """

    name: str
    help: str
    target: str
    computes: bool = False

    def load(self) -> Callable[[list[str]], int]:
        module, function = self.target.split(":")
        return getattr(import_module(module), function)


WRONG_USAGE = 2  # the status with which argparse ends
DESKTOP = Command("desktop", "open the desktop", "app.desktop:main")

COMMANDS = (
    Command("replay", "show the model recordings", "engine.replay.command:main", computes=True),
    Command("eval", "measure what the model can do", "engine.evaluation.command:main"),
    Command("bench", "measure how fast it is here", "engine.evaluation.bench.command:main"),
    Command("train", "train a model from nothing", "engine.training.command:main"),
    Command("serve", "offer the engine to others", "engine.server.command:main", computes=True),
    Command("doctor", "tell what this machine has and what is missing", "app.doctor:main"),
    Command("models", "choose, add, check, download models", "engine.client.models.command:main"),
    Command("mind", "choose who thinks in the background", "engine.background.mind_command:main"),
    Command("history", "find, export and delete what was said", "app.history.command:main"),
    Command("tools", "list what it can do, do it by hand", "engine.background.tools_command:main"),
    Command("approvals", "list approvals", "engine.background.approvals_command:main"),
    Command("do", "send an action to the running desktop", "app.do:main"),
    Command("settings", "show and change the settings", "app.settings.command:main"),
    Command("gpu", "add the engine for NVIDIA cards", "installers.gpu:main"),
    Command("update", "install a newer release, if it is signed", "installers.update:main"),
    Command("uninstall", "remove it, with your data or without", "installers.uninstall:main"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; 2 when there is no such command.

    Without a command, options are the desktop's.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return _run(DESKTOP, [])
    if given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if given[0] in ("-V", "--version"):
        print(f"aside {metadata.version('aside')}")
        return 0
    if given[0].startswith("-"):
        return _run(DESKTOP, given)
    for command in (DESKTOP, *COMMANDS):
        if command.name == given[0]:
            return _run(command, given[1:])
    return _unknown(given[0])


def usage() -> str:
    """The help text: every command with its line."""
    lines = [f"  {'aside':<16}{DESKTOP.help} (its options: aside desktop --help)"]
    lines += [f"  {'aside ' + command.name:<16}{command.help}" for command in COMMANDS]
    return "\n".join(
        [
            "usage: aside [COMMAND ...]",
            "",
            *lines,
            "",
            "Each command explains itself: aside COMMAND --help",
            "Example: aside replay talk.wav --json",
        ]
    )


def _run(command: Command, arguments: list[str]) -> int:
    try:
        if command.computes:
            status = accelerator.hand_over([command.name, *arguments])
            if status is not None:
                return status
        return command.load()(arguments)
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        ours = (error.name or "").split(".")[0] in ("app", "engine", "kernels")
        if ours and not getattr(sys, "frozen", False):  # a frozen program leaves training out
            raise
        print(
            f"aside {command.name} needs the package {error.name}, which is not installed. "
            f"To have it, type once in Aside's source: python3 run.py {command.name} --help",
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:  # `aside ... | head` is no error worth a traceback
        sys.stderr.close()
        return 1
    except SystemExit as ended:
        if ended.code == WRONG_USAGE:
            print(f"All of it, with examples: aside {command.name} --help", file=sys.stderr)
        raise


def _unknown(name: str) -> int:
    known = ", ".join(command.name for command in COMMANDS)
    print(f"aside: there is no command '{name}'. There are: {known}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
