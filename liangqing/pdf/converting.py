"""Word files made ready and turned into PDFs; each PDF keeps the key of what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.docx_zip import content_hash, read_package
from liangqing.base.left_behind import place_file
from liangqing.pdf import converters, copy_stamp, named_fonts
from liangqing.pdf.converter import Converter, Copying
from liangqing.pdf.font_files import Substitutes, Substitution
from liangqing.pdf.printed_text import Lost, first_lost


@dataclass(frozen=True)
class WordFile:
    """A Word file to be converted: its name among the others, its bytes, and the file that messages name, if another."""

    name: str
    data: bytes
    file: str = ""


@dataclass(frozen=True)
class Batch:
    """Papers that were read: those that are sound, with the faces that they ask for, and what stands in.

    `by`: the program that will convert them.
    """

    papers: Mapping[str, bytes]
    asked: Mapping[str, frozenset[str]]
    stand_ins: Substitutes
    by: Converter
    faults: tuple[Diagnostic, ...] = ()

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Every face that is replaced in one of the papers."""
        return self.stand_ins.told(frozenset[str]().union(*self.asked.values()))

    def key(self, name: str) -> str:
        """32 hex digits of what a PDF depends on: the content of the Word file, the program, the faces that stand in."""
        told = self.stand_ins.told(self.asked[name])
        words = "\n".join([self.by.mark, content_hash(self.papers[name]), *map(str, told)])
        return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Converted:
    """The PDFs by name of the paper, what could not be converted and why, and the faces that were replaced.

    `by` is the name of the program that made them; also of those that were there and are as it would make them.
    """

    pdfs: Mapping[str, bytes]
    by: str
    faults: tuple[Diagnostic, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


def read(
    papers: Iterable[WordFile], chosen: Mapping[str, str] | None = None, program: str | None = None
) -> Batch:
    """Read papers, each of a name of its own. `chosen`: faces that the group took itself → a name of their class.

    `program` as `converters.choose` takes it. Raises Problems where the one that is named is not there.
    """
    by = converters.choose(program)
    sound: dict[str, bytes] = {}
    asked: dict[str, frozenset[str]] = {}
    faults: list[Diagnostic] = []
    for paper in papers:
        try:
            asked[paper.name] = named_fonts.faces(read_package(paper.data, paper.file or paper.name))
            sound[paper.name] = paper.data
        except Problems as unreadable:
            faults += unreadable.diagnostics
    everything = frozenset[str]().union(*asked.values())
    return Batch(sound, asked, by.stand_ins(everything, chosen or {}), by, tuple(faults))


def turn(batch: Batch, names: Sequence[str]) -> Converted:
    """Convert those of a batch that are called `names`; one that can't be converted takes no other with it.

    A PDF that does not say what its Word file says is none. Raises Problems where there is no program.
    """
    faults: dict[str, Diagnostic] = {}
    pdfs: dict[str, bytes] = {}
    waiting = list(names)
    for copying in batch.by.copies:
        made = _made(batch, waiting, copying)
        faults |= {
            name: _not_made(name, batch.by.name)
            for name in waiting
            if name not in made and name not in faults
        }
        for name, pdf in made.items():
            lost = first_lost(read_package(batch.papers[name], name), pdf)
            if lost is None:
                pdfs[name] = copy_stamp.sealed(pdf, batch.key(name))
            else:
                faults[name] = _differs(name, lost, batch.by.name)
        waiting = [name for name in made if name not in pdfs]
    told = tuple(faults[name] for name in names if name not in pdfs)
    made_well = {name: pdfs[name] for name in names if name in pdfs}
    return Converted(made_well, batch.by.name, told, batch.substitutions)


def _made(batch: Batch, names: Sequence[str], copying: Copying) -> dict[str, bytes]:
    """The PDFs that the program makes of copies that are made ready in one way."""
    copies = {name: copying(batch.papers[name], name) for name in names}
    return batch.by.to_pdf(copies, batch.stand_ins) if copies else {}


def convert_papers(
    papers: Sequence[WordFile], chosen: Mapping[str, str] | None = None, program: str | None = None
) -> Converted:
    """Read and convert in one go; what could not be read is among the faults."""
    batch = read(papers, chosen, program)
    done = turn(batch, list(batch.papers))
    return replace(done, faults=batch.faults + done.faults)


def convert(files: Iterable[Path], into: Path) -> list[Path]:
    """The PDFs of `files`, in order, in the folder `into`; a file of the same stem is written over.

    Raises Problems, and writes nothing, when one of them can't be converted.
    """
    paths = list(files)
    done = convert_papers([WordFile(str(path), path.read_bytes()) for path in paths])
    if done.faults:
        raise Problems(done.faults)
    targets = [into / f"{path.stem}.pdf" for path in paths]
    for source, target in zip(paths, targets, strict=True):
        place_file(target, done.pdfs[str(source)])
    return targets


def _not_made(name: str, by: str) -> Diagnostic:
    advice = (
        "用 Word 或 WPS 打开看看，弹出的对话框（激活、恢复文档等）先关掉，另存一份 .docx 再试；"
        "文件没有问题就再运行一次，或用 --with 换一个装着的程序"
    )
    return error(Code.NOT_CONVERTED, Place(name), f"{by} 没能把它转成 PDF", advice)


def _differs(name: str, lost: Lost, by: str) -> Diagnostic:
    where = f"在「{lost.after}」后面" if lost.after else "从这一页起"
    return error(
        Code.PDF_DIFFERS,
        Place(name),
        f"{by} 转出的 PDF 和 Word 文件的文字不一样，没有写出：第{lost.page}页{where}，缺「{lost.text}」，或次序不同",
        "用 Word 或 WPS 打开这份文件，看这一处是不是被表格的行高、文本框遮住；看着没有缺的，在那里另存为 PDF 或直接打印",
    )
