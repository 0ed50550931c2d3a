"""Errors as people see them: one plain line each, and an exit code."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli, errors
from bot.cli.failures import EXIT_CODES, ExitCode, located, tell, tell_fault, tell_file_fault
from bot.errors import FaqbotError, InvalidInputError, Problem

PROBLEMS = (
    Problem(where="a.yaml", what="the field is missing", remedy="add it", line=3, field="answer"),
    Problem(where="b.yaml", what="the file is empty", remedy="leave it out or fill it"),
)
# One of each, with the line that people read and the exit code that scripts read.
EXAMPLES: list[tuple[FaqbotError, int, str]] = [
    (InvalidInputError(PROBLEMS[:1]), 2, "a.yaml:3: answer: the field is missing; add it"),
    (
        errors.BrokenOffError(),
        130,
        "faqbot: it was broken off, and nothing was changed; start it again to go on",
    ),
    (
        errors.EntryFieldError("review_by", "soon", "a date such as 2026-04-24"),
        2,
        "faqbot: review_by: 'soon' cannot be stored; expected a date such as 2026-04-24",
    ),
    (
        errors.ChannelFieldError("mode", "loud", "one of off, mention"),
        2,
        "faqbot: mode: 'loud' is no value for a channel; expected one of off, mention",
    ),
    (
        errors.NothingToGradeError("Q12"),
        4,
        "faqbot: Q12 cannot be graded: it was no question, or nothing is left of it; try another",
    ),
    (
        errors.ConsentMissingError("S3", "R2", "ann"),
        4,
        (
            "faqbot: S3 has the words of ann, who has not agreed that they become public; "
            "write the answer yourself: faqbot review answer R2 --answer TEXT"
        ),
    ),
    (
        errors.HeldClosedError("Q12", "dropped", "ann"),
        4,
        "faqbot: the draft for Q12 does not wait as it did: Dropped by ann",
    ),
    (
        errors.EntryNotFoundError("fee", ("fees", "free")),
        3,
        "faqbot: no entry has the id 'fee' (did you mean fees or free?); see all ids with: faqbot faq list",
    ),
    (
        errors.VersionNotFoundError("fees", 9, 3),
        3,
        "faqbot: 'fees' has no version 9, its last is 3; see them with: faqbot faq history fees",
    ),
    (
        errors.VersionNotFoundError("fees", 0, 1),
        3,
        "faqbot: 'fees' has no version before this one; see them with: faqbot faq history fees",
    ),
    (
        errors.CategoryNotFoundError("Fes", ("Fees",)),
        3,
        "faqbot: no entry has the category 'Fes' (did you mean Fees?); see all with: faqbot faq category list",
    ),
    (errors.EntryNotFoundError("fees"), 3, "faqbot: no entry has the id 'fees'; see all ids with: faqbot faq list"),
    (
        errors.NoEntriesError("faq.db"),
        3,
        (
            "faqbot: the database faq.db has no entries to answer from; faqbot faq import --pack brings in the FAQ "
            "that ships with the bot, faqbot faq import PATH your own"
        ),
    ),
    (
        errors.QuestionNotFoundError("Q9"),
        3,
        "faqbot: the log has no question 'Q9'; see the open ones with: faqbot review list",
    ),
    (
        errors.PhraseTakenError("what fees", "fees"),
        4,
        "faqbot: 'what fees' is already a phrasing of 'fees'; see it with: faqbot faq show fees",
    ),
    (
        errors.EntryChangedError("fees", "console:ann"),
        4,
        "faqbot: 'fees' was changed by console:ann meanwhile, and nothing was done; look again: faqbot faq show fees",
    ),
    (
        errors.EntryChangedError("fees", None),
        4,
        "faqbot: 'fees' was changed meanwhile, and nothing was done; look again: faqbot faq show fees",
    ),
    (
        errors.EntryUnchangedError("fees"),
        4,
        "faqbot: 'fees' is like that already; see it with: faqbot faq show fees",
    ),
    (
        errors.EntryExistsError("fees"),
        4,
        "faqbot: the id 'fees' is taken; choose another, or see that entry: faqbot faq show fees",
    ),
    (
        errors.EntryUnfitError("fees", "Q1", "audience", "internal"),
        4,
        "faqbot: 'fees' cannot answer Q1, since its audience is internal; choose another entry",
    ),
    (
        errors.ItemNotFoundError("R9"),
        3,
        "faqbot: the review has no item 'R9'; see the open ones with: faqbot review list",
    ),
    (
        errors.ItemClosedError("R1", "dismissed", "console:ann"),
        4,
        "faqbot: R1 is not open, it was dismissed by console:ann; see how: faqbot review show R1",
    ),
    (
        errors.ItemOpenError("R1"),
        4,
        "faqbot: R1 is open; to take back what was done last: faqbot review revert R1",
    ),
    (
        errors.ItemChangedError("R1", "assigned", "console:ann"),
        4,
        "faqbot: R1 was assigned by console:ann meanwhile, and nothing was done; look again: faqbot review show R1",
    ),
    (
        errors.ItemsUnlikeError("R1", "R2", errors.Unlike.AUDIENCES),
        4,
        "faqbot: R1 cannot be merged into R2, since their audiences differ; choose another item",
    ),
    (
        errors.ItemPartError("R1", None),
        4,
        "faqbot: R1 cannot be split so, since it would be all or nothing; name some of its questions",
    ),
    (
        errors.ItemPartError("R1", "Q7"),
        4,
        "faqbot: Q7 is not in R1; see its questions: faqbot review show R1",
    ),
    (
        errors.NothingToRevertError("R1", errors.Unrevertable.NOTHING_DONE),
        4,
        "faqbot: R1 stays as it is: nothing was done to it that could be taken back",
    ),
    (
        errors.SuggestionNotFoundError("S1"),
        3,
        "faqbot: no open suggestion is S1; see what is suggested: faqbot review show ITEM",
    ),
    (
        errors.SettingsError("FAQBOT_LOG_LEVEL", "debug, info, warning or error", "loud"),
        5,
        "faqbot: FAQBOT_LOG_LEVEL: expected debug, info, warning or error, not 'loud'",
    ),
    (
        errors.SettingsError("FAQBOT_AUTHOR_KEY", "at least 16 characters"),
        5,
        "faqbot: FAQBOT_AUTHOR_KEY: expected at least 16 characters",
    ),
    (
        errors.UnknownSettingError("FAQBOT_LOGLEVEL", "FAQBOT_LOG_LEVEL"),
        5,
        "faqbot: FAQBOT_LOGLEVEL is no setting; did you mean FAQBOT_LOG_LEVEL?",
    ),
    (
        errors.UnsupportedDatabaseError("mysql", "the bot knows sqlite and postgresql"),
        5,
        "faqbot: database URL 'mysql': the bot knows sqlite and postgresql",
    ),
    (
        errors.DatabaseUnreachableError("postgresql://host/faq", "connection refused"),
        6,
        (
            "faqbot: the database postgresql://host/faq cannot be used: connection refused; check the place, or set "
            "FAQBOT_DATABASE_URL"
        ),
    ),
    (
        errors.DatabaseAwayError("postgresql://host/faq", "server closed the connection"),
        6,
        (
            "faqbot: the database postgresql://host/faq cannot be used: server closed the connection; check the place, "
            "or set FAQBOT_DATABASE_URL"
        ),
    ),
    (
        errors.DatabaseBusyError("faq.db", "database is locked"),
        6,
        "faqbot: the database faq.db is kept busy: database is locked; wait for what else uses it, and try again",
    ),
    (
        errors.SpoolError("/data/spool", "Permission denied", "set FAQBOT_SPOOL to another folder"),
        5,
        "faqbot: messages cannot be kept in /data/spool: Permission denied; set FAQBOT_SPOOL to another folder",
    ),
    (
        errors.ErasureUnfinishedError("faq.db-wal"),
        11,
        (
            "faqbot: it is removed, but faq.db-wal may still hold it, since another process reads the database; "
            "try again, or stop that process"
        ),
    ),
    (
        errors.DatabaseFullError("faq.db"),
        7,
        "faqbot: the disk under the database faq.db is full and nothing was changed; make room and try again",
    ),
    (
        errors.DatabaseOutdatedError("faq.db", None, "0001"),
        8,
        "faqbot: the database faq.db is at revision none, not 0001; run: faqbot db upgrade",
    ),
    (
        errors.DatabaseTooNewError("faq.db", "9999"),
        9,
        "faqbot: the database faq.db has revision 9999, which this faqbot does not know; install a newer one",
    ),
    (
        errors.WorkspaceNameError("../t1"),
        2,
        (
            "faqbot: no workspace can be named '../t1'; expected 1 to 64 letters of a-z, digits, '-' and '_', a letter "
            "or digit first"
        ),
    ),
    (
        errors.WorkspaceNeededError("FAQBOT_DATABASE_URL"),
        2,
        "faqbot: FAQBOT_DATABASE_URL has a database for each workspace; name one with: faqbot --workspace NAME …",
    ),
    (
        errors.WorkspaceNotFoundError("T1", "faqs/t1.db"),
        3,
        ("faqbot: the workspace 'T1' has no database at faqs/t1.db; make it with: faqbot --workspace T1 db upgrade"),
    ),
    (
        errors.EncoderError("model/model.onnx", "no such file or directory", "name a folder with a model"),
        10,
        "faqbot: model/model.onnx: no such file or directory; name a folder with a model",
    ),
    (
        errors.TokenRefusedError("slack_bot_token", "token_revoked"),
        5,
        "faqbot: FAQBOT_SLACK_BOT_TOKEN was refused: token_revoked; take the token from the settings of your app again",
    ),
    (
        errors.ScopesMissingError("slack", ("chat:write", "users:read")),
        5,
        (
            "faqbot: the app in Slack lacks the scopes chat:write, users:read; add them under OAuth & Permissions, "
            "and install the app again"
        ),
    ),
    (
        errors.PlatformRefusedError("discord", "the shard is wrong", "set the shards"),
        5,
        "faqbot: Discord does not let the bot in: the shard is wrong; set the shards",
    ),
    (
        errors.ServersUnclearError(tuple(range(1, 23))),
        5,
        (
            "faqbot: the bot is in several servers on Discord, and none is named to be served: "
            "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 2 more; "
            "set FAQBOT_DISCORD_SERVERS to the ids of those to serve, and have the bot leave the others"
        ),
    ),
    (
        errors.PlatformUnreachableError("https://slack.com/api/", "ClientConnectorError"),
        6,
        "faqbot: https://slack.com/api/ does not answer: ClientConnectorError; check the network, and try again",
    ),
]


@pytest.mark.parametrize(("error", "code", "line"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_an_error_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], error: FaqbotError, code: int, line: str
) -> None:
    assert tell(error) == code
    assert capsys.readouterr().err == f"{line}\n"


FAMILIES = {
    errors.NotFoundError,
    errors.ConflictError,
    errors.InputError,
    errors.SetupError,
    errors.UnavailableError,
}


def kinds(base: type[FaqbotError] = FaqbotError) -> Iterator[type[FaqbotError]]:
    """Yield every kind of error that the project has."""
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    def drawn(kind: type[FaqbotError], depth: int) -> Iterator[str]:
        yield "    " * depth + kind.__name__
        for below in kind.__subclasses__():
            if below.__module__.startswith(f"{errors.__name__}."):
                yield from drawn(below, depth + 1)

    assert sorted(drawn(FaqbotError, 0)) == sorted((errors.__doc__ or "").strip().splitlines()[2:])


def test_every_error_has_an_example_and_an_exit_code() -> None:
    project = {kind for kind in kinds() if kind.__module__.startswith(f"{errors.__name__}.")}
    assert {type(error) for error, _, _ in EXAMPLES} == project - FAMILIES
    assert all(any(issubclass(kind, coded) for coded in EXIT_CODES) for kind in project)
    assert not {ExitCode.DONE, ExitCode.FAULT} & set(EXIT_CODES.values())


def test_all_problems_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(InvalidInputError(PROBLEMS)) == ExitCode.INPUT
    assert capsys.readouterr().err.splitlines() == [located(problem) for problem in PROBLEMS]


def test_what_somebody_wrote_stays_harmless_and_short(capsys: pytest.CaptureFixture[str]) -> None:
    tell(errors.EntryNotFoundError("\x1b[2Ja\nb\u202e\ud800"))
    tell(errors.PhraseTakenError("x" * 1000, "[bold]fees[/bold]"))
    first, second = capsys.readouterr().err.splitlines()
    assert "'[2Ja b\ufffd'" in first
    assert "[bold]fees[/bold]" in second
    assert len(second) < 250


def test_a_traceback_is_shown_for_debugging_alone(capsys: pytest.CaptureFixture[str]) -> None:
    tell(errors.EntryNotFoundError("fees"), debug=True)
    tell_file_fault(PermissionError(13, "Permission denied", "a.yaml"), debug=True)
    shown = capsys.readouterr().err
    assert "EntryNotFoundError: fees\nfaqbot: no entry" in shown
    assert "PermissionError" in shown
    tell(errors.EntryNotFoundError("fees"))
    assert "EntryNotFoundError" not in capsys.readouterr().err


def test_a_file_that_cannot_be_used_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_file_fault(PermissionError(13, "Permission denied", "out/\x1b.json")) == ExitCode.INPUT
    line = capsys.readouterr().err
    assert line == "faqbot: out/.json: permission denied; check the path and who may use it\n"


def test_a_fault_of_the_program_is_one_line_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("my password is hunter2")  # noqa: EM101, TRY003, TRY301  # what a careless library would say
    except ValueError:
        kind, _, trace = sys.exc_info()
    assert kind is not None
    tell_fault(kind, trace)
    line = capsys.readouterr().err
    assert line.startswith("faqbot: unexpected ValueError in test_failures.py, line ")
    assert line.count("\n") == 1
    assert "hunter2" not in line


def test_of_an_interrupt_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    tell_fault(KeyboardInterrupt, None)
    assert capsys.readouterr().err == ""


def test_every_refusal_begins_with_the_name_of_the_program() -> None:
    for path in Path(cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "refuse":
                where = ast.unparse(node.args[0]).removeprefix("f").lstrip("\"'")
                assert where.startswith(("faqbot", "command")), f"{path.name}:{node.lineno}"
