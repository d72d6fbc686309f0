"""The same screens as in screen_show, drawn by a toolkit that programs are made with: Qt's widgets,
styles, fonts and window frames, text that is text, and builds that write what build tools write.

Needs no display: Qt paints into memory, in a process of its own, `python -m` this module, so that
whoever writes scenes may have another Qt or none. Only training and evaluation come here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from engine.training.scenes import phrases
from engine.training.scenes.painter import Painter, serve
from engine.training.scenes.screen_show import HEIGHT, THEMES, WIDTH, Box, Colour, somewhere

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMdiArea, QWidget

STYLES = ("Fusion", "Windows")
FAMILIES = ("DejaVu Sans", "DejaVu Serif", "Nimbus Sans [urw]", "DejaVu Sans Mono")
# What tools write while they work, {n} and {w} filled in, and what they end with.
BUILDS = (
    (("[{n}%] Building CXX object src/{w}.cpp.o", "[{n}%] Linking CXX executable {w}"),
     "[100%] Built target all"),
    (("   Compiling {w} v0.{n}.1", "   Compiling {w}-sys v1.{n}.0"),
     "    Finished `release` profile in {n}.2s"),
    (("tests/test_{w}.py ....... [{n}%]", "tests/{w}/test_{w}.py .... [{n}%]"),
     "===== {n} passed in {n}.40s ====="),
    (("> {w}@1.{n}.0 build", "transforming ({n}) src/{w}.ts", "rendering {w}.js"),
     "built in {n}.31s"),
    (("> Task :{w}:compileJava", "> Task :{w}:processResources"), "BUILD SUCCESSFUL in {n}s"),
    (("cc -O2 -c {w}.c -o {w}.o", "ar rcs lib{w}.a {w}.o"), "make: build finished"),
)  # fmt: skip
QUESTIONS = (
    "Save the changes to {w}?", "{w} wants to restart.", "The file {w} exists already.",
    "Cannot connect to {w}.", "Update of {w} is ready.", "Delete {w} for good?",
)  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """All that a piece is made from. kind: of MAKE; time_s: when what is waited for happens."""

    kind: str
    time_s: float
    seed: int

    def piece(self) -> Piece:
        return MAKE[self.kind](self.time_s, np.random.default_rng(self.seed))

    @property
    def box(self) -> Box:
        return self.piece().box


@dataclass(frozen=True)
class Piece:
    """A widget on the screen whose looks depend on `state` alone. build: makes it on a desktop;
    show: brings what was built into a state."""

    box: Box
    state: Callable[[float], int]
    build: Callable[[QMdiArea], Any]
    show: Callable[[Any, int], None]


@dataclass
class ToolkitShow:
    """Implements engine.training.scenes.stage.Show. seed: of the windows that stand around."""

    theme: str
    specs: tuple[Spec, ...]
    seed: int
    source: Literal["camera", "screen"] = "screen"
    _pieces: tuple[Piece, ...] = field(default=(), repr=False)
    _shown: tuple[tuple[int, ...], np.ndarray] | None = field(default=None, repr=False)

    def at(self, time_s: float) -> np.ndarray:
        self._pieces = self._pieces or tuple(spec.piece() for spec in self.specs)
        states = tuple(piece.state(time_s) for piece in self._pieces)
        if self._shown is None or self._shown[0] != states:
            wanted = (self.theme, self.specs, self.seed), states
            self._shown = states, _painter(os.getpid()).paint(wanted)
        return self._shown[1]


Desk = tuple[str, tuple[Spec, ...], int]
Wanted = tuple[Desk, tuple[int, ...]]


@lru_cache(maxsize=1)
def _painter(process: int) -> Painter:
    """One for each process: what is forked from one begins its own."""

    def ended(_: int) -> Exception:
        return RuntimeError("Qt cannot paint screens here: `aside doctor` may say why")

    return Painter(__name__, {**os.environ, "QT_QPA_PLATFORM": "offscreen"}, ended)


def _picture(desk: Desk, states: tuple[int, ...]) -> np.ndarray:
    area, pieces = _laid(desk)
    for (piece, widget), state in zip(pieces, states, strict=True):
        piece.show(widget, state)
    return _pixels(area)


@lru_cache(maxsize=2)
def _laid(desk: Desk) -> tuple[QMdiArea, list[tuple[Piece, Any]]]:
    theme, specs, seed = desk
    area = desktop(theme, np.random.default_rng(seed))
    return area, [(piece, piece.build(area)) for piece in (spec.piece() for spec in specs)]


@lru_cache(maxsize=1)
def _application() -> Any:
    """Qt's one application."""
    from PySide6.QtWidgets import QApplication

    return QApplication(["scenes"])


def _pixels(area: QMdiArea) -> np.ndarray:
    """(360, 640, 3) uint8."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    image.fill(0)
    area.render(image, QPoint())
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, image.bytesPerLine())
    return rows[:, : 3 * WIDTH].reshape(HEIGHT, WIDTH, 3).copy()


def desktop(theme: str, rng: np.random.Generator) -> QMdiArea:
    """An empty desktop with up to three windows of a program's usual contents."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QBrush, QColor, QFont
    from PySide6.QtWidgets import QMdiArea, QStyleFactory

    _application()
    area = QMdiArea()
    style = QStyleFactory.create(str(rng.choice(STYLES)))
    style.setParent(area)
    area.setStyle(style)
    area.setPalette(_palette(theme))
    area.setFont(QFont(str(rng.choice(FAMILIES)), int(rng.integers(7, 11))))
    area.setBackground(QBrush(QColor(*THEMES[theme][0])))
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.resize(WIDTH, HEIGHT)
    area.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    area.show()
    for _ in range(int(rng.integers(0, 4))):
        window(area, furniture(rng), somewhere(rng, (160, 360), (90, 220)), word(rng))
    return area


def window(area: QMdiArea, inside: QWidget, box: Box, title: str) -> Any:
    """A window with the style's own frame, in front of those that are there."""
    from PySide6.QtWidgets import QWidget

    made = area.addSubWindow(inside)
    for one in (made, *made.findChildren(QWidget)):  # a style is not handed down
        one.setStyle(area.style())
    made.setWindowTitle(title)
    left, top, right, bottom = box
    made.setGeometry(left, top, right - left, bottom - top)
    made.show()
    return made


def furniture(rng: np.random.Generator) -> QWidget:
    """What programs show all day: text, lists, boxes, buttons."""
    from PySide6.QtWidgets import (
        QCheckBox,
        QGridLayout,
        QListWidget,
        QPushButton,
        QTextEdit,
        QWidget,
    )

    kind = int(rng.integers(3))
    if kind == 0:
        page = QTextEdit()
        page.setPlainText(" ".join(word(rng) for _ in range(int(rng.integers(5, 80)))))
        return page
    if kind == 1:
        names = QListWidget()
        names.addItems([f"{word(rng)} {word(rng)}" for _ in range(int(rng.integers(3, 14)))])
        return names
    form = QWidget()
    grid = QGridLayout(form)
    for row in range(int(rng.integers(1, 5))):
        box = QCheckBox(word(rng))
        box.setChecked(bool(rng.random() < 0.5))
        grid.addWidget(box, row, 0)
        grid.addWidget(QPushButton(word(rng).title()), row, 1)
    return form


def word(rng: np.random.Generator) -> str:
    return phrases.WORDS[int(rng.integers(len(phrases.WORDS)))]


def _palette(theme: str) -> Any:
    from PySide6.QtGui import QColor, QPalette

    _, paper, title, ink, accent = (QColor(*colour) for colour in THEMES[theme])
    roles, palette = QPalette.ColorRole, QPalette(title, paper)
    for role, tint in (
        (roles.Window, paper), (roles.Base, paper.lighter(108)), (roles.Button, title),
        (roles.WindowText, ink), (roles.Text, ink), (roles.ButtonText, ink),
        (roles.Highlight, accent), (roles.HighlightedText, paper),
    ):  # fmt: skip
        palette.setColor(role, tint)
    return palette


def _bar(time_s: float, rng: np.random.Generator) -> Piece:
    from PySide6.QtWidgets import QProgressBar

    box, begins = somewhere(rng, (160, 360), (44, 70)), time_s - float(rng.uniform(3, 15))
    numbered, name = bool(rng.random() < 0.5), word(rng)

    def build(area: QMdiArea) -> QProgressBar:
        bar = QProgressBar()
        bar.setTextVisible(numbered)
        window(area, bar, box, f"Copying {name}")
        return bar

    def state(at: float) -> int:
        return int(100 * min(1.0, max(0.0, (at - begins) / (time_s - begins))))

    return Piece(box, state, build, lambda bar, percent: bar.setValue(percent))


def _light(time_s: float, rng: np.random.Generator) -> Piece:
    from PySide6.QtWidgets import QLabel

    size = int(rng.integers(18, 60))
    left, top, _, _ = somewhere(rng, (60, 61), (60, 61))
    before = ((60, 160, 60), (110, 110, 110), (220, 180, 40), (60, 90, 200))[int(rng.integers(4))]
    radius = size // 2 if rng.random() < 0.7 else 3

    def build(area: QMdiArea) -> QLabel:
        lamp = QLabel(area.viewport())
        lamp.setGeometry(left, top, size, size)
        lamp.show()
        return lamp

    def show(lamp: QLabel, on: int) -> None:
        tint: Colour = (220, 30, 30) if on else before
        lamp.setStyleSheet(f"background: rgb{tint}; border: 1px solid #222;"
                           f"border-radius: {radius}px")  # fmt: skip
        lamp.raise_()

    return Piece((left, top, left + size, top + size), _from(time_s), build, show)


def _dialog(time_s: float, rng: np.random.Generator) -> Piece:
    from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

    box = somewhere(rng, (190, 290), (90, 130))
    question = QUESTIONS[int(rng.integers(len(QUESTIONS)))].format(w=word(rng))
    buttons = QDialogButtonBox.StandardButton
    offered = buttons.Ok | buttons.Cancel if rng.random() < 0.5 else buttons.Yes | buttons.No
    title = word(rng).title()

    def build(area: QMdiArea) -> Any:
        inside = QWidget()
        column = QVBoxLayout(inside)
        said = QLabel(question)
        said.setWordWrap(True)
        column.addWidget(said)
        column.addWidget(QDialogButtonBox(offered))
        made = window(area, inside, box, title)
        made.hide()
        return made

    def show(made: Any, there: int) -> None:
        made.setVisible(bool(there))
        if there:
            made.raise_()

    return Piece(box, _from(time_s), build, show)


def _build(time_s: float, rng: np.random.Generator) -> Piece:
    """A terminal in which a build runs."""
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QPlainTextEdit

    box, every_s = somewhere(rng, (240, 400), (120, 240)), float(rng.uniform(0.15, 0.5))
    working, done = BUILDS[int(rng.integers(len(BUILDS)))]
    lines = [_line(rng.choice(working), rng) for _ in range(60)]
    last, size = _line(done, rng), int(rng.integers(6, 9))
    ground, ink = ("#f5f5f0", "#303030") if rng.random() < 0.3 else ("#101214", "#c8c8c8")

    def build(area: QMdiArea) -> QPlainTextEdit:
        terminal = QPlainTextEdit()
        window(area, terminal, box, "Terminal")
        terminal.setFont(QFont("DejaVu Sans Mono", size))
        terminal.setStyleSheet(f"background: {ground}; color: {ink}; border: 0")
        terminal.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        return terminal

    def state(at: float) -> int:
        return 2 * (1 + int(max(0.0, min(at, time_s)) / every_s)) + int(at >= time_s)

    def show(terminal: QPlainTextEdit, now: int) -> None:
        count, over = divmod(now, 2)
        written = [lines[number % len(lines)] for number in range(max(0, count - 40), count)]
        html = "<br>".join(one.replace(" ", "&nbsp;") for one in written)
        ending = f'<br><b style="color:#28be50">{last.replace(" ", "&nbsp;")}</b>' if over else ""
        terminal.clear()
        terminal.appendHtml(html + ending)
        terminal.verticalScrollBar().setValue(terminal.verticalScrollBar().maximum())

    return Piece(box, state, build, show)


def _line(text: str, rng: np.random.Generator) -> str:
    return text.format(n=int(rng.integers(1, 99)), w=word(rng))


def _mover(time_s: float, rng: np.random.Generator) -> Piece:
    """A small window that rests until `time_s` and then goes its way for three seconds."""
    from PySide6.QtWidgets import QLabel

    width, height = int(rng.integers(50, 110)), int(rng.integers(36, 70))
    left, top = int(rng.integers(180, 380)), int(rng.integers(110, 190))
    dx, dy = int(rng.choice((-1, 1))) * int(rng.integers(60, 150)), int(rng.integers(-80, 80))
    text = word(rng)

    def build(area: QMdiArea) -> Any:
        return window(area, QLabel(text), (left, top, left + width, top + height), "")

    def state(at: float) -> int:
        return round(min(3.0, max(0.0, at - time_s)) * 10)

    def show(made: Any, step: int) -> None:
        made.move(left + dx * step // 30, top + dy * step // 30)
        made.raise_()

    return Piece((left, top, left + width, top + height), state, build, show)


def _from(time_s: float) -> Callable[[float], int]:
    return lambda at: int(at >= time_s)


MAKE: dict[str, Callable[[float, np.random.Generator], Piece]] = {
    "bar": _bar, "light": _light, "dialog": _dialog, "build": _build, "move": _mover,
}  # fmt: skip


if __name__ == "__main__":
    serve(lambda wanted: _picture(*wanted).tobytes())
