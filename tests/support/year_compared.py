"""What two ways of doing the year of group_year.yaml are compared by: papers, figures, lists."""

from __future__ import annotations

from group_year import YEAR, Office
from openpyxl import load_workbook
from year_by_workbook import IDENTITY

# Forms that units fill in; the group itself fills in the others.
OF_UNITS = ("征求意见反馈表", "自查情况表", "整改情况反馈表")


def figures(office: Office) -> dict[str, object]:
    """The sheet 统计 of the ledger: what is counted, and the number."""
    page = load_workbook(office.paper("台账", "台账"))["统计"]
    return {str(row[0]): row[1] for row in page.iter_rows(min_row=4, max_col=2, values_only=True) if row[0]}


def papers(office: Office) -> dict[str, bytes]:
    """All papers of the year but the ledger, by name."""
    folder = office.root / f"output/{YEAR}"
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in (".docx", ".html"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def lists(office: Office) -> dict[str, list[list[object]]]:
    """The sheets of the ledger as a person sees them: without the hidden columns at the end."""
    shown: dict[str, list[list[object]]] = {}
    for page in load_workbook(office.paper("台账", "台账")):
        if page.sheet_state == "visible":
            rows = list(page.iter_rows(values_only=True))
            head = next((row for row in rows if IDENTITY in row), None)
            end = None if head is None else head.index(IDENTITY)
            shown[page.title] = [list(row[:end]) for row in rows]
    return shown
