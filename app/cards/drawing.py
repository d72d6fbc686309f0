"""From a card to widgets, and from a changed card to the same widgets, changed."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.cards.drawn import ChartView, StepsView
from app.cards.inputs import (
    ButtonView,
    CheckBoxView,
    ChecklistView,
    ChoiceView,
    TextFieldView,
)
from app.cards.plain import (
    CodeView,
    DividerView,
    ImageView,
    ListView,
    ProgressView,
    TableView,
    TextView,
    TimerView,
)
from app.cards.view import BESIDE, WIDTH, Hands, View, kind_of
from app.window.theme import Theme
from engine.background import card_parts as parts
from engine.background.card import Card

VIEWS: dict[str, type[View]] = {
    "Text": TextView, "Divider": DividerView, "Image": ImageView, "Button": ButtonView,
    "TextField": TextFieldView, "CheckBox": CheckBoxView, "ChoicePicker": ChoiceView,
    "List": ListView, "Checklist": ChecklistView, "Table": TableView, "Chart": ChartView,
    "Timer": TimerView, "Progress": ProgressView, "Code": CodeView, "Steps": StepsView,
}  # fmt: skip
GAP = 12


class Drawing(QWidget):
    """Widgets are kept by id, so that what is being typed or read outlives an update."""

    def __init__(self, theme: Theme, hands: Hands) -> None:
        super().__init__()
        self.setObjectName("cardground")
        self._theme, self._hands = theme, hands
        self._kept: dict[str, tuple[str, QWidget]] = {}
        self._ground = QVBoxLayout(self)
        self._ground.setContentsMargins(0, 0, 0, 0)
        self._shape: object = None

    def view(self, part: str) -> QWidget | None:
        """The widget of a part, if it is drawn."""
        kept = self._kept.get(part)
        return kept[1] if kept else None

    def show_card(self, card: Card) -> None:
        shape = tuple(
            (part.id, kind_of(part), parts.children_of(part)) for part in card.parts.values()
        )
        if shape != self._shape:
            self._shape = shape
            self._arrange(card)
        for name, (_, widget) in self._kept.items():
            if isinstance(widget, View):
                widget.show_part(card.parts[name], card)
        for _, widget in self._kept.values():
            if isinstance(widget, _Box):
                widget.fold()

    def _arrange(self, card: Card) -> None:
        drawn: dict[str, tuple[str, QWidget]] = {}
        root = self._made("root", card, drawn)
        if root is not None and self._ground.indexOf(root) < 0:
            self._ground.addWidget(root)
        for name, (_, widget) in self._kept.items():
            if drawn.get(name, ("", None))[1] is not widget:
                widget.setParent(None)
                widget.deleteLater()
        self._kept = drawn
        previous: QWidget | None = None
        for _, widget in drawn.values():
            if isinstance(widget, View):
                if previous is not None:
                    QWidget.setTabOrder(previous, widget)
                previous = widget

    def _made(self, name: str, card: Card, drawn: dict[str, tuple[str, QWidget]]) -> QWidget | None:
        part = card.parts.get(name)
        if part is None:
            return None  # it may still come
        kind = kind_of(part)
        known = self._kept.get(name)
        if isinstance(part, parts.Column | parts.Row):
            box = known[1] if known and known[0] == kind else _Box(isinstance(part, parts.Row))
            drawn[name] = (kind, box)
            made = [self._made(child, card, drawn) for child in part.children]
            _fill(box, [child for child in made if child is not None])
            return box
        widget = known[1] if known and known[0] == kind else VIEWS[kind](self._theme, self._hands)
        drawn[name] = (kind, widget)
        return widget


class _Box(QWidget):
    def __init__(self, sideways: bool) -> None:
        super().__init__()
        layout: QBoxLayout = QHBoxLayout(self) if sideways else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8 if sideways else GAP)
        self._sideways, self._layout = sideways, layout

    def fold(self) -> None:
        """A row that is wider than the card, as its words may be in some language, is a column."""
        if self._sideways:
            self._layout.setDirection(QBoxLayout.Direction.LeftToRight)
            if self._layout.minimumSize().width() > WIDTH - BESIDE:
                self._layout.setDirection(QBoxLayout.Direction.TopToBottom)


def _fill(box: QWidget, children: list[QWidget]) -> None:
    """Puts the children in order; widgets that stay keep what is in them."""
    layout = box.layout()
    assert isinstance(layout, QBoxLayout)
    while layout.count():
        layout.takeAt(0)
    for child in children:
        layout.addWidget(child)
