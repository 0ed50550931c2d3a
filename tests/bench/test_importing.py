"""Run the measuring of an import at a tiny size."""

import pytest

from bench.importing import STEPS, main


@pytest.mark.slow
def test_each_step_of_both_imports_has_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--rows", "30"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("30 rows, ")
    first, again = [at for at, line in enumerate(lines) if " unchanged" in line]
    assert lines[first].endswith(": 30 new, 0 unchanged")
    assert lines[again].endswith(": 0 new, 30 unchanged")
    for at in (first, again):
        steps = [line.split() for line in lines[at + 1 : at + 1 + len(STEPS)]]
        assert [step for step, *_ in steps] == list(STEPS)
        assert all(float(seconds) > 0 and int(megabytes) > 10 for _, seconds, megabytes in steps)
