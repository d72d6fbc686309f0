"""The fields and buttons of the mind's settings page and where they stand."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.window.dialog import (
    announce,
    bring_into_view,
    field_row,
    page_ground,
    restyled,
    scrolled,
    small,
)
from app.window.editors import FIELD_WIDTH
from app.window.words import tr
from engine.background.endpoint import EXAMPLE


class MindFields(QWidget):
    """What they do is `mind_page.py`'s."""

    def __init__(self) -> None:
        super().__init__()
        self._fields()
        self._arrange()

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Below the buttons, and to a screen reader."""
        restyled(self.answer, "warning" if wrong else "words").setText(sentence)
        announce(self.answer, sentence)
        bring_into_view(self.answer)

    def _fields(self) -> None:
        self.in_use, self.answer = small("", "strong"), small("", "words")
        self.look = QCheckBox()
        self.found, self.model = QComboBox(), QComboBox()
        self.model.setEditable(True)
        self.address, self.key = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText(EXAMPLE)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.pictures = QCheckBox()
        for field in (self.found, self.model, self.address, self.key):
            field.setFixedWidth(FIELD_WIDTH)
        self.use, self.test = QPushButton(tr("Use this one")), QPushButton(tr("Test"))
        self.use.setObjectName("main")
        self.none, self.forget = QPushButton(tr("Use none")), QPushButton(tr("Forget the key"))

    def _arrange(self) -> None:
        ground, column = page_ground(tr("Thinking"))
        column.addWidget(small(tr(
            "A language model that works in the background on what you ask for: llama.cpp, Ollama, "
            "LM Studio, vLLM, SGLang, or a service that speaks OpenAI's chat completions. Without "
            "one nothing is sent anywhere, and timers, sums, notes and files still work."
        )))  # fmt: skip
        column.addWidget(self.in_use)
        for words, help, field in self._rows():
            field.setAccessibleName(words)
            field.setAccessibleDescription(help)
            column.addWidget(field_row(words, help, field))
        line = self.model.lineEdit()
        assert line is not None  # it is editable
        line.setAccessibleName(self.model.accessibleName())
        buttons = QHBoxLayout()
        for button in (self.use, self.test, self.none, self.forget):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.answer)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(ground, tr("Thinking")))

    def _rows(self) -> list[tuple[str, str, QWidget]]:
        return [
            (tr("Look around on this computer"),
             tr("Asks the usual ports who answers, whenever this page opens."), self.look),
            (tr("Found here"), "", self.found),
            (tr("Address"), tr("Up to the version. On another machine it begins with https."),
             self.address),
            (tr("Model"), tr("Its name, as the server calls it."), self.model),
            (tr("Key"), tr("Where the server wants one. It is kept in the system's key store and "
                           "never shown again."), self.key),
            (tr("Give it pictures"), tr("Of screen and camera, while you share them."),
             self.pictures),
        ]  # fmt: skip
