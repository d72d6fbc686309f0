"""Who answers on the usual local ports, and what a chosen language model can really do."""

from __future__ import annotations

import asyncio
import base64
import io
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

import httpx2
import numpy as np
from PIL import Image

from engine.background import prompt
from engine.background.answer import Text, Thought, ToolCall
from engine.background.endpoint import Endpoint, Senses
from engine.background.faults import MindError
from engine.background.mind import OpenAiMind
from engine.background.mind_settings import MindSettings
from engine.background.package import Sound
from engine.background.phrase import of_error, phrase
from engine.microturn import Json

KNOCK_S = 1.0
MAX_MODELS, MAX_NAME = 500, 200
USUAL = {
    "Ollama": "http://127.0.0.1:11434/v1",
    "LM Studio": "http://127.0.0.1:1234/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
    "vLLM": "http://127.0.0.1:8000/v1",
    "SGLang": "http://127.0.0.1:30000/v1",
}
PING = {
    "type": "function",
    "function": {
        "name": "ping",
        "description": "Answers pong.",
        "parameters": {"type": "object", "properties": {}},
    },
}


@dataclass(frozen=True)
class Found:
    """A server that answered. usually: which program listens there by habit."""

    url: str
    usually: str
    models: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """One thing tried. ms: to the first piece of the answer, which came in `pieces` ones.

    detail: for people.
    """

    check: str
    ok: bool
    ms: float
    detail: str = ""
    pieces: int = 0


async def look_around(usual: dict[str, str] | None = None) -> list[Found]:
    """Asks each usual local address for its models. Only for users who allowed it."""
    places = USUAL if usual is None else usual
    answers = await asyncio.gather(*(models(url) for url in places.values()))
    return [
        Found(url, name, found)
        for (name, url), found in zip(places.items(), answers, strict=True)
        if found is not None
    ]


async def models(url: str, key: str = "") -> tuple[str, ...] | None:
    """Names of the models there; None when nobody who knows any answers in a second."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        async with httpx2.AsyncClient(timeout=KNOCK_S, trust_env=False) as client:
            response = await client.get(url + "/models", headers=headers)
        named = tuple(str(model["id"]) for model in response.json()["data"])
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, TypeError, KeyError, RecursionError):
        return None
    return tuple(name for name in named[:MAX_MODELS] if len(name) <= MAX_NAME)


async def try_out(endpoint: Endpoint) -> AsyncIterator[Check]:
    """Whether it answers at all; if so, whether it streams, uses tools, hears and sees."""
    mind = OpenAiMind(replace(endpoint, senses=Senses()), sleep=_at_once)
    try:
        first = await _tried(mind, "answers", _asked("Count from one to twenty."))
        yield first
        if first.ok:
            whole = "" if first.pieces > 1 else phrase("it sent its answer in one piece")
            yield Check("streams", not whole, first.ms, whole, first.pieces)
            yield await _tried(mind, "uses tools", _asked("Call the tool ping."), (PING,))
            yield await _tried(mind, "hears", _asked("What do you hear?", _tone()))
            yield await _tried(mind, "sees", _asked("Which colour is this?", _red()))
    finally:
        await mind.close()


def fitted(settings: MindSettings, checks: Sequence[Check]) -> MindSettings:
    """`settings` as far as a mind that answered turned out to hear and to see."""
    can = {check.check for check in checks if check.ok}
    return replace(settings, hears="hears" in can, sees=settings.sees and "sees" in can)


async def _tried(
    mind: OpenAiMind, check: str, messages: Sequence[Json], tools: Sequence[Json] = ()
) -> Check:
    began = time.perf_counter()
    first_ms, said, called, pieces_said = 0.0, "", False, 0
    try:
        async with aclosing(mind.answer(messages, tools)) as pieces:
            async for piece in pieces:
                first_ms = first_ms or 1e3 * (time.perf_counter() - began)
                called = called or isinstance(piece, ToolCall)
                if isinstance(piece, Text | Thought) and piece.text:
                    said, pieces_said = said + piece.text, pieces_said + 1
                if len(said) > 400:
                    break
    except MindError as error:
        told = phrase("{sentence} {said}", sentence=of_error(error), said=error.detail)
        return Check(check, False, first_ms, told if error.detail else of_error(error))
    if tools and not called:
        return Check(check, False, first_ms, phrase("it answered, but used no tool"))
    return Check(check, True, round(first_ms, 1), pieces=pieces_said)


def _asked(text: str, *more: Json) -> list[Json]:
    parts: list[Json] = [{"type": "text", "text": text}, *more]
    return [{"role": "user", "content": parts if more else text}]


def _tone() -> Json:
    wave = 0.3 * np.sin(2 * np.pi * 440 * np.arange(8_000) / 16_000)
    wav = base64.b64encode(Sound(wave.astype(np.float32)).wav).decode("ascii")
    return {"type": "input_audio", "input_audio": {"data": wav, "format": "wav"}}


def _red() -> Json:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), (220, 20, 20)).save(file, "PNG")
    return prompt.picture(file.getvalue(), "image/png")


async def _at_once(_seconds: float) -> None:
    """A person waits for a test: it does not wait for a busy server."""
