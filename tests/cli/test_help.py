"""What `--help` shows."""

import pytest

from tests.cli.commands import Commands


@pytest.mark.parametrize("group", [(), ("faq",), ("review",), ("db",), ("model",)])
def test_every_command_has_a_summary_that_fits(empty: Commands, group: tuple[str, ...]) -> None:
    result = empty(*group, "--help")
    summaries = result.out.partition("Commands:\n")[2].splitlines()
    assert result.code == 0
    assert len(summaries) >= 2
    assert all(line.endswith(".") and not line.endswith("...") for line in summaries)
    assert "Args" not in result.out
