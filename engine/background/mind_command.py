"""`aside mind`: which language model thinks in the background."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace

from engine.background import keys
from engine.background.endpoint import Endpoint, checked_url, is_local
from engine.background.mind_settings import MindSettings, NotKept, place
from engine.background.probe import USUAL, Check, Found, fitted, look_around, models, try_out
from engine.examples import hand_down

EPILOG = """\
examples:
  aside mind list --look-around                what answers on the usual local ports?
  aside mind use http://127.0.0.1:11434/v1 --model llama3.2
  aside mind use https://gpu.example.org/v1 --model big --key --pictures
  aside mind test                              does it answer, stream, use tools, hear, see?
  aside mind use none                          nothing is sent anywhere any more

Any server that speaks OpenAI's chat completions can be used: llama.cpp, Ollama, LM Studio, vLLM,
SGLang, clouds. Keys lie in the system's key store, or in ASIDE_MIND_KEY. One on another machine
gets no pictures unless --pictures is given. Exit status: 0 done, 1 not done, 2 wrong usage.
"""
NONE = "none"


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        return int(options.do(options))
    except (ValueError, NotKept, keys.NoKeyStore) as error:
        print(f"aside mind: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside mind",
        description="Choose the language model that thinks in the background.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.set_defaults(do=_list, look_around=None)
    kinds = parser.add_subparsers(metavar="WHAT")
    listing = kinds.add_parser(
        "list", help="the chosen one, and those that answer here (as without a word)"
    )
    listing.add_argument(
        "--look-around", action="store_true", default=None,
        help="ask the usual local ports, now and from now on",
    )  # fmt: skip
    listing.add_argument(
        "--do-not-look-around", action="store_false", dest="look_around", help="not any more"
    )
    listing.set_defaults(do=_list)
    use = kinds.add_parser("use", help="choose one, or none")
    _add_choice(use)
    use.set_defaults(do=_use)
    test = kinds.add_parser("test", help="try the chosen one out")
    test.set_defaults(do=_test)
    for kind in (listing, test):
        kind.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="one JSON object per line",
        )
    return hand_down(parser)


def _add_choice(use: argparse.ArgumentParser) -> None:
    add = use.add_argument
    add("url", metavar="URL", help="up to the version, as in http://127.0.0.1:8080/v1; or none")
    add("--model", metavar="NAME", help="default: the only one there")
    add("--key", action="store_true", help="ask for its key and keep it in the key store")
    add("--pictures", action="store_true", help="on another machine: give it screen and camera")
    add("--transcriber", metavar="NAME", default="", help="its model for /audio/transcriptions")
    add("--price-in", type=float, default=0.0, metavar="N", help="for a million tokens")
    add("--price-out", type=float, default=0.0, metavar="N", help="for a million tokens")
    add("--no-test", action="store_true", help="do not ask it anything now")


def _list(options: argparse.Namespace) -> int:
    settings = MindSettings.load()
    if options.look_around is not None:
        settings = replace(settings, may_look_around=options.look_around)
        settings.save()
    found = asyncio.run(look_around()) if settings.may_look_around else []
    for line in _listed(settings, found, options.json):
        print(line)
    return 0


def _listed(settings: MindSettings, found: list[Found], as_json: bool) -> Iterator[str]:
    if as_json:
        yield json.dumps({"chosen": settings.url, "model": settings.model})
        yield from (json.dumps(asdict(one)) for one in found)
        return
    chosen = f"{settings.model} at {settings.url}" if settings.url else "none"
    yield f"chosen: {chosen}"
    for one in found:
        yield f"{one.url:<32}{one.usually:<12}{', '.join(one.models) or 'no model loaded'}"
    if not settings.may_look_around:
        ports = ", ".join(f"{url.split(':')[2][:-3]} ({name})" for name, url in USUAL.items())
        yield f"Not looked around. With --look-around the local ports {ports} are asked."
    elif not found:
        yield "Nobody answers on the usual local ports."


def _use(options: argparse.Namespace) -> int:
    before = MindSettings.load()
    if options.url == NONE:
        replace(before, url="", model="").save()
        print("No language model any more: nothing is sent anywhere.")
        return 0
    url = checked_url(options.url)
    if options.key:
        keys.keep(url, getpass.getpass(f"key for {url}: ").strip())
    settings = replace(
        before, url=url, model=options.model or _only_model(url), hears=True,
        sees=is_local(url) or options.pictures, transcriber=options.transcriber,
        price_in=options.price_in, price_out=options.price_out,
    )  # fmt: skip
    if not options.no_test:
        settings = _fitted(settings)
    settings.save()
    print(f"{settings.model} at {settings.url} is used from now on, as kept in {place()}.")
    return 0


def _only_model(url: str) -> str:
    """Raises ValueError where the user has to choose."""
    there = asyncio.run(models(url, keys.read(url)))
    if not there:
        raise ValueError(f"{url} names no models; say which one with --model NAME")
    if len(there) > 1:
        raise ValueError(f"choose one with --model: {', '.join(there[:20])}")
    return there[0]


def _fitted(settings: MindSettings) -> MindSettings:
    """As far as it hears and sees. Raises ValueError when it does not answer at all."""
    endpoint = settings.endpoint()
    assert endpoint is not None
    checks = _tried_out(endpoint, as_json=False)
    if not checks[0].ok:
        raise ValueError(f"{checks[0].detail} Nothing was changed; --no-test skips this.")
    return fitted(settings, checks)


def _test(options: argparse.Namespace) -> int:
    endpoint = MindSettings.load().endpoint()
    if endpoint is None:
        raise ValueError("no language model is chosen; choose one: aside mind use URL")
    checks = _tried_out(endpoint, options.json)
    return 0 if checks[0].ok else 1


def _tried_out(endpoint: Endpoint, as_json: bool) -> list[Check]:
    async def run() -> list[Check]:
        done = []
        async for check in try_out(endpoint):
            done.append(check)
            print(json.dumps(asdict(check)) if as_json else _line(check), flush=True)
        return done

    return asyncio.run(run())


def _line(check: Check) -> str:
    mark = "✓" if check.ok else "✗"
    return f"{mark} {check.check:<12}{f'{check.ms:.0f} ms' if check.ok else check.detail}"
