"""`aside models`: list, add, check, select, remove and download what the app can run on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from engine.client.models import add, check, choice, fetch, listing, remove
from engine.client.models.checkpoints import user_folder
from engine.client.models.choice import NoModel
from engine.client.models.download import Failed
from engine.client.models.keys import NoKey
from engine.client.models.link import NAMES
from engine.examples import hand_down

EXAMPLES = f"""\
examples:
  aside models --json
  aside models list --json
  aside models known                           what others offer, and what this machine could serve
  aside models add gpt-realtime --key --select asks for the key, keeps it in the key store
  aside models add office --protocol aside --url wss://gpu.example:8443/v1 --key
  aside models add mini --known minicpm-o-4.5 --url ws://127.0.0.1:8099/v1
  aside models check office
  aside models select nano                     back to the model that came with Aside
  aside models remove office                   forgets its key too
  aside models download https://example.org/micro/manifest.json

Checkpoints of your own go into {user_folder()}.
Nothing of a conversation leaves this machine unless you select a model with an address.
"""
Verb = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str]) -> int:
    """0 when done; 1 when it could not be done, or nothing that is listed can be used."""
    options = _parser().parse_args(argv)
    verb: Verb = options.verb
    try:
        return verb(options)
    except (NoModel, NoKey, Failed) as error:
        print(f"aside models: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"aside models: {error.filename or ''} {error.strerror or error}", file=sys.stderr)
        return 1


def _select(options: argparse.Namespace) -> int:
    choices = choice.load()
    chosen = choices.find(options.name)
    selected = "" if chosen == choice.SHIPPED else options.name
    choice.save(replace(choices, selected=selected))
    _tell(options, {"selected": options.name})
    return 0


def _tell(options: argparse.Namespace, told: dict[str, Any]) -> None:
    print(json.dumps(told) if options.json else ", ".join(f"{k}: {v}" for k, v in told.items()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside models",
        description="List, add, check, select, remove and download models.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.set_defaults(verb=listing.main)
    verbs = parser.add_subparsers(metavar="VERB")

    def verb(name: str, function: Verb, about: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=about, parents=[shared])
        added.set_defaults(verb=function)
        return added

    verb("list", listing.main, "what there is (the same as no verb)")
    verb("known", listing.offered, "models of others that can be added or downloaded")
    _add_options(verb("add", add.main, "add a model behind an address"))
    named = verb("check", check.main, "try whether a model can be used")
    named.add_argument("name", metavar="NAME", nargs="?", help="default: the selected one")
    verb("select", _select, "run the app on this model").add_argument("name", metavar="NAME")
    verb("remove", remove.main, "forget a model and its key, or delete a checkpoint"
         ).add_argument("name", metavar="NAME")  # fmt: skip
    fetched = verb("download", fetch.main, "download a checkpoint, or the files of a known model")
    fetched.add_argument("what", metavar="NAME|URL", help="a known model, or a manifest's address")
    fetched.add_argument("--to", metavar="DIR", help=f"default: {user_folder()}")
    fetched.add_argument("--key-env", metavar="VARIABLE", help="where a key for the source is")
    return hand_down(parser)


def _add_options(parser: argparse.ArgumentParser) -> None:
    new = parser.add_argument
    new("name", metavar="NAME", help="what to call it; a known model's name brings the rest")
    new("--known", metavar="MODEL", help="take what is not given from this known model")
    new("--protocol", choices=NAMES, help="what the server speaks")
    new("--url", help="its address up to the version, as wss://host/v1")
    new("--model", help="what the server calls the model")
    new("--instructions", metavar="TEXT", help="how it should behave")
    new("--option", action="append", default=[], metavar="NAME=VALUE",
        help="what the protocol knows besides; VALUE may be JSON")  # fmt: skip
    new("--key", action="store_true", help="ask for the key, keep it in the platform's key store")
    new("--key-env", metavar="VARIABLE", help="the key is in this environment variable")
    new("--certificate", metavar="FILE", help="PEM to trust, for a server that signed its own")
    new("--unencrypted", action="store_true", help="allow ws:// to another machine")
    new("--select", action="store_true", help="run the app on it from now on")
