"""`aside doctor`: what this machine has, what is missing, and one line of advice for each.

Only what the assistant cannot do without (its packages, its checkpoint, some disk) makes the exit
status 1. A machine without a microphone or a display is a machine to type on, and it is said.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from app.window.words import later
from engine import accelerator, child

MIB = 1 << 20
LITTLE_ROOM_MIB = 500
HAS_SOURCE = (Path(__file__).resolve().parents[1] / "run.py").exists()  # no package brings that
SET_UP_AGAIN = (
    later("set Aside up again: python3 run.py doctor")
    if HAS_SOURCE
    else later("install Aside's package again")
)
NONE_HERE = {
    "microphone": later("no microphone on this machine"),
    "speaker": later("no speaker on this machine"),
}
BARRED = later(
    "Add yourself to the group that owns {device} (often: sudo usermod -aG video $USER), and log "
    "in again."
)
NO_PORTAL = later(
    "Install the portal of your desktop, for example xdg-desktop-portal-gnome or "
    "xdg-desktop-portal-kde, and log in again."
)
BIND = later("Bind keys of your desktop to commands such as: aside do mute")
UNLOCKED = later(
    "There is no key store here to keep its key in. To keep none: Settings, History, or "
    "aside history keep none"
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is empty where there is nothing to do.

    words: what was found; `values` fill its braces and the advice's, so that both can be said in
    other languages.
    """

    topic: str
    state: Literal["ok", "missing", "broken"]
    words: str
    advice: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def found(self) -> str:
        return self._filled(self.words)

    @property
    def as_json(self) -> dict[str, object]:
        row: dict[str, object] = {
            "topic": self.topic, "state": self.state, "found": self.found,
            "advice": self._filled(self.advice),
        }  # fmt: skip
        patterns = {"words": self.words, "to_do": self.advice, "values": dict(self.values)}
        return {**row, **patterns} if self.values else row

    @property
    def line(self) -> str:
        told = f"{MARKS[self.state]} {self.topic:<12}{self.found}"
        return f"{told}\n{'':<14}{self._filled(self.advice)}" if self.advice else told

    def _filled(self, pattern: str) -> str:
        return pattern.format(**self.values) if self.values else pattern


def python() -> Finding:
    system = f"{platform.system()} {platform.machine()}"
    return Finding("python", "ok", f"{platform.python_version()} on {system}, {sys.executable}")


def microphone() -> Finding:
    return _sound("microphone", "input", later("Plug one in; until then type to Aside."))


def speaker() -> Finding:
    return _sound("speaker", "output", later("Plug one in; until then read its captions."))


def _sound(topic: str, kind: str, advice: str) -> Finding:
    try:
        with _quiet_stderr():
            sounddevice = import_module("sounddevice")
            devices = sounddevice.query_devices()
            names = [one["name"] for one in devices if one[f"max_{kind}_channels"] > 0]
            chosen = sounddevice.query_devices(kind=kind)["name"] if names else ""
    except Exception as error:  # PortAudio's own errors, and its library missing altogether
        silent = later("sound does not work: {error}")
        return Finding(topic, "broken", silent, SET_UP_AGAIN, {"error": str(error)})
    if not names:
        return Finding(topic, "missing", NONE_HERE[topic], advice)
    found = later("{name}, of {count} to choose from")
    return Finding(topic, "ok", found, values={"name": chosen, "count": len(names)})


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keeps the C libraries of sound from writing over the report: they know no other silence."""
    sys.stderr.flush()
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def display() -> Finding:
    if not sys.platform.startswith("linux"):
        return Finding("display", "ok", platform.system())
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(variable):
            return Finding("display", "ok", f"{variable}={os.environ[variable]}")
    advice = later("Start Aside in a desktop session, or use aside replay and aside serve.")
    return Finding("display", "missing", later("no window can be shown here"), advice)


def camera() -> Finding:
    capture, models = import_module("app.capture.main"), import_module("app.capture.models")
    try:
        there = capture.cameras().cameras()
    except models.CaptureError as error:
        return Finding("camera", "missing", later("no camera can be used here"), str(error))
    if not there:
        advice = later("Plug one in to show things.")
        return Finding("camera", "missing", later("no camera on this machine"), advice)
    names = {"names": ", ".join(one.name for one in there)}
    barred = [one.key for one in there if one.key.startswith("/") and not _may_open(one.key)]
    if barred:
        found = later("{names}, which may not be opened")
        return Finding("camera", "missing", found, BARRED, {**names, "device": barred[0]})
    return Finding("camera", "ok", "{names}", values=names)


def _may_open(path: str) -> bool:
    return os.access(path, os.R_OK | os.W_OK)


def screen() -> Finding:
    """On Wayland this is the desktop's portal; elsewhere monitors and windows must be listed."""
    capture, models = import_module("app.capture.main"), import_module("app.capture.models")
    if capture.Screens().desktop_chooses:
        return _portal(import_module("app.capture.handlers.portal"), models)
    try:
        display = capture.Screens().display()
        try:
            names = {"names": ", ".join(one.name for one in display.monitors())}
            display.windows()
        finally:
            display.close()
    except models.CaptureError as error:
        return Finding("screen", "missing", later("the screen cannot be shared"), str(error))
    told = later("{names}; private windows can be told from others")
    return Finding("screen", "ok", told, values=names)


def _portal(portal: Any, models: Any) -> Finding:
    if not portal.PortalHandler.is_installed():
        advice = portal.PortalHandler.install_instructions
        return Finding("screen", "missing", later("windows cannot be shared yet"), advice)
    try:
        version = portal.version()
    except models.CaptureError as error:
        silent = later("the desktop's portal shares no windows: {error}")
        return Finding("screen", "missing", silent, NO_PORTAL, {"error": str(error)})
    told = later("windows, through the desktop's portal (version {version})")
    return Finding("screen", "ok", told, values={"version": version})


def hotkeys() -> Finding:
    fitting = [one for one in import_module("app.hotkeys.main").HANDLERS if one.is_compatible()]
    for one in fitting:
        if one.is_installed():
            return Finding("hotkeys", "ok", later("through {name}"), values={"name": one.name})
    advice = fitting[0].advice if fitting else BIND
    return Finding("hotkeys", "missing", later("keys work in Aside's own windows alone"), advice)


def hands() -> Finding:
    xdotool = import_module("app.hands.xdotool")
    if not xdotool.is_compatible():
        return Finding("hands", "missing", "Aside types and clicks on X11 alone")
    if not xdotool.is_installed():
        return Finding("hands", "missing", "Aside cannot type or click", xdotool.HINT)
    return Finding("hands", "ok", "xdotool types and clicks, where you allow it")


def reading() -> Finding:
    """Text in pictures. Without it a picture goes to the mind as it is."""
    recognising = import_module("engine.background.tools.recognising")
    program = recognising.installed()
    if program is None:
        found = "text in pictures is read by nothing on this machine"
        return Finding("reading", "missing", found, recognising.HINT)
    return Finding("reading", "ok", f"{program} reads text in pictures")


def commands() -> Finding:
    """Looked at by running one in the box that would hold it."""
    with tempfile.TemporaryDirectory() as workplace:
        box = import_module("engine.background.tools.sandbox").probe(Path(workplace))
    if isinstance(box, str):
        return Finding("commands", "missing", box)
    return Finding("commands", "ok", "run in a closed box, where you switched them on")


def compute() -> Finding:
    try:
        # By the room that switches ONNX Runtime's uploader off before it loads it.
        providers = import_module("engine.runtime.onnx_backend").ort.get_available_providers()
    except ImportError as error:
        return Finding("compute", "broken", f"ONNX Runtime does not load: {error}", SET_UP_AGAIN)
    here = [name.removesuffix("ExecutionProvider") for name in providers if "Azure" not in name]
    advice = ""
    if accelerator.python() != sys.executable:
        here.append("and the GPU engine beside it")
    elif shutil.which("nvidia-smi") and "CUDAExecutionProvider" not in providers:
        advice = "There is an NVIDIA card; to use it: aside gpu add"
    return Finding("compute", "ok", f"{', '.join(here)}; {os.cpu_count()} CPU cores", advice)


def checkpoint() -> Finding:
    # Loaded by name, as the command table does: the doctor looks at every room from outside.
    try:
        runtime = import_module("engine.runtime")
        if accelerator.python() != sys.executable:
            name, computes = _elsewhere(accelerator.python())
        else:
            engine = runtime.load(None, runtime.Computing())
            name, computes = engine.name, engine.computes
    except Exception as error:
        broken = later("the shipped model does not load: {error}")
        return Finding("checkpoint", "broken", broken, values={"error": str(error)})
    values = {"name": name, "back_end": computes}
    return Finding("checkpoint", "ok", later("{name}, runs on {back_end}"), values=values)


def _elsewhere(interpreter: str) -> tuple[str, str]:
    """What the Python of the GPU engine loads, and who computes it there. Raises on failure."""
    done = subprocess.run(
        child.command("engine.runtime", python=interpreter),
        env=child.environment(), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told: dict[str, str] = json.loads(done.stdout)
    if "error" in told:
        raise RuntimeError(told["error"])
    return told["name"], told["computes"]


def disk() -> Finding:
    free = shutil.disk_usage(os.path.expanduser("~")).free // MIB
    if free < LITTLE_ROOM_MIB:
        advice = later("Make room: tapes need some.")
        return Finding("disk", "broken", later("{room} MiB free"), advice, {"room": free})
    room = round(free / 1024)
    return Finding("disk", "ok", later("{room} GiB free"), values={"room": room})


def history() -> Finding:
    database = import_module("app.history.database")
    keeping, keystore = import_module("app.history.keeping"), import_module("app.history.keystore")
    wanted = keeping.KeepingFile(keeping.settings_file()).now()
    state = database.state_of(keeping.database_file())
    if not wanted.keep:
        return Finding("history", "missing" if wanted.unreadable else "ok", wanted.words)
    no_store = keystore.find_store() is None
    encrypts = wanted.encrypt and database.can_encrypt() and not no_store
    if state == "encrypted" or (state == "absent" and encrypts):
        return Finding("history", "ok", later("kept, and encrypted"))
    if state == "damaged":
        advice = later("It is set aside at the next start, and a new one begins.")
        return Finding("history", "missing", later("the history is damaged"), advice)
    advice = ""  # where the user switched it off
    if wanted.encrypt and not encrypts:
        advice = UNLOCKED if no_store else database.NO_CIPHER
    return Finding("history", "ok", later("kept, and not encrypted"), advice)


CHECKS: tuple[Callable[[], Finding], ...] = (
    python,
    microphone,
    speaker,
    display,
    camera,
    screen,
    hotkeys,
    hands,
    reading,
    commands,
    compute,
    checkpoint,
    history,
    disk,
)
MARKS = {"ok": "✓", "missing": "·", "broken": "✗"}


def main(arguments: list[str]) -> int:
    """Prints one line (with `--json` one object) for each finding. 1 if something is broken."""
    parser = argparse.ArgumentParser(
        prog="aside doctor",
        description="Tell what this machine has and what is missing.",
        epilog="Example: aside doctor --json",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    as_json = parser.parse_args(arguments).json
    broken = False
    for check in CHECKS:
        finding = check()
        broken |= finding.state == "broken"
        print(json.dumps(finding.as_json) if as_json else finding.line, flush=True)
    return int(broken)
