"""environment/test runs Maven and pytest, both whatever becomes of the other."""

import pytest

from journey_tools import command_line, maven, setup, suite, tool


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What was run; Maven's part fails."""
    commands = []

    def run(command: list[object], **environment: str) -> int:
        commands.append(([str(word) for word in command], environment))
        return int(command[0] == "mvn")

    monkeypatch.setattr(setup, "ensure", lambda: False)
    monkeypatch.setattr(maven, "want_spark", lambda: None)
    monkeypatch.setattr(tool, "run_in_sight", run)
    return commands


def test_a_failing_part_does_not_keep_the_other_from_running(
    ran: list, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNEY_DATA", raising=False)
    assert command_line.main(["test"]) == 1
    (library, _), (benchmarks, _), (of_pytest, environment) = ran
    assert library[-1] == "verify"
    assert benchmarks[-2:] == ["-Pbench", "compile"]
    assert environment == {"JOURNEY_DATA": "stand-in", "JOURNEY_BUDGET": "smoke"}
    assert [word for word in of_pytest if word.endswith(("notebooks", "browser", "python"))]
    said = capsys.readouterr().out
    assert "tested on the stand-in pictures" in said
    assert said.endswith("FAILED: mvn verify, mvn -Pbench compile\n")


def test_parts_and_options_of_pytest(ran: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_DATA", "here")
    assert command_line.main(["test", "browser", "--", "-k", "01"]) == 0
    [(command, environment)] = ran
    assert command[-3:] == [str(suite._TESTS / "browser"), "-k", "01"]
    assert environment == {"JOURNEY_BUDGET": "smoke"}


def test_an_unknown_part_is_refused(ran: list, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["test", "jav"])
    assert '"jav" is none of java, tools' in capsys.readouterr().err
