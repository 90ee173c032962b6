"""What a paper that went out is called in an address: the number of its line in the register."""

from __future__ import annotations

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import NotThere
from liangqing.register import Line


def address_of_line(look: DeskLook, place: str, line: Line) -> str:
    """The address of a page (issued, void) of a paper that went out, as things are now."""
    return look.url_on(None, line.year, f"{place}/{line.serial}")


def line_called(look: DeskLook, key: str) -> Line:
    """The paper that a part of an address stands for. Raises NotThere."""
    found = next((line for line in look.opened.register.issued if str(line.serial) == key), None)
    if found is None:
        raise NotThere(f"第{key}条发文登记")
    return found
