"""The system's clipboard for the tools: asked from their thread, touched in Qt's alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage

from engine.background.tool import ToolError

WITHIN_S = 5.0
MOST_KEPT = 32 << 20  # bytes
# How password managers ask that what they copied is not looked at: on Linux, macOS and Windows.
CONCEALED = (
    "x-kde-passwordManagerHint",
    "org.nspasteboard.ConcealedType",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
)


@dataclass(frozen=True)
class Kept:
    """All that lay on the clipboard, by format."""

    parts: dict[str, bytes]
    image: QImage | None


class QtClipboard(QObject):
    """An engine.background.tools.clipboard.Clipboard. Made in Qt's thread."""

    _wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wanted.connect(lambda work: work(), Qt.ConnectionType.QueuedConnection)

    async def read(self) -> str:
        return str(await self._in_qt(_text))

    async def write(self, text: str) -> None:
        await self._in_qt(lambda: QGuiApplication.clipboard().setText(text))

    async def keep(self) -> Kept | None:
        kept: Kept | None = await self._in_qt(_kept)
        return kept

    async def put_back(self, kept: Kept) -> None:
        await self._in_qt(lambda: _put_back(kept))

    async def _in_qt(self, work: Callable[[], Any]) -> Any:
        """Raises ToolError when the window does not answer, or when it refuses."""
        done: Future[Any] = Future()
        self._wanted.emit(lambda: _settle(done, work))
        try:
            # Not wait_for: before Python 3.12 it loses a cancelling that comes with the answer.
            async with asyncio.timeout(WITHIN_S):
                return await asyncio.wrap_future(done)
        except TimeoutError as error:
            raise ToolError("The clipboard did not answer. Try it again.") from error


def _settle(done: Future[Any], work: Callable[[], Any]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(work())
    except Exception as error:
        done.set_exception(ToolError(f"The clipboard cannot be used ({type(error).__name__})."))


def _text() -> str:
    copied: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if copied is None or any(copied.hasFormat(kind) for kind in CONCEALED):
        return ""
    return copied.text() if copied.hasText() else ""


def _kept() -> Kept | None:
    """As values of no thread: the system's own are gone as soon as something else is copied."""
    there: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if there is None:
        return Kept({}, None)
    parts = {kind: bytes(there.data(kind).data()) for kind in there.formats()}
    if sum(map(len, parts.values())) > MOST_KEPT:
        return None
    return Kept(parts, QImage(there.imageData()) if there.hasImage() else None)


def _put_back(kept: Kept) -> None:
    copied = QMimeData()
    for kind, part in kept.parts.items():
        copied.setData(kind, part)
    if kept.image is not None:
        copied.setImageData(kept.image)
    QGuiApplication.clipboard().setMimeData(copied)
