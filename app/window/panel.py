"""The panel's parts and where they stand. It shows; what it means is `window.py`'s business."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from app.window.actions import action
from app.window.caption_view import CaptionView
from app.window.icons import icon
from app.window.mark import Mark
from app.window.meter_view import MeterView
from app.window.overlay import Overlay
from app.window.theme import CONTROL, PADDING, Theme, font, style_sheet
from app.window.typing_line import TypingLine
from app.window.words import tr

STATUS_WIDTH = 84


class Panel(Overlay):
    """Captions above, one row of controls below, a notice between them when there is one."""

    def __init__(
        self, theme: Theme, caption_pixels: int, position: tuple[int, int] | None = None
    ) -> None:
        super().__init__(theme, position)
        self.setObjectName("aside")
        self._on_mute = ("", "")
        self._notices: tuple[str, ...] = ()
        self._shut: tuple[bool, bool | None] = (False, None)
        self.setWindowTitle("Aside")
        self.setStyleSheet(style_sheet(theme))
        self.captions = CaptionView(theme, caption_pixels)
        self.mark, self.meter = Mark(theme), MeterView(theme)
        self.status = self._label("status", 15, QFont.Weight.DemiBold)
        self.status.setMinimumWidth(STATUS_WIDTH)
        self.typing = TypingLine()
        self.hush = self._button("hush")
        self.mute = self._button("mute")
        self.devices = self._button("devices")
        self.quit = self._button("quit")
        self._notice_icon = QLabel()
        self._notice = self._label("notice", 14)
        self._arrange()
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Puts on dark or light."""
        self.theme = theme
        for part in (self.captions, self.mark, self.meter):
            part.theme = theme
        self.setStyleSheet(style_sheet(theme))
        self._notice_icon.setPixmap(icon("notice", theme.warning, 18).pixmap(18, 18))
        self.hush.setIcon(icon("silence", theme.accent))
        self.devices.setIcon(icon("settings", theme.text))
        self.quit.setIcon(icon("quit", theme.quiet_text))
        self.show_muted(*self._shut)
        self.update()

    def show_status(self, words: str) -> None:
        if words != self.status.text():
            self.status.setText(words)
            self.status.setAccessibleName(tr("Status: {words}").format(words=words))

    def show_notices(self, notices: tuple[str, ...]) -> None:
        if notices == self._notices:
            return
        fresh = [one for one in notices if one not in self._notices]
        self._notices = notices
        self._notice.setText("  ".join(notices))
        for part in (self._notice, self._notice_icon):
            part.setVisible(bool(notices))
        for one in fresh:
            self.announce(one)

    def announce(self, words: str) -> None:
        """Tells a screen reader, wherever it is reading."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def event(self, event: QEvent) -> bool:
        """When its content grows or shrinks, so does it, and its lower edge stays."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            height = max(self.heightForWidth(self.width()), self.sizeHint().height())
            bottom = self.y() + self.height()
            self.setGeometry(self.x(), bottom - height, self.width(), height)
        return done

    def show_captions(self, shown: bool) -> None:
        self.captions.setVisible(shown)

    def hold_still(self, still: bool) -> None:
        """Whether nothing is to glide, fade or pulse."""
        self.captions.still = self.mark.still = still

    @property
    def notice(self) -> str:
        return self._notice.text()

    def show_muted(self, muted: bool, wanted: bool | None = None) -> None:
        """muted: whether the microphone is closed, for whatever reason; wanted: whether the user
        closed it, which is what the button changes. None: likewise."""
        self._shut = muted, wanted
        drawing, tint = ("microphone-off", self.theme.warning) if muted else (
            "microphone", self.theme.text)  # fmt: skip
        if (drawing, tint) != self._on_mute:  # it comes with every word, and drawing takes 1 ms
            self._on_mute = drawing, tint
            self.mute.setIcon(icon(drawing, tint))
        closes = not (muted if wanted is None else wanted)
        name = tr("Mute the microphone") if closes else tr("Open the microphone")
        self.mute.setAccessibleName(name)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        edge = self.shadow + PADDING
        column.setContentsMargins(edge, edge - 14, edge - 8, edge - 8)
        column.setSpacing(18)
        column.addWidget(self.captions)
        column.addLayout(_row(10, self._notice_icon, self._notice, stretched=self._notice))
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._notice_icon.hide()
        controls = _row(12, self.mark, self.status, self.typing, self.meter, stretched=self.typing)
        buttons = _row(2, self.hush, self.mute, self.devices, self.quit)
        controls.addLayout(buttons)
        column.addLayout(controls)
        for first, second in zip(order := self._tab_order(), order[1:], strict=False):
            QWidget.setTabOrder(first, second)

    def _tab_order(self) -> list[QWidget]:
        return [self.typing, self.hush, self.mute, self.devices, self.quit]

    def _label(self, name: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setFont(font(pixels, weight))
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, name: str) -> QToolButton:
        what = action(name)
        button = QToolButton()
        button.setObjectName(name)
        button.setFixedSize(CONTROL, CONTROL)
        button.setIconSize(QSize(22, 22))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        text = tr(what.text)
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({what.keys[0]})" if what.keys else text)
        return button


def _row(spacing: int, *parts: QWidget, stretched: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for part in parts:
        row.addWidget(part, 1 if part is stretched else 0)
    return row
