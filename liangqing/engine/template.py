"""A compiled template: values in, the bytes of a .docx out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from liangqing.base.diagnostics import Diagnostic
from liangqing.base.docx_zip import ZipEntry, poured, write_package
from liangqing.engine.filling.grids import fit_grids
from liangqing.engine.filling.program import Flavour, Program
from liangqing.engine.filling.render import Runner, sandbox_for
from liangqing.engine.language.shapes import Reads
from liangqing.engine.language.tags import CELL_END, CONTROL_END, HOLDER_START, ROW_END, TABLE_END
from liangqing.engine.parts.added_parts import Additions, Breaker, PartFilling, Shell
from liangqing.engine.parts.environment import FILLING, LOOPS, Filter, LoopSteps, NeedsForm, Sandbox
from liangqing.engine.parts.picture_folder import PictureFolder
from liangqing.engine.read_subdocument import read_subdocument

_CELL_END, _START = CELL_END.encode(), HOLDER_START.encode()
# What a table, a row and a content control must hold, by the mark of their end.
_HELD: dict[bytes, Callable[[bytes], bool]] = {
    TABLE_END.encode(): lambda data: b"<w:tr" in data,
    ROW_END.encode(): lambda data: b"<w:tc" in data,
    CONTROL_END.encode(): lambda data: b"<w:sdtContent></w:sdtContent>" not in data,
}
_HOLDERS = re.compile(b"(" + b"|".join((_START, *_HELD)) + b")")


class Template:
    """What `compile_template` makes. Pure; several threads may use it, and pickle takes it along.

    `reads` is what the template reads of its values: name → what is read below it, "[]" for the items of a list.
    `warnings`: what is not as it should be and stops nothing; `template check` tells it.
    `contents` are the parts in the order of the file, those without tags as they will stand in the zip.
    """

    def __init__(
        self,
        name: str,
        reads: Reads,
        filters: Mapping[str, Filter],
        contents: Sequence[ZipEntry | Program],
        shell: Shell,
        *,
        warnings: Sequence[Diagnostic] = (),
    ) -> None:
        self.name = name
        self.reads = reads
        self.warnings = tuple(warnings)
        self._filters = dict(filters)
        self._contents = tuple(contents)
        self._shell = shell
        self._runners: dict[str, Runner] | None = None
        self._rich = False

    def render(
        self,
        values: Mapping[str, object],
        *,
        subject: str = "",
        pictures: PictureFolder | None = None,
        breaker: Breaker | None = None,
    ) -> bytes:
        """The bytes of a .docx, the same for the same values.

        `values`: dict, list, str, int, float, bool, None, and the typed values of `engine.parts.values`. Charts,
        pictures, links and new lists are added to the package; a document without any keeps every part that holds
        no tag as it is. A value that cannot be printed raises Problems with the place in Word; `subject` says in the
        message of whom the paper is. Printing None is an error, not a blank: a blank in a signed paper is worse than
        a stop, and `{{ x or '' }}` says that a blank is meant. `pictures`: the folder of each `PictureFile` and
        `SubDocumentFile`; without one none can be printed. `breaker` says where a centred paragraph that prints values breaks when it is longer than
        its line; without one Word does.
        """
        try:
            return self._render(values, subject, pictures, breaker)
        except NeedsForm:
            if self._rich:
                raise
        self._rich, self._runners = True, None  # from now on, so that a template is slowed down but once
        return self._render(values, subject, pictures, breaker)

    def _render(
        self,
        values: Mapping[str, object],
        subject: str,
        pictures: PictureFolder | None,
        breaker: Breaker | None,
    ) -> bytes:
        runners = self._ready()
        additions = Additions(self._shell, pictures, self._kept, read_subdocument)
        scope: dict[str, object] = {**values, LOOPS: LoopSteps()}
        entries: list[ZipEntry] = []
        for content in self._contents:
            if isinstance(content, Program):
                scope[FILLING] = PartFilling(additions, content.part, content.charts, breaker)
                pieces = _filled(content, runners[content.part].write(scope, subject), subject)
                entry = ZipEntry(poured(content.part, pieces))
                for notes in additions.notes.values():
                    notes[:] = [_mended(content, note.encode(), subject).decode() for note in notes]
                content = entry
            entries.append(content)
        return write_package(self._shell.complete(entries, additions) if additions else entries)

    def _kept(self, part: str) -> bytes | None:
        """A part without tags; None where there is none of that name."""
        found = (
            entry for entry in self._contents if isinstance(entry, ZipEntry) and entry.name.decode() == part
        )
        return next((entry.unpacked() for entry in found), None)

    @property
    def programs(self) -> tuple[Program, ...]:
        """What was made of each part that holds tags, in the order of the parts."""
        return tuple(content for content in self._contents if isinstance(content, Program))

    def _ready(self) -> dict[str, Runner]:
        """Made once per process, since compiled code does not pickle."""
        runners = self._runners  # another thread may reset it
        if runners is None:
            sandboxes: dict[Flavour, Sandbox] = {
                flavour: sandbox_for(flavour, self._filters)
                for flavour in {program.flavour for program in self.programs}
            }
            runners = {
                program.part: Runner(program, sandboxes[program.flavour], rich=self._rich)
                for program in self.programs
            }
            self._runners = runners
        return runners

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_runners": None}


def program_name(template: str, part: str) -> str:
    """What a program is called in tracebacks."""
    return f"<{template}!{part}>"


def _filled(program: Program, pieces: Iterator[bytes], subject: str) -> Iterator[bytes]:
    """The pieces of a part, as they come where nothing is to be mended in the whole."""
    if not program.closes_cells and not program.grids:
        return pieces
    return iter((_mended(program, b"".join(pieces), subject),))


def _mended(program: Program, data: bytes, subject: str) -> bytes:
    """What a program has printed, its cells and tables as Word wants them."""
    if program.closes_cells:
        data = _close_cells(_drop_empty(data))
    if program.grids:
        data = fit_grids(data.decode(), program.grids, subject).encode()
    return data


def _close_cells(data: bytes) -> bytes:
    """A cell that lost its last paragraph gets an empty one: Word does not open a cell without."""
    *cells, rest = data.split(_CELL_END)
    return b"".join([cell if cell.endswith(b"</w:p>") else cell + b"<w:p/>" for cell in cells] + [rest])


def _drop_empty(data: bytes) -> bytes:
    """A table that lost all its rows goes, a row that lost all its cells, a control that lost all it held: Word does not open
    a file with one.
    """
    open_: list[list[bytes]] = [[]]
    for piece in _HOLDERS.split(data):
        if piece == _START:
            open_.append([])
        elif piece in _HELD:
            whole = b"".join(open_.pop())
            if _HELD[piece](whole):
                open_[-1].append(whole)
        else:
            open_[-1].append(piece)
    return b"".join(open_[0])
