"""The ledger keeps what was delegated and what came of it, and offers each thing once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.background import ledger_file
from engine.background.ledger import Ledger
from engine.background.phrase import Phrase
from engine.background.task import Result, Spent, Task, TaskState, Verdict

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(params=["memory", "disk"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "tasks.sqlite3" if request.param == "disk" else None)
    yield made
    made.close()


def piece(task: Task, number: int, text: str, kind: str = "commentary") -> Result:
    return Result(task.id, task.generation, number, kind, text)  # type: ignore[arg-type]


def damage(path: Path, whole_pages: int) -> None:
    """Nothing is left but the first pages."""
    size, whole = path.stat().st_size, whole_pages * 4096
    assert size > whole
    with path.open("r+b") as file:
        file.seek(whole)
        file.write(b"?" * (size - whole))


def offered(ledger: Ledger) -> list[str]:
    return [result.text for result, _ in ledger.offer()]


def test_a_result_is_offered_once(ledger: Ledger) -> None:
    """What was handed out is not handed out again, and comes with its delegation."""
    task = ledger.open("the weather", "delegation_1")
    assert ledger.record(piece(task, 0, "It rains.")) is Verdict.FRESH
    assert ledger.offer() == [(piece(task, 0, "It rains."), "delegation_1")]
    assert ledger.offer() == []


def test_the_same_is_not_taken_twice(ledger: Ledger) -> None:
    """The same number, and the same words under another number, are recognised as repeated."""
    task = ledger.open("the weather")
    ledger.record(piece(task, 0, "It rains."))
    assert ledger.record(piece(task, 0, "It rains a lot.")) is Verdict.REPEATED
    assert ledger.record(piece(task, 1, "It rains.")) is Verdict.REPEATED
    assert offered(ledger) == ["It rains."]


def test_what_a_correction_overtook_is_superseded(ledger: Ledger) -> None:
    """Results of the old request are not offered, whether they came before or after."""
    old = ledger.open("the weather in Rome")
    ledger.record(piece(old, 0, "Rome is sunny."))
    new = ledger.supersede(old.id, "the weather in Oslo")
    assert new is not None
    assert (new.id, new.generation) == (old.id, old.generation + 1)
    assert ledger.record(piece(old, 1, "And warm.")) is Verdict.SUPERSEDED
    assert ledger.record(piece(new, 0, "Oslo is wet.")) is Verdict.FRESH
    assert offered(ledger) == ["Oslo is wet."]


@pytest.mark.parametrize("state", [TaskState.CANCELLED, TaskState.DONE, TaskState.FAILED])
def test_what_comes_after_the_end_is_late(ledger: Ledger, state: TaskState) -> None:
    """A task that is over takes nothing more; one that was never opened takes nothing."""
    task = ledger.open("the weather")
    assert ledger.move(task, state)
    assert ledger.record(piece(task, 0, "It rains.")) is Verdict.LATE
    assert ledger.record(Result("999", 1, 0, "commentary", "x")) is Verdict.LATE
    assert offered(ledger) == []


def test_cancelling_takes_back_what_was_not_offered(ledger: Ledger) -> None:
    """Results that wait when their task is cancelled are never offered."""
    task = ledger.open("the weather")
    ledger.record(piece(task, 0, "It rains."))
    ledger.move(task, TaskState.CANCELLED)
    assert offered(ledger) == []


def test_a_task_ends_once(ledger: Ledger) -> None:
    """The first end counts; an older generation ends nothing."""
    old = ledger.open("a")
    new = ledger.supersede(old.id, "b")
    assert new is not None
    assert not ledger.move(old, TaskState.DONE)
    assert ledger.move(new, TaskState.CANCELLED)
    assert not ledger.move(new, TaskState.DONE)
    assert ledger.tasks()[0].state is TaskState.CANCELLED
    assert ledger.tasks(only_open=True) == []


def test_costs_are_kept_by_task_and_by_day(ledger: Ledger) -> None:
    """What was spent is the sum of what was noted."""
    one, two = ledger.open("a"), ledger.open("b")
    ledger.spend(one, Spent(100, 0.25, 1))
    ledger.spend(one, Spent(50, 0.25, 0))
    ledger.spend(two, Spent(1, 0.0, 5))
    assert ledger.spent(one.id) == Spent(150, 0.5, 1)
    assert ledger.spent() == Spent(151, 0.5, 6)
    assert ledger.spent(since=two.opened_at + 1e6) == Spent()


def test_only_what_is_over_is_forgotten(ledger: Ledger) -> None:
    """Forgetting deletes old tasks with their results, never an open one."""
    over, running = ledger.open("a"), ledger.open("b")
    ledger.record(piece(over, 0, "done"))
    ledger.move(over, TaskState.DONE)
    assert ledger.forget(over.opened_at + 1e6) == 1
    assert [task.id for task in ledger.tasks()] == [running.id]
    assert ledger.results(over.id) == []


def test_many_threads_offer_each_result_once(ledger: Ledger) -> None:
    """Eight threads record and offer at once; nothing is lost, nothing comes twice."""
    seen: list[str] = []

    def work(name: int) -> None:
        task = ledger.open(f"task {name}")
        for number in range(20):
            ledger.record(piece(task, number, f"{name} {number}"))
            seen.extend(offered(ledger))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.extend(offered(ledger))
    assert sorted(seen) == sorted(f"{a} {b}" for a in range(8) for b in range(20))


def test_results_survive_a_restart(tmp_path: Path) -> None:
    """What was not offered before the end is offered after the next start, once."""
    path = tmp_path / "tasks.sqlite3"
    before = Ledger(path)
    task = before.open("the weather", "delegation_1")
    before.record(piece(task, 0, "It rains."))
    before.move(task, TaskState.DONE)
    before.close()
    after = Ledger(path)
    assert after.recover() == []
    assert after.offer() == [(piece(task, 0, "It rains."), None)]
    assert after.offer() == []


def test_what_was_cut_off_is_said_once(tmp_path: Path) -> None:
    """A task that ran when Aside ended is interrupted, and one sentence says so."""
    path = tmp_path / "tasks.sqlite3"
    before = Ledger(path)
    before.open("book a table")
    before.close()
    after = Ledger(path)
    (task,) = after.recover()
    assert task.state is TaskState.INTERRUPTED
    (said,) = offered(after)
    assert "book a table" in said
    assert offered(after) == []
    assert after.tasks(only_open=True) == []


def test_what_may_have_been_heard_is_not_said_again(tmp_path: Path) -> None:
    """Handed out, never confirmed: after a restart it comes back once, and silent."""
    path = tmp_path / "tasks.sqlite3"
    before = Ledger(path)
    task = before.open("the weather")
    for number, text in enumerate(["It rains.", "It snows."]):
        before.record(piece(task, number, text))
    before.move(task, TaskState.DONE)
    before.settle(before.offer()[0][0].key)
    before.close()
    for expected in ([("thinking", "It snows.")], []):
        after = Ledger(path)
        after.recover()
        assert [(result.kind, result.text) for result, _ in after.offer()] == expected
        after.close()


def test_a_killed_process_leaves_a_whole_ledger(tmp_path: Path) -> None:
    """A process that is killed between two words leaves all that it recorded, and no lock."""
    path = tmp_path / "tasks.sqlite3"
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from engine.background.ledger import Ledger\n"
        "from engine.background.task import Result\n"
        f"ledger = Ledger(Path({str(path)!r}))\n"
        "task = ledger.open('count')\n"
        "for n in range(100): ledger.record(Result(task.id, 1, n, 'commentary', f'number {n}'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == -9
    after = Ledger(path)
    after.recover()
    texts = offered(after)
    assert texts[:100] == [f"number {n}" for n in range(100)]
    assert len(texts) == 101  # and that it was cut off


def test_a_full_disk_costs_the_file_and_nothing_else(tmp_path: Path) -> None:
    """When the disk takes no more, the ledger goes on in memory with all it knew, and says so."""
    path = tmp_path / "tasks.sqlite3"
    ledger = Ledger(path)
    task = ledger.open("count")
    ledger.record(piece(task, 0, "zero"))
    assert ledger.problem == ""
    pages = ledger._file.rows("PRAGMA page_count")[0][0]
    ledger._file.rows(f"PRAGMA max_page_count = {pages}")
    for number in range(1, 50):
        assert ledger.record(piece(task, number, f"{number} " + "x" * 4000)) is Verdict.FRESH
    assert "memory only" in ledger.problem
    assert isinstance(ledger.problem, Phrase)
    assert len(offered(ledger)) == 50
    assert ledger.move(task, TaskState.DONE)


def fill(ledger: Ledger, task: Task) -> None:
    """The disk has no room for what comes next."""
    pages = ledger._file.rows("PRAGMA page_count")[0][0]
    ledger._file.rows(f"PRAGMA max_page_count = {pages}")
    assert ledger.post(task, "thinking", "x" * 40_000) is Verdict.FRESH


@pytest.mark.parametrize("failing", ["full", "locked"])
def test_a_file_that_failed_tells_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """What was offered, settled and ended in memory is over after a restart too."""
    monkeypatch.setattr(ledger_file, "WAIT_S", 0.1)
    path = tmp_path / "tasks.sqlite3"
    ledger = Ledger(path)
    task = ledger.open("the weather")
    ledger.post(task, "commentary", "It rains.")
    other = sqlite3.connect(path)
    if failing == "locked":
        other.execute("BEGIN IMMEDIATE")
    else:
        fill(ledger, task)
    told = ledger.offer()
    assert told[0][0].text == "It rains."
    for result, _ in told:
        ledger.settle(result.key)
    assert ledger.move(task, TaskState.DONE)
    ledger.close()
    other.close()
    assert ("make room" in ledger.problem) is (failing == "full")
    assert ("Another program" in ledger.problem) is (failing == "locked")
    assert list(tmp_path.iterdir()) == []
    after = Ledger(path)
    assert after.recover() == []
    assert after.offer() == []


def test_a_file_that_cannot_be_deleted_yet_is_deleted_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows deletes nothing that another program has open."""
    ledger = Ledger(tmp_path / "tasks.sqlite3")
    task = ledger.open("the weather")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        fill(ledger, task)
    assert list(tmp_path.iterdir())
    ledger.close()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_passes_is_waited_for(tmp_path: Path) -> None:
    """Another program that looks for a moment costs a moment."""
    path = tmp_path / "tasks.sqlite3"
    ledger = Ledger(path)
    other = sqlite3.connect(path, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, other.rollback).start()
    ledger.open("a")
    assert ledger.problem == ""
    assert other.execute("SELECT request FROM tasks").fetchall() == [("a",)]
    other.close()


def test_a_lock_at_the_start_costs_nothing_that_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be told now is told when the file can be opened."""
    path = tmp_path / "tasks.sqlite3"
    before = Ledger(path)
    before.open("book a table")
    before.close()
    monkeypatch.setattr(ledger_file, "WAIT_S", 0.1)
    other = sqlite3.connect(path)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    kept = Ledger(path)
    assert "Another program" in kept.problem
    assert kept.open("a").id
    kept.close()
    other.close()
    assert [task.request for task in Ledger(path).recover()] == ["book a table"]


@pytest.mark.parametrize("reading", [True, False])
def test_damage_that_shows_in_the_middle_costs_no_task(tmp_path: Path, reading: bool) -> None:
    """The file goes bad beneath us: it is put aside, and the work goes on in memory with what
    could be read. No id is given twice."""
    path = tmp_path / "tasks.sqlite3"
    ledger = Ledger(path)
    for number in range(60):
        ledger.post(ledger.open(f"task {number} " + "y" * 200), "commentary", "x" * 200)
    ledger._file.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger._file.rows("PRAGMA shrink_memory")  # what it has in mind would hide the damage
    damage(path, whole_pages=3)
    if reading:
        assert len(ledger.tasks()) < 60
    fresh = ledger.open("one more")
    assert fresh.id == "61"
    assert ledger.tasks()[-1] == fresh
    assert "tasks.damaged" in ledger.problem
    assert [each.name for each in tmp_path.iterdir()] == ["tasks.damaged"]


def test_a_text_that_cannot_be_decoded_is_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite's module quotes it."""
    ledger = Ledger(tmp_path / "tasks.sqlite3")
    ledger.open("a")
    ledger._file.rows("UPDATE tasks SET request = CAST(x'736563726574ff' AS TEXT)")
    assert ledger.tasks() == []
    assert "tasks.damaged" in ledger.problem
    assert "left its file" in caplog.text
    assert "secret" not in caplog.text + ledger.problem


def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    """A file that is no ledger is kept beside a new one, and the user is told where."""
    path = tmp_path / "tasks.sqlite3"
    path.write_bytes(b"garbage" * 1000)
    ledger = Ledger(path)
    assert ledger.open("a").id
    assert "tasks.damaged" in ledger.problem
    assert path.with_suffix(".damaged").read_bytes().startswith(b"garbage")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nobody tells what is open")
def test_a_damaged_file_is_let_go_before_it_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows it could not be moved else, and Aside would not start."""
    path = tmp_path / "tasks.sqlite3"
    path.write_bytes(b"garbage" * 1000)
    held: list[str] = []
    move = Path.replace

    def replace(self: Path, target: Path) -> Path:
        fds = Path("/proc/self/fd").iterdir()
        held.extend(name for fd in fds if fd.exists() and str(path) in (name := os.readlink(fd)))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert "tasks.damaged" in Ledger(path).problem
    assert held == []


def test_where_nothing_can_be_written_memory_does(tmp_path: Path) -> None:
    """A folder that cannot be made is told; tasks work all the same."""
    (tmp_path / "file").write_text("in the way")
    ledger = Ledger(tmp_path / "file" / "tasks.sqlite3")
    assert ledger.open("a").id
    assert ledger.problem


def test_the_file_is_the_users_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read what was delegated."""
    path = tmp_path / "tasks.sqlite3"
    Ledger(path).open("a secret")
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    assert sqlite3.connect(path).execute("SELECT request FROM tasks").fetchall() == [("a secret",)]


def test_a_clock_that_jumps_back_changes_nothing(tmp_path: Path) -> None:
    """Order and generations do not hang on the time of day."""
    times = iter([1000.0, 5.0, 0.0, 0.0, 0.0])
    ledger = Ledger(None, lambda: next(times))
    first, second = ledger.open("first"), ledger.open("second")
    ledger.record(piece(second, 0, "b"))
    ledger.record(piece(first, 0, "a"))
    assert [task.request for task in ledger.tasks()] == ["first", "second"]
    assert offered(ledger) == ["b", "a"]
