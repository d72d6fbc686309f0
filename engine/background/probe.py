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
from engine.background.package import Sound
from engine.microturn import Json

KNOCK_S = 1.0
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
    """One thing tried. ms: to the first piece of the answer. detail: for people."""

    check: str
    ok: bool
    ms: float
    detail: str = ""


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
        return tuple(str(model["id"]) for model in response.json()["data"])
    except (httpx2.HTTPError, ValueError, TypeError, KeyError):
        return None


async def try_out(endpoint: Endpoint) -> AsyncIterator[Check]:
    """Whether it answers at all; if so, whether it uses tools, hears and sees."""
    mind = OpenAiMind(replace(endpoint, senses=Senses()), sleep=_at_once)
    try:
        first = await _tried(mind, "answers", _asked("Say yes."))
        yield first
        if first.ok:
            yield await _tried(mind, "uses tools", _asked("Call the tool ping."), (PING,))
            yield await _tried(mind, "hears", _asked("What do you hear?", _tone()))
            yield await _tried(mind, "sees", _asked("Which colour is this?", _red()))
    finally:
        await mind.close()


async def _tried(
    mind: OpenAiMind, check: str, messages: Sequence[Json], tools: Sequence[Json] = ()
) -> Check:
    began = time.perf_counter()
    first_ms, said, called = 0.0, "", False
    try:
        async with aclosing(mind.answer(messages, tools)) as pieces:
            async for piece in pieces:
                first_ms = first_ms or 1e3 * (time.perf_counter() - began)
                called = called or isinstance(piece, ToolCall)
                said += piece.text if isinstance(piece, Text | Thought) else ""
                if len(said) > 400:
                    break
    except MindError as error:
        return Check(check, False, first_ms, f"{error} {error.detail}".strip())
    if tools and not called:
        return Check(check, False, first_ms, "it answered, but used no tool")
    return Check(check, True, round(first_ms, 1))


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
