"""One window of a Wayland desktop, which the user chooses in the desktop's own dialog.

Wayland tells no program where windows are, so from a whole screen neither private windows nor our
own could be left out: only a window is asked for. The portal org.freedesktop.portal.ScreenCast
gives a PipeWire stream; GStreamer reads it. Tried against a portal of our tests' own, never on a
real Wayland desktop.
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import numpy as np

from app.capture.handlers.kept_choice import KeptChoice
from app.capture.models import CaptureError, Declined, Shot
from app.capture.pace import LOOKS
from app.portal import ANSWER_S, BUS_NAME, OBJECT, connect
from app.window.words import later, tr

SCREEN_CAST, REQUEST = "org.freedesktop.portal.ScreenCast", "org.freedesktop.portal.Request"
A_WINDOW, POINTER_IN_PICTURE, UNTIL_REVOKED = 2, 2, 2
DIALOG_S, FRESH_S = 300.0, 0.2
PLAYER = "gst-launch-1.0"
NOT_CHOSEN = "No window was chosen: nothing is shared."


class PortalHandler:
    """For Wayland sessions."""

    name = later("the desktop's portal")
    install_instructions = later(
        "Install GStreamer with its PipeWire part, for example: sudo apt install "
        "gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire"
    )

    @staticmethod
    def is_compatible() -> bool:
        return sys.platform.startswith("linux") and bool(os.environ.get("WAYLAND_DISPLAY"))

    @staticmethod
    def is_installed() -> bool:
        return find_spec("jeepney") is not None and shutil.which(PLAYER) is not None

    def open(self, choice: KeptChoice) -> WindowStream:
        """Returns when the user has chosen, or at once where the kept choice still holds.

        Raises Declined when nothing was chosen, CaptureError.
        """
        cast = ScreenCast()
        try:
            node, remote = cast.start(choice)
        except BaseException:
            cast.close()
            raise
        return WindowStream(cast, node, remote)


class ScreenCast:
    """One session with the portal."""

    def __init__(self) -> None:
        try:
            self._bus: Any = connect(enable_fds=True)
        except (OSError, KeyError) as error:
            raise CaptureError(tr("The desktop's portal cannot be reached.")) from error

    def start(self, choice: KeptChoice) -> tuple[int, int]:
        """(PipeWire node, descriptor of its connection) of the window that was chosen."""
        made = self._request(
            "CreateSession", "a{sv}", (), {"session_handle_token": ("s", _token())}, ANSWER_S
        )
        session = made["session_handle"][1]
        node = self._choose(session, choice)
        (remote,) = self._call("OpenPipeWireRemote", "oa{sv}", (session, {}))
        return node, int(remote.to_raw_fd())

    def _choose(self, session: str, choice: KeptChoice) -> int:
        """The PipeWire node. A choice that the portal cannot restore is asked for anew by it."""
        wanted: dict[str, tuple[str, object]] = {
            "types": ("u", A_WINDOW), "cursor_mode": ("u", POINTER_IN_PICTURE),
            "persist_mode": ("u", UNTIL_REVOKED),
        }  # fmt: skip
        kept, asked = choice.read()
        if kept:
            wanted["restore_token"] = ("s", kept)
        try:
            self._request("SelectSources", "oa{sv}", (session,), wanted, ANSWER_S)
            chosen = self._request("Start", "osa{sv}", (session, ""), {}, DIALOG_S)
            streams = chosen.get("streams", ("", []))[1]
            if not streams:
                raise Declined(tr(NOT_CHOSEN))
        except Declined:
            choice.keep("", asked)
            raise
        choice.keep(str(chosen.get("restore_token", ("", ""))[1]), asked)
        return int(streams[0][0])

    def close(self) -> None:
        """The session ends with its connection."""
        self._bus.close()

    def _call(self, method: str, signature: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        from jeepney import DBusAddress, MessageType, new_method_call

        where = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=SCREEN_CAST)
        try:
            reply = self._bus.send_and_get_reply(
                new_method_call(where, method, signature, body), timeout=ANSWER_S
            )
        except (OSError, TimeoutError) as error:
            silent = tr("The desktop's portal does not answer ({method}).")
            raise CaptureError(silent.format(method=method)) from error
        if reply.header.message_type is MessageType.error:
            unable = tr("This desktop's portal cannot share windows ({method}).")
            raise CaptureError(unable.format(method=method))
        return reply.body

    def _request(
        self, method: str, signature: str, body: tuple[Any, ...], options: dict[str, Any],
        patience_s: float,
    ) -> dict[str, Any]:  # fmt: skip
        """Calls, and waits for the Response that the portal sends afterwards."""
        from jeepney import MatchRule, message_bus

        token = _token()
        sender = self._bus.unique_name.lstrip(":").replace(".", "_")
        path = f"{OBJECT}/request/{sender}/{token}"
        rule = MatchRule(type="signal", interface=REQUEST, path=path)
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=ANSWER_S)
        with self._bus.filter(rule) as responses:
            self._call(method, signature, (*body, {**options, "handle_token": ("s", token)}))
            try:
                answer = self._bus.recv_until_filtered(responses, timeout=patience_s)
            except (OSError, TimeoutError) as error:
                raise Declined(tr("The desktop's dialog was not answered.")) from error
        code, results = answer.body
        if code:
            raise Declined(tr(NOT_CHOSEN))
        return results


class WindowStream:
    """Pictures of the chosen window, scaled by GStreamer to what the model takes."""

    def __init__(self, cast: ScreenCast, node: int, remote: int) -> None:
        self._cast, self._look = cast, LOOKS["screen"]
        command = [PLAYER, "-q", *pipeline(node, remote)]
        self._player = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[remote]
        )
        os.close(remote)

    def look(self) -> Shot | None:
        pipe = self._player.stdout
        assert pipe is not None
        if not select.select([pipe], [], [], FRESH_S)[0]:
            return None
        size = self._look.width * self._look.height * 3
        data = pipe.read(size)
        if len(data) < size:
            raise Declined(tr("The shared window was closed: share another."))
        pixels = np.frombuffer(data, np.uint8).reshape(self._look.height, self._look.width, 3)
        return Shot(pixels)

    def close(self) -> None:
        self._player.kill()
        self._player.wait()
        if self._player.stdout is not None:
            self._player.stdout.close()
        self._cast.close()


def version() -> int:
    """Of the portal that shares windows. Raises CaptureError where none answers."""
    from jeepney import DBusAddress, MessageType, Properties

    cast = ScreenCast()
    try:
        where = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=SCREEN_CAST)
        asked = Properties(where).get("version")
        reply = cast._bus.send_and_get_reply(asked, timeout=ANSWER_S)
    except (OSError, TimeoutError) as error:
        raise CaptureError(tr("The desktop's portal does not answer.")) from error
    finally:
        cast.close()
    if reply.header.message_type is MessageType.error:
        raise CaptureError(tr("This desktop's portal cannot share windows."))
    return int(reply.body[0][1])


def pipeline(node: int, remote: int) -> list[str]:
    """What GStreamer does: take the newest, scale it, write its bytes to standard output."""
    look = LOOKS["screen"]
    picture = f"video/x-raw,format=RGB,width={look.width},height={look.height}"
    return [
        "pipewiresrc", f"fd={remote}", f"path={node}", "keepalive-time=1000", "!",
        "queue", "leaky=downstream", "max-size-buffers=1", "!",
        "videorate", "drop-only=true", f"max-rate={round(look.hz)}", "!",
        "videoconvert", "!", "videoscale", "add-borders=false", "!", picture, "!",
        "fdsink", "fd=1", "sync=false",
    ]  # fmt: skip


def _token() -> str:
    return f"aside_{secrets.token_hex(4)}"
