"""generate.py whose every paper, and every file that is moved in, takes a while (tests/actions/test_processes.py).

python slow_build.py SECONDS WORDS…; it says 开始 when the first paper is begun, 写入 before the first is moved in.
Today is 2021-11-01, as for the tests in their own process.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from liangqing.actions.make_papers import PaperMaker
from liangqing.base.output_files import OutputRun
from liangqing.cli import main as cli


def main() -> int:
    seconds, *words = sys.argv[1:]
    for kind, name, word in ((PaperMaker, "make_batch", "开始"), (OutputRun, "_move_in", "写入")):
        setattr(kind, name, _pausing(getattr(kind, name), 0.0, word))
    for kind, name in ((PaperMaker, "make"), (OutputRun, "_replace")):
        setattr(kind, name, _pausing(getattr(kind, name), float(seconds), ""))
    cli.today = lambda: date(2021, 11, 1)
    return cli.main(words)


def _pausing(real: Callable[..., Any], seconds: float, word: str) -> Callable[..., Any]:
    """The method `real`, after a pause; `word` is said when an object does it first."""

    def pausing(owner: Any, *args: Any) -> Any:
        if word and not vars(owner).get(word):
            setattr(owner, word, True)
            os.write(1, f"{word}\n".encode())
        time.sleep(seconds)
        return real(owner, *args)

    return pausing


if __name__ == "__main__":
    sys.exit(main())
