"""What environment/bench makes of timings; the timings themselves are none of a test's business."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

from journey_tools import bench, markers, project
from journey_tools.benchmarks import conditions, epochs, pictures, pieces, report
from journey_tools.benchmarks.ratio import Ratio
from journey_tools.benchmarks.server import Server
from journey_tools.problem import Problem

CONDITIONS = {
    "processor": "Some CPU",
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
    return {"pieces": measured_pieces(), "epochs": measured_epochs()}


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
    assert "Some CPU, 2 threads · 8 GB" in shown
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


class Saved:
    """A README with a place for the timings, and beside it the saved report."""

    def __init__(self, folder: Path):
        self.file = folder / "bench-report.json"
        self.readme = folder / "README.md"
        begin, end = (f"<!-- {report.README_SECTION}:{edge} -->" for edge in ("begin", "end"))
        self.readme.write_text(f"# Title\n\n{begin}\n{end}\n", encoding="utf-8")

    def save(self, new: report.Report) -> None:
        report.save(new, self.file, self.readme)


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    return Saved(tmp_path)


def test_saving_replaces_what_was_measured_and_keeps_the_rest(saved: Saved) -> None:
    saved.save({"epochs": measured_epochs()})
    saved.save({"pieces": measured_pieces()})
    assert report.load(saved.file) == measured()
    assert list(report.load(saved.file)) == list(report.PARTS)
    text = saved.readme.read_text(encoding="utf-8")
    assert "0.55 (0.50–0.60)" in text
    assert "NumPy 2 · CIFAR-10" in text
    assert report.updated_readme(text, report.load(saved.file)) == text


def test_nothing_is_saved_where_the_readme_has_no_place(saved: Saved) -> None:
    saved.readme.write_text("# Title\n", encoding="utf-8")
    with pytest.raises(Problem, match="no place for the performance"):
        saved.save(measured())
    assert not saved.file.exists()


def test_the_project_s_readme_shows_the_saved_report() -> None:
    text = project.README.read_text(encoding="utf-8")
    assert report.updated_readme(text, report.load()) == text


def test_the_saved_report_compares_equal_work_and_names_no_folder() -> None:
    stored = report.load()
    assert report.problems(stored) == []
    assert str(Path.home()) not in report.text(stored)
    assert not [text for text in strings(stored) if text.startswith("/")]


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_markers_are_needed_in_pairs() -> None:
    with pytest.raises(Problem, match="<!-- x:end -->"):
        markers.replaced("<!-- x:begin -->", "x", "new")


def test_all_parts_are_measured_unless_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.parsed([]).parts == list(report.PARTS)
    assert bench.parsed(["epochs"]).parts == ["epochs"]
    for wrong in (["epoch"], ["--save", "--quick"], ["--repetitions", "0"]):
        with pytest.raises(SystemExit):
            bench.parsed(wrong)
    errors = capsys.readouterr().err
    assert 'there is no part "epoch"; there are pieces, epochs' in errors
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
    java = (project.HOME / "src/jmh/java/journey/bench/EpochServer.java").read_text("utf-8")
    python = epochs.PEER.read_text(encoding="utf-8")
    for task in ("build", "epoch", "predict", "loss", "profile"):
        assert f'case "{task}"' in java
        assert f"def _{task}(" in python


def test_ratios_are_in_the_json_too() -> None:
    ratios = epochs.ratios(SECONDS)
    assert set(ratios) == {"float32", "tutorial"}
    assert json.dumps(ratios["float32"]) == json.dumps({"value": 0.55, "low": 0.5, "high": 0.6})
