"""Looking at what the user shares: the screen and the camera, as they are now."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.parameters import closed
from engine.background.tools.recognising import HINT, recognised
from engine.background.visible import quoted
from engine.microturn import Frame

Source = Literal["screen", "camera"]
Look = Callable[[Source], Frame | None]  # the newest frame; None while it is not shared
Read = Callable[[bytes], Awaitable[str | None]]
MAX_SIDE = 2_560
UNSHARED = {"screen": sentences.NO_SCREEN, "camera": sentences.NO_CAMERA}
BLIND = phrase(sentences.BLIND)  # where no language model looks at the picture
READ = (sentences.NO_TEXT_SEEN, sentences.ONE_LINE_SEEN, sentences.LINES_SEEN)


@dataclass(frozen=True)
class LookAtScreen:
    """The picture goes to the mind, with its text if there is a recogniser on this machine."""

    look: Look
    read: Read = recognised

    name = "look_at_screen"
    sentence = "Looks at the screen."
    risk = Risk.READ
    parameters = closed()

    def preview(self, arguments: Arguments) -> str:
        return phrase("Look at the screen and read what stands there.")

    async def run(self, arguments: Arguments) -> ToolResult:
        picture = await _picture(self.look, "screen")
        said = await self.read(picture)
        if said is None:
            return ToolResult(f"This is the screen now. {HINT}", picture, spoken=BLIND)
        lines = sum(1 for line in said.splitlines() if line.strip())
        spoken = phrase(READ[min(lines, 2)], count=lines)
        return ToolResult(quoted("The screen", said), picture, spoken=spoken)


@dataclass(frozen=True)
class LookAtCamera:
    look: Look

    name = "look_at_camera"
    sentence = "Looks through the camera."
    risk = Risk.READ
    parameters = closed()

    def preview(self, arguments: Arguments) -> str:
        return phrase("Look through the camera.")

    async def run(self, arguments: Arguments) -> ToolResult:
        picture = await _picture(self.look, "camera")
        return ToolResult("This is what the camera sees now.", picture, spoken=BLIND)


async def _picture(look: Look, source: Source) -> bytes:
    frame = look(source)
    if frame is None:
        raise ToolError(phrase(UNSHARED[source]))
    return await asyncio.to_thread(png, frame)


def png(frame: Frame) -> bytes:
    """The frame as PNG, no side longer than 2560 pixels."""
    image = Image.fromarray(frame.pixels)
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=3)
    return written.getvalue()


def tools(look: Look) -> tuple[Tool, ...]:
    return (LookAtScreen(look), LookAtCamera(look))
