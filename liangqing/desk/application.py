"""The application: pages, static files and the guard before them."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.look import DeskLook, Sent
from liangqing.desk.answering.page_table import MOST_FILES, DeskPage
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.static_files import static_files
from liangqing.desk.guarding import Guard, TooMuchSent
from liangqing.desk.pages import (
    archiving,
    backups,
    begin,
    calendar,
    days,
    delivering,
    empty_forms,
    figures,
    finding,
    from_lists,
    gaps,
    handing_out,
    incoming,
    issuing,
    new_workspace,
    one_paper,
    papers,
    pasting,
    proposing,
    recent_changes,
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
    from_lists.PAGES,
    gaps.PAGES,
    today.PAGES,
    calendar.PAGES,
    days.PAGES,
    records.PAGES,
    pasting.PAGES,
    record_forms.PAGES,
    recent_changes.PAGES,
    finding.PAGES,
    take_in.PAGES,
    empty_forms.PAGES,
    papers.PAGES,
    one_paper.PAGES,
    handing_out.PAGES,
    delivering.PAGES,
    incoming.PAGES,
    archiving.PAGES,
    backups.PAGES,
    issuing.PAGES,
    voiding.PAGES,
    proposing.PAGES,
    figures.PAGES,
    searching.PAGES,
    word_templates.PAGES,
)

REFUSED = {
    400: f"送来的不完整，或者一次送的太多（一次最多收 {MOST_FILES} 个文件）：什么也没有写\n",
    405: "这个地址不这样用\n",
    408: "等了太久没有送完：什么也没有写，再送一次\n",
    413: "送来的太大：什么也没有写\n",
}


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

    async def missing(_: Request, problem: Exception) -> Response:
        return page(DeskLook(desk, Sent()), "not_there.html", status=404, what="这个页面")

    async def refused(_: Request, problem: Exception) -> Response:
        status = getattr(problem, "status_code", 413)
        return PlainTextResponse(REFUSED[status], status)

    async def broken(request: Request, _: Exception) -> Response:
        partial = request.headers.get("hx-request") == "true"
        answer = page(DeskLook(desk, Sent()), "broken_piece.html" if partial else "broken.html", status=500)
        answer.headers["connection"] = "close"  # as the server does after a failure
        return answer

    own = [Route("/static/{version}/{name}", static)]
    routes = [*own, *(row.route(desk) for row in pages())]
    handlers = {404: missing, 500: broken, TooMuchSent: refused} | dict.fromkeys((400, 405, 408), refused)
    app = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(app, desk)
