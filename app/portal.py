"""A connection to the desktop's portals, which knows from its first call on who asks.

A program in a sandbox is known by its sandbox, any other by what it says of itself:
org.freedesktop.host.portal.Registry, since version 1.19 of xdg-desktop-portal. An older one, or a
desktop on which our menu entry is not installed, refuses, and goes by what it finds out itself.
"""

from __future__ import annotations

from typing import Any

from app.identity import APP_ID

BUS_NAME, OBJECT = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
REGISTRY = "org.freedesktop.host.portal.Registry"
ANSWER_S = 5.0


def connect(enable_fds: bool = False) -> Any:
    """enable_fds: whether descriptors may come with an answer.

    Raises OSError or KeyError where there is no session bus.
    """
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(bus="SESSION", enable_fds=enable_fds)
    where = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=REGISTRY)
    introduction = new_method_call(where, "Register", "sa{sv}", (APP_ID, {}))
    try:
        connection.send_and_get_reply(introduction, timeout=ANSWER_S)
    except (OSError, TimeoutError):
        connection.close()
        raise
    return connection
