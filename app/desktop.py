"""`aside`: the desktop. Opens it, runs it and ends it; app.assembly puts its parts together."""

from __future__ import annotations

import argparse
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.display import has_display
from app.do import Lock, take_or_ring
from app.identity import APP_ID, WINDOW_CLASS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.window.window import Window

_EXAMPLE = """\
example:
  aside --microphone "USB headset" --speaker "Desk speakers"
"""
NO_DISPLAY = (
    "There is no display here, or it does not answer, so no window can be shown. "
    "Start Aside in a desktop session, or use: aside replay, aside serve."
)

# Sound callbacks must not wait long for a window that is being painted.
SWITCH_S = 0.001


def main(argv: list[str], make: Callable[[list[str]], QApplication] | None = None) -> int:
    """0 after the user quit, or when the one that runs came to the front; 1 when it did not, no
    window can be shown or the screenshot not be saved; argparse ends with 2 where an option names
    what is not there.

    make: Qt's application itself, where one that is watched is to run the desktop.
    """
    parser = _parser()
    options = parser.parse_args(argv)
    wrong = _not_there(options)
    if wrong:
        parser.error(wrong)
    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 1
    if options.screenshot is not None:
        return _run(options, make)
    with closing(Lock()) as lock:
        refusal = take_or_ring(lock)
        if refusal is None:
            return _run(options, make)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    print("Aside runs already: its window is in front now.")
    return 0


def _not_there(options: argparse.Namespace) -> str:
    """What the command line names and nobody has: whoever types it is told where they typed it."""
    for name in ("microphone_tape", "system_tape", "camera_tape", "screen_tape"):
        path: Path | None = getattr(options, name)
        if path is not None and not path.exists():
            return f"--{name.replace('_', '-')}: there is no file or tape {path}"
    if options.model is not None:
        from engine.client.models.choice import NoModel, choose

        try:
            choose(options.model)
        except NoModel as error:
            return f"--model: {error}"
    return ""


def _run(
    options: argparse.Namespace, make: Callable[[list[str]], QApplication] | None = None
) -> int:
    # Loaded only here: --help and a second start need neither Qt nor sound.
    from app.assembly import Assembly
    from app.settings.schema import LANGUAGE
    from app.settings.store import Settings
    from app.sound.start import for_once
    from app.window.languages import speak

    sys.setswitchinterval(SWITCH_S)
    application = _application(make)
    settings = Settings(once=for_once(options))
    speak(application, settings[LANGUAGE])
    desktop = Assembly(options, settings)
    desktop.start()
    if options.screenshot is not None:
        _schedule_screenshot(desktop.window, options.screenshot, options.after_ms)
    try:
        with _obey_signals(desktop.window):
            return int(application.exec())
    finally:
        desktop.stop()


def _application(make: Callable[[list[str]], QApplication] | None) -> QApplication:
    from PySide6.QtWidgets import QApplication

    application = (make or QApplication)(sys.argv[:1])
    application.setApplicationName(WINDOW_CLASS)
    application.setApplicationDisplayName("Aside")
    application.setDesktopFileName(APP_ID)
    application.setQuitOnLastWindowClosed(False)
    return application


@contextmanager
def _obey_signals(window: Window) -> Iterator[None]:
    """Ctrl-C in the terminal, and being asked to end, are as if the user quit.

    Python obeys a signal when it runs next, and at rest Qt waits without it: so each signal also
    writes to a socket, which Qt listens to.
    """
    from PySide6.QtCore import QSocketNotifier

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.quit())
    told, teller = socket.socketpair()  # Windows knows of no pipe that both Python and Qt take
    with told, teller:
        for end in (told, teller):
            end.setblocking(False)
        before = signal.set_wakeup_fd(teller.fileno(), warn_on_full_buffer=False)
        notifier = QSocketNotifier(told.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda *_: told.recv(64))
        try:
            yield
        finally:
            notifier.setEnabled(False)
            signal.set_wakeup_fd(before)


def _schedule_screenshot(window: Window, path: Path, after_ms: int) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def take() -> None:
        saved = window.panel.grab().save(str(path), "PNG")
        if not saved:
            print(f"The screenshot could not be written to {path}.", file=sys.stderr)
        QApplication.exit(0 if saved else 1)

    QTimer.singleShot(after_ms, take)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside",
        description="Open the desktop: a window that hears, speaks and shows both sides' words.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    from app.capture.start import add_options as capture_options
    from app.sound.start import add_options as sound_options

    add = parser.add_argument
    add("--model", metavar="NAME|DIR", help="a model of aside models (default: the selected one)")
    sound_options(parser)
    capture_options(parser)
    add("--screenshot", type=Path, metavar="FILE", help="save a picture of the window and quit")
    add("--after-ms", type=int, default=1500, metavar="N", help="when (default: %(default)s)")
    return parser
