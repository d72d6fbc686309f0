"""Text in pictures, by the program tesseract where the user has it installed.

The libraries that bring a recogniser along are either large or bring a second OpenCV, so none is
installed with Aside. Without the program the picture itself goes to the mind, and the user is told.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess

MAX_TEXT = 12_000
WITHIN_S = 20.0
HINT = "Install tesseract (Linux: the package tesseract-ocr) to have text read on this machine."


def installed() -> str | None:
    """Where the program is, or None."""
    return shutil.which("tesseract")


async def recognised(picture: bytes, program: str | None = None) -> str | None:
    """The text in a PNG; None when nobody here can read it. Never raises but for cancelling."""
    program = program or installed()
    if program is None:
        return None
    process = await asyncio.create_subprocess_exec(
        program, "stdin", "stdout", "--psm", "11",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        # Not wait_for: before Python 3.12 it loses a cancelling that comes with the end.
        async with asyncio.timeout(WITHIN_S):
            said, _ = await process.communicate(picture)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        return None
    lines = [line.strip() for line in said.decode("utf-8", errors="replace").splitlines()]
    return "\n".join(line for line in lines if line)[:MAX_TEXT]
