"""The set-up says what a figure needs and this machine does not have."""

import sys
from pathlib import Path

import pytest

from journey_tools import command_line, maven, setup
from journey_tools.project import Problem

NO_FONTS = "<fontconfig><dir>/nowhere</dir><cachedir>{}</cachedir></fontconfig>"


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can fonts be missing")
def test_fonts_are_asked_for_until_there_are_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, config = tmp_path / "fonts-found", tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(tmp_path), encoding="utf-8")
    java = maven.LIBRARY.java
    # Java remembers in the home folder which fonts it once found.
    home = [f"user.home={tmp_path}"]
    monkeypatch.setattr(maven.Build, "java", lambda _, main: java(main, properties=home))
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    for _ in range(2):
        with pytest.raises(Problem, match="apt-get install fontconfig fonts-dejavu-core") as said:
            setup.require_fonts(found)
        assert str(said.value).count("\n") == 1
        assert said.value.status == 2
    monkeypatch.delenv("FONTCONFIG_FILE")
    setup.require_fonts(found)
    monkeypatch.setattr(maven.Build, "java", None)
    setup.require_fonts(found)


@pytest.mark.parametrize(("option", "chosen"), [("--spark", True), ("--no-spark", False)])
def test_spark_is_chosen_for_later_calls_too(
    option: str, chosen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maven, "_SPARK_CHOICE", tmp_path / "with-spark")
    monkeypatch.setattr(setup, "ensure", lambda ijava: False)
    assert command_line.main(["setup", option]) == 0
    assert command_line.main(["setup"]) == 0
    assert maven.with_spark() == chosen
