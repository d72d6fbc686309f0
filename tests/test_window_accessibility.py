"""For those who do not see the windows, have no mouse, need strong contrast or no motion."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.acts.window import ActsWindow
from app.cards.desk import CardDesk
from app.history.keeping import Keeping
from app.history.window import HistoryWindow
from app.sound.patchbay import Wiring
from app.window import panel, theme, window
from app.window.eyes import Eyes
from app.window.languages import FOLDER
from app.window.words import tr
from engine.background.approval import Choice, Question
from engine.background.card_kinds import doubt_card, question_card
from engine.background.tool import Risk
from engine.client.events import EngineLost, EngineReady, Heard, Said, State
from installers.languages import LANGUAGES, translations
from tests.card_picture import form, plan
from tests.desktop import display, qt, qt_application, qt_eventually  # noqa: F401
from tests.history_picture import history_at, plain
from tests.reaching import TO_NAME, changed, controls, picture, spoken_name, walked
from tests.speaking import speaking
from tests.test_app_window import Stage
from tests.tooling import shop

pytestmark = [pytest.mark.timeout(120), pytest.mark.alone]
NORMAL_RATIO, STRONG_RATIO, EDGE_RATIO = 4.5, 7.0, 3.0
OUTLINE_PIXELS = 40


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.window.pages.close()
    made.close()


class Heralds:
    """In place of the screen reader's door: what is announced."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def updateAccessibility(self, event) -> None:
        self.said.append(event.message())


@pytest.fixture
def heralds(monkeypatch: pytest.MonkeyPatch) -> Heralds:
    made = Heralds()
    monkeypatch.setattr(panel, "QAccessible", made)
    return made


def test_a_line_is_announced_once_and_when_it_is_finished(
    stage: Stage, heralds: Heralds, monkeypatch: pytest.MonkeyPatch
):
    """A screen reader hears no half sentence: nothing while words come, then the line, once."""
    clock = iter(range(1, 10_000))
    now_s = {"now": 100.0}
    monkeypatch.setattr(window.time, "monotonic", lambda: now_s["now"] + next(clock) * 1e-6)
    for word in ("remind", " me", " at", " nine"):
        stage.tell(Heard(word, 0, 0))
        stage.window._announce()
        assert heralds.said == []
        now_s["now"] += 0.2
    now_s["now"] += 60.0
    for _ in range(3):
        stage.window._announce()
    assert heralds.said == ["You: remind me at nine"]
    stage.tell(Said("okay", 0, 0))
    stage.window._announce()
    assert len(heralds.said) == 1
    now_s["now"] += 60.0
    stage.window._announce()
    assert heralds.said == ["You: remind me at nine", "Aside: okay"]


def test_words_that_come_after_a_pause_are_announced_and_those_before_are_not_again(
    stage: Stage, heralds: Heralds, monkeypatch: pytest.MonkeyPatch
):
    """A line takes words for eight seconds: each is told once, however slowly they come."""
    now_s = [100.0]
    monkeypatch.setattr(window.time, "monotonic", lambda: now_s[0])
    for word in ("one", " two", " three four"):
        stage.tell(Heard(word, 0, 0))
        for _ in range(6):
            stage.window._announce()
            now_s[0] += 0.5
    assert len(stage.window.captions.lines) == 1
    assert heralds.said == ["You: one", "You: two", "You: three four"]


def test_a_notice_is_announced_once(stage: Stage, heralds: Heralds):
    """What is said between captions and controls reaches who does not see it, when it is new."""
    stage.tell(EngineLost("the engine ended with status -9", 0.1))
    lost = "The engine ended with status -9."
    assert heralds.said == [lost]
    stage.sound.rewire(Wiring(notices=("No microphone.",)))
    stage.until(lambda: stage.panel.notice == f"{lost}  No microphone.")
    assert heralds.said == [lost, "No microphone."]
    stage.tell(EngineReady("ws://here"))
    assert stage.panel.notice == "No microphone."
    assert len(heralds.said) == 2


@contextmanager
def history(folder: Path, application) -> Iterator[HistoryWindow]:
    history_at(folder / "history.db")
    made = HistoryWindow(folder / "history.db", Keeping, plain(folder / "history.db"))
    made.come_up()
    qt_eventually(application, made.results.count)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def acts(stage: Stage, folder: Path) -> Iterator[ActsWindow]:
    """With an act that can be taken back, and a permission."""
    with shop(folder, Choice.SESSION) as there:
        there.call("set_timer", seconds=60)
        window = ActsWindow(stage.settings, there.room)
        window.show()
        qt_eventually(stage.application, window.acts.view.undo.isVisible)
        yield window
        window.close()
        window.deleteLater()


@contextmanager
def cards() -> Iterator[list[QWidget]]:
    """A question, a doubt, and cards of a mind with every kind of control."""
    desk = CardDesk(lambda: theme.DARK)
    asked = Question(
        "1", "t", "notes_delete", "Deletes a note.", Risk.LASTING, "Delete the note “groceries”.",
        {"name": "groceries"}, "this note", "blue",
    )  # fmt: skip
    for message in (*question_card(asked, tr), *doubt_card("d", "remind me at nine", tr)):
        desk.take(message, ours=True)
    for message in (*form(), *plan()):
        desk.take(message)
    try:
        yield list(desk.windows.values())
    finally:
        desk.close()


def names(stage: Stage, folder: Path, application) -> dict[str, list[str]]:
    """Window -> what a screen reader calls each of its controls, in order."""
    found: dict[str, list[str]] = {}
    for name, shown in everything(stage, folder, application):
        listed = [spoken_name(one) for one in controls(shown, TO_NAME)]
        titles = [shown.windowTitle()] if shown.isWindow() else []
        found[name] = [spoken_name(shown), *titles, *listed]
    menu = stage.window._action_set._menu
    menus = [menu, *(one.menu() for one in menu.actions() if one.menu() is not None)]
    found["menu"] = [one.text() for each in menus for one in each.actions()
                     if not one.isSeparator()]  # fmt: skip
    stage.window.menu.fill(stage.window.status.wiring.devices, {"microphone": None, "speaker": "?"})
    found["devices"] = [one.text() for one in stage.window.menu.actions() if not one.isSeparator()]
    return found


def everything(stage: Stage, folder: Path, application) -> Iterator[tuple[str, QWidget]]:
    """Every window and every page of one, in sight."""
    yield "panel", stage.panel
    settings = stage.window.pages.open("settings")
    for row in range(settings.groups.count()):
        settings.groups.setCurrentRow(row)
        application.processEvents()
        yield f"settings {row}", settings
    guide = stage.window.pages.open("guide")
    for row in range(guide.stack.count()):
        guide.go_to(row)
        application.processEvents()
        yield f"guide {row}", guide
    yield "keys", stage.window.pages.open("keys")
    with history(folder, application) as made:
        yield "history", made
    with acts(stage, folder) as window:
        for row, name in enumerate(("acts", "permissions")):
            window.groups.setCurrentRow(row)
            application.processEvents()
            yield name, window
    with cards() as shown:
        application.processEvents()
        yield from ((f"card {number}", one) for number, one in enumerate(shown))
    eyes = Eyes(stage.conversation, theme.DARK, lambda: stage.window.status, lambda _: None)
    eyes.show()
    yield "pill", eyes.pill
    yield "lights", eyes.pill.lights
    eyes.close()


def test_every_control_has_a_name_in_every_language(qt, tmp_path: Path):
    """No window has a control that a screen reader cannot call by name, in the user's language."""
    told = {}
    for language in ("en", *LANGUAGES):
        with speaking(qt, language):
            made = Stage(qt, tmp_path)
            folder = tmp_path / language
            folder.mkdir()
            told[language] = names(made, folder, qt)
            made.window.pages.close()
            made.close()
    for language, windows in told.items():
        nameless = {name for name, listed in windows.items() if not all(listed)}
        assert not nameless, (language, {name: windows[name] for name in nameless})
    for language in LANGUAGES:
        known = translations(FOLDER / f"aside_{language}.ts")
        for name, listed in told["en"].items():
            others = told[language][name]
            wrong = [
                (one, other) for one, other in zip(listed, others, strict=True)
                if known.get(one, other) != other
            ]  # fmt: skip
            assert not wrong, (language, name)


@pytest.mark.parametrize("page", ["settings", "guide"])
def test_tab_reaches_everything_on_a_page(qt, stage: Stage, page: str):
    """By Tab alone each control of each page gets the keyboard, and one sees where it is."""
    shown = stage.window.pages.open(page)
    turn = shown.groups.setCurrentRow if page == "settings" else shown.go_to
    count = shown.groups.count() if page == "settings" else shown.stack.count()
    for number in range(count):
        turn(number)
        reaches_everything(qt, shown)


def test_tab_reaches_everything_in_the_history(qt, tmp_path: Path):
    """The search, the list, the conversation and its buttons."""
    with history(tmp_path, qt) as made:
        reaches_everything(qt, made)


def test_tab_reaches_everything_in_what_aside_did(qt, stage: Stage, tmp_path: Path):
    """The search, the list, the act and its button; the permissions and theirs."""
    with acts(stage, tmp_path) as window:
        for row in range(2):
            window.groups.setCurrentRow(row)
            reaches_everything(qt, window)


def test_tab_reaches_everything_in_the_panel(qt, stage: Stage):
    """The typing line and the buttons beside it."""
    stage.window.go_to_typing()
    reaches_everything(qt, stage.panel)


def test_tab_reaches_everything_on_a_card(qt):
    """Buttons, fields, choices and ticks of cards."""
    with cards() as shown:
        for one in shown:
            one.take_keyboard()
            reaches_everything(qt, one)


def reaches_everything(application, shown: QWidget) -> None:
    shown.activateWindow()
    qt_eventually(application, shown.isActiveWindow)
    if application.focusWidget() is None or not shown.isAncestorOf(application.focusWidget()):
        controls(shown)[0].setFocus()
    qt_eventually(application, application.focusWidget)
    missed = controls(shown)
    for one in walked(application, shown):
        missed = [other for other in missed if other is not one]
        there = picture(one)
        one.clearFocus()
        application.processEvents()
        seen = changed(there, picture(one))
        assert seen >= OUTLINE_PIXELS, (type(one).__name__, spoken_name(one), seen)
        one.setFocus()
        application.processEvents()
    assert not missed, [(type(one).__name__, spoken_name(one)) for one in missed]


def ratio(one: str, other: str) -> float:
    """Contrast after WCAG 2.2: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: str) -> float:
    shares = [part / 255 for part in QColor(value).getRgb()[:3]]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("look", "least"), [
    (theme.DARK, NORMAL_RATIO), (theme.LIGHT, NORMAL_RATIO),
    (theme.DARK_CONTRAST, STRONG_RATIO), (theme.LIGHT_CONTRAST, STRONG_RATIO),
])  # fmt: skip
def test_words_stand_out(look: theme.Theme, least: float):
    """Text is read on its ground: 4.5 to 1, in high contrast 7 to 1 (WCAG 2.2, AA and AAA)."""
    for ground in (look.panel_top, look.panel_bottom):
        for name in ("text", "quiet_text", "user", "accent", "warning"):
            assert ratio(getattr(look, name), ground) >= least, (name, ground)


@pytest.mark.parametrize("look", [theme.DARK_CONTRAST, theme.LIGHT_CONTRAST])
def test_edges_stand_out_in_high_contrast(look: theme.Theme):
    """Where a field ends, and the lamp of what is captured, 3 to 1 at least."""
    for name in ("edge", "field_edge", "capture", "accent"):
        assert ratio(getattr(look, name), look.panel_bottom) >= EDGE_RATIO, name


def test_nothing_moves_where_motion_is_reduced(qt, tmp_path: Path):
    """While Aside speaks, two pictures of it are the same; with motion they are not."""
    for motion, still in (("reduced", True), ("full", False)):
        made = Stage(qt, tmp_path / motion, MOTION=motion)
        made.tell(State("speaking"), Said("good morning", 0, 0))
        for _ in range(40):
            made.panel.mark.advance("speaking", 0.0, 0.033)
            made.panel.captions.advance(0.016)
        before = picture(made.panel.mark)
        made.panel.mark.advance("speaking", 0.0, 0.2)
        assert (changed(before, picture(made.panel.mark)) == 0) == still
        made.close()


def test_what_is_pointed_at_comes_at_once_where_motion_is_reduced(qt):
    """No fading in or out: the gesture is there, and then it is gone."""
    from app.capture.models import Rect
    from app.window.pointer_layer import PointerLayer
    from app.window.pointing import Pointing

    now = {"s": 0.0}
    for still in (True, False):
        layer = PointerLayer(lambda: now["s"])
        layer.still = still
        pointing = Pointing.read({"x": 0.5, "y": 0.5, "shape": "arrow"})
        assert pointing is not None
        layer.point(pointing, Rect(0, 0, 800, 600))
        assert (layer._strength == 1.0) == still
        now["s"] += pointing.seconds / 2
        assert layer._strength == 1.0
        layer.close()
        now["s"] = 0.0
