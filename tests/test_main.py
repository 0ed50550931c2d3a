"""Show how the process is set up before anything is imported."""

import os
import subprocess
import sys

import pytest

_ASK = "import os, bot.__main__; print(os.environ['OPENBLAS_NUM_THREADS'])"


@pytest.mark.slow
@pytest.mark.parametrize(("outside", "inside"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_matrices_have_one_thread_unless_somebody_wants_more(outside: dict[str, str], inside: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | outside
    told = subprocess.run(  # noqa: S603  # runs this Python
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == inside


@pytest.mark.parametrize(
    ("used", "left"),
    [("bot.bootstrap, bot.formats", "{'openpyxl', 'lxml'}"), ("bot.cli.imports, bot.cli.faq_files", "{'openpyxl'}")],
)
def test_a_process_that_reads_no_workbook_goes_without_what_reads_them(used: str, left: str) -> None:
    """It takes a third of a second and 16 MB."""
    asked = f"import sys, {used}; print({left} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603  # as above
    assert told.stdout.strip() == "set()"
