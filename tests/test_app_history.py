"""The history: what happens is kept, survives, can be found, and is gone when it is deleted."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import doctor
from app.conversation import Happening, Typed
from app.history import database, keeping, keystore
from app.history.book import AGAIN_S, IDLE_S, Book
from app.history.database import LOCKED_AGAIN_S, Locked, open_history, state_of
from app.history.keeping import Keeping, KeepingFile
from app.history.keystore import ENTRY, SERVICE, Key, fetch_key
from app.history.schema import VERSION, TooNew
from app.history.store import Store
from app.history.words import parse
from app.history.writer import Writer
from engine.background.told import Offer, Rang
from engine.background.tools.instants import Clocks
from engine.client.events import ActEvent, DelegationEvent, EngineLost, Heard, Said, State
from engine.microturn import Update
from tests.desktop import ROOT, eventually

pytestmark = pytest.mark.timeout(90)
NO_KEY, KEY, OTHER_KEY = Key(missing="this system has no key store"), Key("a1" * 32), Key("b2" * 32)
LOCKED = Key(missing="the key store does not answer: KeyringLocked", locked=True)
NIGHT_S = 14 * 3600.0
TONE = (0.4 * np.sin(np.arange(3200) * 2 * np.pi * 440 / 16_000)).astype(np.float32)


class Desk:
    """A book in a folder of its own, a clock to turn, and what the user was told."""

    def __init__(self, folder: Path, keeping: Keeping | None = None, key: Key = NO_KEY) -> None:
        self.path, self.key = folder / "history.db", key
        self.keeping = keeping or Keeping()
        self.told: list[str] = []
        self.now_s = 1000.0
        apart_s = time.time() - self.now_s
        self.clocks = Clocks(lambda: self.now_s + apart_s, lambda: self.now_s)
        self.book = self.another()

    def another(self) -> Book:
        return Book(
            self.path, lambda: self.keeping, self.told.append, lambda: self.key, self.clocks
        )

    def happen(self, *happenings: Happening, pause_s: float = 0.1) -> None:
        for happening in happenings:
            self.book.note(happening, self.now_s)
            self.now_s += pause_s

    def flush(self) -> None:
        self.now_s += 1.0
        self.book.flush(self.now_s)

    @property
    def store(self) -> Store:
        return Store(open_history(self.path, True, lambda: self.key).connection)

    def lines(self) -> list[tuple[str, str]]:
        store = self.store
        kept = [(m.kind, m.text) for talk in store.talks()[::-1] for m in store.moments(talk.id)]
        store.close()
        return kept

    def bytes_on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.path.parent.iterdir()))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def words(text: str, side: type = Heard) -> list[Happening]:
    return [side(f" {word}", 0, 0) for word in text.split()]


def test_both_sides_typed_text_and_acts_are_kept_as_lines(desk: Desk) -> None:
    """What was said in one go is one line, in order, with the acts where they happened."""
    desk.happen(*words("say beep when I say operator"), *words("okay", Said))
    desk.happen(Typed("and be quick"), ActEvent("point", {"x": 3, "label": "the button"}))
    desk.happen(DelegationEvent("d1", 0, {"text": "find a train"}))
    desk.happen(ActEvent("remember", {"text": "train to ulm"}))
    desk.happen(Offer("k", "t1", Update("commentary", "It leaves at nine.")))
    desk.happen(Rang("a@1", "Time is up."))
    desk.happen(EngineLost("it died", 1.0))
    desk.flush()
    assert desk.lines() == [
        ("heard", "say beep when I say operator"),
        ("said", "okay"),
        ("typed", "and be quick"),
        ("act", "point: 3, the button"),
        ("act", "delegate: find a train"),
        ("act", "remember: train to ulm"),
        ("update", "It leaves at nine."),
        ("update", "Time is up."),
        ("mark", "The engine was lost and started again."),
    ]


def test_a_line_that_grows_over_many_commits_stays_one_line(desk: Desk) -> None:
    """Words that come a second apart, each committed, are found together."""
    for word in words("one two three four"):
        desk.happen(word, pause_s=0.9)
        desk.book.flush(desk.now_s)
    assert desk.lines() == [("heard", "one two three four")]
    assert len(desk.store.search(parse('"two three"'))) == 1


def test_a_long_silence_begins_a_new_conversation(desk: Desk) -> None:
    """After half an hour without a word the next one opens another conversation."""
    desk.happen(*words("good morning"))
    desk.flush()
    desk.now_s += IDLE_S + 1
    desk.happen(*words("good evening"))
    desk.flush()
    assert [talk.title for talk in desk.store.talks()] == ["good evening", "good morning"]


@pytest.mark.parametrize("goes_on", [True, False], ids=["boot time", "stands still"])
def test_a_night_asleep_begins_a_new_conversation(tmp_path: Path, goes_on: bool) -> None:
    """The morning is another conversation, at its own time, also where the steady clock stood."""
    slept_s = 0.0
    clocks = Clocks(
        lambda: time.time() + slept_s, lambda: time.monotonic() + (slept_s if goes_on else 0.0)
    )
    path = tmp_path / "history.db"
    writer = Writer(path, lambda: Keeping(days=1), print, lambda: NO_KEY, clocks)
    writer.start()
    evening_s = time.time()
    writer.take(Typed("good night"))
    eventually(lambda: not writer._book.waits and state_of(path) == "plain")
    slept_s = NIGHT_S
    writer.take(Typed("good morning"))
    writer.stop()
    morning, night = Store(open_history(path, True, lambda: NO_KEY).connection).talks()
    assert (night.title, morning.title) == ("good night", "good morning")
    for talk, at_s in ((night, evening_s), (morning, evening_s + NIGHT_S)):
        assert talk.began_s == pytest.approx(at_s, abs=30)
        assert talk.ended_s == pytest.approx(at_s, abs=30)


def test_nothing_is_kept_of_a_day_without_words(desk: Desk) -> None:
    """An engine that comes and goes, and states, make no conversation and no file."""
    desk.happen(EngineLost("died", 1.0))
    desk.flush()
    assert not desk.path.exists()


def test_keep_none_keeps_nothing(tmp_path: Path) -> None:
    """With keeping switched off not even the file comes into being."""
    desk = Desk(tmp_path, Keeping(keep=False))
    desk.happen(*words("between you and me"))
    desk.flush()
    assert list(tmp_path.iterdir()) == []


def test_switching_keeping_off_holds_from_that_moment(desk: Desk) -> None:
    """What was said before stays, what is said after is never written, also not later."""
    desk.happen(*words("before"))
    desk.flush()
    desk.keeping = Keeping(keep=False)
    desk.happen(*words("secret"))
    desk.flush()
    desk.keeping = Keeping()
    desk.happen(*words("after"), pause_s=20)
    desk.flush()
    assert "secret" not in " ".join(text for _, text in desk.lines())
    assert b"secret" not in desk.bytes_on_disk()


KILLED = """
import sys, time
from pathlib import Path
from app.history.keeping import Keeping
from app.history.keystore import Key
from app.history.writer import Writer
from engine.client.events import Heard
plain = Keeping(encrypt=False)
writer = Writer(Path(sys.argv[1]), lambda: plain, print, lambda: Key(missing="none"))
writer.start()
for number in range(100_000):
    writer.take(Heard(f" word{number}", 0, 0))
    print(number, time.monotonic(), flush=True)
    time.sleep(0.05)
"""


@pytest.mark.alone
def test_a_killed_process_loses_two_seconds_at_most(tmp_path: Path) -> None:
    """After kill -9 in mid-sentence everything is there that was older than two seconds."""
    path = tmp_path / "history.db"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    said_s: dict[int, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        number, at_s = line.split()
        said_s[int(number)] = float(at_s)
        if len(said_s) > 20 and said_s[int(number)] - said_s[0] > 5:
            break
    killed_s = time.monotonic()
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    store = Store(open_history(path, True, lambda: NO_KEY).connection)
    kept = {word for hit in store.moments(1) for word in hit.text.split()}
    owed = {f"word{number}" for number, at_s in said_s.items() if at_s < killed_s - 2}
    assert len(owed) > 20
    assert owed <= kept
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_writer_sleeps_while_nothing_is_said(tmp_path: Path) -> None:
    """States of the engine, which come all the time, do not wake it; stopping writes the rest."""
    woken = []
    writer = Writer(tmp_path / "h.db", lambda: woken.append(1) or Keeping(), print, lambda: NO_KEY)
    writer.start()
    for turn in range(200):
        writer.take(State("listening", turn))
    assert not woken
    for happening in words("good bye"):
        writer.take(happening)
    writer.stop()
    store = Store(open_history(tmp_path / "h.db", True, lambda: NO_KEY).connection)
    assert [moment.text for moment in store.moments(1)] == ["good bye"]


def test_a_full_disk_is_said_once_and_nothing_is_lost(desk: Desk) -> None:
    """While there is no room, lines wait; when there is, all of them are written, in order."""
    desk.happen(*words("first"))
    desk.flush()
    desk.told.clear()
    connection = desk.book._connection
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    desk.happen(Typed("x " * 9000))
    desk.flush()
    assert len(desk.told) == 1
    assert "Make room" in desk.told[0]
    assert desk.book.waits
    desk.happen(*words("last"))
    desk.now_s += AGAIN_S
    desk.flush()
    assert [text[:5] for _, text in desk.lines()] == ["first", "x x x", "last"]
    assert len(desk.told) == 1


def test_a_damaged_file_is_set_aside_and_said(desk: Desk) -> None:
    """A file that is no database is renamed, not deleted; the talk goes on in a new one."""
    desk.path.write_bytes(b"this is not a history" * 500)
    desk.happen(*words("hello again"))
    desk.flush()
    aside = [path for path in desk.path.parent.iterdir() if "damaged" in path.name]
    assert aside[0].read_bytes().startswith(b"this is not")
    assert str(aside[0]) in desk.told[0]
    assert desk.lines() == [("heard", "hello again")]


@pytest.mark.parametrize("key", [NO_KEY, KEY], ids=["plain", "encrypted"])
def test_damage_that_shows_only_in_writing_is_survived(tmp_path: Path, key: Key) -> None:
    """Pages overwritten under a running conversation: it is set aside, the rest is kept."""
    desk = Desk(tmp_path, key=key)
    desk.happen(*words("before the damage"))
    desk.flush()
    desk.book.close()
    size = desk.path.stat().st_size
    with desk.path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    desk.happen(*words("after the damage"))
    desk.flush()
    desk.flush()
    assert "damaged" in desk.told[-1]
    assert desk.lines()[-1][1].endswith("after the damage")


def test_a_history_that_was_taken_away_begins_anew(desk: Desk) -> None:
    """Somebody deletes the file while we talk: what follows is in a new file."""
    desk.happen(*words("old"))
    desk.flush()
    for path in desk.path.parent.iterdir():
        path.unlink()
    desk.happen(*words("new"), pause_s=9)
    desk.flush()
    desk.happen(*words("newer"), pause_s=9)
    desk.flush()
    assert [text.split()[-1] for _, text in desk.lines()] == ["new", "newer"]


def test_a_newer_history_is_left_alone(desk: Desk) -> None:
    """A file of a later version is neither read nor changed, and the user is told."""
    desk.happen(*words("today"))
    desk.flush()
    other = sqlite3.connect(desk.path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.commit()
    other.close()
    desk.book = desk.another()
    desk.happen(*words("tomorrow"))
    desk.flush()
    assert "newer Aside" in desk.told[-1]
    with pytest.raises(TooNew):
        open_history(desk.path, True, lambda: NO_KEY)


def test_two_programs_write_side_by_side(desk: Desk) -> None:
    """Two writers in one file, on threads of their own: every line of both is there."""
    books = [desk.another() for _ in range(2)]

    def speak(book: Book, name: str) -> None:
        for number in range(40):
            book.note(Typed(f"{name} {number}"), number)
            book.flush(number + 0.5 + AGAIN_S * number)

    threads = [
        threading.Thread(target=speak, args=(book, name))
        for book, name in zip(books, ("left", "right"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for book in books:
        book.flush(1e6, last=True)
    lines = [text for _, text in desk.lines()]
    assert sorted(lines) == sorted(f"{name} {n}" for name in ("left", "right") for n in range(40))
    assert len(desk.store.talks()) == 2


@pytest.mark.parametrize("key", [NO_KEY, KEY], ids=["plain", "encrypted"])
def test_deleted_words_are_gone_from_the_disk(tmp_path: Path, key: Key) -> None:
    """After deleting, the words are in no file: not in a page, not in the index, not in a log."""
    desk = Desk(tmp_path, key=key)
    desk.happen(*words("the xylophone is secret"))
    desk.flush()
    desk.now_s += IDLE_S + 1
    desk.happen(*words("harmless"))
    desk.flush()
    if not key.hex:
        assert b"xylophone" in desk.bytes_on_disk()
    store = desk.store
    (number,) = [talk.id for talk in store.talks() if "xylophone" in talk.title]
    assert store.delete_talks([number]) == 1
    assert store.search(parse("xylophone")) == []
    store.close()
    desk.book.close()
    assert b"xylophone" not in desk.bytes_on_disk()
    assert desk.lines() == [("heard", "harmless")]


def test_deleting_the_conversation_that_goes_on(desk: Desk) -> None:
    """What was said until then is gone and stays gone; what is said after is a new conversation."""
    desk.happen(*words("forget this please"))
    desk.flush()
    store = desk.store
    store.delete_talks([talk.id for talk in store.talks()])
    store.close()
    desk.happen(*words("now"))
    desk.happen(*words("something else"), pause_s=9)
    desk.happen(*words("entirely"), pause_s=9)
    desk.flush()
    text = " ".join(text for _, text in desk.lines())
    assert "forget" not in text
    assert "entirely" in text


def test_what_is_older_than_wanted_goes_by_itself(tmp_path: Path) -> None:
    """With a retention of 30 days, a conversation of 31 days ago is deleted at the next word."""
    desk = Desk(tmp_path, Keeping(days=30))
    desk.happen(*words("long ago"))
    desk.flush()
    store = desk.store
    store.connection.execute("UPDATE talk SET began_s = ?, ended_s = ?", (1e9, 1e9))
    store.close()
    desk.book = desk.another()
    desk.happen(*words("today"))
    desk.flush()
    assert desk.lines() == [("heard", "today")]


def test_with_a_key_store_nothing_can_be_read_without_it(tmp_path: Path) -> None:
    """Neither words nor tables are legible on the disk, and search works all the same."""
    desk = Desk(tmp_path, key=KEY)
    desk.happen(*words("the xylophone is mine"))
    desk.flush()
    assert state_of(desk.path) == "encrypted"
    assert b"xylophone" not in desk.bytes_on_disk()
    assert b"CREATE" not in desk.bytes_on_disk()
    assert len(desk.store.search(parse("xylo"))) == 1
    if os.name == "posix":
        assert desk.path.stat().st_mode & 0o077 == 0


def test_a_plain_history_is_encrypted_once_there_is_a_key(tmp_path: Path) -> None:
    """Everything kept so far is still there and found, and no longer legible on the disk."""
    desk = Desk(tmp_path)
    desk.happen(*words("written in the clear"))
    desk.flush()
    desk.book.close()
    desk.key, desk.book = KEY, desk.another()
    desk.happen(*words("written in secret"))
    desk.flush()
    assert [text for _, text in desk.lines()] == ["written in the clear", "written in secret"]
    assert len(desk.store.search(parse("clear"))) == 1
    assert b"clear" not in desk.bytes_on_disk()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nobody tells what is open")
def test_a_plain_history_is_let_go_before_it_is_replaced_where_it_must_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows no file is replaced that somebody holds open: it would never be encrypted."""
    desk = Desk(tmp_path)
    desk.happen(*words("written in the clear"))
    desk.flush()
    desk.book.close()
    held: list[str] = []
    move = os.replace

    def replace(source: object, target: object) -> None:
        fds = Path("/proc/self/fd").iterdir()
        held.extend(n for fd in fds if fd.exists() and str(desk.path) == (n := os.readlink(fd)))
        move(source, target)  # type: ignore[call-overload]

    monkeypatch.setattr("app.history.database.HELD_STAY", True)
    monkeypatch.setattr("app.history.database.os.replace", replace)
    desk.key, desk.book = KEY, desk.another()
    desk.flush()
    assert [text for _, text in desk.lines()] == ["written in the clear"]
    assert [text for _, text in desk.lines()] == ["written in the clear"]
    assert state_of(desk.path) == "encrypted"
    assert held == []


def test_a_locked_key_store_is_said_and_destroys_nothing(tmp_path: Path) -> None:
    """Without its key an encrypted history is left as it is, and nothing is written in clear."""
    desk = Desk(tmp_path, key=KEY)
    desk.happen(*words("mine"))
    desk.flush()
    desk.book.close()
    desk.key, desk.book = NO_KEY, desk.another()
    desk.happen(*words("unwritten"))
    desk.flush()
    assert "encrypted" in desk.told[0]
    assert b"unwritten" not in desk.bytes_on_disk()
    desk.key = KEY
    assert desk.lines() == [("heard", "mine")]


def test_a_locked_key_store_makes_no_plain_history(tmp_path: Path) -> None:
    """There is not even a file: the first words wait in memory until the store gives a key."""
    with pytest.raises(Locked, match="to be encrypted"):
        open_history(tmp_path / "history.db", True, lambda: LOCKED)
    desk = Desk(tmp_path, key=LOCKED)
    desk.happen(*words("only for me"))
    desk.flush()
    assert list(tmp_path.iterdir()) == []
    assert len(desk.told) == 1
    assert "waits in memory" in desk.told[0]
    desk.key = KEY
    desk.now_s += LOCKED_AGAIN_S
    desk.flush()
    assert state_of(desk.path) == "encrypted"
    assert desk.lines() == [("heard", "only for me")]


@pytest.mark.parametrize("state", ["plain", "damaged"])
def test_a_locked_key_store_leaves_what_there_is(tmp_path: Path, state: str) -> None:
    """Nothing is added in clear, and nothing is set aside, until the store gives a key."""
    desk = Desk(tmp_path)
    desk.happen(*words("before"))
    desk.flush()
    desk.book.close()
    if state == "damaged":
        desk.path.write_bytes(b"this is not a history" * 500)
    lay = desk.path.read_bytes()
    desk.key, desk.book = LOCKED, desk.another()
    desk.happen(*words("after"))
    desk.flush()
    assert desk.path.read_bytes() == lay
    assert [path.name for path in tmp_path.iterdir()] == ["history.db"]
    desk.key = KEY
    desk.now_s += LOCKED_AGAIN_S
    desk.flush()
    assert [text for _, text in desk.lines()][-1] == "after"
    assert b"after" not in desk.bytes_on_disk()
    assert ("damaged" in desk.told[-1]) == (state == "damaged")


def test_what_waits_for_a_key_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more lines than memory is meant to hold, the oldest go."""
    monkeypatch.setattr("app.history.backlog.MAX_ENTRIES", 3)
    desk = Desk(tmp_path, key=LOCKED)
    desk.happen(*(Typed(str(number)) for number in range(10)))
    desk.flush()
    desk.key = KEY
    desk.now_s += LOCKED_AGAIN_S
    desk.flush()
    assert [text for _, text in desk.lines()] == ["7", "8", "9"]


@pytest.mark.parametrize("encrypt", [True, False])
def test_a_history_in_clear_is_said_where_it_begins(tmp_path: Path, encrypt: bool) -> None:
    """Once, with the reason, and only to who did not choose it."""
    desk = Desk(tmp_path, Keeping(encrypt=encrypt))
    for _ in range(2):
        desk.happen(*words("hello"))
        desk.flush()
        desk.book.close()
        desk.book = desk.another()
    said = ["The history is not encrypted: this system has no key store."]
    assert desk.told == (said if encrypt else [])


def test_the_doctor_knows_whether_a_history_will_be_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the wish, the package and a key store, and advice names what is missing of them."""
    monkeypatch.setattr(keeping, "settings_file", lambda: tmp_path / "history.json")
    monkeypatch.setattr(keeping, "database_file", lambda: tmp_path / "history.db")
    for encrypt, package, store, found, advice in (
        (True, object(), Drawer(), "kept, and encrypted", ""),
        (False, object(), Drawer(), "kept, and not encrypted", ""),
        (True, None, Drawer(), "kept, and not encrypted", database.NO_CIPHER),
        (True, object(), None, "kept, and not encrypted", doctor.UNLOCKED),
    ):
        Keeping(encrypt=encrypt).save(tmp_path / "history.json")
        monkeypatch.setattr(database, "_cipher", package)
        monkeypatch.setattr(keystore, "find_store", lambda store=store: store)
        finding = doctor.history()
        assert (finding.found, finding.advice) == (found, advice)


def test_another_key_opens_nothing_and_loses_nothing(tmp_path: Path) -> None:
    """With a wrong key the old file is set aside, whole, and a new one begins."""
    desk = Desk(tmp_path, key=KEY)
    desk.happen(*words("under the old key"))
    desk.flush()
    desk.book.close()
    desk.key, desk.book = OTHER_KEY, desk.another()
    desk.happen(*words("under the new key"))
    desk.flush()
    assert desk.lines() == [("heard", "under the new key")]
    (aside,) = tmp_path.glob("*damaged*.db")
    old = Store(open_history(aside, True, lambda: KEY).connection)
    assert [moment.text for moment in old.moments(1)] == ["under the old key"]


class Drawer:
    """A key store in memory, with the interface of a keyring back end."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_the_key_is_made_once_and_lies_in_the_key_store() -> None:
    """The first time makes a random key, every later time finds the same."""
    drawer, other = Drawer(), Drawer()
    key = fetch_key(lambda: drawer)
    assert len(key.hex) == 64
    assert fetch_key(lambda: drawer) == key != fetch_key(lambda: other)


OTHERS = Drawer()
OTHERS.set_password(SERVICE, ENTRY, "1234")


@pytest.mark.parametrize(
    "store", [None, Drawer(RuntimeError("locked by pass phrase 1234")), OTHERS]
)
def test_without_a_key_the_reason_is_told_and_no_secret(store: Drawer | None) -> None:
    """No store, or one that fails: a reason for people, without what the store said or held."""
    key = fetch_key(lambda: store)
    assert not key.hex
    assert key.missing
    assert "1234" not in key.missing
    assert key.locked == (store is not None)


def test_settings_are_seen_by_a_program_that_runs(tmp_path: Path) -> None:
    """What one program sets another sees soon; a file that cannot be read keeps nothing, and says
    so until somebody chooses again."""
    path = tmp_path / "history.json"
    mine, theirs = KeepingFile(path), KeepingFile(path)
    mine.change(Keeping(days=7, sound=True))
    eventually(lambda: theirs.now() == Keeping(days=7, sound=True))
    for unfit in ("[]", '""', "{"):
        path.write_text(unfit)
        eventually(lambda: not theirs.now().keep)
        assert not Keeping.load(path).keep
    assert "cannot be read" in theirs.now().words
    theirs.change(replace(theirs.now(), pictures=True))
    eventually(lambda: mine.now() == Keeping(keep=False, pictures=True))
    assert theirs.now().words == mine.now().words == "Nothing is kept."


@pytest.mark.parametrize("wrong", [{"days": -1}, {"days": "7"}, {"keep": "yes"}, {"days": 1e9}])
def test_settings_are_typed(wrong: dict[str, object]) -> None:
    """A value of another type or out of range is refused by its name."""
    with pytest.raises(ValueError, match="history"):
        Keeping(**wrong)  # type: ignore[arg-type]
