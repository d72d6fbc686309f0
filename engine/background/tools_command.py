"""`aside tools`: the tools there are, one of them used by hand, what was done, MCP servers."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from getpass import getpass
from pathlib import Path
from typing import Any

from engine.background import tool_keys
from engine.background.act_log import Entry
from engine.background.outfit import Means, Outfit, outfit
from engine.background.places import Places
from engine.background.terminal import Terminal
from engine.background.tool import Risk, Tool, ToolError
from engine.background.tool_settings import choose_search, search
from engine.background.visible import visible
from engine.examples import hand_down

EPILOG = """\
examples:
  aside tools                                    what can be done for you
  aside tools list --json
  aside tools run calculate expression="12.5% of 80"
  aside tools run set_timer seconds=300 label=tea
  aside tools log                                what was done, and what was refused
  aside tools undo 1a2b3c4d                      take one of them back (without: the newest)
  aside tools mcp add servers.json               add MCP servers from their JSON ("-": pasted)
  aside tools mcp remove time
  aside tools search searxng http://localhost:8888   who is asked to search the web
  aside tools key search.brave                   keep a provider's key in the key store

`run` shows what would be done before it asks whether to do it; --dry-run only shows. Looking at
something needs no approval. Settings: {config}/tools.json, such as
  {{"search": {{"kind": "searxng", "address": "http://localhost:8888"}}, "commands": false}}
Exit status: 0 done, 1 not done, 2 wrong usage.
"""


def main(argv: Sequence[str]) -> int:
    """Runs `aside tools` and returns its exit status."""
    places = Places.of_the_user()
    options = _parser(places).parse_args(argv)
    try:
        return asyncio.run(_DO[options.do or "list"](places, options))
    except ToolError as error:
        print(f"aside tools: {error}", file=sys.stderr)
        return 1


def _parser(places: Places) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside tools",
        description="What Aside can do for you besides talking.",
        epilog=EPILOG.format(config=places.config),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    kinds = parser.add_subparsers(dest="do", metavar="{list,run,log,undo,search,mcp,key}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    kind = partial(kinds.add_parser, parents=[shared])
    kind("list", help="the tools (as without a word)")
    run = kind("run", help="use one tool")
    run.add_argument("name")
    run.add_argument("arguments", nargs="*", metavar="NAME=VALUE", help="or one JSON object")
    run.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    run.add_argument("--yes", action="store_true", help="approve this one call beforehand")
    log = kind("log", help="what was done")
    log.add_argument("--forget", action="store_true", help="empty the log")
    undo = kind("undo", help="take back what was done")
    undo.add_argument("id", nargs="?", help="as the log has it; left out: the newest")
    key = kind("key", help="keep a provider's key; an empty one forgets it")
    key.add_argument("name", choices=tool_keys.NAMES)
    search = kind("search", help="who is asked to search the web")
    search.add_argument("kind", choices=("searxng", "brave", "nobody"), nargs="?")
    search.add_argument("address", nargs="?", help="of the SearXNG server")
    mcp = kind("mcp", help="add or remove MCP servers")
    mcp.add_argument("what", choices=("list", "add", "remove"), nargs="?", default="list")
    mcp.add_argument("value", nargs="?", help="a file or - to add, a name to remove")
    return hand_down(parser)


async def _list(places: Places, options: argparse.Namespace) -> int:
    kit = outfit(places)
    await kit.servers.start()
    try:
        for tool in kit.belt.tools():
            print(json.dumps(_described(tool)) if options.json else _line(tool))
        for link in kit.servers.links.values():
            if link.problem:
                print(f"MCP server {link.config.name}: {link.problem}", file=sys.stderr)
    finally:
        await kit.servers.close()
    return 0


async def _run(places: Places, options: argparse.Namespace) -> int:
    kit = outfit(places, Means(asker=Terminal(options.yes), key=tool_keys.read))
    if not any(tool.name == options.name for tool in kit.belt.tools()):
        await kit.servers.start()
    try:
        return await _used(kit, options)
    finally:
        await kit.servers.close()


async def _used(kit: Outfit, options: argparse.Namespace) -> int:
    tool = next((one for one in kit.belt.tools() if one.name == options.name), None)
    arguments = parsed(options.arguments, tool.parameters if tool else {})
    dry = kit.belt.rehearse(options.name, arguments)
    if options.dry_run:
        print(json.dumps({"would": dry}) if options.json else dry)
        return 0
    if tool is not None and tool.risk is Risk.READ:
        print(dry, file=sys.stderr)
    result = await kit.belt.call(options.name, arguments, "terminal")
    told = {"text": result.text, "undo": result.undo is not None}
    print(json.dumps(told) if options.json else visible_lines(result.text))
    if result.undo is not None:
        done = kit.belt.log.entries()[-1].id
        print(f"To take it back: aside tools undo {done}", file=sys.stderr)
    return 0


async def _log(places: Places, options: argparse.Namespace) -> int:
    belt = outfit(places).belt
    if options.forget:
        belt.forget()
    entries = belt.log.entries()
    if not entries and not options.json:
        print("Nothing was done or refused yet.")
    for entry in entries:
        print(json.dumps(asdict(entry)) if options.json else _told(entry))
    return 0


async def _undo(places: Places, options: argparse.Namespace) -> int:
    belt = outfit(places).belt
    left = [entry.id for entry in belt.log.entries() if entry.undoable]
    if options.id is None and not left:
        raise ToolError("Nothing was done that can be taken back.")
    text = await belt.undo(options.id or left[-1])
    print(json.dumps({"text": text}) if options.json else text)
    return 0


async def _mcp(places: Places, options: argparse.Namespace) -> int:
    servers = outfit(places).servers
    try:
        if options.what == "add":
            links = await servers.add(_pasted(options.value))
            for link in links:
                tools, name = len(link.offered), link.config.name
                row = {"name": name, "tools": tools, "problem": link.problem}
                there = f"{tools} tools" if link.running else link.problem
                print(json.dumps(row) if options.json else f"{name}: {there}")
            return 0 if all(link.running for link in links) else 1
        if options.what == "remove":
            await servers.remove(options.value or "")
        configured = servers.configured()
        if not configured and not options.json:
            print("No MCP servers. To add some: aside tools mcp add servers.json")
        for server in configured:
            known = {"name": server.name, "target": server.target, "risk": server.risk}
            print(json.dumps(known) if options.json else f"{server.name:<20} {server.target}")
    finally:
        await servers.close()
    return 0


async def _search(places: Places, options: argparse.Namespace) -> int:
    if options.kind == "nobody":
        choose_search(places, {})
    elif options.kind is not None:
        address = {"address": options.address or ""} if options.kind == "searxng" else {}
        choose_search(places, {"kind": options.kind, **address})
    chosen = search(places)
    said = " ".join(str(chosen[key]) for key in ("kind", "address") if key in chosen)
    print(json.dumps(chosen) if options.json else visible(said or "nobody"))
    return 0


async def _key(places: Places, options: argparse.Namespace) -> int:
    given = getpass("The key: ") if sys.stdin.isatty() else sys.stdin.readline()
    tool_keys.keep(options.name, given.strip())
    print("It is kept in this system's key store." if given.strip() else "It is forgotten.")
    return 0


_DO = {
    "search": _search,
    "list": _list,
    "run": _run,
    "log": _log,
    "undo": _undo,
    "mcp": _mcp,
    "key": _key,
}


def parsed(given: Sequence[str], schema: Any) -> dict[str, Any]:
    """Arguments from `name=value` words, or from one JSON object. Raises ToolError."""
    if len(given) == 1 and given[0].lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):
            value = json.loads(given[0])
            if isinstance(value, dict):
                return value
        raise ToolError("Those arguments are no JSON object.")
    found: dict[str, Any] = {}
    for word in given:
        name, equals, text = word.partition("=")
        if not equals:
            raise ToolError(f"Give arguments as name=value, not {visible(word)}.")
        found[name] = _value(text, schema.get("properties", {}).get(name, {}))
    return found


def _value(text: str, schema: Any) -> Any:
    """A word stays a text where a text is wanted; else it is read as JSON if it is."""
    if schema.get("type") == "string":
        return text
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return text


def visible_lines(text: str) -> str:
    """For a terminal: text from elsewhere must not move its cursor."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _pasted(value: str | None) -> str:
    if value in (None, "-"):
        return sys.stdin.read()
    try:
        return Path(str(value)).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ToolError(f"{value} cannot be read.") from error


def _described(tool: Tool) -> dict[str, Any]:
    return {
        "name": tool.name,
        "sentence": tool.sentence,
        "risk": tool.risk,
        "parameters": dict(tool.parameters),
    }


def _line(tool: Tool) -> str:
    return f"{tool.name:<24} {tool.risk:<11} {tool.sentence}"


def _told(entry: Entry) -> str:
    when = datetime.fromtimestamp(entry.at_s).strftime("%Y-%m-%d %H:%M:%S")
    undo = f"  (undo: {entry.id})" if entry.undoable else ""
    return f"{when}  {entry.state:<9} {visible(entry.preview)}  [{entry.approval or '-'}]{undo}"
