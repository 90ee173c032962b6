"""The table of pages: what a module of pages/ offers, and how a request becomes what its function is called with."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from liangqing.base.codes import Code
from liangqing.base.dates import day_written
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason
from liangqing.base.folders import is_workspace
from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.look import NOW, DeskLook, Sent, Upload
from liangqing.desk.answering.recent import recent
from liangqing.desk.answering.showing import page, told

LARGEST = 64 * 1024 * 1024  # bytes of all that one request brings
MOST_FILES, MOST_FIELDS = 500, 20_000
READ_WITHIN = 120  # seconds in which all that a request brings has to come
FORM_TOKEN = "form_token"  # the field that every form has; htmx sends it as a head
FORM_HEAD = "x-form-token"
NAMELESS = "没有名字的文件"  # what a file is called that was sent as a folder


@dataclass(frozen=True)
class DeskPage:
    """A row of a table of pages.

    `path` stands below the workspace's address ("records/{section}"; in the table of the page to begin with, below
    /start); `answer` makes the answer and may raise Problems or OSError, which become messages; `posts` says that it
    changes something, and is reached by forms alone.
    """

    path: str
    answer: Callable[[DeskLook], Response]
    posts: bool = False
    in_workspace: bool = True

    def route(self, desk: DeskSettings) -> Route:
        """The same for Starlette."""
        above = "/w/{workspace}/{year}/{day}" if self.in_workspace else ""

        async def answered(request: Request) -> Response:
            return await _answered(self, desk, request)

        return Route(f"{above}/{self.path}", answered, methods=["POST" if self.posts else "GET"])


async def _answered(row: DeskPage, desk: DeskSettings, request: Request) -> Response:
    form: Mapping[str, tuple[str, ...]] = {}
    files: Mapping[str, tuple[Upload, ...]] = {}
    if row.posts:
        form, files = await _read_in_time(request)
        given = request.headers.get(FORM_HEAD) or next(iter(form.get(FORM_TOKEN, ())), "")
        if not secrets.compare_digest(given.encode(), desk.form_token.encode()):
            return PlainTextResponse("这张表不是本次启动的：刷新页面再做一次\n", 403)
    parts = {key: unquote(str(value)) for key, value in request.path_params.items()}
    partial = request.headers.get("hx-request") == "true"
    sent = Sent(dict(request.query_params), form, files, parts, partial, row.posts)
    return await run_in_threadpool(_made, row, desk, sent)


def _made(row: DeskPage, desk: DeskSettings, sent: Sent) -> Response:
    look = DeskLook(desk, sent)
    try:
        look = looked_at(desk, sent) if row.in_workspace else look
        return _as_asked(sent, row.answer(look))
    except (Problems, OSError) as problem:
        return told(look, why_not(problem), 500 if isinstance(problem, OSError) else 422)
    except NotThere as missing:
        return page(look, "not_there.html", status=404, what=str(missing))


def why_not(problem: Problems | OSError) -> tuple[Diagnostic, ...]:
    """Why something was not done, as a page tells it: what was refused, or what the disk did not do."""
    if isinstance(problem, Problems):
        return tuple(problem.diagnostics)
    words = f"读写不了（{reason(problem)}）：检查文件夹是否存在、有没有权限、磁盘是否已满"
    return (error(Code.FILE_UNREADABLE, Place(problem.filename or ""), words),)


def _as_asked(sent: Sent, answer: Response) -> Response:
    """The answer; to htmx, that the whole page goes elsewhere, since it would put that page into a piece of this one."""
    if sent.partial and answer.status_code == 303:
        return Response(status_code=204, headers={"hx-redirect": answer.headers["location"]})
    return answer


class NotThere(LookupError):
    """What an address names is not there (any more); the message says what, in Chinese."""


def looked_at(desk: DeskSettings, sent: Sent) -> DeskLook:
    """The workspace, year and day that an address names. Raises NotThere where it names none that is known."""
    root = known_root(desk, sent.parts["workspace"])
    year, day = sent.parts["year"], sent.parts["day"]
    if not (year == "-" or (len(year) == 4 and year.isascii() and year.isdigit())):
        raise NotThere(f"年度「{year}」")
    chosen = None if day == NOW else day_named(day)
    return DeskLook(desk, sent, root, None if year == "-" else int(year), chosen)


def day_named(text: str) -> date:
    """The day that a part of an address names, of a century that calendars can count on from. Raises NotThere."""
    day = day_written(text)
    if day is None:
        raise NotThere(f"日期「{text}」")
    return day


def known_root(desk: DeskSettings, name: str) -> Path:
    """The workspace that an address names: one that this desk told of, or that was open before. Raises NotThere."""
    if name not in desk.known:
        for root in (*recent(desk.recent), *filter(None, (desk.first,))):
            desk.name(root)
    if name not in desk.known or not is_workspace(desk.known[name]):
        raise NotThere("这个工作目录")
    return desk.known[name]


async def _read_in_time(
    request: Request,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[Upload, ...]]]:
    try:
        async with asyncio.timeout(READ_WITHIN):
            return await _read(request)
    except TimeoutError:
        raise HTTPException(408) from None


async def _read(request: Request) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[Upload, ...]]]:
    form: dict[str, tuple[str, ...]] = {}
    files: dict[str, tuple[Upload, ...]] = {}
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=2**22) as read:
        for name, value in read.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    upload = Upload(_last_part(value.filename), await value.read())
                    files[name] = (*files.get(name, ()), upload)
            else:
                form[name] = (*form.get(name, ()), value.replace("\r\n", "\n"))
    return form, files


def _last_part(name: str) -> str:
    """The name of a file that was sent, without folders, whichever slash they were written with; never empty."""
    return PurePosixPath(name.replace("\\", "/")).name or NAMELESS
