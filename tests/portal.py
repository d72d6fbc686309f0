"""A desktop's GlobalShortcuts portal, on the session bus: `python -m tests.portal`.

Prints "ready", then for each session the keys it was asked for. Lines on its input: "down NAME",
"up NAME", and "refuse", after which it says no to binding. Who does not say which program it is
gets no session.
"""

from __future__ import annotations

import select
import sys

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from app.identity import APP_ID

OBJECT = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"


class Portal:
    """Answers one client at a time."""

    def __init__(self) -> None:
        self.bus = open_dbus_connection(bus="SESSION")
        self.bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self.session, self.known, self.refuses, self.input = "", "", False, b""

    def serve(self) -> None:
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([self.bus.sock, sys.stdin.buffer.raw], [], [])
            if self.bus.sock in ready:
                self.answer(self.bus.receive())
            else:
                self.obey(sys.stdin.buffer.raw.read(4096))

    def answer(self, call) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        member = call.header.fields[HeaderFields.member]
        if member == "Get":
            self.bus.send(new_method_return(call, "v", (("u", 1),)))
            return
        if member == "Register":
            self.known = call.body[0]
            self.bus.send(new_method_return(call))
            return
        token = call.body[-1]["handle_token"][1]
        sender = call.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        path = f"{OBJECT}/request/{sender}/{token}"
        self.bus.send(new_method_return(call, "o", (path,)))
        code, results = self.create(call) if member == "CreateSession" else self.bind(call)
        self.signal(path, "org.freedesktop.portal.Request", "Response", "ua{sv}", (code, results))

    def create(self, call) -> tuple[int, dict]:
        if self.known != APP_ID:
            return 2, {}
        self.session = f"{OBJECT}/session/{call.body[0]['session_handle_token'][1]}"
        return 0, {"session_handle": ("s", self.session)}

    def bind(self, call) -> tuple[int, dict]:
        asked = [(name, about["preferred_trigger"][1]) for name, about in call.body[1]]
        print(*(f"{name}={trigger}" for name, trigger in asked), flush=True)
        if self.refuses:
            return 1, {}
        given = [(name, {"trigger_description": ("s", trigger)}) for name, trigger in asked]
        return 0, {"shortcuts": ("a(sa{sv})", given)}

    def obey(self, given: bytes) -> None:
        if not given:
            sys.exit(0)
        *lines, self.input = (self.input + given).split(b"\n")
        for word, _, name in (line.decode().partition(" ") for line in lines):
            if word == "refuse":
                self.refuses = True
            else:
                signal = "Activated" if word == "down" else "Deactivated"
                self.signal(OBJECT, SHORTCUTS, signal, "osta{sv}", (self.session, name, 0, {}))

    def signal(self, path: str, interface: str, name: str, signature: str, body: tuple) -> None:
        self.bus.send(new_signal(DBusAddress(path, interface=interface), name, signature, body))


if __name__ == "__main__":
    Portal().serve()
