"""What turns Word files into PDFs: Word and WPS where Windows has them, LibreOffice everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from liangqing.pdf.font_files import Substitutes

Copying = Callable[[bytes, str], bytes]  # the bytes of a Word file and its name → the copy that is converted


class Converter(Protocol):
    """An office program as far as PDFs are concerned."""

    @property
    def name(self) -> str:
        """What a person calls it, and writes after --with."""

    @property
    def mark(self) -> str:
        """What stands for the program in the key of each PDF that it made; another program makes other pages."""

    @property
    def copies(self) -> Sequence[Copying]:
        """How a copy is made ready for it, in the order in which they are tried until one loses no text."""

    def is_there(self) -> bool:
        """Whether this machine has it, as far as can be seen without starting it."""

    def stand_ins(self, asked: Iterable[str], chosen: Mapping[str, str]) -> Substitutes:
        """What stands in for those of the faces `asked` that are not installed, as `font_files.look` has it."""

    def to_pdf(self, papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
        """Copies by name → the whole PDFs that could be made, by the same names.

        One that can't be made is left out and takes no other with it. Raises Problems where there is no program.
        """
