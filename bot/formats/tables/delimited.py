"""Read CSV and TSV, with whatever delimiter and encoding programs write them.

A text is taken for Windows-1252 or Windows-1250 when its frequent words stand in it as they are written in that
encoding and none as in the other, or when both give the same letters, as they do for German.

The delimiter is the one that splits most rows alike: `csv.Sniffer` takes a letter that is frequent for one.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from bot.core.searching.text import word_set
from bot.errors import Problem
from bot.formats.decoding import SIZE_LIMIT, candidates, decode
from bot.formats.records import Document, FaqFile, Format
from bot.formats.tables.building import Render
from bot.formats.tables.grid import Grid, Line, read_grid
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.values import render
from bot.formats.written_values import unescape_cell

_WORD = re.compile(r"[^\W\d_]+")
_WORDS = {
    "cp1252": word_set("""
    à où être même très après déjà été là ça êtes dès vérifié né vôtre nôtre für über können möchten
    müssen ähnlich nächste während größe schließen später gültig zurück prüfen wählen öffnen qué cómo
    está más también dónde cuándo sí aquí después número contraseña sesión cuál él mí según así não você
    é são até já também então opção senha código più perché può già così città sarà è för är på från
    också får når å måste gør även två één geïnteresseerd kör täglich gebühren gebühr vérifier étape
    accès clé réponse numéro compte créer página dirección teléfono información verificación através
    informações verrà però sì mögen würde würden könnte natürlich verfügbar ändern bestätigen überweisung
    überprüfen schlüssel téléphone sécurité vérification réinitialiser paramètres problème générer étapes
    années première dernière système méthode réseau
"""),
    "cp1254": word_set("""
    için değil şifre şifremi şifrenizi hesabım hesabımı nasıl değiştiririm ödeme ücret mı mümkün olduğunu
    çıkış giriş güvenlik kaç iş gün içinde sıfırla bağlantı müşteri sipariş siparişim ücretsiz yapılır
    değiştir
"""),
    "cp1250": word_set("""
    się że są być jeśli będzie można hasło który także proszę możesz jakość wysłać już też więc żeby
    hasła został jsem být není můžete účet své když už např více můžeme při také každý až než és hogy
    nincs fiók jelszó őt után között lehet több először și să când pentru fără până însă există că după
    ați ești ovaj kako može koliko više neće također ponovo račun šifra što zašto biti ďalej môžete ktorý
    všetko
"""),
}


def decoded(content: bytes) -> str | None:
    """Return the text of bytes that are not UTF-8, None where more than one reading is left."""
    if len(content) > SIZE_LIMIT or b"\0" in content:
        return None
    named = [each.codec for each in candidates(content)]
    readings = {codec: _text(content, codec) for codec in named}
    if readings and len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    fitting = [codec for codec in named if codec in _WORDS and _speaks(readings[codec], codec)]
    return readings[fitting[0]] if len(fitting) == 1 else None


def _text(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _speaks(text: str | None, codec: str) -> bool:
    words = {word for word in _WORD.findall(text.lower()) if not word.isascii()} if text else set()
    return bool(words & _WORDS[codec])


DELIMITERS = (",", ";", "\t", "|")
CELL_LIMIT = 131_072
_SEP_LINE = re.compile(r'"?sep=(.|\\t)"?[,;\t]*\n', re.IGNORECASE)
_SAMPLE = 200_000
_SAMPLE_ROWS = 200
_QUOTE_REMEDY = 'close the quotes, and write a quote within a text twice: ""'


class Dialect(NamedTuple):
    """How a text is split: its delimiter, and how many lines stand in front of the table."""

    delimiter: str
    skipped: int = 0


def dialect_of(text: str, *, suffix: str = "", mapping: Mapping[str, str] | None = None) -> Dialect:
    """Return how a text is split: as its first line says, else as most of its rows say."""
    said = _SEP_LINE.match(text)
    if said:
        return Dialect("\t" if said[1] == "\\t" else said[1], 1)
    order = ("\t", *DELIMITERS) if suffix in {".tsv", ".tab"} else DELIMITERS
    return Dialect(max(dict.fromkeys(order), key=lambda each: _fitness(text, each, mapping or {})))


def _fitness(text: str, delimiter: str, mapping: Mapping[str, str]) -> tuple[bool, float]:
    """Return whether a header is found with this delimiter, and how alike the rows are with it."""
    rows = [line.cells for line in _sample(text, delimiter)]
    widths = Counter(len(cells) for cells in rows if any(cells))
    split = {width: count for width, count in widths.items() if width > 1}
    if not split:
        return False, 0
    numbered = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    found = isinstance(find_header("", numbered[:_LOOKED_AT], mapping=mapping), Columns)
    return found, max(split.values()) / widths.total()


_LOOKED_AT = 30


def _sample(text: str, delimiter: str) -> list[Line]:
    """Return the first rows, as far as they can be split; what is wrong with the quotes is told later."""
    lines: list[Line] = []
    with suppress(csv.Error):
        lines.extend(islice(_lines(text[:_SAMPLE], Dialect(delimiter)), _SAMPLE_ROWS))
    return lines


def looks_delimited(text: str) -> bool:
    """Return whether a text without a telling name is a table: its first line names the columns, and rows follow."""
    if _SEP_LINE.match(text):
        return True
    lines = text[:_SAMPLE].strip("\n").split("\n", 1)
    return len(lines) > 1 and any(_is_header(lines[0], delimiter) for delimiter in DELIMITERS)


def _is_header(line: str, delimiter: str) -> bool:
    found = _sample(line, delimiter)
    return bool(found) and isinstance(find_header("", [(1, found[0].cells)], mapping={}), Columns)


def read_delimited(
    name: str, text: str, render: Render, *, suffix: str = "", mapping: Mapping[str, str] | None = None
) -> Document:
    """Return the records of a text in columns, and everything that is wrong with it."""
    dialect = dialect_of(text, suffix=suffix, mapping=mapping)
    lines, problems = _rows(name, text, dialect)
    if problems:
        return Document(problems=problems)
    european = dialect.delimiter == ";"
    return read_grid(Grid(file=name, lines=lines, render=render, mapping=mapping or {}, european=european))


def _rows(name: str, text: str, dialect: Dialect) -> tuple[list[Line], tuple[Problem, ...]]:
    """Return the rows, or all that breaks the quotes."""
    faults: list[_Fault] = []
    lines = list(_lines(text, dialect, faults=faults))
    if faults:
        bare = _without_quotes(text, dialect)
        return bare, () if bare else tuple(_broken(name, each) for each in faults)
    return _with_broken_end(name, text, lines), tuple(_swallowed(name, lines))


def _with_broken_end(name: str, text: str, lines: list[Line]) -> list[Line]:
    """Return the rows; where the last one ends within the columns that all others fill, its fault says so."""
    if text.endswith("\n") or len(lines) < _FEWEST_ROWS:
        return lines
    width, last = len(lines[0].cells), lines[-1]
    if len(last.cells) >= width or any(len(line.cells) != width for line in lines[:-1]):
        return lines
    what = f"the file breaks off here: the row has {len(last.cells)} of {width} cells"
    fault = Problem(where=name, what=what, remedy="export it again, or fill the row up", line=last.number)
    return [*lines[:-1], last._replace(faults=(fault,))]


def _without_quotes(text: str, dialect: Dialect) -> list[Line]:
    """Return the rows of a text whose quotes are letters like others, as some programs write between tabs."""
    if dialect.delimiter != "\t":
        return []
    rows = [Line(number, row.split("\t")) for number, row in enumerate(text.split("\n"), start=1) if row.strip()]
    return rows if len({len(row.cells) for row in rows[dialect.skipped :]}) == 1 else []


class _Fault(NamedTuple):
    """What breaks the quotes of a row, and the line on which that begins."""

    line: int
    error: csv.Error


def _lines(text: str, dialect: Dialect, *, faults: list[_Fault] | None = None) -> Iterator[Line]:
    """Yield the rows with the line on which each begins; with `faults`, strictly, and on with the line after each."""
    rows = lines_of(text)
    for _ in range(dialect.skipped):
        next(rows, None)
    strict, padded, above = faults is not None, dialect.delimiter != "\t", dialect.skipped
    while True:
        before = 0
        reader = csv.reader(rows, delimiter=dialect.delimiter, strict=strict, skipinitialspace=padded)
        try:
            for cells in reader:
                yield Line(above + before + 1, list(map(unescape_cell, cells)))
                before = reader.line_num
        except csv.Error as error:
            if faults is None:
                raise
            faults.append(_Fault(above + before + 1, error))
            above += reader.line_num
        else:
            return


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their line feeds: a stream would hold all of it again, at four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _broken(name: str, fault: _Fault) -> Problem:
    line, error = fault
    if "field larger than" in str(error):
        what = f"a cell that begins here has more than {CELL_LIMIT:,} characters"
        return Problem(where=name, what=what, remedy=f"shorten it, or {_QUOTE_REMEDY}", line=line)
    what = "a quote that opens here is never closed" if "end of data" in str(error) else "a quote stands within a text"
    return Problem(where=name, what=what, remedy=_QUOTE_REMEDY, line=line)


def _swallowed(name: str, lines: list[Line]) -> Iterator[Problem]:
    """Yield a problem for a cell that seems to hold the rows behind it, as a quote does that is closed far too late."""
    for line in lines:
        for cell in line.cells:
            if cell.count("\n") > _MANY_LINES and cell.count('"') > _MANY_LINES:
                what = "a cell that begins here holds many lines with quotes, as if its own were not closed"
                yield Problem(where=name, what=what, remedy=_QUOTE_REMEDY, line=line.number)


_MANY_LINES = 20
_FEWEST_ROWS = 4


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
