"""A JDK describes itself, and newer ones are told to be quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey_tools.jdk import Jdk

SETTINGS = """Property settings:
    file.separator = /
    java.home = /opt/a jdk/25
    java.library.path = /usr/lib
        /lib
    java.specification.version = {feature}
    java.version = {feature}.0.3
openjdk version "{feature}.0.3"
"""


def test_it_is_read_from_its_settings() -> None:
    jdk = Jdk.described_by(SETTINGS.format(feature=25))
    assert jdk == Jdk(Path("/opt/a jdk/25"), "25.0.3", 25)
    assert jdk.java == Path("/opt/a jdk/25/bin/java")


@pytest.mark.parametrize(("feature", "options"), [(17, 0), (23, 0), (24, 2), (25, 2)])
def test_only_newer_ones_need_options(feature: int, options: int) -> None:
    jdk = Jdk.described_by(SETTINGS.format(feature=feature))
    assert len(jdk.quiet_options()) == options
