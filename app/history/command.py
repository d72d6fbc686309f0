"""`aside history`: find, read, export and delete what was kept, and say what is to be kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from app.history.database import DatabaseErrors, Locked, is_damage, set_aside, state_of
from app.history.export import FORMATS, TEXTS, ExportError, clock, export
from app.history.keeping import Keeping, database_file, settings_file
from app.history.moment import Hit, Talk
from app.history.schema import TooNew
from app.history.store import Store, open_store
from app.history.words import parse
from engine.examples import hand_down

_EXAMPLE = """\
examples:
  aside history                          # the conversations, newest first
  aside history list --json
  aside history search operator beep     # where all these words came up
  aside history show 12
  aside history export 12 --to talk.srt
  aside history delete 12
  aside history keep --days 30
  aside history keep none
"""
SWITCH = {"on": True, "off": False}


class Refused(Exception):
    """What cannot be done, for people."""


TROUBLES: tuple[type[Exception], ...] = (
    Refused, Locked, TooNew, ExportError, OSError, *DatabaseErrors,
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """0 on success; 1 where nothing was found or something could not be done."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except TROUBLES as error:
        print(f"aside history: {error}", file=sys.stderr)
        if is_damage(error):
            print(f"It lies in {set_aside(database_file())}; a new one begins.", file=sys.stderr)
        return 1


def _list(options: argparse.Namespace) -> int:
    if state_of(database_file()) == "absent":  # an empty list is an answer, not a failure
        talks = []
    else:
        with _store() as store:
            talks = store.talks()
    if not talks and not options.json:
        print(f"No conversations. {Keeping.load(settings_file()).words}")
    for talk in talks:
        print(_json(talk) if options.json else _line(talk))
    return 0


def _search(options: argparse.Namespace) -> int:
    query = parse(" ".join(options.words))
    with _store() as store:
        hits = store.search(query)
        talks = {hit.talk: talk for hit in hits if (talk := store.talk(hit.talk))}
    for hit in hits:
        talk = talks[hit.talk]
        print(_json_hit(hit, talk) if options.json else _hit_line(hit, talk))
    return 0 if hits else 1


def _show(options: argparse.Namespace) -> int:
    with _store() as store:
        talk = _talk(store, options.number)
        form = "json" if options.json else "txt"
        print(TEXTS[form](talk, store.moments(talk.id)), end="")
    return 0


def _export(options: argparse.Namespace) -> int:
    path: Path = options.to
    form = options.format or path.suffix.removeprefix(".")
    if form not in FORMATS:
        raise Refused(f"cannot tell the format of {path}; add --format {'|'.join(FORMATS)}")
    with _store() as store:
        export(store, _talk(store, options.number), path, form)
    print(json.dumps({"exported": str(path)}) if options.json else f"Written: {path}")
    return 0


def _delete(options: argparse.Namespace) -> int:
    if options.all == bool(options.numbers):
        raise Refused("say which: numbers as `aside history` lists them, or --all")
    with _store() as store:
        numbers = [talk.id for talk in store.talks(-1)] if options.all else options.numbers
        gone = store.delete_talks(numbers)
    print(json.dumps({"deleted": gone}) if options.json else f"Deleted: {gone}")
    return 0 if gone or options.all else 1


def _keep(options: argparse.Namespace) -> int:
    keeping = Keeping.load(settings_file())
    wanted = {
        "keep": None if options.what is None else options.what == "all",
        "days": options.days,
        **{name: SWITCH.get(getattr(options, name)) for name in ("sound", "pictures", "encrypt")},
    }
    changes = {name: value for name, value in wanted.items() if value is not None}
    if changes:
        try:
            keeping = replace(keeping, unreadable=False, **changes)
        except ValueError as error:
            print(f"aside history: {error}", file=sys.stderr)
            return 2
        keeping.save(settings_file())
    print(json.dumps(asdict(keeping)) if options.json else keeping.words)
    if options.what == "none" and state_of(database_file()) != "absent" and not options.json:
        print("What was kept before is still there. To delete it: aside history delete --all")
    return 0


class _store:
    """The store for one command; no history at all is an empty one, and none is made by asking."""

    def __enter__(self) -> Store:
        if state_of(database_file()) == "absent":
            raise Refused("there are no conversations yet; `aside history keep` says what is kept")
        self.store = open_store(database_file(), Keeping.load(settings_file()).encrypt)
        if self.store.notice:
            print(self.store.notice, file=sys.stderr)
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.close()


def _talk(store: Store, number: int) -> Talk:
    talk = store.talk(number)
    if talk is None:
        raise Refused(f"there is no conversation {number}; `aside history` lists them")
    return talk


def _json(value: Talk) -> str:
    return json.dumps(asdict(value), ensure_ascii=False)


def _json_hit(hit: Hit, talk: Talk) -> str:
    whole = {"talk": hit.talk, "began_s": talk.began_s, **asdict(hit.moment)}
    return json.dumps(whole, ensure_ascii=False)


def _line(talk: Talk) -> str:
    began = datetime.fromtimestamp(talk.began_s).strftime("%Y-%m-%d %H:%M")
    minutes = max(1, round((talk.ended_s - talk.began_s) / 60))
    return f"{talk.id:>5}  {began}  {minutes:>4} min  {talk.title}"


def _hit_line(hit: Hit, talk: Talk) -> str:
    day = datetime.fromtimestamp(talk.began_s).strftime("%Y-%m-%d")
    moment = hit.moment
    return f"{hit.talk:>5}  {day} {clock(talk, moment.at_s)}  {moment.name}: {moment.text}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside history",
        description="Find, read, export and delete what was said, and say what is kept.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.set_defaults(run=_list)
    jobs = parser.add_subparsers(metavar="JOB")

    def job(name: str, run: Callable[[argparse.Namespace], int], text: str):  # type: ignore[no-untyped-def]
        made = jobs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        made.set_defaults(run=run)
        return made.add_argument

    job("list", _list, "list the conversations, newest first")
    add = job("search", _search, "find the lines in which words came up")
    add("words", nargs="+", metavar="WORD", help="all of them in one conversation")
    add = job("show", _show, "print a conversation")
    add("number", type=int)
    add = job("export", _export, "write a conversation to a file")
    add("number", type=int)
    add("--to", type=Path, required=True, metavar="FILE")
    add("--format", choices=FORMATS, help="default: as FILE ends")
    add = job("delete", _delete, "delete conversations for good")
    add("numbers", type=int, nargs="*", metavar="NUMBER")
    add("--all", action="store_true", help="every one of them")
    _add_keep(job("keep", _keep, "say what is kept, and for how long"))
    return hand_down(parser)


def _add_keep(add: Callable[..., object]) -> None:
    add("what", nargs="?", choices=("all", "none"), help="keep conversations, or none from now on")
    add("--days", type=int, metavar="N", help="delete what is older; 0: never")
    add("--sound", choices=tuple(SWITCH), help="both sides' voices (default: off)")
    add("--pictures", choices=tuple(SWITCH), help="thumbnails of what was shared (default: off)")
    add("--encrypt", choices=tuple(SWITCH), help="where the system has a key store (default: on)")
