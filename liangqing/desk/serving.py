"""The desk started: one port of this machine alone, one desk a person."""

from __future__ import annotations

import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.application import application

LOOPBACK = "127.0.0.1"
RUNNING = "desk.json"  # in the folder of the person's state: the desk that runs, readable by the person alone


def state_folder() -> Path:
    """Where the program keeps what belongs to the person and to no workspace: which were open, which desk runs."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "liangqing"
    return Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local/state"))) / "liangqing"


def listening(port: int) -> socket.socket:
    """A socket at `port` of this machine alone; 0: any that is free. Raises OSError where it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener


def address_of(port: int, token: str) -> str:
    """The address to open first."""
    return f"http://{LOOPBACK}:{port}/enter?token={token}"


def already_running(state: Path, root: Path | None) -> str | None:
    """The address of a desk that this person has running for the same workspace (or for none); None: there is none."""
    try:
        noted = json.loads((state / RUNNING).read_text("utf-8"))
        port, token, first = int(noted["port"]), str(noted["token"]), noted["first"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if first != (None if root is None else str(root)):
        return None
    cookie = f"liangqing_desk_{port}={token}"
    asked = urllib.request.Request(f"http://{LOOPBACK}:{port}/alive", headers={"Cookie": cookie})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError, urllib.error.URLError), opener.open(asked, timeout=2) as answer:
        if answer.read() == b"liangqing":
            return address_of(port, token)
    return None


def serve(desk: DeskSettings, listener: socket.socket, state: Path, ready: Callable[[str], None]) -> None:
    """Answer until the program is stopped. `ready` is told the address as soon as a browser may ask."""
    port = listener.getsockname()[1]
    listener.listen(64)
    _note(state, port, desk)
    ready(address_of(port, desk.token))
    server(desk).run(sockets=[listener])


def server(desk: DeskSettings) -> uvicorn.Server:
    """The server of a desk; without a log of requests, since addresses hold what people look for."""
    settings = uvicorn.Config(
        application(desk), log_level="warning", access_log=False, lifespan="off", server_header=False
    )
    return uvicorn.Server(settings)


def _note(state: Path, port: int, desk: DeskSettings) -> None:
    """Leave word for a second start; readable by the person alone, since the token stands in it."""
    state.mkdir(parents=True, exist_ok=True)
    first = None if desk.first is None else str(desk.first)
    beside = state / f"{RUNNING}.{os.getpid()}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"port": port, "token": desk.token, "first": first}, file)
    beside.replace(state / RUNNING)
