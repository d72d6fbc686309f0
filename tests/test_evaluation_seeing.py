"""What is seen: counting, starts and stops, telling; on takes, tiny videos and tiny folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from evaluation_oracle import Oracle
from takes import SILENT, TALKING, take

from engine.evaluation.course import CourseError, Values
from engine.evaluation.play import Stimulus, play
from engine.evaluation.seeing import proactive, repcount, startstop
from engine.evaluation.seeing.clips import Clips, ClipsOf
from engine.evaluation.seeing.counted import Number, numbers
from engine.evaluation.seeing.filmed import Filmed, Joined
from engine.evaluation.seeing.folders import Charades, ProactiveVideos, RepCountA
from engine.evaluation.seeing.proactive import Answer, Question, area, score
from engine.evaluation.seeing.rendered import Rendered, action, question, repetitions
from engine.evaluation.seeing.repcount import Repetitions
from engine.evaluation.seeing.startstop import Action, overlap
from engine.evaluation.seeing.watched import SHOW_S, watched
from engine.evaluation.take import Take, TimedWord
from engine.microturn import Frame, InputTurn, OutputTurn

pytestmark = pytest.mark.timeout(60)
NOWHERE = Path("nowhere.mp4")
FIVE = Repetitions(NOWHERE, 7.0, "push-ups", 5, (1.0, 2.0, 3.0, 4.0, 5.0))
COUNTED = take(*((SHOW_S + i + 0.3, SHOW_S + i + 0.6, word) for i, word in enumerate(
    "one two three four five".split(), 1)))  # fmt: skip


def one(values: Values, what: str) -> float:
    cases = values[what]
    return sum(top for top, _ in cases) / sum(bottom for _, bottom in cases)


@pytest.fixture
def video() -> Callable[[Path, float], Path]:
    """Writes a video of that many seconds, 10 pictures a second, ever brighter."""

    def write(path: Path, seconds: float) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with av.open(str(path), "w") as container:
            stream = container.add_stream("mpeg4", rate=10)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            for index in range(round(seconds * 10)):
                pixels = np.full((48, 64, 3), min(250, 10 * index), np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            container.mux(stream.encode())
        return path

    return write


@pytest.mark.parametrize(("said", "found"), [
    ("one two", [1, 2]), ("twenty one", [21]), ("twenty twenty one", [20, 21]), ("7 eight", [7, 8]),
    ("twenty and one", [20, 1]), ("nothing", []), ("zero", [0]), ("thirty zero", [30, 0]),
])  # fmt: skip
def test_numbers_are_read_from_words(said: str, found: list[int]) -> None:
    """Tens take the unit right after them; what is no number is passed over."""
    words = [TimedWord(float(i), word) for i, word in enumerate(said.split())]
    assert [number.value for number in numbers(words)] == found
    assert numbers([TimedWord(1.0, "forty"), TimedWord(2.0, "two")]) == [Number(2.0, 42)]


@pytest.mark.parametrize(("did", "within", "exact"), [
    (COUNTED, 1, 1), (SILENT, 0, 0), (TALKING, 0, 0),
    (take((SHOW_S + 4.5, SHOW_S + 5.0, "four")), 1, 0),
    (take((SHOW_S + 4.5, SHOW_S + 5.0, "seven")), 0, 0),
    (take((SHOW_S + 0.5, SHOW_S + 1.0, "five")), 0, 0),
    (take((SHOW_S + 4.5, SHOW_S + 5.0, "nine"), (SHOW_S + 6.0, SHOW_S + 6.5, "five")), 1, 1),
])  # fmt: skip
def test_the_last_number_after_the_penultimate_repetition_counts(
    did: Take, within: float, exact: float
) -> None:
    """Within one of the truth; a number said before that is a guess and counts for nothing."""
    found = repcount.values(FIVE, did)
    assert (one(found, "within_one"), one(found, "exact")) == (within, exact)


def test_counting_along_is_counting_on_time() -> None:
    """Each number within a second of its repetition; at the end all of them is late."""
    assert one(repcount.values(FIVE, COUNTED), "each_on_time") == 1
    late = take((SHOW_S + 6.5, SHOW_S + 7.0, "one two three four five"))
    assert one(repcount.values(FIVE, late), "each_on_time") < 0.5


RUNNING = Action(NOWHERE, 10.0, "say start and stop", ((2.0, 6.0),))


@pytest.mark.parametrize(("did", "iou"), [
    (((2.0, "start"), (6.0, "stop")), 1.0), ((), 0.0), (((4.0, "start"), (8.0, "stop")), 1 / 3),
    (((0.0, "start"),), 0.4), (((6.0, "stop"),), 0.0), (((2.0, "start"), (4.0, "stop")), 0.5),
])  # fmt: skip
def test_called_stretches_are_compared_in_time(
    did: tuple[tuple[float, str], ...], iou: float
) -> None:
    """Intersection over union; without a stop it goes on to the end, without a start it is none."""
    said = Take(20.0, (), (), said=tuple(TimedWord(SHOW_S + t, word) for t, word in did))
    assert one(startstop.values(RUNNING, said), "iou") == pytest.approx(iou)


def test_several_stretches_are_one_set() -> None:
    """Two of two is all; one of two equal ones is half."""
    two = ((1.0, 2.0), (4.0, 5.0))
    assert overlap(two, two) == 1
    assert overlap(two[:1], two) == pytest.approx(0.5)
    assert overlap((), ()) == 0


CAME = Answer("somebody came in", 2.0, 7.0)


@pytest.mark.parametrize(("replies", "expected"), [
    ((), 0.25), (((2.0, "somebody came in"),), 1.0), (((7.0, "somebody came in"),), 0.625),
    (((2.0, "it rains"),), 0.0), (((1.0, "somebody came in"),), 0.25),
    (((9.0, "somebody came in"),), 0.25), (((2.0, "it rains"), (4.0, "somebody came")), 0.8),
])  # fmt: skip
def test_the_area_under_the_steps(replies: tuple[tuple[float, str], ...], expected: float) -> None:
    """Silence has 25, the right words at once 100, at the last moment half way between, the wrong
    ones 0, and those outside of the time nothing."""
    assert area(CAME, replies) == pytest.approx(expected)


def test_replies_are_scored_by_their_content_words() -> None:
    """All that matters is 2, a part 1, anything else 0; small words do not count."""
    assert [score("the red car stops", said) for said in
            ("a red car stops", "the car", "the the it is", "")] == [2, 1, 0, 0]  # fmt: skip


def test_silence_has_twenty_five() -> None:
    """As published; who talks all the time has less, and its talk is stated."""
    question = Question(NOWHERE, 10.0, "tell me when somebody comes in", (CAME,))
    assert one(proactive.values(question, SILENT), "pauc") == 25
    said = take((SHOW_S + 2.5, SHOW_S + 3.0, "okay"), (SHOW_S + 9.0, SHOW_S + 9.5, "okay"))
    assert one(proactive.values(question, said), "pauc") < 25
    assert one(proactive.values(question, said), "replies_outside_per_minute") == 2


class _Watcher:
    """Keeps what it is shown."""

    def __init__(self) -> None:
        self.seen: list[Frame | None] = []
        self.typed: list[str] = []

    def step(self, turn: InputTurn) -> OutputTurn:
        self.seen.append(turn.camera)
        self.typed.append(turn.text)
        return OutputTurn(turn.index)

    def snapshot(self) -> None:
        raise NotImplementedError

    def restore(self, state: object) -> None:
        raise NotImplementedError


def test_a_video_is_the_camera(tmp_path: Path, video: Callable[[Path, float], Path]) -> None:
    """The order is typed, then five pictures a second are seen, as long as the video lasts."""
    stimulus = watched("look", video(tmp_path / "a.mp4", 2.0), 2.0, np.random.default_rng(0))
    watcher = _Watcher()
    take_ = play(watcher, stimulus)
    assert [i for i, text in enumerate(watcher.typed) if text] == [0]
    seen = [i for i, frame in enumerate(watcher.seen) if frame is not None]
    assert seen == list(range(15, 25))
    brightness = [watcher.seen[i].pixels.mean() for i in seen]
    assert brightness == sorted(brightness)
    assert take_.seconds == pytest.approx(9.0)
    assert isinstance(stimulus, Stimulus)


@pytest.mark.parametrize(("skill", "judged_by", "course", "what", "best", "silent"), [
    ("reps", repetitions, repcount, "within_one", 1, 0),
    ("stand", action, startstop, "iou", 0.6, 0),
    ("somebody", question, proactive, "pauc", 60, 25),
    ("hand", question, proactive, "pauc", 60, 25),
])  # fmt: skip
def test_rendered_people_are_judged_alike(
    skill, judged_by, course, what: str, best: float, silent: float
) -> None:
    """Who does in a rendered scene what its author meant does well by the course's own measure;
    who is silent does not."""
    source = Rendered((skill,), judged_by, 3)
    for index in range(3):
        trial = source.trial(f"{skill}/{index}")
        scene = source.scenes.scene(0, skill, index)
        assert one(course.values(trial.truth, play(Oracle(scene), trial.stimuli[0])), what) >= best
        assert one(course.values(trial.truth, SILENT), what) <= silent
        assert trial.stimuli[0].shows


def test_real_clips_stand_beside_the_rendered(tmp_path: Path, video) -> None:
    """Joined sources keep their kinds, and a limit holds for each."""
    clip = video(tmp_path / "a.mp4", 3.0)
    row = {"path": clip.name, "seconds": 3.0, "action": "squats", "count": 2,
           "events": [{"t": 1.0, "type": "rep_done"}, {"t": 2.0, "type": "rep_done"}]}  # fmt: skip
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row))
    real = Filmed(ClipsOf(Clips(tmp_path), Clips.repetitions), 1)
    both = Joined((Rendered(("reps",), repetitions, 1), real))
    kinds = [both.trial(name).kind for name in both.names()]
    assert kinds == ["rendered reps", "real clips"]
    assert both.trial(both.names()[1]).truth.order == "would you count my squats"


def test_another_wording_is_as_good() -> None:
    """An answer may be told in any of its wordings."""
    came = Answer("somebody has come in", 2.0, 7.0, ("a person entered",))
    assert area(came, ((2.0, "a person entered"),)) == 1


def test_real_clips_are_asked_what_their_events_tell(tmp_path: Path) -> None:
    """Repetitions, stretches of the same number, and events to tell; the rest is no trial."""
    rows = [
        {"path": "a.mp4", "seconds": 5.0, "action": "squats (deep)", "count": 2,
         "events": [{"t": 1.0, "type": "rep_done"}, {"t": 2.0, "type": "rep_done"}]},
        {"path": "b.mp4", "seconds": 9.0, "action": "people", "count": 2, "events": [
            {"t": 1.0, "type": "enter", "n": 1}, {"t": 2.0, "type": "enter", "n": 2},
            {"t": 3.0, "type": "leave", "n": 1}]},
        {"path": "c.mp4", "seconds": 5.0, "action": "footage", "count": None, "events": []},
    ]  # fmt: skip
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    clips = Clips(tmp_path)
    assert list(clips.repetitions()) == ["a.mp4"]
    assert clips.repetitions()["a.mp4"].action == "squats"
    assert clips.repetitions()["a.mp4"].penultimate_s == 1.0
    assert clips.actions()["b.mp4"].stretches == ((1.0, 3.0), (2.0, 9.0))
    question = clips.questions()["b.mp4"]
    assert [answer.text for answer in question.answers][-1] == "they have left"
    with pytest.raises(CourseError, match="--video DIR"):
        Clips(tmp_path / "none").repetitions()


def test_repcount_is_read(tmp_path: Path, video: Callable[[Path, float], Path]) -> None:
    """Marks are pictures, by the video's own rate; rows without repetitions are left out."""
    video(tmp_path / "video" / "test" / "x.mp4", 3.0)
    (tmp_path / "annotation").mkdir()
    table = "type,name,count,L1,L2,L3,L4\npush_up,x.mp4,2,0,10,10,25\nothers,y.mp4,0,,,,\n"
    (tmp_path / "annotation" / "test.csv").write_text(table)
    ((kind, found),) = RepCountA(tmp_path).videos().values()
    assert kind == "RepCount-A test"
    assert found.ends_s == (1.0, 2.5)
    assert (found.order, found.count) == ("would you count my push ups", 2)
    assert Filmed(RepCountA(tmp_path)).trial("x.mp4").stimuli[0].turns == 50
    with pytest.raises(CourseError, match=r"test\.csv"):
        RepCountA(tmp_path / "none").videos()


def test_charades_is_read(tmp_path: Path) -> None:
    """A trial for each action of each video, with all its stretches and the class in words."""
    (tmp_path / "Charades_v1_classes.txt").write_text("c092 Turning on a light\nc147 Sitting\n")
    (tmp_path / "Charades_v1_test.csv").write_text(
        "id,subject,actions,length\n"
        "ABC,x,c092 11.9 21.2;c092 1.0 2.0;c147 0.0 12.6,30.0\nDEF,x,,9\n"
    )
    found = {name: one for name, (_, one) in Charades(tmp_path).videos().items()}
    assert list(found) == ["ABC/c092", "ABC/c147"]
    assert found["ABC/c092"].stretches == ((1.0, 2.0), (11.9, 21.2))
    assert "turning on a light" in found["ABC/c092"].order


def test_proactive_video_qa_is_read(tmp_path: Path) -> None:
    """Tasks are folders; answers have the time in which they are useful."""
    row = {"video": "v.mp4", "question_id": "q1", "duration": 20.0,
           "conversation": [{"role": "user", "content": "What happens?", "time": 0}],
           "answer": [{"content": "a man falls", "reply_timespan": [3, 9]}]}  # fmt: skip
    (tmp_path / "WEB").mkdir()
    (tmp_path / "WEB" / "anno.json").write_text(json.dumps([row]))
    kind, question = ProactiveVideos(tmp_path).videos()["WEB/q1"]
    assert (kind, question.seconds, question.text) == ("WEB", 20.0, "What happens?")
    assert question.answers == (Answer("a man falls", 3.0, 9.0),)
    with pytest.raises(CourseError, match=r"anno\.json"):
        ProactiveVideos(tmp_path / "WEB").videos()
