"""`aside`: the desktop. Puts the conversation, its window and its sound together, and runs them."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.display import has_display
from app.do import Doorbell, NotRunning, ring

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from app.conversation import Whose
    from app.window.window import Window
    from engine.background.told import Told
    from engine.microturn import Frame

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
    """0 after the user quit; 1 when no window can be shown or the screenshot not be saved.

    make: Qt's application itself, where one that is watched is to run the desktop.
    """
    options = _parser().parse_args(argv)
    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 1
    if options.screenshot is None and _runs_already():
        print("Aside runs already: its window is in front now.")
        return 0
    return _run(options, make)


def _run(
    options: argparse.Namespace, make: Callable[[list[str]], QApplication] | None = None
) -> int:
    # Loaded only here: --help and a second start need neither Qt nor sound.
    from app.capture.start import Obedience, switch_on
    from app.cards.room import CardRoom
    from app.conversation import Conversation, Happening
    from app.delegations import Delegations
    from app.equipment import equip
    from app.hands.clipboard import QtClipboard
    from app.hands.main import hands
    from app.hands.sign import Sign
    from app.history.writer import history_writer
    from app.hotkeys.main import Hotkeys
    from app.preferences import preferences
    from app.ringer import Ringer
    from app.settings.schema import GUIDE_SEEN, LANGUAGE
    from app.settings.store import Settings
    from app.sound.start import for_once, sound_desk
    from app.tool_room import ToolRoom
    from app.window.adapter import HappeningSignal
    from app.window.eyes import Eyes
    from app.window.languages import speak
    from app.window.rooms import Rooms
    from app.window.theme import chosen_theme
    from app.window.window import Window
    from engine.background.ledger import Ledger
    from engine.background.ledger_file import place as tasks_place
    from engine.client.models.link import chosen_link

    sys.setswitchinterval(SWITCH_S)
    application = _application(make)
    settings = Settings(once=for_once(options))
    speak(application, settings[LANGUAGE])
    sound = sound_desk(options, settings)
    capture = Obedience(options, settings)
    signals = HappeningSignal()
    writer = history_writer(signals.tell)
    # A screenshot may be taken beside a running Aside, whose tasks are not to be touched.
    ledger = Ledger(tasks_place() if options.screenshot is None else None)
    cards = CardRoom(lambda: chosen_theme(settings), lambda: sound.playing)
    lent_hands = hands(Sign().say, lambda: delegations.agent.killed)
    equipment = equip(cards.asker, cards.screen, QtClipboard(), lent_hands)

    def report(told: Told) -> None:
        signals.tell(told)
        writer.take(told)
        ringer.take(told)

    delegations = Delegations(
        report, ledger, equipment, cards=cards.desk.open_cards,
        preferences=lambda: preferences(settings),
    )  # fmt: skip
    cards.serve(delegations.agent)
    cards.screen.late.connect(delegations.press)

    def tell(happening: Happening) -> None:
        signals.tell(happening)
        writer.take(happening)
        ringer.take(happening)
        delegations.take(happening)

    def overhear(side: Whose, samples: np.ndarray) -> None:
        writer.take_sound(side, samples)
        delegations.overhear(side, samples)

    def see(frame: Frame) -> None:
        delegations.see(frame)
        writer.take_picture(frame.source, frame.pixels)

    conversation = Conversation(
        sound, lambda take: chosen_link(take, options.model), tell, overhear,
        capture.desk(), see,
    )  # fmt: skip
    ringer = Ringer(conversation.chime)
    cards.asker.waits.connect(ringer.ask)
    window = Window(conversation, settings)
    signals.happened.connect(window.take)
    eyes = Eyes(conversation, window.panel.theme, lambda: window.status, window.say, capture,
                settings)  # fmt: skip
    window.rooms = Rooms(
        share=eyes.share, camera=eyes.camera, pause_capture=eyes.pause, stop_capture=eyes.stop,
        search_history=lambda: window.pages.open("history"),
        stop_tools=delegations.agent.kill, allow_tools=delegations.agent.revive,
        tools=ToolRoom(delegations.agent, delegations.equipment),
    )  # fmt: skip
    eyes.pill.clicked.connect(lambda: window.do("show"))
    signals.happened.connect(eyes.take)
    signals.happened.connect(cards.take)
    signals.asked.connect(window.obey)
    signals.pressed.connect(window.press)
    signals.keys_changed.connect(window.keys_changed)
    hotkeys = Hotkeys(settings, signals.press, signals.keys_changed.emit)
    window.hotkeys = hotkeys
    doorbell = _doorbell(signals.ask) if options.screenshot is None else None
    writer.start()
    conversation.start()
    delegations.start(conversation.inform)
    window.show()
    if options.screenshot is None:
        hotkeys.start()
        if not settings[GUIDE_SEEN]:
            window.do("guide")
    eyes.show()
    switch_on(conversation, options)
    _obey_signals(window)
    if options.screenshot is not None:
        _schedule_screenshot(window, options.screenshot, options.after_ms)
    try:
        return int(application.exec())
    finally:
        cards.close()
        eyes.close()
        if doorbell is not None:
            doorbell.close()
        hotkeys.stop()
        delegations.stop()
        conversation.stop()
        writer.stop()


def _application(make: Callable[[list[str]], QApplication] | None) -> QApplication:
    from PySide6.QtWidgets import QApplication

    application = (make or QApplication)(sys.argv[:1])
    application.setApplicationName("aside")
    application.setApplicationDisplayName("Aside")
    application.setDesktopFileName("aside")
    application.setQuitOnLastWindowClosed(False)
    return application


def _doorbell(ask: Callable[[str, str], str]) -> Doorbell | None:
    """Where no socket can be made there is no `aside do`; everything else works."""
    try:
        return Doorbell(ask)
    except OSError as error:
        print(f"aside do will not reach this window: {error}", file=sys.stderr)
        return None


def _obey_signals(window: Window) -> None:
    """Ctrl-C in the terminal, and being asked to end, are as if the user quit."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.quit())


def _schedule_screenshot(window: Window, path: Path, after_ms: int) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def take() -> None:
        saved = window.panel.grab().save(str(path), "PNG")
        if not saved:
            print(f"The screenshot could not be written to {path}.", file=sys.stderr)
        QApplication.exit(0 if saved else 1)

    QTimer.singleShot(after_ms, take)


def _runs_already() -> bool:
    try:
        ring("type")
    except NotRunning:
        return False
    return True


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
