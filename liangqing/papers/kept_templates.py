"""Templates that are compiled when a paper needs them, and what is noted of those that were found right.

The notes are data, never code: what a template reads. By them a build that changes nothing compiles nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from liangqing.base.folders import OUTPUT
from liangqing.base.output_inputs import read_notes, write_notes
from liangqing.base.program_stamp import program_stamp
from liangqing.engine import Reads, Template

NOTES = f"{OUTPUT}/.templates.json"


class KeptTemplate:
    """A template that was found right: what it reads, and how it is compiled.

    `digest` stands for all that it was compiled from. `printed` is what it reads outside of what is shown for
    orientation alone (参考); of a template that is no form it is the same as `reads`.
    """

    def __init__(self, digest: str, reads: Reads, printed: Reads, make: Callable[[], Template]) -> None:
        self.digest, self.reads, self.printed, self._make = digest, reads, printed, make

    @cached_property
    def template(self) -> Template:
        """Compiled, once in a process."""
        return self._make()

    def render(self, values: Mapping[str, object], *, subject: str) -> bytes:
        """The bytes of a paper; see Template.render."""
        return self.template.render(values, subject=subject)


class TemplateNotes:
    """What is noted in a workspace of templates that were found right by this very program."""

    def __init__(self, root: Path) -> None:
        self._path = root / NOTES
        self._found: dict[str, tuple[Reads, Reads]] = {}
        self._new = False

    def load(self) -> TemplateNotes:
        """Reads the notes; there are none where they are damaged or another program's."""
        notes = read_notes(self._path)
        with suppress(TypeError, AttributeError, ValueError):
            if notes.get("program") == program_stamp():
                self._found = {
                    digest: (reads, printed) for digest, (reads, printed) in notes["templates"].items()
                }
        return self

    def get(self, digest: str) -> tuple[Reads, Reads] | None:
        """What the template reads, and what of it is printed; None for one that has to be compiled."""
        return self._found.get(digest)

    def put(self, digest: str, reads: Reads, printed: Reads) -> None:
        self._found[digest], self._new = (reads, printed), True

    def save(self) -> None:
        """Puts down what is new; where the folder can't be written, the next run compiles again."""
        if self._new:
            with suppress(OSError):
                write_notes(self._path, {"program": program_stamp(), "templates": self._found})


def digest_of(data: bytes, *circumstances: object) -> str:
    """Stands for a template and all else that it is compiled from."""
    told = json.dumps([program_stamp(), *circumstances], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(hashlib.sha256(data).digest() + told.encode()).hexdigest()
