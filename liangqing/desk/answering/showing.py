"""Pages that go out: Jinja templates of html/, with what every page shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_words import REACHES, help_on_page, in_page_words
from liangqing.desk.answering.static_files import OVERVIEW, static_version

HTML = Path(__file__).resolve().parent.parent / "html"
# The places of the desk in the order of the work: address below the workspace, name, access key.
PLACES = (
    ("today", "今天", "1"),
    ("records", "记录", "2"),
    ("take", "收回", "3"),
    ("papers", "文书", "4"),
    ("figures", "数字", "5"),
    ("search", "查找", "6"),
    ("templates", "模板", "7"),
)


@cache
def environment() -> Environment:
    """Values are escaped, what is not defined is an error."""
    made = Environment(
        loader=FileSystemLoader([HTML, OVERVIEW]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["long_date"] = long_date
    made.filters["in_page_words"] = in_page_words
    made.filters["help_on_page"] = help_on_page
    made.globals["reaches"] = REACHES
    made.globals["places"] = PLACES
    made.globals["version"] = static_version()
    return made


def page(look: DeskLook, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page, or a piece of one, of a template of html/; `look` is known in it."""
    text = environment().get_template(template).render(look=look, **values)
    return HTMLResponse(text, status)


def told(look: DeskLook, problems: Iterable[Diagnostic], status: int = 422) -> HTMLResponse:
    """Why something was not done, in the words of `check`."""
    template = "problems_piece.html" if look.sent.partial else "problems.html"
    shown = in_page_words(problems)
    untouched = all(problem.code != Code.NOT_PUT_BACK for problem in shown)
    return page(look, template, status=status, problems=shown, untouched=untouched)


def goto(address: str) -> Response:
    """The page to go to after something was done; a second look at it does nothing again."""
    return RedirectResponse(address, 303)
