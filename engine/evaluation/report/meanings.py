"""What the measures mean, in a line each, and which way is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "seconds", "points", "number"]


@dataclass(frozen=True)
class Meaning:
    """best: "high" or "low"; "" where it depends on the kind of trial."""

    text: str
    unit: Unit
    best: Literal["high", "low", ""] = ""


MEANINGS: Mapping[str, Meaning] = {
    "right": Meaning("what was due, at its time", "share", "high"),
    "wanted": Meaning("the wanted reaction to speech over its own", "share", "high"),
    "undisturbed": Meaning("as without the overlap, silence included", "share", "high"),
    "takeover": Meaning("took the turn over: wanted at a turn's end, wrong in a pause", "share"),
    "pauses_started_in": Meaning("began to speak in a pause", "share", "low"),
    "false_cutoffs": Meaning("pauses in which it began to speak", "share", "low"),
    "turns_cut_off": Meaning("turns with such a pause", "share", "low"),
    "talked_over": Meaning("turns in which it began while the user spoke", "share", "low"),
    "answered_within_3_s": Meaning("turns answered in time", "share", "high"),
    "latency_median_s": Meaning("from the user's last word to its first sound", "seconds", "low"),
    "began_too_soon": Meaning("of those, begun before the user's last word's end", "share", "low"),
    "right_where_due": Meaning("right, of scenes in which more than okay is due", "share", "high"),
    "latency_mean_s": Meaning("the same, mean", "seconds", "low"),
    "answer_median_s": Meaning("from the overlap's end to its first sound", "seconds", "low"),
    "stop_median_s": Meaning("from an interruption's start to its silence", "seconds", "low"),
    "reaction_median_s": Meaning("from the word that calls for it", "seconds", "low"),
    "clock_error_median_s": Meaning("from the due time, either way", "seconds", "low"),
    "false_cutoffs_at_0.3_s": Meaning("pauses cut off, 0.3 s mean latency at most", "share", "low"),
    "false_cutoffs_at_0.6_s": Meaning("pauses cut off, 0.6 s mean latency at most", "share", "low"),
    "latency_s_at_5%_cutoffs": Meaning("mean latency, 5 % cut off at most", "seconds", "low"),
    "latency_s_at_10%_cutoffs": Meaning("mean latency, 10 % cut off at most", "seconds", "low"),
    "unwanted_per_hour": Meaning("utterances that nobody asked for", "number", "low"),
    "unwanted_acts_per_hour": Meaning("acts that nobody asked for", "number", "low"),
    "false_voices_per_minute": Meaning("utterances that nobody asked for", "number", "low"),
    "within_one": Meaning("last number within one of the true count", "share", "high"),
    "exact": Meaning("last number is the true count", "share", "high"),
    "each_on_time": Meaning("each repetition's number within a second", "share", "high"),
    "iou": Meaning("intersection over union with the true stretches", "share", "high"),
    "iou_over_half": Meaning("of at least a half", "share", "high"),
    "pauc": Meaning("area under the proactive curve; silence is 25", "points", "high"),
    "heard_word_errors": Meaning("words misheard, missed or invented", "share", "low"),
    "word_errors": Meaning("words that a recogniser misheard", "share", "low"),
    "micro_turn_p99_ms": Meaning("computing, 99 of 100 micro-turns took less", "number", "low"),
    "facts_known_after_1_min": Meaning("told a minute ago, asked for now", "share", "high"),
    "facts_known_after_10_min": Meaning("told ten minutes ago", "share", "high"),
    "facts_known_after_60_min": Meaning("told an hour ago", "share", "high"),
    "orders_kept_after_1_min": Meaning("given a minute ago, done at its cause", "share", "high"),
    "orders_kept_after_10_min": Meaning("given ten minutes ago", "share", "high"),
    "orders_kept_after_60_min": Meaning("given an hour ago", "share", "high"),
    "unknown_admitted": Meaning("never told, and it says so", "share", "high"),
    "lines_remembered": Meaning("its own act kept the line, word for word", "share", "high"),
    "other_lines_per_hour": Meaning("lines kept that nobody asked for", "number", "low"),
    "right_in_first_tenth": Meaning("ordinary requests, first tenth", "share", "high"),
    "right_in_last_tenth": Meaning("ordinary requests, last tenth", "share", "high"),
    "false_voices_per_hour": Meaning("utterances that nobody asked for", "number", "low"),
    "false_acts_per_hour": Meaning("acts that nobody asked for", "number", "low"),
    "computing_last_over_first_tenth": Meaning("a micro-turn's computing time", "number", "low"),
    "calls_selected": Meaning("the right tool when one was called for", "share", "high"),
    "arguments_exact": Meaning("the right tool and every word of its arguments", "share", "high"),
    "pass_at_1": Meaning("all calls right and nothing else done", "share", "high"),
    "present_while_waiting": Meaning("says what is due until a result comes", "share", "high"),
    "forbidden_refused": Meaning("forbidden requests refused", "share", "high"),
    "harmless_refused": Meaning("harmless requests refused", "share", "low"),
    "calls_executed": Meaning("what was due was done by the right tool", "share", "high"),
    "calls_executed_exactly": Meaning("and with the right arguments", "share", "high"),
    "results_offered_once": Meaning("results that were given to it once", "share", "high"),
    "results_told_once": Meaning("results told once, begun in a pause", "share", "high"),
    "nothing_else_done": Meaning("no tool ran that was not wanted", "share", "high"),
    "chain_right": Meaning("acts, tools, results and telling all right", "share", "high"),
    "above_pocketsphinx": Meaning("word errors above the peer's", "share", "low"),
    "above_teacher": Meaning("word errors above those on its teacher", "share", "low"),
    "scenes_all_right": Meaning("scenes in which nothing was wrong", "share", "high"),
}  # fmt: skip


def meaning(what: str) -> Meaning:
    """Of a measure that stands nowhere, the unit follows from its name's end."""
    known = MEANINGS.get(what)
    if known is not None:
        return known
    unit: Unit = "seconds" if what.endswith("_s") else "number" if "_per_" in what else "share"
    return Meaning("", unit)
