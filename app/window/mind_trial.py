"""Trying a language model out for the settings page, and what came of it in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.window.words import later, said, tr
from engine.background import keys
from engine.background.endpoint import Endpoint
from engine.background.mind_settings import MindSettings
from engine.background.probe import Check, Found, fitted, look_around, models, try_out

NO_TOOLS = later("Without tools it can answer but do nothing: choose one that calls tools.")


@dataclass(frozen=True)
class There:
    """What is known of an address. models: None where it told no names. key: is one kept?"""

    url: str
    models: tuple[str, ...] | None
    key: bool


@dataclass(frozen=True)
class Trial:
    """settings: as they were tried, and after a use as far as it turned out to hear and see."""

    settings: MindSettings
    checks: tuple[Check, ...]

    @property
    def works(self) -> bool:
        return bool(self.checks) and self.checks[0].ok


async def found_here() -> list[Found]:
    return await look_around()


async def there(url: str, key: str, ask: bool) -> There:
    """key: what was typed; "" for the one that is kept. ask: for the models too. May wait for
    the key store."""
    kept = keys.read(url)
    return There(url, await models(url, key or kept) if ask else None, bool(kept))


async def tried(settings: MindSettings, key: str) -> Trial:
    """Really asks it. Changes nothing."""
    endpoint = settings.endpoint()
    assert endpoint is not None
    return Trial(settings, await _checks(endpoint, key))


async def used(settings: MindSettings, key: str) -> Trial:
    """Keeps key and settings, tries them out, and keeps what turned out. It is used even if it
    does not answer now. Raises NoKeyStore and NotKept, and then nothing was changed."""
    if key:
        keys.keep(settings.url, key)
    settings.save()
    trial = await tried(settings, "")
    if trial.works:
        trial = replace(trial, settings=fitted(settings, trial.checks))
        trial.settings.save()
    return trial


async def _checks(endpoint: Endpoint, key: str) -> tuple[Check, ...]:
    asked = replace(endpoint, key=key) if key else endpoint
    return tuple([check async for check in try_out(asked)])


def in_a_sentence(model: str, checks: Sequence[Check]) -> str:
    """What happened; where something is missing, what that means and what to do."""
    by_name = {check.check: check for check in checks}
    first = checks[0]
    if not first.ok:
        return said(first.detail)
    yes = {name: tr("yes") if check.ok else tr("no") for name, check in by_name.items()}
    works = tr(
        "Works with {model}: first word after {ms} ms; streams: {streams}; calls tools: "
        "{tools}; hears: {hears}; sees images: {sees}."
    ).format(
        model=model, ms=f"{first.ms:.0f}", streams=yes["streams"],
        tools=yes["uses tools"], hears=yes["hears"], sees=yes["sees"],
    )  # fmt: skip
    if not by_name["uses tools"].ok:
        works += f" {tr(NO_TOOLS)}"
    return works
