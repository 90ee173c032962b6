"""The desk started: one port of this machine alone, one desk a person."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from liangqing import __version__
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, reason, refuse
from liangqing.base.output_files import locked
from liangqing.base.plain_json import read_json
from liangqing.desk.answering.desk_settings import DeskSettings, proof_of
from liangqing.desk.answering.opening import name_of
from liangqing.desk.application import application

LOOPBACK = "127.0.0.1"
RUNNING = "desk.json"  # in the folder of the person's state: the desk that runs, readable by the person alone
LAST_PORT = "desk.port"  # likewise: at which port the last start was
STARTING = "desk.lock"  # beside it: two that start at once do so one after the other
PATIENCE = 3  # seconds: for a desk to answer a second start, and for answers under way when it stops
LONGEST_NOTE = 4096  # bytes


def listening(port: int) -> socket.socket:
    """A socket at `port` of this machine alone; 0: any that is free. Raises Problems where it is taken."""
    listener = socket.socket(
        socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # else asyncio waits to send
    if os.name == "nt":
        listener.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(64)
    except OSError as problem:
        listener.close()
        advice = "去掉 --port，由程序挑一个空闲的；或换一个号，如 --port 8765"
        message = f"端口 {port} 用不了（{reason(problem)}）：别的程序正在用，或系统不许用"
        raise refuse(Code.PORT_TAKEN, Place("--port"), message, advice) from None
    return listener


def address_of(port: int, token: str) -> str:
    """The address to open first."""
    return f"http://{LOOPBACK}:{port}/enter?token={token}"


def _leading_to(root: Path | None, address: str) -> str:
    """The same, to a workspace; without one, to the page to begin with."""
    return f"{address}&open={'begin' if root is None else name_of(root)}"


def already_running(state: Path, root: Path | None, *, sample: bool = False) -> str | None:
    """The address at which a desk of this person, of this program, serves any workspace; None: there is none.

    What an earlier one left behind, or another person wrote, is none: a desk proves that it knows its token.
    """
    try:
        noted = _noted(state / RUNNING)
        port, token = int(str(noted["port"])), str(noted["token"])
        same = noted["version"], noted["sample"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if same != (__version__, sample) or not 0 < port < 65536:
        return None
    nonce = secrets.token_hex(16)
    asked = urllib.request.Request(f"http://{LOOPBACK}:{port}/alive?asked={nonce}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError, ValueError), opener.open(asked, timeout=PATIENCE) as answer:
        if hmac.compare_digest(answer.read(256), proof_of(token, nonce).encode()):
            return _leading_to(root, address_of(port, token))
    return None


def _noted(file: Path) -> dict[str, object]:
    """What a desk noted of itself; raises ValueError for a file that is not the person's own, or is no note."""
    seen = file.stat()
    if os.name != "nt" and seen.st_uid != os.getuid():
        raise ValueError("written by somebody else")
    with file.open("rb") as opened:
        noted = read_json(opened.read(LONGEST_NOTE))
    if not isinstance(noted, dict):
        raise ValueError("no note")
    return noted


@dataclass(frozen=True)
class DeskStart:
    """What a start came to: the address, and the socket to serve at (None: a desk that runs already serves there)."""

    address: str
    listener: socket.socket | None


def start(desk: DeskSettings, port: int, state: Path) -> DeskStart:
    """Find the desk that this person has running, else take `port` and leave word of it for the next start.

    Raises Problems where the port is taken.
    """
    with _one_at_a_time(state):
        running = already_running(state, desk.first, sample=desk.sample)
        if running is not None:
            return DeskStart(running, None)
        listener = _listening_again(state) if port == 0 else listening(port)
        number = listener.getsockname()[1]
        with suppress(OSError):  # without the note a second start makes a desk of its own
            _note(state, number, desk)
        return DeskStart(address_of(number, desk.token), listener)


def _listening_again(state: Path) -> socket.socket:
    """At the port of the last start where it is free: what a browser keeps unsaved belongs to an address with its port."""
    last = state / LAST_PORT
    with suppress(OSError, ValueError, Problems):
        port = int(last.read_text("ascii"))
        return listening(port if 1024 <= port < 65536 else 0)
    listener = listening(0)
    with suppress(OSError):
        last.write_text(str(listener.getsockname()[1]), "ascii")
    return listener


def serve(desk: DeskSettings, listener: socket.socket, state: Path) -> None:
    """Answer until the program is stopped, by Ctrl+C too."""
    serving = server(desk)
    try:
        with suppress(KeyboardInterrupt):
            serving.run(sockets=[listener])
    finally:
        listener.close()
        _forget(state, desk)


def server(desk: DeskSettings) -> uvicorn.Server:
    """The server of a desk; without a log of requests, since addresses hold what people look for."""
    settings = uvicorn.Config(
        application(desk),
        http="h11",
        ws="none",
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    return uvicorn.Server(settings)


@contextmanager
def _one_at_a_time(state: Path) -> Iterator[None]:
    """Hold the lock of starting; where the folder can't be written nobody waits for anybody."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        (state / STARTING).touch()
    except OSError:
        yield
        return
    with locked(state / STARTING):
        yield


def _note(state: Path, port: int, desk: DeskSettings) -> None:
    """Leave word for a second start; readable by the person alone, since the token stands in it."""
    beside = state / f"{RUNNING}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    noted = {"port": port, "token": desk.token, "version": __version__, "sample": desk.sample}
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(noted, file)
    beside.replace(state / RUNNING)


def _forget(state: Path, desk: DeskSettings) -> None:
    """Take the note away, unless a later desk wrote its own."""
    with suppress(OSError, ValueError):
        if _noted(state / RUNNING).get("token") == desk.token:
            (state / RUNNING).unlink()
