"""Run the measuring of replays at a tiny size."""

from pathlib import Path

import pytest

from bench.replay import KINDS, main


@pytest.mark.slow
def test_each_kind_of_change_has_a_row_and_none_is_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--phrases", "60", "--questions", "12", "--changes", "2", "--check", "--data", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("60 phrasings, build ")
    assert [line.split()[0] for line in lines[1:-1]] == [*KINDS, "all"]
    assert all(line.endswith("missed 0") for line in lines[1:-2])
    assert lines[-1].startswith("12 questions each time")
