"""FormWorkbook -> XLSX: given cells are locked, typed cells are checked, and the sheet prints.

The same bytes for the same workbook. Text is written as text; the only formulas are ours. A text
under the rows would be read as a row, so a signature has its place in the printed footer.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from reports.content.form import (
    Blank,
    FormCell,
    FormColumn,
    FormSheet,
    FormWorkbook,
    OneOf,
    Scale,
    WeightedMean,
    trim_zeros,
)
from reports.formats import spreadsheet
from tasks.words import Words

_LONGEST_LIST = 255  # characters of a drop-down's choices
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32
_LONGEST_SIGNATURE = 190
_NARROWEST_NOTES = 60  # characters that notes have room for, whatever the table's width


def render_form(workbook: FormWorkbook, words: Words) -> bytes:
    """The workbook's bytes."""
    import xlsxwriter  # start-up time

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, spreadsheet.AS_TEXT) as file:
        file.set_properties({"title": workbook.title, "created": spreadsheet.CREATED})
        properties = _cell_formats(workbook)
        formats = {name: file.add_format(own) for name, own in properties.items()}
        names = spreadsheet.sheet_names([sheet.name for sheet in workbook.sheets])
        for name, content in zip(names, workbook.sheets, strict=True):
            _write_form_sheet(file.add_worksheet(name), content, workbook.paper, formats, words)
    return out.getvalue()


_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#0d4a6b"},
    "note": {"font_color": "#444444"},
    "heading": {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "bg_color": "#f2f5f7",
    },
    "given": {
        "valign": "top",
        "text_wrap": True,
        "border": 1,
        "num_format": "@",
        "bg_color": "#f7f7f7",
    },
    "text": {"valign": "top", "text_wrap": True, "border": 1, "num_format": "@", "locked": False},
    "number": {"valign": "top", "border": 1, "locked": False, "align": "right"},
}
_SUM_FORMAT = {"valign": "top", "border": 1, "bg_color": "#f7f7f7", "align": "right"}


def _cell_formats(workbook: FormWorkbook) -> dict[str, dict[str, Any]]:
    """The formats by name; of sums one per number of decimals ("sum 2").

    A mark has no number format, so that a time typed by mistake shows as a time.
    """
    cells = [cell for sheet in workbook.sheets for row in sheet.rows[:1] for cell in row]
    precisions = {cell.precision for cell in cells if isinstance(cell, WeightedMean)}
    formats = dict(_FORMATS)
    for places in sorted(precisions):
        number_format = "0." + "0" * places if places else "0"
        formats[f"sum {places}"] = _SUM_FORMAT | {"num_format": number_format}
    return formats


def _write_form_sheet(
    sheet: Any, content: FormSheet, paper: str, formats: dict[str, Any], words: Words
) -> None:
    notes = _note_lines(content)
    head = len(notes) + 2  # after a blank row, so that no note is taken for part of a heading
    first = head + 1
    sheet.write_string(0, 0, content.title, formats["title"])
    for i, note in enumerate(notes, start=1):
        sheet.write_string(i, 0, note, formats["note"])
    _write_headings(sheet, head, content.columns, formats["heading"])
    _write_form_rows(sheet, first, content, formats)
    for j in range(len(content.columns)):
        cells = [row[j] for row in content.rows]
        _write_column_checks(sheet, j, first, cells, words)
    if content.locked:
        sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.freeze_panes(first, content.frozen)
    _set_start_cell(sheet, content, first)
    _set_form_printing(sheet, content, paper, head, words)


def _write_headings(sheet: Any, head: int, columns: Sequence[FormColumn], heading: Any) -> None:
    """Writes the row `head` of headings, and sets the columns' widths."""
    for j, column in enumerate(columns):
        sheet.set_column(j, j, column.width)
        sheet.write_string(head, j, column.heading, heading)
    headings = [column.heading for column in columns]
    sheet.set_row(head, _form_row_height(headings, columns))


def _write_form_rows(sheet: Any, first: int, content: FormSheet, formats: dict[str, Any]) -> None:
    """Writes the rows of cells, the first one as row `first`."""
    for i, row in enumerate(content.rows, start=first):
        height = _form_row_height(row, content.columns, content.lines)
        sheet.set_row(i, height)
        for j, cell in enumerate(row):
            _write_form_cell(sheet, i, j, cell, formats)


def _note_lines(content: FormSheet) -> list[str]:
    """The notes in lines as wide as the table: a line that runs over the table's right edge would
    not be printed.
    """
    width = max(_NARROWEST_NOTES, sum(column.width for column in content.columns))
    lines = []
    for note in content.notes:
        lines += wrap(note, width) or [""]
    return lines


def _form_row_height(
    cells: Sequence[FormCell], columns: Sequence[FormColumn], least: int = 1
) -> int:
    """The height in points that a row needs for its texts, given and to be changed."""
    texts = []
    for cell, column in zip(cells, columns, strict=True):
        text = cell.value if isinstance(cell, Blank) else cell
        if isinstance(text, str):
            texts.append((text, column.width - 2))
    return spreadsheet.row_height(texts, least)


def _set_start_cell(sheet: Any, content: FormSheet, first: int) -> None:
    """Selects the first blank cell, so that typing begins there. Ids that look like numbers are not
    marked as mistakes.
    """
    from xlsxwriter.utility import xl_range  # start-up time

    if not content.rows:
        return
    blanks = [j for j, cell in enumerate(content.rows[0]) if isinstance(cell, Blank)]
    start = blanks[0] if blanks else 0
    sheet.set_selection(first, start, first, start)
    last = first + len(content.rows) - 1
    cells = xl_range(first, 0, last, len(content.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": cells})


def _write_form_cell(sheet: Any, i: int, j: int, cell: FormCell, formats: dict[str, Any]) -> None:
    if isinstance(cell, Blank):
        _write_blank(sheet, i, j, cell, formats)
    elif isinstance(cell, WeightedMean):
        form = formats[f"sum {cell.precision}"]
        sheet.write_formula(i, j, _mean_formula(i, cell), form, "")
    elif isinstance(cell, int):
        sheet.write_number(i, j, cell, formats["given"])
    elif cell:
        sheet.write_string(i, j, cell[: spreadsheet.LONGEST_CELL], formats["given"])
    else:
        sheet.write_blank(i, j, None, formats["given"])


def _write_blank(sheet: Any, i: int, j: int, blank: Blank, formats: dict[str, Any]) -> None:
    """Writes a cell to be filled in, or changed."""
    form = formats["number" if isinstance(blank.check, Scale) else "text"]
    if blank.value:
        sheet.write_string(i, j, blank.value, form)
    else:
        sheet.write_blank(i, j, None, form)


def _mean_formula(i: int, mean: WeightedMean) -> str:
    """The formula of a weighted mean: empty until every mark is there, since a sum of some of the
    marks would look like a score.
    """
    from xlsxwriter.utility import xl_range  # start-up time

    cells = xl_range(i, mean.first, i, mean.first + len(mean.weights) - 1)
    weights = ",".join(format(weight, "f") for weight in mean.weights)
    divisor = format(mean.divisor, "f")
    score = f"ROUND(SUMPRODUCT({cells},{{{weights}}})/{divisor},{mean.precision})"
    return f'=IF(COUNT({cells})={len(mean.weights)},{score},"")'


def _write_column_checks(
    sheet: Any, j: int, first: int, cells: list[FormCell], words: Words
) -> None:
    """Writes the checks of a column, one for each run of equal checks."""
    for start, end, blank in _check_runs(cells):
        options = _cell_validation(blank, words)
        if options:
            sheet.data_validation(first + start, j, first + end, j, options)


def _check_runs(cells: list[FormCell]) -> Iterator[tuple[int, int, Blank]]:
    """The first and the last row of each run of blanks with one check and prompt, and the blank
    (without its value).
    """
    start = 0
    for blank, run in groupby(map(_blank_without_value, cells)):
        end = start + len(list(run))
        if blank is not None:
            yield start, end - 1, blank
        start = end


def _blank_without_value(cell: FormCell) -> Blank | None:
    return Blank(cell.check, cell.prompt) if isinstance(cell, Blank) else None


def _cell_validation(blank: Blank, words: Words) -> dict[str, Any] | None:
    """What XlsxWriter takes as validation of a cell; None for a cell without check and prompt."""
    prompt = {"input_message": blank.prompt[:_LONGEST_MESSAGE]} if blank.prompt else {}
    check = blank.check
    if isinstance(check, Scale):
        return prompt | _scale_validation(check, words)
    if isinstance(check, OneOf) and _fits_drop_down(check.options):
        return prompt | _list_validation(check, words)
    return prompt | {"validate": "any"} if prompt else None


def _scale_validation(scale: Scale, words: Words) -> dict[str, Any]:
    least, most = trim_zeros(scale.least), trim_zeros(scale.most)
    refusal = words.say("sheets.off_scale", least=least, most=most)
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": words.say("sheets.refused")[:_LONGEST_TITLE],
        "error_message": refusal[:_LONGEST_MESSAGE],
    }


def _list_validation(choice: OneOf, words: Words) -> dict[str, Any]:
    refusal = words.say("sheets.not_one_of", options=", ".join(choice.options))
    return {
        "validate": "list",
        "source": list(choice.options),
        "error_title": words.say("sheets.refused")[:_LONGEST_TITLE],
        "error_message": refusal[:_LONGEST_MESSAGE],
    }


def _fits_drop_down(options: tuple[str, ...]) -> bool:
    """Whether a drop-down can hold the options: they stand in one text, divided by commas."""
    if not options or any("," in option for option in options):
        return False
    return len(",".join(options)) <= _LONGEST_LIST


def _set_form_printing(sheet: Any, content: FormSheet, paper: str, head: int, words: Words) -> None:
    spreadsheet.print_rows(sheet, paper, head, len(content.rows), len(content.columns))
    sheet.set_landscape()
    bottom = 0.9 if content.signature else 0.7
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=bottom)
    title = spreadsheet.margin_text(content.title)
    name = spreadsheet.margin_text(content.name)
    signature = spreadsheet.margin_text(content.signature, _LONGEST_SIGNATURE)
    sheet.set_header(spreadsheet.margin_line(title, name))
    sheet.set_footer(spreadsheet.margin_line(signature, spreadsheet.page_number(words)))
