"""The pages of the guide, but for the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QProgressBar, QWidget

from app.guide.check import TOPICS, Doctor, advice, told
from app.guide.echo_test import EchoResult, EchoTest
from app.guide.page import GuidePage, paragraph, tick, ticked
from app.guide.speed import Speed, SpeedTest
from app.settings.schema import HOTKEYS, MICROPHONE, PICTURES, SPEAKER
from app.window.actions import action
from app.window.dialog import heading, plain_ground, scrolled
from app.window.editors import editor
from app.window.frame_clock import PICTURE_MS
from app.window.meter_view import MeterView
from app.window.words import later, tr

if TYPE_CHECKING:
    from app.window.window import Window

MARKS = {"ok": "✓", "missing": "·", "broken": "✗"}
SHOWN_KEYS = ("talk", "mute", "hush", "pause", "panic", "screen", "type")
EVERYWHERE = later("These keys work in every program. Try one: its tick appears here.")
HERE_ALONE = later("These keys work in Aside's own windows.")
WELCOME = (
    later("Aside is with you while you work. It listens all the time, and mostly says nothing."),
    later("It hears the microphone while the bars in its window move. Muted, the microphone is "
          "closed: nothing is captured at all."),
    later("It sees the camera and the screen only when you share them. A light shows which; "
          "windows that are private stay unseen."),
    later("The model runs on this machine. Nothing leaves it unless you choose another engine."),
)  # fmt: skip


class WelcomePage(GuidePage):
    """What it hears and sees."""

    title = "What Aside hears and sees"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        for sentence in WELCOME:
            self.say(tr(sentence))
        stop = tr("{keys} stops everything at once.").format(keys=window.key_of("panic"))
        self.say(stop, "accent")
        self.column.addStretch(1)


class PermissionsPage(GuidePage):
    """What this machine lets Aside have, and how to repair what it does not."""

    title = "Permissions"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.say(tr("Looking at this machine:"))
        ground = plain_ground()
        self.found = QGridLayout(ground)
        self.found.setContentsMargins(0, 0, 12, 0)
        self.found.setHorizontalSpacing(16)
        self.found.setVerticalSpacing(8)
        self.found.setColumnStretch(1, 1)
        self._list = scrolled(ground, tr(self.title))
        self._list.setObjectName("reading")
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addWidget(self._list, 1)
        self.again = self.button(tr("Look again"))
        self.again.clicked.connect(self.look)
        self._doctor: Doctor | None = None
        self._rows = 0

    def enter(self) -> None:
        self.look()

    def leave(self) -> None:
        if self._doctor is not None:
            self._doctor.stop()
            self._doctor = None

    def look(self) -> None:
        self.leave()
        while (item := self.found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.again.setEnabled(False)
        self._doctor = Doctor(self._show, lambda: self.again.setEnabled(True))
        self._doctor.start()

    def _show(self, finding: dict[str, Any]) -> None:
        self._rows += 1
        row, top = self._rows, Qt.AlignmentFlag.AlignTop
        mark = heading(f"{MARKS[finding['state']]}  {tr(TOPICS[finding['topic']])}")
        text = "\n".join(filter(None, (told(finding), advice(finding))))
        words = paragraph(text, "plain" if finding["state"] == "ok" else "warning")
        self.found.addWidget(mark, row, 0, top)
        self.found.addWidget(words, row, 1, top)
        self.found.setRowStretch(row, 0)
        self.found.setRowStretch(row + 1, 1)  # what is left over is below the last


class DevicesPage(GuidePage):
    """Microphone and speaker, the level that is captured, and the echo test."""

    title = "Your microphone and speaker"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        form = QFormLayout()
        form.setVerticalSpacing(14)
        self.editors = [editor(one, window) for one in (MICROPHONE, SPEAKER)]
        for one in self.editors:
            form.addRow(_beside(one.field, tr(one.setting.words)), one.field)
        self.meter = MeterView(self.window_mind.panel.theme)
        form.addRow(_beside(self.meter, tr("What is heard now")), self.meter)
        self.column.addLayout(form)
        self.say(tr("The echo test plays a melody for four seconds, and listens for itself."))
        self.start = self.button(tr("Test sound and echo"))
        self.start.clicked.connect(self.begin)
        self.result = self.say("", "words")
        self.column.addStretch(1)
        self._pictures = QTimer(self)
        self._pictures.setInterval(PICTURE_MS)
        self._pictures.timeout.connect(
            lambda: self.meter.show_level(window.conversation.sound.level, PICTURE_MS / 1000)
        )
        self._test: EchoTest | None = None

    def enter(self) -> None:
        self.meter.theme = self.window_mind.panel.theme
        for one in self.editors:
            one.show_value()
        self._pictures.start()

    def leave(self) -> None:
        self._pictures.stop()
        if self._test is not None:
            self._test.stop()
            self._test = None
            self.start.setEnabled(True)

    def begin(self) -> None:
        if missing := self._missing():
            self.result.setText(missing)
            return
        self.start.setEnabled(False)
        self.result.setText(tr("Be quiet for a moment."))
        self._test = EchoTest(self.window_mind.conversation, self._tested)
        self._test.start()

    def _missing(self) -> str:
        """Why there is nothing to test, or ""."""
        wiring = self.window_mind.status.wiring
        if wiring is None or wiring.speaker is None:
            return tr("There is no speaker to test. Plug one in, or read the captions.")
        if wiring.microphone is None:
            return tr("There is no open microphone to test. Plug one in and open it, or type.")
        return ""

    def _tested(self, result: EchoResult) -> None:
        self._test = None
        self.start.setEnabled(True)
        self.result.setText(result.words)


class SpeedPage(GuidePage):
    """Measures this machine, and sets how often pictures come."""

    title = "How fast is this machine?"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.say(tr("Every 200 ms Aside takes in what happened and decides what to do about it."))
        self.say(tr("The test shows whether there is time for pictures too. It takes a minute."))
        self.start = self.button(tr("Measure"))
        self.start.clicked.connect(self.begin)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(tr("Measuring"))
        self.progress.hide()
        self.column.addWidget(self.progress)
        self.result = self.say("", "words")
        self.column.addStretch(1)
        self._test: SpeedTest | None = None

    def leave(self) -> None:
        if self._test is not None:
            self._test.stop()
        self._rest()

    def begin(self) -> None:
        self.start.setEnabled(False)
        self.progress.show()
        self.result.setText(tr("Measuring; leave the machine alone meanwhile."))
        self._test = SpeedTest(self.measured)
        self._test.start()

    def measured(self, found: Speed | str) -> None:
        """Takes the figures, or why there are none."""
        self._rest()
        if isinstance(found, Speed):
            self.window_mind.settings.change(PICTURES, found.pictures)
            self.result.setText(found.words)
        else:
            self.result.setText(found)

    def _rest(self) -> None:
        self._test = None
        self.start.setEnabled(True)
        self.progress.hide()


class KeysPage(GuidePage):
    """The most useful keys; each is ticked when it really arrived."""

    title = "At hand by key"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._where = self.say("")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(2, 1)
        self.column.addLayout(self._grid)
        self.ticks: dict[str, QLabel] = {}
        self._keys: dict[str, QLabel] = {}
        for row, name in enumerate(SHOWN_KEYS):
            self.ticks[name], self._keys[name] = tick(), heading("", 15)
            words = paragraph(tr(action(name).text))
            for column, part in enumerate((self.ticks[name], self._keys[name], words)):
                self._grid.addWidget(part, row, column)
        self.column.addStretch(1)
        self._report = self.say("", "plain")
        self.button(tr("Change keys")).clicked.connect(self._change)

    def enter(self) -> None:
        for name, label in self._keys.items():
            label.setText(self.window_mind.settings[HOTKEYS[name]] or tr("none"))
        everywhere = self.window_mind.keys_everywhere
        self._where.setText(tr(EVERYWHERE if everywhere else HERE_ALONE))
        for one in self.ticks.values():
            one.setVisible(everywhere)
        self._report.setText(self.window_mind.keys_report())

    def pressed(self, name: str) -> None:
        """The global key of an action arrived."""
        if name in self.ticks:
            ticked(self.ticks[name])

    def _change(self) -> None:
        page = self.window_mind.pages.open("settings")
        page.open_group("Keys")  # type: ignore[attr-defined]


def _beside(field: QWidget, words: str) -> QLabel:
    """What a field is for, at the height of its middle."""
    made = QLabel(words)
    made.setObjectName("words")
    made.setBuddy(field)
    made.setFixedHeight(field.sizeHint().height())
    return made
