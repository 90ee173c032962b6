"""What changes the workspace: issue and void (architecture.md, "Command line")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from liangqing import documents, pipeline, register, rules
from liangqing.catalogue import Catalogue, Entry
from liangqing.context.papers import Subject
from liangqing.desk import Desk, open_desk
from liangqing.documents import Compiled, Made
from liangqing.errors import Place, Problems, Severity, refuse
from liangqing.layout import DATA, KEPT, OUTPUT, REGISTER
from liangqing.register import Annex, Line, Register, Void
from liangqing.store import locked
from liangqing.wording import suggestion

LOCK = f"{DATA}/.发文登记.lock"


def issue(
    root: Path, kind: str, word: str, day: date, *, year: int | None, today: date, signer: str = ""
) -> Line:
    """Freeze a paper: take the next number, append the register's line, keep the paper and its values.

    Raises Problems and changes nothing when the data has an error, a gate is open, the paper is out already,
    or a draft of it was corrected by hand.
    """
    with locked(root / LOCK):
        register.recover(root)
        desk = open_desk(root, year, None, today)
        known = documents.load_catalogue(root)
        entry = known.entry(kind)
        if not (entry.kind.number or entry.kind.freeze):
            raise refuse("D606", entry.place(), f"{kind}不取号也不定稿，不用印发", "用 build 生成即可")
        desk = replace(desk, at=desk.at.as_issued(day, numbered=bool(entry.kind.number)))
        compiled = documents.compile_entries(desk, known, [entry.name, *entry.kind.annexes])
        subject = _subject(desk, compiled[kind], word)
        line = _next_line(desk, known, entry, subject, day, signer)
        _judge(desk, compiled[kind], subject, line)
        _refuse_edited_draft(desk, compiled[kind], subject)
        return _freeze(desk, line, [_render(each, subject, line) for each in compiled.values()])


def void(root: Path, name: str, reason: str, day: date) -> Void:
    """Take an issued paper out of use; the number stays taken. Raises Problems when there is none of that name."""
    with locked(root / LOCK):
        register.recover(root)
        book = _sound(root)
        place = Place(REGISTER)
        lines = [each for each in book.issued if each.name == name]
        if not lines:
            raise refuse(
                "D607", place, f"没有发过「{name}」", suggestion(name, [each.name for each in book.issued])
            )
        if book.voided(lines[-1], date.max):
            raise refuse("D607", place, f"{name} 已经作废过", "不用再作废")
        if day < lines[-1].issued:
            message = f"作废日期（{day}）早于成文日期（{lines[-1].issued}）"
            raise refuse("D607", place, message, "核对 --date")
        entry = Void(len(book.lines) + 1, name, day, reason)
        register.append(root, entry, book)
        return entry


def _sound(root: Path) -> Register:
    book = register.load(root)
    if book.diagnostics:
        raise Problems(book.diagnostics)
    return book


def _subject(desk: Desk, each: Compiled, word: str) -> Subject:
    entry = each.entry
    subjects = [subject for subject in documents.subjects_of(desk, entry) if documents.holds(each, subject)]
    found = [each for each in subjects if each.code == word] or [
        each for each in subjects if each.answers_to(word)
    ]
    if len(found) == 1:
        return found[0]
    codes = [each.code for each in found or subjects]
    message = f"「{word}」不止指一个对象" if found else f"「{word}」不是{entry.name}的对象"
    raise refuse("D505", Place(word), message, suggestion("" if found else word, codes))


def _next_line(desk: Desk, known: Catalogue, entry: Entry, subject: Subject, day: date, signer: str) -> Line:
    """The line that would be written, still without title and hashes."""
    book, year = desk.register, desk.at.year.year
    standing = book.in_use(entry.name, subject.code, year)
    if standing is not None:
        advice = f"要改就先作废：void {standing.name} --why …，再重新印发"
        raise refuse(
            "D608", subject.origin.place(), f"{entry.name} {subject.code} 已印发（{standing.name}）", advice
        )
    number = _number(desk, known, entry, day)
    addressee = ""
    if subject.letter is not None and subject.unit is not None:
        addressee = subject.letter.addressee or subject.unit.name
    return Line(
        serial=len(book.lines) + 1,
        kind=entry.name,
        subject=subject.code,
        title="",
        addressee=addressee,
        year=year,
        issued=day,
        file="",
        content="",
        values="",
        number=number,
        signer=signer,
    )


def _number(desk: Desk, known: Catalogue, entry: Entry, day: date) -> str | None:
    if entry.kind.number is None:
        return None
    options = desk.data.years.get(day.year, desk.at.year).options
    shared = options.numbering == "共用"
    same = [name for name, each in known.entries.items() if each.kind.number == entry.kind.number]
    series = None if shared else frozenset(same)
    following = desk.register.next_number(series, day.year, options.first_numbers.get(entry.name, 1))
    return f"{desk.at.year.group.code}{entry.kind.number.code}〔{day.year}〕{following}号"


def _judge(desk: Desk, each: Compiled, subject: Subject, line: Line) -> None:
    """Judge the year as it would stand with the line in the register."""
    book = replace(desk.register, lines=(*desk.register.lines, line))
    then = replace(desk, register=book, at=replace(desk.at, register=book))
    found = [problem for problem in then.judge(kept=False) if problem.severity is Severity.ERROR]
    found += rules.open_gates(desk.at, subject.findings, each.gates)
    found += pipeline.gates_of_words(then, each, subject)
    if found:
        raise Problems(found)


def _refuse_edited_draft(desk: Desk, each: Compiled, subject: Subject) -> None:
    """A draft that a person corrected in Word must not be lost by issuing what the data says."""
    draft = documents.render(each, subject)
    folder = desk.root / OUTPUT / desk.year_folder
    path = draft.artifact.path
    if (folder / path).is_file() and pipeline.output_store(desk.root, desk.year_folder).is_edited(path):
        place = Place(f"{OUTPUT}/{desk.year_folder}/{path}")
        advice = "把改动写进数据后删掉这个草稿，再印发"
        raise refuse("D609", place, "草稿被人改过，照数据印发会丢掉这些改动", advice)


def _render(each: Compiled, subject: Subject, line: Line) -> Made:
    return documents.render(each, subject, line.number, line.issued)


def _freeze(desk: Desk, line: Line, made: list[Made]) -> Line:
    """Stage the files, write the line, put the files in place."""
    paper, annexes = made[0], made[1:]
    stem = (line.number or f"{line.kind}-{line.subject}-{line.serial}").replace("/", "-")
    folder = f"{KEPT}/{line.issued.year}"
    kept = tuple(
        Annex(each.entry.name, f"{folder}/{stem}-附件{index}-{each.entry.name}.docx", each.artifact.digest)
        for index, each in enumerate(annexes, start=1)
    )
    taken = documents.dump_values({each.entry.name: each.reads for each in made})
    line = replace(
        line,
        title=paper.title,
        copies=paper.copies,
        file=f"{folder}/{stem}.docx",
        content=paper.artifact.digest,
        values=register.values_hash(taken),
        annexes=kept,
    )
    names = [line.file, *(each.file for each in kept)]
    files = {Path(name).name: each.artifact.data for name, each in zip(names, made, strict=True)}
    files[f"{stem}.json"] = taken
    _refuse_overwriting(desk.root / DATA / folder, files)
    staged = register.stage(desk.root, line.issued.year, line.serial, files)
    register.append(desk.root, line, desk.register)
    register.settle(staged)
    return line


def _refuse_overwriting(folder: Path, files: dict[str, bytes]) -> None:
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        place = Place(f"{DATA}/{KEPT}/{folder.name}/{taken[0]}")
        raise refuse("D610", place, "存档里已有同名文件，不覆盖", "查清它从哪里来，移走后再印发")
