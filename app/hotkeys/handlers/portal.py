"""Wayland: the desktop's GlobalShortcuts portal, over D-Bus.

The user confirms the keys once, in a window of the desktop's own, and may choose others there.
Source: org.freedesktop.portal.GlobalShortcuts, version 1 and later.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import sys
import threading
from collections import deque
from typing import Any

from app.hotkeys.held import Held
from app.hotkeys.models import Binding, OnKey, OnTrouble
from app.portal import ANSWER_S, BUS_NAME, OBJECT, connect
from app.window.words import later, tr

SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
LOOK_S, CONFIRM_S = 0.5, 300.0
REFUSED = "The desktop did not give the keys; set them in its settings, or bind `aside do ACTION`."
GONE = "The desktop's portal went away, so keys work in Aside's windows alone."


class PortalRefused(Exception):
    """The portal answered no, or not at all."""


class ShortcutsPortal:
    """Down and up come as the portal's Activated and Deactivated."""

    name = later("Wayland portal")
    why = later("The desktop itself passes on the keys that you confirm, and no others.")
    advice = later(
        "This Wayland desktop offers no portal for global shortcuts. Bind a key to "
        "`aside do mute` and the like in the desktop's own keyboard settings."
    )

    def __init__(self) -> None:
        self._session: _Session | None = None

    def is_compatible(self) -> bool:
        return sys.platform.startswith("linux") and bool(os.environ.get("WAYLAND_DISPLAY"))

    def is_installed(self) -> bool:
        if importlib.util.find_spec("jeepney") is None:
            return False
        try:
            bus = Bus()
        except (OSError, KeyError, PortalRefused):
            return False
        with bus:
            return bus.has_shortcuts()

    def start(self, bindings: tuple[Binding, ...], on_key: OnKey, on_trouble: OnTrouble) -> None:
        self._session = _Session(bindings, Held(on_key), on_trouble)
        self._session.thread.start()

    def stop(self) -> None:
        if self._session is not None:
            self._session.stopping.set()
            self._session.thread.join(2)
            self._session = None


class Bus:
    """A connection to the session bus that loses no signal while it waits for an answer."""

    def __init__(self) -> None:
        self._connection: Any = connect()
        self._backlog: deque[Any] = deque()

    def __enter__(self) -> Bus:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def sender(self) -> str:
        """Our name on the bus as it stands in the paths of requests."""
        return self._connection.unique_name.lstrip(":").replace(".", "_")

    def call(self, message: Any) -> tuple[Any, ...]:
        """Raises PortalRefused for an error or no answer."""
        from jeepney import HeaderFields, MessageType

        serial = next(self._connection.outgoing_serial)
        self._connection.send(message, serial=serial)
        while True:
            try:
                got = self._connection.receive(timeout=ANSWER_S)
            except TimeoutError as error:
                raise PortalRefused("no answer") from error
            if got.header.fields.get(HeaderFields.reply_serial) != serial:
                self._backlog.append(got)
            elif got.header.message_type is MessageType.error:
                raise PortalRefused(str(got.header.fields.get(HeaderFields.error_name)))
            else:
                return got.body

    def listen(self, interface: str, path: str, about: str | None = None) -> None:
        """Asks for the signals of `interface` at `path`; about: with this as first argument."""
        from jeepney import MatchRule, message_bus

        rule = MatchRule(type="signal", interface=interface, path=path)
        if about is not None:
            rule.add_arg_condition(0, about)
        self.call(message_bus.AddMatch(rule))

    def next_signal(self, timeout_s: float) -> tuple[str, str, tuple[Any, ...]] | None:
        """(path, name, body) of the next signal; None when none came. OSError: the bus is gone."""
        from jeepney import HeaderFields, MessageType

        try:
            got = self._backlog.popleft() if self._backlog else self._connection.receive(
                timeout=timeout_s)  # fmt: skip
        except TimeoutError:
            return None
        if got.header.message_type is not MessageType.signal:
            return None
        fields = got.header.fields
        return fields[HeaderFields.path], fields[HeaderFields.member], got.body

    def has_shortcuts(self) -> bool:
        from jeepney import DBusAddress, Properties

        where = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=SHORTCUTS)
        try:
            return bool(self.call(Properties(where).get("version")))
        except PortalRefused:
            return False


class _Session:
    """One session with the portal, in a thread of its own."""

    def __init__(self, bindings: tuple[Binding, ...], held: Held, on_trouble: OnTrouble) -> None:
        self._bindings, self._held, self._on_trouble = bindings, held, on_trouble
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)

    def _run(self) -> None:
        try:
            with Bus() as self._bus:
                self._bind()
                while not self.stopping.is_set():
                    self._take(self._bus.next_signal(LOOK_S))
        except PortalRefused:
            self._on_trouble("", tr(REFUSED))
        except (OSError, KeyError, EOFError):
            self._on_trouble("", tr(GONE))
        finally:
            self._held.release_all()

    def _bind(self) -> None:
        self._bus.listen("org.freedesktop.DBus", "/org/freedesktop/DBus", BUS_NAME)
        self._bus.listen(SHORTCUTS, OBJECT)
        token = f"aside_{secrets.token_hex(4)}"
        made = self._request(
            "CreateSession", "a{sv}", ({"session_handle_token": ("s", token)},), ANSWER_S
        )
        self._handle = made["session_handle"][1]
        wanted = [
            (one.action, {"description": ("s", one.words),
                          "preferred_trigger": ("s", _trigger(one))})
            for one in self._bindings
        ]  # fmt: skip
        given = self._request(
            "BindShortcuts", "oa(sa{sv})sa{sv}", (self._handle, wanted, "", {}), CONFIRM_S
        )
        bound = {action for action, _ in given.get("shortcuts", ("", []))[1]}
        for one in self._bindings:
            self._on_trouble(one.action, "" if one.action in bound else tr(REFUSED))

    def _request(
        self, method: str, signature: str, body: tuple[Any, ...], patience_s: float
    ) -> dict[str, Any]:
        """Calls, and waits for the Response that follows. Raises PortalRefused."""
        from jeepney import DBusAddress, new_method_call

        token = f"aside_{secrets.token_hex(4)}"
        path = f"{OBJECT}/request/{self._bus.sender}/{token}"
        self._bus.listen("org.freedesktop.portal.Request", path)
        *before, options = body
        where = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=SHORTCUTS)
        full = (*before, {**options, "handle_token": ("s", token)})
        self._bus.call(new_method_call(where, method, signature, full))
        waited_s = 0.0
        while waited_s < patience_s and not self.stopping.is_set():
            signal = self._bus.next_signal(LOOK_S)
            if signal is None:
                waited_s += LOOK_S
            elif signal[:2] == (path, "Response"):
                code, results = signal[2]
                if code:
                    raise PortalRefused(f"{method} was answered with {code}")
                return results
        raise PortalRefused(f"{method} had no response")

    def _take(self, signal: tuple[str, str, tuple[Any, ...]] | None) -> None:
        if signal is None:
            return
        if signal[1] == "NameOwnerChanged" and not signal[2][2]:
            raise EOFError("the portal left the bus")
        if signal[2][:1] != (self._handle,):
            return
        match signal[1]:
            case "Activated":
                self._held.press(signal[2][1])
            case "Deactivated":
                self._held.release(signal[2][1])


def _trigger(binding: Binding) -> str:
    """As the freedesktop shortcuts specification writes it: CTRL+ALT+space."""
    named = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Super": "LOGO"}
    return "+".join([*(named[one] for one in binding.chord.modifiers), binding.chord.x_name])
