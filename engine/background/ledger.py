"""The ledger: what was delegated, what came of it, and what was offered already.

It decides nothing about when something is said. It keeps tasks and results apart by id and
generation, so that nothing is offered twice and nothing stale is offered at all.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from engine.background import sentences
from engine.background.ledger_file import LedgerFile
from engine.background.phrase import phrase
from engine.background.task import Result, Spent, Task, TaskState, Verdict
from engine.background.visible import in_few_words

LATELY_S = 86_400.0
MAX_REQUEST = 60  # characters of it that are said
_OPEN = tuple(str(state) for state in TaskState if state.open)
_IS_OPEN = f"state IN ({', '.join('?' * len(_OPEN))})"


class Ledger:
    """path: the SQLite file, None for memory alone. May be used from any thread.

    A result is marked as offered in the transaction that hands it out: a crash may cost an
    offer, it never doubles one. What was handed out and never confirmed comes back after a
    restart as silent context, since the user may have heard it.
    """

    def __init__(self, path: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._file = LedgerFile(path)
        self._now = now

    @property
    def problem(self) -> str:
        """What a person should know about where this is kept; "" for nothing."""
        return self._file.problem

    def open(
        self, request: str, delegation_id: str | None = None, state: TaskState = TaskState.RUNNING
    ) -> Task:
        def work(db: sqlite3.Connection) -> Task | None:
            cursor = db.execute(
                "INSERT INTO tasks (generation, request, state, delegation_id, opened_at)"
                " VALUES (1, ?, ?, ?, ?)",
                (request, state, delegation_id, self._now()),
            )
            return _find(db, cursor.lastrowid)

        opened = self._file.write(work)
        assert opened is not None, "what was inserted is there"
        return opened

    def supersede(self, task_id: str, request: str) -> Task | None:
        """The task with a new request and the next generation, running. None: there is none."""

        def work(db: sqlite3.Connection) -> Task | None:
            db.execute(
                "UPDATE tasks SET generation = generation + 1, request = ?, state = ?,"
                " closed_at = NULL WHERE id = ?",
                (request, TaskState.RUNNING, task_id),
            )
            return _find(db, task_id)

        return self._file.write(work)

    def move(self, task: Task, state: TaskState) -> bool:
        """False, and nothing is changed, when the task is over or was corrected meanwhile."""
        closed_at = None if state.open else self._now()
        query = (
            "UPDATE tasks SET state = ?, closed_at = ? WHERE id = ? AND generation = ?"
            f" AND {_IS_OPEN}"
        )
        return self._change(query, state, closed_at, task.id, task.generation, *_OPEN) > 0

    def record(self, result: Result) -> Verdict:
        """Keeps a fresh result until it is offered; says what another one is."""

        def work(db: sqlite3.Connection) -> Verdict:
            verdict = _judge(db, result)
            if verdict is Verdict.FRESH:
                _keep(db, result)
            return verdict

        return self._file.write(work)

    def post(self, task: Task, kind: Literal["thinking", "commentary"], text: str) -> Verdict:
        """Records what comes next of this task."""

        def work(db: sqlite3.Connection) -> Verdict:
            number = _next(db, task.id, task.generation)
            result = Result(task.id, task.generation, number, kind, text)
            verdict = _judge(db, result)
            if verdict is Verdict.FRESH:
                _keep(db, result)
            return verdict

        return self._file.write(work)

    def offer(self) -> list[tuple[Result, str | None]]:
        """What is fresh and was not offered yet, each with its delegation's id; once only."""
        rows = self._file.write(_hand_out)
        return [(_result(row), row["delegation_id"]) for row in rows]

    def settle(self, key: str) -> None:
        """The engine's session has taken this result in."""
        task, generation, number = key.split(".")
        query = "UPDATE results SET settled = 1 WHERE task = ? AND generation = ? AND number = ?"
        self._change(query, task, generation, number)

    def recover(self) -> list[Task]:
        """After a start: what a crash or an end cut off is interrupted, and will be said once."""
        at = self._now()
        cut = self._file.write(lambda db: _cut_off(db, at))
        return [task for task in map(self.task, cut) if task is not None]

    def spend(self, task: Task, spent: Spent) -> None:
        query = (
            "UPDATE tasks SET tokens = tokens + ?, money = money + ?, tool_calls = tool_calls + ?"
            " WHERE id = ?"
        )
        self._change(query, spent.tokens, spent.money, spent.tool_calls, task.id)

    def spent(self, task_id: str | None = None, since: float = 0.0) -> Spent:
        """By one task, or by all that were opened at Unix time `since` or later."""
        query = "SELECT SUM(tokens), SUM(money), SUM(tool_calls) FROM tasks WHERE opened_at >= ?"
        only, values = (" AND id = ?", [since, task_id]) if task_id else ("", [since])
        tokens, money, calls = self._file.rows(query + only, values)[0]
        return Spent(tokens or 0, money or 0.0, calls or 0)

    def task(self, task_id: str) -> Task | None:
        return _first(self._file.rows("SELECT * FROM tasks WHERE id = ?", (task_id,)))

    def delegated(self, delegation_id: str) -> Task | None:
        """The task that this delegation opened, if it was seen before."""
        query = "SELECT * FROM tasks WHERE delegation_id = ?"
        return _first(self._file.rows(query, (delegation_id,)))

    def tasks(self, only_open: bool = False) -> list[Task]:
        """In the order in which they were opened."""
        where, values = (f" WHERE {_IS_OPEN}", _OPEN) if only_open else ("", ())
        rows = self._file.rows(f"SELECT * FROM tasks{where} ORDER BY id", values)
        return [_read(row) for row in rows]

    def results(self, task_id: str) -> list[Result]:
        """Of the current generation, in their order."""
        query = (
            "SELECT results.* FROM results JOIN tasks ON id = task WHERE task = ?"
            " AND results.generation = tasks.generation ORDER BY number"
        )
        return [_result(row) for row in self._file.rows(query, (task_id,))]

    def forget(self, opened_before: float) -> int:
        """Deletes tasks that are over and were opened before; returns how many."""
        query = f"DELETE FROM tasks WHERE opened_at < ? AND NOT {_IS_OPEN}"
        return self._change(query, opened_before, *_OPEN)

    def close(self) -> None:
        self._file.close()

    def _change(self, query: str, *values: Any) -> int:
        """How many rows it changed."""
        return self._file.write(lambda db: db.execute(query, values).rowcount)


def _hand_out(db: sqlite3.Connection) -> list[sqlite3.Row]:
    rows = db.execute(
        "SELECT results.*, delegation_id FROM results JOIN tasks ON id = task WHERE offered = 0"
        " AND results.generation = tasks.generation AND state != ? ORDER BY results.rowid",
        (TaskState.CANCELLED,),
    ).fetchall()
    db.execute("UPDATE results SET offered = 1 WHERE offered = 0")
    return rows


def _cut_off(db: sqlite3.Connection, at: float) -> list[str]:
    """Ids of the tasks that were open. What was handed out lately, unconfirmed, is fresh again,
    silent this time and for the last time."""
    db.execute(
        "UPDATE results SET offered = 0, settled = 1, kind = 'thinking' WHERE offered = 1 AND"
        " settled = 0 AND task IN (SELECT id FROM tasks WHERE opened_at >= ? AND state != ?)",
        (at - LATELY_S, TaskState.CANCELLED),
    )
    rows = db.execute(f"SELECT * FROM tasks WHERE {_IS_OPEN}", _OPEN).fetchall()
    for task in map(_read, rows):
        number = _next(db, task.id, task.generation)
        _keep(db, Result(task.id, task.generation, number, "commentary", told_of(task)))
    db.execute(
        f"UPDATE tasks SET state = ?, closed_at = ? WHERE {_IS_OPEN}",
        (TaskState.INTERRUPTED, at, *_OPEN),
    )
    db.execute("UPDATE tasks SET delegation_id = NULL")
    return [str(row["id"]) for row in rows]


def told_of(task: Task) -> str:
    """What is said of a task that was cut off."""
    if not task.request:
        return phrase(sentences.CUT_OFF)
    return phrase(sentences.CUT_OFF_FROM, request=in_few_words(task.request, MAX_REQUEST))


def _judge(db: sqlite3.Connection, result: Result) -> Verdict:
    task = _find(db, result.task_id)
    if task is None or (result.generation == task.generation and not task.state.open):
        return Verdict.LATE
    if result.generation != task.generation:
        return Verdict.SUPERSEDED
    same = db.execute(
        "SELECT 1 FROM results WHERE task = ? AND generation = ? AND (number = ? OR text = ?)",
        (result.task_id, result.generation, result.number, result.text),
    )
    return Verdict.REPEATED if same.fetchone() else Verdict.FRESH


def _keep(db: sqlite3.Connection, result: Result) -> None:
    db.execute(
        "INSERT INTO results (task, generation, number, kind, text) VALUES (?, ?, ?, ?, ?)",
        (result.task_id, result.generation, result.number, result.kind, result.text),
    )


def _next(db: sqlite3.Connection, task_id: str, generation: int) -> int:
    query = "SELECT COALESCE(MAX(number), -1) + 1 FROM results WHERE task = ? AND generation = ?"
    return int(db.execute(query, (task_id, generation)).fetchone()[0])


def _find(db: sqlite3.Connection, task_id: str | int | None) -> Task | None:
    return _first(db.execute("SELECT * FROM tasks WHERE id = ?", (task_id,)).fetchall())


def _first(rows: list[sqlite3.Row]) -> Task | None:
    return _read(rows[0]) if rows else None


def _read(row: sqlite3.Row) -> Task:
    return Task(
        str(row["id"]), row["generation"], row["request"], TaskState(row["state"]),
        row["delegation_id"], row["opened_at"], row["closed_at"],
    )  # fmt: skip


def _result(row: sqlite3.Row) -> Result:
    return Result(str(row["task"]), row["generation"], row["number"], row["kind"], row["text"])
