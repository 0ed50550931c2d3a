"""Read `--map`: which column of a table each field has."""

from bot.cli.failures import refuse
from bot.formats.tables.header import FIELDS


def read_mapping(written: str | None) -> dict[str, str]:
    """Return the column of each field; end the command when that is not what is written."""
    mapping: dict[str, str] = {}
    for part in (written or "").split(","):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            continue
        if name not in FIELDS or not equals or not column:
            what = f"'{part.strip()}' is no field with its column"
            remedy = f"write question=COLUMN,answer=COLUMN; the fields are {', '.join(FIELDS)}"
            refuse("faqbot faq import: --map", what, remedy)
        if name in mapping or column in mapping.values():
            refuse("faqbot faq import: --map", f"'{name}={column}' names a field or a column twice", "name each once")
        mapping[name] = column
    return mapping
