"""Who is let in: this machine's own browser with the token of this start, asking this desk by its own name.

Every request passes here, before anything is read of it.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from liangqing.desk.answering.desk_settings import DeskSettings, proof_of
from liangqing.desk.answering.page_table import LARGEST

HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE = ("GET", "HEAD")
OWN_SITE = ("same-origin", "none")  # of Sec-Fetch-Site: one of our pages, or a person who opened an address
# No script but our own files; styles may stand in a page, since the preview of a Word file writes them.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data: blob:; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
NAME = re.compile("[0-9a-f]{10}")  # of a workspace in addresses
NOT_LET_IN = "这个地址只认本次启动的口令：请从程序打开的页面进入，或重新打开「两清两跟」。\n"


class Guard:
    """Wraps the application: Host, Origin, token, size of what comes; the headers of what goes."""

    def __init__(self, app: ASGIApp, desk: DeskSettings) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to a request that is not let in; None for one that is."""
        headers = Headers(scope=scope)
        if not is_own_host(headers.getlist("host")):
            return PlainTextResponse("不认识的主机名\n", 421)
        if scope["path"] == "/alive":
            return self._proving(scope)
        if scope["path"] == "/enter":
            return self._entering(scope)
        if headers.get("sec-fetch-site", "none") not in OWN_SITE:
            return PlainTextResponse("不是从本页发来的\n", 403)
        if scope["method"] not in SAFE and not _is_own_origin(headers):
            return PlainTextResponse("不是从本页发来的\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST:
            return PlainTextResponse(f"一次最多送来 {LARGEST // 2**20} MB\n", 413)
        if not self._has_token(headers):
            return PlainTextResponse(NOT_LET_IN, 403)
        return None

    def _entering(self, scope: Scope) -> Response:
        """The address that the program prints: its token becomes a cookie, and stands in no address from then on."""
        if not secrets.compare_digest(_asked(scope, "token").encode(), self.desk.token.encode()):
            return PlainTextResponse(NOT_LET_IN, 403)
        name = _asked(scope, "open")
        known = f"/open/{name}" if NAME.fullmatch(name) else "/"
        answer = RedirectResponse("/begin" if name == "begin" else known, 303)
        answer.set_cookie(
            _cookie_name(Headers(scope=scope)), self.desk.token, httponly=True, samesite="strict"
        )
        return answer

    def _proving(self, scope: Scope) -> Response:
        """For a second start: that this is the desk of the token that was noted. It tells nothing else."""
        return PlainTextResponse(proof_of(self.desk.token, _asked(scope, "asked")))

    def _has_token(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(_cookie_name(headers))
        except CookieError:
            return False
        given = cookie.value if cookie else ""
        return secrets.compare_digest(given.encode(), self.desk.token.encode())


def _asked(scope: Scope, name: str) -> str:
    """A value of the query; "" where it is not there."""
    query: str = scope["query_string"].decode("latin-1")
    return parse_qs(query).get(name, [""])[0]


def is_own_host(hosts: list[str]) -> bool:
    """Whether a request names this machine by a name of its own: one Host, loopback."""
    return len(hosts) == 1 and hosts[0].rpartition(":")[0] in HOSTS


def _is_own_origin(headers: Headers) -> bool:
    """Whether what changes something was sent by a page of this desk: its Origin is the Host that is asked."""
    origin = headers.get("origin", "")
    return origin == f"http://{headers.get('host')}"


def _cookie_name(headers: Headers) -> str:
    """Cookies know no ports: each desk of this machine has one of its own name."""
    return f"liangqing_desk_{headers.get('host', '').rpartition(':')[2]}"


class TooMuchSent(Exception):
    """More came than a request may bring, whatever its head said."""


def _limited(receive: Receive) -> Receive:
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST:
            raise TooMuchSent
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
