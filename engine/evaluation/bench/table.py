"""The figures of a benchmark as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]
FIRST_LAST = ("first", "last")


def table(rows: Sequence[Row]) -> Group:
    """Whatever kinds of rows there are, one below the other."""
    shown: list[RenderableType] = []
    for kind, show in (
        ("machine", _machine), ("micro-turn", _turns), ("hour", _hour), ("peer", _peer),
        ("start", _start), ("background", _background), ("server-overhead", _overhead),
        ("served-parts", _parts),
        ("sessions", _sessions), ("wire", _wire), ("resume", _resume),
        ("takeover", _takeover), ("desktop", _desktop),
        ("gpu", _gpu),
    ):  # fmt: skip
        found = [row for row in rows if row["bench"] == kind]
        if found:
            shown.append(show(found))
    return Group(*shown)


def _table(title: str, *columns: str) -> Table:
    made = Table(title=title, box=box.SIMPLE, title_justify="left")
    for index, name in enumerate(columns):
        made.add_column(name, justify="left" if index < 2 else "right", no_wrap=True)
    return made


def _machine(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"{row['processor']}, {row['cores']} cores, {row['memory_mib']} MiB, "
        f"load {row['load_average']}, {row['system']}"
    )


def _turns(rows: Sequence[Row]) -> Table:
    made = _table(
        f"Compute per micro-turn in ms ({rows[0]['backend']}); first, last: p50 of a tenth",
        "", "input", "p50", "p95", "goal", "p99", "CPU", "first", "last",
    )  # fmt: skip
    median = {(row["load"], row["input"], row["part"]): row["p50_ms"] for row in rows}
    for row in [row for row in rows if row["part"] == "all"]:
        reached = row["p95_ms"] <= row["goal_p95_ms"]
        tenths = [median[row["load"], row["input"], f"{which} tenth"] for which in FIRST_LAST]
        made.add_row(
            row["load"], row["input"], f"{row['p50_ms']:.1f}",
            Text(f"{row['p95_ms']:.1f}", style="" if reached else "bold red"),
            f"{row['goal_p95_ms']:.0f}", f"{row['p99_ms']:.1f}", f"{row['cpu_p50_ms']:.1f}",
            *(f"{tenth:.1f}" for tenth in tenths),
        )  # fmt: skip
    return made


def _hour(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"{row['stream_s']:.0f} s of stream in {row['compute_s']:.0f} s: "
        f"{100 * row['real_time']:.1f} % of real time. Last tenth over first: "
        f"{row['last_over_first']:.3f} (goal {row['goal_last_over_first']}). Memory: "
        f"{row['first_mib']:.0f} MiB, at the end {row['last_mib']:.0f}, at most "
        f"{row['peak_mib']:.0f} (goal {row['goal_peak_mib']:.0f})."
    )


def _peer(rows: Sequence[Row]) -> Table:
    made = _table(
        f"Beside {rows[0]['peer']}, same weights, taking turns: p50 in ms",
        "", "by", "input", "n", "ours", "peer", "peer / ours",
    )  # fmt: skip
    for row in rows:
        made.add_row(
            row["load"], row["backend"], row["input"], str(row["turns"]), f"{row['p50_ms']:.1f}",
            f"{row['peer_p50_ms']:.1f}", f"{row['ratio']:.2f}",
        )  # fmt: skip
    return made


def _start(rows: Sequence[Row]) -> Table:
    made = _table("From process start to the first caption", "command", "words", "seconds")
    for row in rows:
        what = f"{row['stream']} at {row['caption_time_s']:.1f} s of stream"
        made.add_row(row["command"], what, f"{row['first_caption_s']:.2f}")
    return made


def _background(rows: Sequence[Row]) -> Group:
    ways = _table("What our code adds, in ms", "", "tasks", "p50", "p95", "goal", "p99")
    for row in [row for row in rows if "goal_p95_ms" in row]:
        reached = row["p95_ms"] <= row["goal_p95_ms"]
        ways.add_row(
            row["part"], str(row["tasks"]), f"{row['p50_ms']:.1f}",
            Text(f"{row['p95_ms']:.1f}", style="" if reached else "bold red"),
            f"{row['goal_p95_ms']:.0f}", f"{row['p99_ms']:.1f}",
        )  # fmt: skip
    beside = [
        Text(
            f"Beside {row['tasks']} tasks {row['late']} of {row['turns']} micro-turns were late "
            f"(p95 {row['p95_ms']:.0f} ms), without any {row['late_without']} "
            f"(p95 {row['p95_without_ms']:.0f} ms)."
        )
        for row in rows
        if "late" in row
    ]
    return Group(ways, *beside)


def _overhead(rows: Sequence[Row]) -> Text:
    lines = [
        f"Server over the bare runtime, {row['load']}, {row['turns']} micro-turns of "
        f"{row['sessions']} at once, {row['speaking']:.0%} spoken: {row['served_cpu_ms']:.1f} ms "
        f"of the cores over {row['bare_cpu_ms']:.1f}, {row['cpu_overhead']:+.1%} (goal "
        f"{row['goal_cpu_overhead']:.0%}); by the clock, with the client's "
        f"{row['client_cpu_ms']:.1f}, {row['served_p50_ms']:.1f} over {row['bare_p50_ms']:.1f}, "
        f"{row['overhead']:+.1%}."
        for row in rows
    ]
    return Text("\n".join(lines))


def _parts(rows: Sequence[Row]) -> Text:
    row = rows[0]
    alone = ", ".join(f"{name} {us:.0f}" for name, us in row["alone"].items())
    return Text(
        f"A served micro-turn in microseconds of a core: its step {row['step_us']:.0f} (bare, one "
        f"after the other, {row['bare_us']:.0f}; bare, after other work, "
        f"{row['bare_between_us']:.0f}), the server's loop {row['loop_us']:.0f}. Of that, each "
        f"alone: {alone}."
    )


def _sessions(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"{row['sessions']} sessions on {row['cores']} cores, {row['per_core']} a core: p50 "
        f"{row['p50_ms']:.0f} ms, p99 {row['p99_ms']:.0f} (limit {row['limit_ms']:.0f}). Then: "
        f"{row['stopped_by']}."
    )


def _wire(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"The wire alone, {row['sessions']} sessions for {row['seconds']} s: {row['answered']} of "
        f"{row['frames']} frames answered, {row['late']} late, {row['dropped_ms']} ms dropped; p50 "
        f"{row['p50_ms']:.1f} ms, p99 {row['p99_ms']:.1f}; {row['server_cores']:.2f} of a core"
        + ("" if row["up_bytes_s"] is None else
           f"; a session sends {row['up_bytes_s'] / 1e3:.1f} kB/s and gets "
           f"{row['down_bytes_s'] / 1e3:.1f}")
        + "."
    )  # fmt: skip


def _resume(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"{row['cuts']} cut connections, resumed: {row['lost_ms']} ms of {row['sent_ms']} ms sound "
        f"lost (goal {row['goal_lost_per_cut_ms']:.0f} a cut), away {row['away_p50_ms']:.0f} ms."
    )


def _takeover(rows: Sequence[Row]) -> Text:
    row = rows[0]
    return Text(
        f"A killed server's session, on another after {row['away_ms']:.0f} ms: {row['relived']} "
        f"micro-turns lived through again, {row['relived_cpu_ms']:.1f} ms of a core each. Its "
        f"journal: {row['log_bytes_per_turn'] / 1e3:.1f} kB a micro-turn, "
        f"{row['state_bytes'] / 1e6:.1f} MB a state."
    )


def _desktop(rows: Sequence[Row]) -> Table:
    made = _table("The desktop; held against the goal is the figure in the fourth column",
                  "", "unit", "n", "figure", "of", "goal", "p50", "p95", "p99")  # fmt: skip
    for row in rows:
        missed = row["reached"] is False
        shares = (row[share] for share in ("p50", "p95", "p99"))
        made.add_row(
            row["part"], row["unit"], str(row["n"]),
            Text(f"{row['figure']:.1f}", style="bold red" if missed else ""), row["of"],
            "" if row["goal"] is None else f"{'missed: ' * missed}{row['goal']:.0f}",
            *("" if share is None else f"{share:.1f}" for share in shares),
        )  # fmt: skip
    return made


def _gpu(rows: Sequence[Row]) -> Table:
    """Figures of parts that differ: each row tells its own."""
    told = ("bench", "part", "measured", "device", "reason", "computes")
    made = Table(title=f"GPU: {rows[0].get('device', 'none')}", box=box.SIMPLE,
                 title_justify="left")  # fmt: skip
    made.add_column("part", no_wrap=True)
    made.add_column("figures")
    for row in rows:
        figures = ", ".join(f"{name} {value}" for name, value in row.items() if name not in told)
        made.add_row(row["part"], figures if row["measured"] else f"not measured: {row['reason']}")
    return made
