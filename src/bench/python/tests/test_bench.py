"""What environment/bench makes of timings; the timings themselves are none of a test's business."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from peers.training_steps import TrainingSteps

from bench import (
    accuracy,
    busy,
    cnn,
    command,
    conditions,
    epochs,
    pictures,
    pieces,
    report,
    saved,
    search,
    server,
)
from bench.ratio import Ratio
from bench.server import Server
from bench.settings import Settings
from bench.turns import Share, turns
from journey_tools import project, tool
from journey_tools.project import Problem

CONDITIONS = {
    "date": "2022-02-22",
    "processor": "Some CPU",
    "instructions": "AVX2",
    "threads": 2,
    "memory_gb": 8,
    "system": "Linux x86_64",
    "jdk": "17.0.1",
    "nd4j": "1.0-avx2",
    "others": 0.0,
}
SECONDS = {
    "ours": [1.0, 1.2, 1.1],
    "float32": [2.0, 2.0, 2.2],
    "tutorial": [4.0, 4.4, 11.0],
}
NETWORK = "3072-64-10, sigmoid"
LOSSES = {"ours": 2.0, "float32": 2.001, "tutorial": 1.999}
JMH = {
    "benchmark": "journey.bench.LayerBenchmark.forward",
    "jvm": "/home/someone/jdk/bin/java",
    "params": {"size": "3072x64"},
    "measurementIterations": 5,
    "primaryMetric": {
        "score": 1234.5,
        "scoreError": 6.7,
        "scoreUnit": "us/op",
        "rawData": [[1, 2, 3, 4, 5]],
    },
}


def measured_epochs(losses: dict[str, float] = LOSSES) -> dict:
    profile = {"forward 1": 100.4, "update": 1000.0}
    training = {
        "network": NETWORK,
        "optimizer": "Adam",
        "seconds": SECONDS,
        "losses": losses,
        "microseconds": dict.fromkeys(SECONDS, profile),
    }
    return {
        "conditions": {**CONDITIONS, "numpy": "NumPy 2", "data": "CIFAR-10"},
        "examples": 45_000,
        "predictions_per_pass": 10_000,
        "training": [training],
        "prediction": [{"network": NETWORK, "seconds": SECONDS}],
    }


def measured_pieces() -> dict:
    return {"conditions": CONDITIONS, "benchmarks": [pieces.normalised(JMH)]}


def measured() -> report.Report:
    return {
        "pieces": measured_pieces(),
        "epochs": measured_epochs(),
        "search": measured_search(),
        "cnn": measured_cnn(),
        "busy": measured_busy(),
        "accuracy": measured_accuracy(),
    }


def measured_search(apart: float = 0.0) -> dict:
    regrets = {"bayesian": [0.1, 0.3, 0.2], "tpe": [0.5, 0.6, 0.7], "random": [1.0, 1.0, 1.0]}
    seconds = dict.fromkeys(regrets, [0.5, 0.7, 0.6])
    entry = {"apart": apart, "regrets": regrets, "seconds": seconds}
    found = {**CONDITIONS, "optuna": "Optuna 4"}
    return {"conditions": found, "trials": 50, "functions": {"BRANIN": entry}}


SLOW = "torch-plain-contiguous"
FAST = "torch-tuned-channels_last"
FROZEN = "torch-tuned-channels_last-frozen"


def measured_cnn(**losses: list[float]) -> dict:
    training = {
        "ours": [300.0, 330.0, 280.0],
        "dl4j-helpers": [50.0, 50.0, 50.0],
        "dl4j": [20.0, 20.0, 10.0],
        SLOW: [150.0, 150.0, 150.0],
        FAST: [200.0, 220.0, 200.0],
    }
    entry = {
        "losses": {**dict.fromkeys(training, [2.5, 2.0]), **losses},
        "training": training,
        "inference": {**training, FROZEN: [600.0, 600.0, 600.0]},
        "threads": {"training": {SLOW: 2, FAST: 2}},
        "milliseconds": {"ours": {"convolutions": 200.0, "all else": 100.4}, FAST: {"addmm": 1.0}},
    }
    runs = {**dict.fromkeys(training, "something"), FROZEN: "something"}
    found = {**CONDITIONS, "pytorch": "PyTorch 2"}
    return {"conditions": found, "batch": 128, "runs": runs, "widths": {"64": entry}}


def measured_busy(**losses: list[float]) -> dict:
    idle = {"ours": [400.0, 420.0, 390.0], SLOW: [250.0] * 3, FAST: [300.0] * 3}
    entry = {
        "losses": {**dict.fromkeys(idle, [2.5, 2.0]), **losses},
        "idle": idle,
        "busy": {"ours": [240.0, 250.0, 230.0], SLOW: [120.0] * 3, FAST: [100.0] * 3},
        "threads": {"idle": {SLOW: 2, FAST: 2}, "busy": {SLOW: 1, FAST: 2}},
    }
    runs = dict.fromkeys(idle, "something")
    found = {**CONDITIONS, "pytorch": "PyTorch 2"}
    return {"conditions": found, "runs": runs, "widths": {"64": entry}}


def told(seconds: list[float], validation: list[float]) -> list[dict]:
    pairs = enumerate(zip(seconds, validation, strict=True), 1)
    return [{"epoch": n, "seconds": s, "loss": 1.0, "validation": v} for n, (s, v) in pairs]


def measured_accuracy() -> dict:
    end = {"test": 0.938, "test_pictures": 1000, "runs": "it", "others": 0.0}
    end["date"] = "2022-02-22 22:22 UTC"
    epochs = told([70, 140, 210], [0.7, 0.91, 0.936])
    more = told([100, 200, 300, 303], [0.7, 0.9, 0.93, 0.934])
    ours = [(0.936, 210.0), (0.938, 220.0), (0.940, 200.0)]
    theirs = [(0.937, 300.0), (0.937, 300.0), (0.937, 300.0)]
    sides = {
        "ours": [{**end, "epochs": epochs, "validation": v, "seconds": s} for v, s in ours],
        "pytorch": [{**end, "epochs": more, "validation": v, "seconds": s} for v, s in theirs],
    }
    setting = {"width": 64, "examples": 45_000, "epochs": 8}
    return {"conditions": CONDITIONS, **setting, "sides": sides}


def test_a_ratio_is_of_medians_and_its_spread_of_pairs() -> None:
    ratio = Ratio.of(SECONDS["ours"], SECONDS["tutorial"])
    assert (ratio.value, ratio.low, ratio.high) == (1.1 / 4.4, 1.1 / 11.0, 1.2 / 4.4)
    assert str(ratio) == "0.25 (0.10–0.27)"


def test_timings_that_do_not_pair_have_no_ratio() -> None:
    with pytest.raises(ValueError, match="zip"):
        Ratio.of([1.0, 2.0], [1.0])


def test_the_report_shows_medians_ratios_losses_and_where_time_goes() -> None:
    shown = report.markdown(measured())
    row = f"| {NETWORK}, Adam | 1.100 | 2.000 | 0.55 (0.50–0.60) | 4.400 | 0.25 (0.10–0.27) |"
    assert row in shown
    assert row.replace(", Adam", "") in shown
    assert "| 2.000000 | 2.001000 | 1.999000 | 5.0e-04 |" in shown
    assert "| forward 1 | 100 | 100 | 100 |" in shown
    assert "| sum | 1,100 | 1,100 | 1,100 |" in shown
    assert "| LayerBenchmark.forward | 3072x64 | 1,234.5 | 6.7 | us/op |" in shown
    assert "2022-02-22 · Some CPU, AVX2, 2 threads · 8 GB" in shown
    assert "3 times" in shown
    assert "\n\n\n" not in shown


def test_unequal_work_is_told() -> None:
    assert report.problems(measured()) == []
    for wrong in (2.01, math.nan):
        section = measured_epochs({**LOSSES, "float32": wrong})
        [problem] = report.problems({"epochs": section})
        assert f"{NETWORK}, Adam" in problem


def test_a_machine_at_work_is_told() -> None:
    assert conditions.warning(CONDITIONS) == ""
    assert "1.5 of its processors" in conditions.warning({**CONDITIONS, "others": 1.5})
    assert conditions.warning({**CONDITIONS, "others": None}) == ""


def test_a_report_tells_that_all_were_held_to_avx2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert "held" not in conditions.instructions()
    conditions.hold_to_avx2()
    assert conditions.instructions() == "held to AVX2"
    assert server.environment(tuned=True)["ONEDNN_MAX_CPU_ISA"] == "AVX2"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("model name : AMD EPYC\ncpu family : 25\nmodel : 17\n", "AMD EPYC (family 25, model 17)"),
        ("model name : AMD EPYC 7763\ncpu family : 25\nmodel : 1\n", "AMD EPYC 7763"),
        ("model name : A Processor\n", "A Processor"),
    ],
)
def test_a_name_without_a_number_gets_family_and_model(
    tmp_path: Path, told: str, name: str
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor : 0\n{told}stepping : 1\nprocessor : 1\n{told}")
    assert conditions.processor_name(cpuinfo) == name


def test_who_else_works_is_counted_in_processors(tmp_path: Path) -> None:
    stat = tmp_path / "stat"
    stat.write_text("cpu  10 1 5 900 50 2 2 7 0 0\ncpu0 1 1 1 1\n", encoding="ascii")
    assert conditions.others_at_work(stat, seconds=0.01) == 0
    assert conditions.others_at_work(tmp_path / "none") is None


def test_what_jmh_tells_of_this_machine_is_left_out() -> None:
    assert pieces.normalised(JMH) == {
        "name": "LayerBenchmark.forward",
        "parameters": {"size": "3072x64"},
        "score": 1234.5,
        "error": 6.7,
        "unit": "us/op",
        "iterations": 5,
    }
    single = {**JMH, "primaryMetric": {**JMH["primaryMetric"], "scoreError": "NaN"}}
    assert pieces.normalised(single)["error"] is None


@pytest.fixture
def kept(tmp_path: Path) -> saved.Saved:
    """Pages with a place for the figures."""
    begin, end = (f"<!-- {saved.SECTION}:{edge} -->" for edge in ("begin", "end"))
    for name in ("page.md", "README.md"):
        (tmp_path / name).write_text(f"# Title\n\n{begin}\n{end}\n", encoding="utf-8")
    return saved.Saved(tmp_path / "reports", tmp_path / "page.md", tmp_path / "README.md")


def on_another(section: dict) -> dict:
    other = {"processor": "Other (R) CPU", "instructions": "AVX-512"}
    return {**section, "conditions": {**section["conditions"], **other}}


def test_saving_replaces_what_was_measured_and_keeps_the_rest(kept: saved.Saved) -> None:
    kept.save({"epochs": measured_epochs()})
    others = {part: section for part, section in measured().items() if part != "epochs"}
    file = kept.save(others)
    assert file.name == "some-cpu-avx2.json"
    assert kept.reports() == {"some-cpu-avx2": measured()}
    assert list(kept.reports()["some-cpu-avx2"]) == list(report.PARTS)
    text = kept.page.read_text(encoding="utf-8")
    assert "0.55 (0.50–0.60)" in text
    assert "NumPy 2 · CIFAR-10" in text
    assert "PyTorch 2" in text
    assert "| seconds in all |" in text
    assert "| BRANIN | 0.2 (0.15–0.25) |" in text
    assert "Optuna 4" in text


def test_only_figures_that_are_there_are_explained(kept: saved.Saved) -> None:
    kept.save({"epochs": measured_epochs()})
    assert search.EXPLANATION not in kept.page.read_text(encoding="utf-8")
    kept.save({"search": measured_search()})
    assert f"*Hyper-parameter search.* {search.EXPLANATION}" in kept.page.read_text(
        encoding="utf-8"
    )


def test_each_processor_has_figures_of_its_own(kept: saved.Saved) -> None:
    slow = measured_epochs()
    slow["training"] = [{**slow["training"][0], "seconds": {**SECONDS, "ours": [3.0, 3.0, 3.0]}}]
    kept.save({"epochs": measured_epochs(), "cnn": measured_cnn()})
    kept.save({"epochs": on_another(slow)})
    assert list(kept.reports()) == ["other-r-cpu-avx-512", "some-cpu-avx2"]
    text = kept.page.read_text(encoding="utf-8")
    assert text.index("## Other (R) CPU, AVX-512") < text.index("## Some CPU, AVX2")
    readme = kept.readme.read_text(encoding="utf-8")
    assert "takes at most 1.50 times as long" in readme
    assert "trains at least 1.50 times as fast" in readme


@pytest.mark.parametrize("page", ["page", "readme"])
def test_nothing_is_saved_where_a_page_has_no_place(kept: saved.Saved, page: str) -> None:
    getattr(kept, page).write_text("# Title\n", encoding="utf-8")
    with pytest.raises(Problem, match="no place for the performance"):
        kept.save(measured())
    assert kept.reports() == {}


def test_the_project_s_pages_show_the_saved_reports() -> None:
    for page, text in saved.HERE.pages(saved.HERE.reports()).items():
        assert page.read_text(encoding="utf-8") == text


def test_the_saved_reports_compare_equal_work_and_name_no_folder() -> None:
    stored = saved.HERE.reports()
    assert stored
    for each in stored.values():
        assert report.problems(each) == []
    assert str(Path.home()) not in json.dumps(stored)
    assert not [text for text in strings(stored) if text.startswith("/")]


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_all_parts_are_measured_unless_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.parsed([]).parts == ["pieces", "epochs", "search", "cnn"]
    assert command.parsed(["epochs"]).parts == ["epochs"]
    assert command.parsed(["cnn", "--accuracy"]).parts == ["accuracy"]
    assert command.parsed(["cnn", "--busy"]).parts == ["busy"]
    wrong_ones = (
        ["epoch"],
        ["accuracy"],
        ["--save", "--quick"],
        ["--repetitions", "0"],
        ["--accuracy"],
        ["cnn", "epochs", "--accuracy"],
        ["cnn", "--fresh"],
        ["cnn", "--width", "32"],
        ["cnn", "--accuracy", "--width", "0"],
        ["cnn", "--accuracy", "--seeds", "11"],
        ["--busy"],
        ["busy"],
        ["cnn", "--busy", "--accuracy"],
        ["epochs", "--without-deeplearning4j"],
    )
    for wrong in wrong_ones:
        with pytest.raises(SystemExit):
            command.parsed(wrong)
    errors = capsys.readouterr().err
    assert 'there is no part "epoch"; there are pieces, epochs, search, cnn' in errors
    assert "--accuracy goes with cnn" in errors
    assert "--fresh goes with --accuracy" in errors
    assert "--width goes with --accuracy" in errors
    assert "--width is 0; it must be at least 1" in errors
    assert "--seeds is 11; it must be from 1 to 10" in errors
    assert "--busy goes with cnn" in errors
    assert "one at a time" in errors
    assert "--without-deeplearning4j goes with cnn" in errors
    assert "--quick measures too little" in errors


def test_two_cores_rather_than_one_core_twice(tmp_path: Path) -> None:
    for processor, siblings in enumerate(["0-1", "0-1", "2-3", "2-3"]):
        folder = tmp_path / f"cpu{processor}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{siblings}\n", encoding="ascii")
    assert conditions.cores({0, 1, 2, 3}, tmp_path) == {0, 2}
    assert conditions.cores({0, 1}, tmp_path) == {0, 1}
    assert conditions.cores({4, 5, 6}, tmp_path) == {4, 5}
    assert conditions.cores({3}, tmp_path) == {3}


def test_pictures_are_found_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEY_DATA", str(tmp_path))
    with pytest.raises(Problem, match="data_batch_1.bin"):
        pictures.find()
    folder = tmp_path / "cifar-10-batches-bin"
    folder.mkdir()
    expected = [folder / f"data_batch_{i}.bin" for i in range(1, 6)]
    for file in expected:
        file.touch()
    assert pictures.find() == ("CIFAR-10", expected)


def test_random_pictures_have_the_form_of_real_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEY_DATA", "stand-in")
    monkeypatch.setattr(pictures, "RANDOM", tmp_path / "random.bin")
    monkeypatch.setattr(pictures, "COUNT", 20)
    what, [file] = pictures.find()
    assert "random" in what
    records = file.read_bytes()
    assert len(records) == 20 * 3073
    assert set(records[::3073]) == set(range(10))


SERVER = """
import json, sys
print(json.dumps({"engine": "none"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request["task"] == "die":
        sys.exit("out of breath")
    print(json.dumps({"heard": request}), flush=True)
"""


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "LOGS", tmp_path)


@pytest.mark.usefixtures("logs")
def test_a_server_answers_each_request() -> None:
    with Server("test", [sys.executable, "-c", SERVER]) as server:
        assert server.engine == "none"
        assert server.ask("epoch", epoch=3) == {"heard": {"task": "epoch", "epoch": 3}}


@pytest.mark.usefixtures("logs")
def test_a_server_that_dies_is_reported_with_its_last_words() -> None:
    with Server("test", [sys.executable, "-c", SERVER]) as server:
        for _ in range(2):
            with pytest.raises(Problem, match="out of breath"):
                server.ask("die")


def test_the_programs_understand_the_same_requests() -> None:
    java = (project.HOME / "src/bench/java/journey/bench/EpochServer.java").read_text("utf-8")
    python = epochs.PEER.read_text(encoding="utf-8")
    for task in ("build", "epoch", "predict", "loss", "profile"):
        assert f'case "{task}"' in java
        assert f"def _{task}(" in python


def test_ratios_are_in_the_json_too() -> None:
    ratios = epochs.ratios(SECONDS)
    assert set(ratios) == {"float32", "tutorial"}
    assert json.dumps(ratios["float32"]) == json.dumps({"value": 0.55, "low": 0.5, "high": 0.6})


def test_the_cnn_s_programs_understand_the_same_requests() -> None:
    java = (project.HOME / "src/bench/java/journey/bench/CnnServer.java").read_text("utf-8")
    python = cnn.PEER.read_text(encoding="utf-8")
    for task in ("build", "losses", "train", "infer", "profile", "forget"):
        assert f'case "{task}"' in java
        assert f"def _{task}(" in python
    assert 'case "weights"' in java
    assert "def _data(" in python


def test_cnns_are_compared_with_pytorch_s_best() -> None:
    entry = measured_cnn()["widths"]["64"]
    assert cnn.pytorch_best(entry["training"]) == FAST
    assert cnn.pytorch_best(entry["inference"]) == FROZEN
    assert str(cnn.ratio(entry["training"])) == "1.50 (1.40–1.50)"
    shown = report.markdown({"cnn": measured_cnn()})
    row = "| ours | 300 · 1.50 (1.40–1.50) | 300 · 0.50 (0.47–0.55) |"
    assert row in shown
    assert "| PyTorch, contiguous | 150 · 0.75 (0.68–0.75) | 150 · 0.25 (0.25–0.25) |" in shown
    assert "| PyTorch, channels-last, our variables, frozen |  | 600 · 1.00 (1.00–1.00) |" in shown
    assert "| convolutions | 200.0 |" in shown
    assert "| sum | 300.4 |" in shown
    short = cnn.short_table(measured_cnn())
    assert row in short
    assert "our variables, frozen" in short
    assert "PyTorch, contiguous" not in short


def test_what_is_left_on_a_busy_machine_is_told_beside_pytorch_s_best_there() -> None:
    shown = report.markdown({"busy": measured_busy()})
    assert "| ours | 400 | 240 · 60% |" in shown
    assert "| PyTorch's best | 300 | 120 · 40% |" in shown
    assert "| PyTorch, channels-last, our variables | 300 | 100 · 33% |" in shown
    [problem] = busy.problems(measured_busy(**{SLOW: [2.6, 2.0]}))
    assert "PyTorch, contiguous" in problem


def test_the_neighbour_works_and_ends() -> None:
    with busy.Neighbour() as neighbour:
        assert neighbour.process.poll() is None
    assert neighbour.process.poll() is not None


def test_the_neighbour_ends_with_us() -> None:
    code = "import os; from bench.busy import Neighbour; n = Neighbour().__enter__()"
    code += "; print(n.process.pid, flush=True); os._exit(0)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, timeout=60
    )
    process = Path("/proc", told.stdout.decode().strip())
    for _ in range(100):
        if not process.exists() or "(zombie)" in (process / "status").read_text("utf-8"):
            return
        time.sleep(0.1)
    os.kill(int(process.name), signal.SIGKILL)
    pytest.fail("the neighbour outlives the benchmark")


def test_both_states_are_measured_with_all_who_train(monkeypatch: pytest.MonkeyPatch) -> None:
    neighbours = []
    program = CnnProgram(lambda task, name, **_: 0.6 if neighbours else 0.3)
    monkeypatch.setattr(busy.Neighbour, "__enter__", lambda self: neighbours.append(self))
    monkeypatch.setattr(busy.Neighbour, "__exit__", lambda self, *_: neighbours.clear())
    for ensured in (busy.BENCHMARKS, busy.PYTORCH):
        monkeypatch.setattr(type(ensured), "ensure", lambda self: None)
    monkeypatch.setattr(conditions, "describe", lambda: dict(CONDITIONS))
    program.engine = "PyTorch 2"
    names = ("ours", "torch-plain", "torch-tuned")
    monkeypatch.setattr(cnn, "start", lambda stack, java: dict.fromkeys(names, program))
    section = busy.measure(Settings.quick())
    [entry] = section["widths"].values()
    assert len(entry["busy"]) == len(entry["idle"]) == 5
    assert entry["idle"]["ours"] == pytest.approx([cnn.BATCH / 0.3] * 2, abs=0.01)
    assert entry["busy"]["ours"] == pytest.approx([cnn.BATCH / 0.6] * 2, abs=0.01)
    assert not neighbours


def test_the_slow_are_compared_over_the_rounds_they_took_part_in() -> None:
    section = measured_cnn()
    training = {**section["widths"]["64"]["training"], "dl4j": [20.0, 11.0]}
    assert str(cnn.ratio(training, "dl4j")) == "0.07 (0.05–0.10)"
    section["widths"]["64"]["training"] = training
    assert "where slow, Deeplearning4j as it comes in the first 3 alone" in cnn.markdown(section)
    assert "where slow" not in cnn.markdown(measured_cnn())


def test_each_way_of_pytorch_trains_once_and_infers_twice() -> None:
    theirs = [each for each in cnn.CONTESTANTS.values() if each.of_pytorch]
    assert len(theirs) == 8
    assert len([each for each in theirs if cnn.TRAINING in each.tasks]) == 4


def test_deeplearning4j_can_be_left_out() -> None:
    assert command.settings(command.parsed(["cnn"])).deeplearning4j
    assert not command.settings(command.parsed(["cnn", "--without-deeplearning4j"])).deeplearning4j
    section = measured_cnn()
    for part in ("losses", "training", "inference", "milliseconds"):
        for name in ("dl4j", "dl4j-helpers"):
            section["widths"]["64"][part].pop(name, None)
    section["runs"] = {name: runs for name, runs in section["runs"].items() if "dl4j" not in name}
    assert "Deeplearning4j" not in cnn.short_table(section)
    assert "| ours | 300 · 1.50" in cnn.short_table(section)


@pytest.mark.parametrize("wrong", [[2.501, 2.0], [2.5, 2.1], [2.5, math.nan], [math.nan, 2.0]])
def test_networks_that_learn_differently_are_told(wrong: list[float]) -> None:
    assert cnn.problems(measured_cnn()) == []
    [problem] = cnn.problems(measured_cnn(dl4j=wrong))
    assert "Width 64" in problem
    assert "Deeplearning4j as it comes" in problem


def test_regrets_are_medians_with_quartiles() -> None:
    shown = report.markdown({"search": measured_search()})
    row = "| BRANIN | 0.2 (0.15–0.25) | 0.6 (0.55–0.65) | 1 (1–1) | 0.60 | 0.60 |"
    assert row in shown
    assert "Optuna 4" in shown
    [problem] = search.problems(measured_search(apart=0.01))
    assert "BRANIN" in problem


def test_accuracies_are_means_with_intervals_of_student_s_t() -> None:
    shown = report.markdown({"accuracy": measured_accuracy()})
    assert "| Fast CNN, width 64, 8 epochs, 3 seeds | ours | PyTorch | ratio |" in shown
    assert "| seconds in all | 210 [185, 235] | 300 [300, 300] | 0.70 |" in shown
    validation = "0.9380 [0.9330, 0.9430] | 0.9370 [0.9370, 0.9370]"
    assert f"| accuracy on 5,000 validation pictures | {validation} | |" in shown
    assert "| accuracy on 1,000 test pictures | 0.9380 [0.9380, 0.9380] |" in shown
    assert "| 2 | 140 | 0.9100 | 200 | 0.9000 |" in shown
    assert "| 4 |  |  | 303 | 0.9340 |" in shown
    assert "ours, finished on 2022-02-22 22:22 UTC: it; PyTorch, finished on" in shown


TELLING = """
import json, sys
print(json.dumps({"engine": "none"}), flush=True)
for line in sys.stdin:
    for epoch in (1, 2):
        told = {"epoch": epoch, "seconds": epoch, "validation": 0.5}
        print(json.dumps(told), flush=True)
    print(json.dumps({"seconds": 2, "validation": 0.5, "test": 0.5}), flush=True)
"""


def side(code: str, epochs: float = 9.9, **made_from: str) -> accuracy.Side:
    command = [sys.executable, "-c", code]
    setting = {"examples": 45_000, "epochs": epochs, "seed": 1}
    made_from = {"processor": "Some CPU", "program": "abc", **made_from}
    return accuracy.Side("ours", command, setting, made_from)


NOT_TO_BE_RUN = "raise SystemExit('not to be run')"


@pytest.mark.usefixtures("logs")
def test_a_training_that_has_finished_is_kept(tmp_path: Path) -> None:
    found = accuracy.finished(side(TELLING), 0.0, tmp_path)
    assert [each["epoch"] for each in found["epochs"]] == [1, 2]
    assert found["test"] == 0.5
    assert accuracy.finished(side(NOT_TO_BE_RUN), 1.5, tmp_path) == found
    with pytest.raises(Problem, match="not to be run"):
        accuracy.finished(side(NOT_TO_BE_RUN, epochs=3), 0.0, tmp_path)
    accuracy.forget(tmp_path)
    with pytest.raises(Problem, match="not to be run"):
        accuracy.finished(side(NOT_TO_BE_RUN), 0.0, tmp_path)


@pytest.mark.usefixtures("logs")
@pytest.mark.parametrize("what", ["processor", "program"])
def test_a_training_that_was_made_from_other_things_is_repeated(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accuracy.finished(side(TELLING), 0.0, tmp_path)
    with pytest.raises(Problem, match="not to be run"):
        accuracy.finished(side(NOT_TO_BE_RUN, **{what: "another"}), 0.0, tmp_path)
    assert f"trains again: {what} is not as then" in capsys.readouterr().out


@pytest.mark.usefixtures("logs")
def test_a_training_made_from_nobody_knows_what_is_repeated(tmp_path: Path) -> None:
    (tmp_path / side(TELLING).file_name).write_text('{"epochs": []}', encoding="utf-8")
    assert accuracy.finished(side(TELLING), 0.0, tmp_path)["epochs"]


@pytest.mark.parametrize(("pictures", "batch", "epochs"), [(45_000, 1024, 9.9), (2_056, 500, 1.5)])
def test_an_epoch_after_the_last_whole_one_does_the_steps_that_are_left(
    pictures: int, batch: int, epochs: float
) -> None:
    steps = TrainingSteps(pictures, batch, epochs)
    done = list(steps.of_epochs())
    assert sum(done) == steps.total == int(epochs * pictures / batch)
    assert set(done[:-1]) == {pictures // batch}
    assert 0 < done[-1] <= pictures // batch


def test_pictures_left_over_make_further_steps() -> None:
    assert list(TrainingSteps(45_000, 1024, 9.9).of_epochs()) == [43] * 10 + [5]
    assert list(TrainingSteps(45_000, 1000, 8).of_epochs()) == [45] * 8


@pytest.mark.parametrize(("pictures", "batch", "epochs"), [(100, 128, 2), (100, 10, 0.05)])
def test_a_training_without_a_step_is_refused(pictures: int, batch: int, epochs: float) -> None:
    with pytest.raises(ValueError, match="has no step"):
        TrainingSteps(pictures, batch, epochs)


def test_each_round_begins_with_another_contestant() -> None:
    shares = dict.fromkeys("abc", Share(steps=4, rounds=4))
    order = ["".join(name for i, name in turns(shares, 4) if i == each) for each in range(4)]
    assert order == ["abc", "bca", "cab", "abc"]


def test_the_slow_take_few_turns() -> None:
    fast, slow = (Share.of(step, seconds=1.0, rounds=7) for step in (0.24, 6.4))
    assert fast == Share(steps=4, rounds=7)
    assert slow == Share(steps=2, rounds=3)
    assert Share.of(6.4, seconds=1.0, rounds=2).rounds == 2
    order = [name for _, name in turns({"fast": fast, "slow": slow}, 7)]
    assert order == ["fast", "slow", "slow", "fast", "fast", "slow", *["fast"] * 4]


class CnnProgram:
    """Stands in for a program: its next step takes as long as `step` says."""

    def __init__(self, step: Callable[..., float]):
        self.step = step
        self.steps: Counter[tuple[str, str]] = Counter()
        self.seconds = 0.0

    def ask(self, task: str, *, name: str = "", steps: int = 0, **details: object) -> dict:
        self.steps[task, name] += steps
        seconds = steps * self.step(task, name, **details) if steps else 0.0
        self.seconds += seconds
        return {"seconds": seconds, "runs": name, "losses": [2.0, 1.0], "milliseconds": {}}


def test_pytorch_goes_on_with_the_threads_whose_better_timing_is_better() -> None:
    # Two single steps on two threads; then, on one and on two in turn, a single step and a timing.
    told = {1: iter([9, 0.5, 9, 0.9]), 2: iter([9, 0.4, 9, 0.7, 9, 0.4])}
    program = CnnProgram(lambda task, name, threads: next(told[threads]))
    width = cnn.Width(64, {"torch-tuned": program}, Settings.full(repetitions=7))
    contestant = cnn.CONTESTANTS[FAST]
    assert width.warm_up(contestant, cnn.TRAINING) == pytest.approx(0.4)
    assert width.threads == {cnn.TRAINING: {FAST: 2}}


def test_nobody_waits_long_for_the_slow() -> None:
    images = {"ours": (550, 1100), "dl4j-helpers": (150, 600), "dl4j": (20, 57)}

    def step(task: str, name: str, threads: int = 2, **_: object) -> float:
        return 2 / threads * cnn.BATCH / images.get(name, (300, 800))[task == "infer"]

    program = CnnProgram(step)
    servers = dict.fromkeys(("ours", "dl4j-helpers", "dl4j", "torch-plain", "torch-tuned"), program)
    entry = cnn.Width(64, servers, Settings.full(repetitions=7)).measure()
    assert {name: len(each) for name, each in entry["training"].items() if len(each) < 7} == {
        "dl4j": 3
    }
    assert entry["training"]["ours"] == pytest.approx([550] * 7, abs=0.1)
    assert set(entry["inference"]) == set(cnn.CONTESTANTS)
    assert program.steps["train", "dl4j"] == 2 + 3 * 2
    assert program.steps["profile", "ours"] > program.steps["profile", "dl4j"] == 2
    assert program.seconds < 6 * 60


def test_the_versions_of_libraries_are_those_of_the_pom(tmp_path: Path) -> None:
    pom = tmp_path / "pom.xml"
    pom.write_text("<base>1.5.7</base><one.version>2.5-${base}</one.version>", encoding="utf-8")
    assert conditions.pom_property("one.version", pom) == "2.5-1.5.7"
    assert conditions.pom_property("dl4j.version").startswith("1.0.0")


def test_a_program_as_it_comes_has_none_of_our_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOMP_SPINCOUNT", "1")
    plain = server.environment(tuned=False)
    assert not set(tool.jvm_variables()) & set(plain)
    assert plain["OMP_NUM_THREADS"] == "2"
    assert server.environment(tuned=True)["GOMP_SPINCOUNT"] == "20000"
