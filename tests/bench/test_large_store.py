"""Run the measuring of a large store at a small size."""

import pytest

from bench.large_store import CALLS, main

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # measurements, on a machine that may be busy


def test_each_call_has_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--questions", "1500"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1,500 questions in ")
    assert [line[:15].strip() for line in lines[2:]] == ["first question", *CALLS]
    assert all(len(line[15:].split()) == 3 for line in lines[2:])
