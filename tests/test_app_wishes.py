"""What people ask most of such an assistant, in their order, and the test that holds each wish.

not hearing itself                 test_app_echo.test_the_own_voice_is_taken_out
                                   test_app_end_to_end_model.test_it_does_not_hear_or_answer_itself
instant stop                       test_app_playout.test_flush_fades_within_five_milliseconds
                                   test_app_framing.test_hushed_it_is_silent_within_five_milliseconds
                                   test_window_actions.test_silence_does_not_wait_for_the_window
                                   test_app_sound.test_flush_silences_the_speaker_at_once
no stop on "mhm"                   test_app_wishes.test_only_the_model_takes_a_word_for_an_interruption
low latency without stutter        test_app_playout.test_voice_in_time_is_one_piece
                                   test_app_sound.test_the_voice_reaches_the_speaker_intact_and_without_gaps
the right microphone               test_app_patchbay.test_the_wanted_one_is_taken_by_name
surviving unplugging               test_app_sound.test_a_microphone_that_vanishes_gives_way_and_comes_back
hotkeys that work                  test_app_hotkeys.test_the_key_does_not_reach_the_program_in_front
hold to talk                       test_window_actions.test_push_to_talk_by_a_real_key
an overlay that steals no focus    test_app_window.test_it_takes_no_keyboard_when_it_appears_speaks_or_is_clicked
and no clicks                      test_app_pointer.test_clicks_and_keys_go_through_it
words as I speak                   test_app_window.test_captions_show_the_words_of_both_sides
switchable                         test_app_wishes.test_captions_are_switched_off_and_on_again
an install without YAML            test_app_wishes.test_nobody_writes_yaml
                                   test_setup_environment.test_a_copied_tree_is_set_up_again
the GPU used when there is one     test_setup_start.test_a_machine_with_a_card_gets_the_other_runtime
freed when idle                    test_client_rest.test_the_memory_goes_and_the_session_goes_on
                                   test_window_rest.test_after_the_minutes_that_are_set_it_rests
an indicator that tells the truth  test_app_pointer.test_each_lamp_tells_what_is_so
                                   test_app_sound.test_muted_nothing_is_captured
private windows unseen             test_app_capture_screen.test_private_windows_are_covered
                                   test_app_capture_screen.test_where_windows_cannot_be_listed_there_is_no_picture
approvals one can read             test_background_approval.test_nothing_hides_on_a_card
                                   test_app_cards.test_allow_is_not_the_brightest
tools that do not freeze the talk  test_background_bench.test_tasks_work_beside_micro_turns
follow-up without a wake word      test_app_wishes.test_a_second_word_needs_no_first
history to search                  test_app_history_words.test_words_are_found_as_people_type_them
copy, export                       test_app_history_window.test_it_is_copied_and_exported
delete                             test_app_history.test_deleted_words_are_gone_from_the_disk
or not keep                        test_app_history.test_keep_none_keeps_nothing
unprompted within a budget         test_window_actions.test_a_budget_counts_only_what_nobody_prompted
a quiet mode                       test_window_actions.test_quiet_mode_writes_instead_of_speaking
a typed mode                       test_window_actions.test_typed_only_closes_the_microphone
captions' size remembered          test_app_window.test_captions_grow_and_shrink_and_are_remembered
captions' place remembered         test_app_window.test_dragging_moves_it_and_the_place_is_remembered
low CPU and battery                test_app_frame_clock.test_at_rest_nothing_ticks
keyboard only                      test_window_actions.test_every_control_of_every_page_has_a_name_and_is_reached_by_tab
screen readers                     test_app_window.test_everything_has_a_name_for_screen_readers
"""  # noqa: E501

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from test_house_tree import tracked

from app.conversation import Conversation
from app.headless import FakeSound, Recorder
from engine.client.events import EngineReady, Heard, Hushed, Said, State, VoiceAudio
from tests.desktop import (  # noqa: F401
    ROOT,
    display,
    eventually,
    qt,
    qt_application,
    qt_eventually,
    xdotool,
)
from tests.scripted import tone
from tests.test_app_conversation import Running, running  # noqa: F401
from tests.test_app_window import FakeLink, Stage

pytestmark = [pytest.mark.alone, pytest.mark.timeout(60)]


def named() -> Iterator[tuple[str, str]]:
    """File and function of every test in the table above."""
    assert __doc__ is not None
    for line in __doc__.splitlines():
        last = line.split()[-1] if line.split() else ""
        if last.startswith("test_"):
            file, _, function = last.partition(".")
            yield file, function


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_wish_is_held_by_a_test_that_exists() -> None:
    """The table names tests that are there; a test that is renamed is renamed in it too."""
    table = list(named())
    assert len(table) > 30
    assert [(file, name) for file, name in table if name not in functions_of(file)] == []


@pytest.mark.parametrize("word", [" mhm", " yes", " I see"])
def test_only_the_model_takes_a_word_for_an_interruption(word: str) -> None:
    """What the user says over the voice stops nothing by itself; that the model hushes does."""
    sound, links = FakeSound(), []

    def connect(tell) -> FakeLink:
        links.append(FakeLink(tell))
        return links[-1]

    conversation = Conversation(sound, connect, Recorder().tell)
    conversation.start()
    voice = tone(300)
    links[-1].tell(VoiceAudio(1, voice))
    links[-1].tell(Heard(word, 0, 200))
    links[-1].tell(VoiceAudio(1, voice))
    assert len(sound.played) == 2
    assert ("flush", None) not in sound.asked
    links[-1].tell(Hushed(1))
    assert ("flush", None) in sound.asked


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.close()


def test_captions_are_switched_off_and_on_again(stage: Stage) -> None:
    """By a real key: the words leave the screen, and what was said meanwhile is there after."""
    stage.tell(EngineReady("url"), Heard(" hello there", 0, 200))
    stage.until(lambda: stage.panel.captions.isVisible())
    whole = stage.panel.height()
    stage.window.go_to_typing()
    stage.until(stage.panel.isActiveWindow)
    xdotool("key", "ctrl+t")
    stage.until(lambda: not stage.panel.captions.isVisible() and stage.panel.height() < whole)
    stage.tell(State("speaking", 1, 1), Said(" good morning", 200, 400))
    xdotool("key", "ctrl+t")
    stage.until(lambda: stage.panel.captions.isVisible() and stage.panel.height() == whole)
    assert "good morning" in stage.panel.captions.accessibleDescription()


def test_nobody_writes_yaml() -> None:
    """Nothing that is set up, run or configured is YAML."""
    assert [path for path in tracked() if path.endswith((".yaml", ".yml"))] == []


def test_a_second_word_needs_no_first(running: Running) -> None:
    """After an answer the next sound is heard like the first: no word, key or click between."""
    running.pass_turns(2, tone(440))
    eventually(lambda: running.text(Heard) == "hz440 hz440")
    running.conversation.type("answer")
    running.pass_turns(4)
    eventually(lambda: running.text(Said) == "answer")
    running.pass_turns(1, tone(600))
    eventually(lambda: running.text(Heard) == "hz440 hz440 hz600")
    assert np.any(running.sound.played[0][1])
