"""A desktop's ScreenCast portal, on the session bus: `python -m tests.cast_portal [refuse]`.

Prints "ready", then "window" when its dialog asks for one window, and "window again" when it
gives the one that was chosen before, by its token. With `refuse`, the user says no. Who does not
say which program it is gets no session.
"""

from __future__ import annotations

import os
import sys

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.fds import FileDescriptor
from jeepney.io.blocking import open_dbus_connection

from app.identity import APP_ID

OBJECT = "/org/freedesktop/portal/desktop"
NODE = 42


class Portal:
    """Answers one client at a time; what it gives for PipeWire is a pipe that says "remote"."""

    def __init__(self, refuses: bool) -> None:
        self.bus = open_dbus_connection(bus="SESSION", enable_fds=True)
        self.bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self.refuses, self.known, self.tokens = refuses, "", 0

    def serve(self) -> None:
        print("ready", flush=True)
        while True:
            call = self.bus.receive()
            if call.header.message_type is MessageType.method_call:
                self.answer(call, call.header.fields[HeaderFields.member])

    def answer(self, call, member: str) -> None:
        if member == "OpenPipeWireRemote":
            reader, writer = os.pipe()
            os.write(writer, b"remote")
            self.bus.send(new_method_return(call, "h", (FileDescriptor(reader),)))
            return
        if member == "Register":
            self.known = call.body[0]
            self.bus.send(new_method_return(call))
            return
        token = call.body[-1]["handle_token"][1]
        sender = call.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        path = f"{OBJECT}/request/{sender}/{token}"
        self.bus.send(new_method_return(call, "o", (path,)))
        body = getattr(self, member)(call)
        where = DBusAddress(path, interface="org.freedesktop.portal.Request")
        self.bus.send(new_signal(where, "Response", "ua{sv}", body))

    def CreateSession(self, call) -> tuple[int, dict]:
        if self.known != APP_ID:
            return 2, {}
        token = call.body[0]["session_handle_token"][1]
        return 0, {"session_handle": ("s", f"{OBJECT}/session/{token}")}

    def SelectSources(self, call) -> tuple[int, dict]:
        options = call.body[1]
        self.persists = options.get("persist_mode", ("u", 0))[1] == 2
        again = self.tokens and options.get("restore_token", ("s", ""))[1] == f"token-{self.tokens}"
        what = {1: "monitor", 2: "window"}[options["types"][1]]
        print(f"{what} again" if again else what, flush=True)
        return 0, {}

    def Start(self, _call) -> tuple[int, dict]:
        if self.refuses:
            return 1, {}
        given = {"streams": ("a(ua{sv})", [(NODE, {})])}
        if self.persists:  # each is good once
            self.tokens += 1
            given["restore_token"] = ("s", f"token-{self.tokens}")
        return 0, given


if __name__ == "__main__":
    Portal("refuse" in sys.argv).serve()
