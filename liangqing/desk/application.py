"""The application: pages, static files and the guard before them."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.look import DeskLook, Sent
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.static_files import static_files
from liangqing.desk.guarding import Guard, TooMuchSent
from liangqing.desk.pages import (
    begin,
    calendar,
    figures,
    finding,
    handing_out,
    issuing,
    new_workspace,
    papers,
    proposing,
    record_forms,
    records,
    searching,
    take_in,
    today,
    voiding,
    word_templates,
)

TABLES: tuple[tuple[DeskPage, ...], ...] = (
    begin.PAGES,
    new_workspace.PAGES,
    today.PAGES,
    calendar.PAGES,
    records.PAGES,
    record_forms.PAGES,
    finding.PAGES,
    take_in.PAGES,
    papers.PAGES,
    handing_out.PAGES,
    issuing.PAGES,
    voiding.PAGES,
    proposing.PAGES,
    figures.PAGES,
    searching.PAGES,
    word_templates.PAGES,
)


def pages() -> tuple[DeskPage, ...]:
    """Every page of the desk, those to begin with first."""
    return tuple(row for table in TABLES for row in table)


def application(desk: DeskSettings) -> ASGIApp:
    """What answers on the port: nothing reaches a page that the guard has not let in."""

    async def static(request: Request) -> Response:
        found = static_files().get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("没有这个文件\n", 404)
        data, kind = found
        headers = {"cache-control": "private, max-age=31536000, immutable"}
        return Response(data, media_type=kind, headers=headers)

    async def alive(_: Request) -> Response:
        return PlainTextResponse("liangqing")

    async def missing(_: Request, problem: Exception) -> Response:
        return page(DeskLook(desk, Sent()), "not_there.html", status=404, what="这个页面")

    async def too_much(_: Request, problem: Exception) -> Response:
        return PlainTextResponse("送来的太大\n", 413)

    own = [Route("/static/{version}/{name}", static), Route("/alive", alive)]
    routes = [*own, *(row.route(desk) for row in pages())]
    app = Starlette(routes=routes, exception_handlers={404: missing, TooMuchSent: too_much})
    return Guard(app, desk)
