"""Register CSV and TSV."""

from bot.formats.decoding import decode
from bot.formats.reader import FaqFile, Format
from bot.formats.records import Document
from bot.formats.tables.delimited import looks_delimited, read_delimited
from bot.formats.tables.legacy import decoded
from bot.formats.tables.rendering import render

_SUFFIXES = (".csv", ".tsv", ".tab")
_EXAMPLE = """\
id,question,aliases,answer,category
change-email,How can I change my e-mail address?,change mail|new email,Open **Profile > Email**.,Account
"""


def _read(file: FaqFile) -> Document:
    if not file.faults:
        return _read_text(file, file.text)
    text, faults = decode(file.name, (decoded(file.content) or "").encode())
    document = Document() if faults else _read_text(file, text)
    # Without a header that is understood, the encoding is as doubtful as the rest.
    is_read = document.records or document.doubtful or looks_delimited(text)
    return document if is_read else Document(problems=file.faults)


def _read_text(file: FaqFile, text: str) -> Document:
    return read_delimited(file.name, text, render, suffix=file.suffix, mapping=file.columns)


def _recognises(file: FaqFile) -> bool:
    if file.suffix in _SUFFIXES:
        return True
    return file.suffix in {"", ".txt"} and not file.faults and looks_delimited(file.text)


FORMAT = Format(
    name="csv",
    suffixes=_SUFFIXES,
    summary="Tables with the names of the columns in one row, in any usual language and with any delimiter.",
    example=_EXAMPLE,
    recognises=_recognises,
    read=_read,
    binary=True,
)
