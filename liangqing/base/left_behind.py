"""What the program begins to write where a person told it to: noted, so that the next command sweeps what a killed one left.

Within a workspace whoever writes knows where to sweep. A copy, a package or a PDF may lie anywhere, and nobody comes
there again: so a note among what belongs to the person says where something is begun, as long as that lasts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path

from liangqing.base.folders import user_state
from liangqing.base.safe_files import TEMPORARY, temporary_of, write_durably, write_new_file
from liangqing.base.scratch import FOLDER, held_folder, remove_empty, sweep_unheld

_PREFIX = "另存-"
_NAME = "位置"  # the file of a note: where something is begun


def place_file(path: Path, data: bytes) -> None:
    """Replace a file that a person named, as `write_durably` does; what a kill leaves of it the next command sweeps.

    Raises OSError.
    """
    with noted(temporary_of(path)):
        write_durably(path, data)


@contextmanager
def noted(begun: Path) -> Iterator[None]:
    """While this lasts, a temporary file is known as begun, or, by their prefix, folders as `held_folder` makes them.

    Where it can't be noted it is written all the same.
    """
    home = user_state() / FOLDER
    try:
        with ExitStack() as until:
            with suppress(OSError):
                note = until.enter_context(
                    held_folder(home, _PREFIX, stays=lambda: _is_there(begun), before_gone=_sweep_noted)
                )
                write_new_file(note / _NAME, os.fsencode(begun.absolute()), synced=False)
            yield
    finally:
        remove_empty(home)


def _is_there(begun: Path) -> bool:
    """Whether something of it is left, which could not be removed: its note stays with it."""
    return any(begun.parent.glob(f"{escape(begun.name)}*"))


def sweep_left_behind() -> None:
    """Remove what programs that are gone had begun."""
    home = user_state() / FOLDER
    if home.is_dir() and not home.is_symlink():
        sweep_unheld(home, _PREFIX, before_gone=_sweep_noted)
        remove_empty(home)


def _sweep_noted(note: Path) -> None:
    """Remove what a note names: nothing but what bears the marks of a temporary file or of a folder that was held."""
    with suppress(OSError, ValueError):
        begun = Path(os.fsdecode((note / _NAME).read_bytes()))
        if not begun.is_absolute() or not begun.name.startswith("."):
            return
        if begun.name.endswith(TEMPORARY):
            begun.unlink(missing_ok=True)
        else:
            sweep_unheld(begun.parent, begun.name)
