"""One MCP server on the settings page: what it is, how it is, its tools, and its switch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.window.dialog import heading, restyled, small
from app.window.words import later, said, tr
from engine.background.mcp_config import ServerConfig
from engine.background.mcp_servers import ServerState
from engine.background.tool import Risk
from engine.background.visible import visible

STATES = {
    "off": later("Switched off."),
    "starting": later("Starting …"),
    "failed": later("Not there: {why}"),
    "ended": later("Ended. Its next use starts it again."),
}
LOOKS = {"failed": "warning", "running": "words"}
UNASKED = later("Its tools are used without asking.")
MAX_TARGET = 300


class ServerRow(QFrame):
    """switched: on or off, by hand. removed: the user wants it gone, and was not asked yet."""

    switched = Signal(bool)
    removed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("box")
        self.name, self.target = heading(name), small("")
        self.state, self.tools = small(""), small("")
        self.on, self.remove = QCheckBox(tr("On")), QPushButton(tr("Remove…"))
        self.on.setAccessibleName(tr("{name} is on").format(name=name))
        self.remove.setAccessibleName(tr("Remove {name}").format(name=name))
        self.on.clicked.connect(self.switched)
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 14, 12)
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (self.name, self.target, self.state, self.tools):
            words.addWidget(label)
        row.addLayout(words, 1)
        row.addWidget(self.on)
        row.addWidget(self.remove)

    def show_state(self, state: ServerState) -> None:
        self.on.setChecked(not state.config.disabled)
        self.target.setText(visible(state.config.target)[:MAX_TARGET])
        restyled(self.state, LOOKS.get(state.state, "")).setText(_in_words(state))
        names = ", ".join(tool.theirs for tool in state.tools)
        self.tools.setText(visible(names))
        self.tools.setVisible(bool(names))


def _in_words(state: ServerState) -> str:
    if state.state != "running":
        return tr(STATES[state.state]).format(why=said(state.problem))
    one, count = len(state.tools) == 1, len(state.tools)
    words = tr("Running, with one tool:") if one else tr("Running, with {count} tools:")
    unasked = f"{tr(UNASKED)} " if state.config.risk is Risk.READ else ""
    return unasked + words.format(count=count)


def in_short(server: ServerConfig, known: bool) -> str:
    """What adding it would start or ask. known: one of that name is there already."""
    target = visible(server.target)[:MAX_TARGET]
    if server.disabled:
        words = tr("{name}: switched off ({target})")
    elif server.url:
        words = tr("{name}: asks {target}")
    else:
        words = tr("{name}: starts {target}")
    parts = [words.format(name=server.name, target=target)]
    if known:
        parts.append(tr("(instead of the one that is there)"))
    if server.risk is Risk.READ:
        parts.append(tr(UNASKED))
    return " ".join(parts)
