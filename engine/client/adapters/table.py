"""Every protocol that the app can run on, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.client.adapters import moshi, realtime, sglang_omni, translation, vllm_omni
from engine.client.adapters.adapter import Abilities, Adapter, Wishes

Make = Callable[[Wishes], Adapter]


@dataclass(frozen=True)
class Protocol:
    """name: what people type; explained: in one line; abilities: what it can carry at most."""

    name: str
    explained: str
    abilities: Abilities
    make: Make


PROTOCOLS = (
    Protocol("realtime", "Realtime GA, a cloud model", realtime.ABILITIES, realtime.Realtime),
    Protocol(
        "translation",
        "a Realtime translation session",
        translation.ABILITIES,
        translation.Translation,
    ),
    Protocol(
        "vllm-omni", "an open model behind vLLM-Omni", vllm_omni.ABILITIES, vllm_omni.VllmOmni
    ),
    Protocol(
        "sglang-omni",
        "an open model behind SGLang-Omni",
        sglang_omni.ABILITIES,
        sglang_omni.SglangOmni,
    ),
    Protocol("moshi", "Moshi's own server, PersonaPlex's too", moshi.ABILITIES, moshi.Moshi),
)
