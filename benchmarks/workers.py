"""Our end of the conversation with the process of an engine (peers/serve.py, peers/node.cjs)."""

from __future__ import annotations

import json
import selectors
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.install import Unavailable, environment, python_of
from benchmarks.peers import Engine
from benchmarks.places import CACHE, ROOT

PATIENCE = 600.0


class Worker:
    """A running engine with its template and contexts; raises Unavailable when it fails or falls silent."""

    def __init__(self, engine: Engine, template: Path, contexts: Path) -> None:
        self.engine = engine
        self._log = CACHE / f"{engine.key}.log"
        self._errors = self._log.open("wb")
        self._process = subprocess.Popen(
            _command(engine, template, contexts),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=ROOT,
        )
        try:
            self.ready = self._read()
        except Unavailable:
            self.close()
            raise

    def render(self, folder: Path, first: int, count: int) -> float:
        """Seconds to render contexts into a new folder, which stays."""
        return self._render(folder, first, count)["seconds"]

    def time(self, folder: Path, first: int, count: int) -> float:
        """The same for the time alone: the folder goes."""
        seconds = self.render(folder, first, count)
        shutil.rmtree(folder)
        return seconds

    def cpu(self, folder: Path, first: int, count: int) -> float:
        """CPU seconds to render contexts into a new folder, which goes."""
        seconds = self._render(folder, first, count)["cpu"]
        shutil.rmtree(folder)
        return seconds

    def peak(self) -> int:
        """The most memory held so far, in KB."""
        return int(self._ask(do="memory")["peak"])

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _render(self, folder: Path, first: int, count: int) -> dict[str, float]:
        folder.mkdir(parents=True)
        return self._ask(do="render", folder=str(folder), first=first, count=count)

    def _ask(self, **command: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._failed() from None
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._process.stdout, selectors.EVENT_READ)
            if not waiting.select(PATIENCE):
                raise Unavailable(f"{PATIENCE:.0f} 秒没有结果")
        line = self._process.stdout.readline()
        if not line:
            raise self._failed()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _failed(self) -> Unavailable:
        self._process.wait()
        said = [line for line in self._log.read_text("utf-8", "replace").splitlines() if line.strip()]
        errors = [line for line in said if "Error" in line] or said
        return Unavailable(errors[-1].strip() if errors else f"退出码 {self._process.returncode}")


def _command(engine: Engine, template: Path, contexts: Path) -> list[str]:
    folder = environment(engine)
    if engine.family == "node":
        script = Path(__file__).parent / "peers" / "node.cjs"
        return ["node", str(script), engine.driver, str(template), str(contexts), str(folder)]
    python = sys.executable if engine.family == "ours" else str(python_of(folder))
    return [python, "-m", "benchmarks.peers.serve", engine.driver, str(template), str(contexts)]
