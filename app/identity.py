"""The name by which desktops know Aside: reverse DNS, the same wherever it stands.

The menu entry, the AppStream page and the icon bear it as their file's name
(installers/linux), Wayland windows as their app_id, and portals ask for it: without it a desktop
gives neither global keys nor a window's picture for longer than one run. Standard library only.
"""

from __future__ import annotations

APP_ID = "io.github.aside_authors.Aside"
# The class of X11 windows, which menu entries know as StartupWMClass; Qt takes it from the name.
WINDOW_CLASS = "aside"
