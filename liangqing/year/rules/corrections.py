"""Rules over 更正: a paper that takes the place of one that went out and stands, of the same unit, and once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liangqing.base.chinese import suggestion, year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Letter
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.year import Year
from liangqing.register import Line, place_of
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing


@dataclass(frozen=True)
class _Correction:
    """A record with 更正: the paper that it corrects, and its own line (None: it has not gone out yet)."""

    at: Standing
    record: Letter | WrittenPaper
    number: str
    target: Line
    line: Line | None

    @property
    def kind(self) -> str:
        return _kind(self.record)

    @property
    def name(self) -> str:
        """What messages call it."""
        number = f"（{self.line.name}）" if self.line else ""
        return f"{_section(self.record)} {self.record.code}{number}"

    def refused(self, code: Code, found: str, advice: str) -> Diagnostic:
        return error(code, self.record.place("更正"), f"{self.name} 更正的 {self.number}{found}", advice)

    @property
    def told(self) -> str:
        """Where the corrected paper stands."""
        return str(place_of(self.at.register, self.target))


def correction_of_what_went_out(standing: Standing) -> Iterator[Diagnostic]:
    """更正 names a number that was issued."""
    numbers = standing.register.by_number
    for record in _correcting(standing.year):
        if record.corrects not in numbers:
            message = f"{_section(record)} {record.code} 更正的「{record.corrects}」没有发过"
            yield error(
                Code.CORRECTS_NOTHING_SENT,
                record.place("更正"),
                message,
                year_in_brackets(record.corrects or "") or suggestion(record.corrects or "", numbers),
            )


def correction_of_what_stands(standing: Standing) -> Iterator[Diagnostic]:
    """更正 names a paper that went out before it and was not void by then: so none corrects itself, nor in a circle."""
    for correction in _corrections(standing):
        if correction.line is not None and correction.target.serial >= correction.line.serial:
            what = (
                "就是它自己"
                if correction.target == correction.line
                else f"是在它以后印发的（{correction.told}）"
            )
            advice = "「更正」写要更正的那份、先印发的文号；不是更正的，删掉「更正」"
            yield correction.refused(Code.CORRECTS_WHAT_DOES_NOT_STAND, what, advice)
        elif standing.register.voided_before(correction.target, correction.line):
            advice = "已经作废的不用更正：删掉「更正」，照常印发"
            yield correction.refused(
                Code.CORRECTS_WHAT_DOES_NOT_STAND, f"那时已经作废（{correction.told}印发）", advice
            )


def correction_to_the_same_unit(standing: Standing) -> Iterator[Diagnostic]:
    """A letter is corrected by a letter, another paper by another; both go to one unit, or to who took over from it."""
    for correction in _corrections(standing):
        if (correction.target.kind == LETTER) != (correction.kind == LETTER):
            advice = f"更正{correction.target.kind}，也写一条{_section_of(correction.target)}"
            yield correction.refused(
                Code.CORRECTS_ANOTHER_UNITS,
                f"是{correction.target.kind}（{correction.told}），不是一类文书",
                advice,
            )
            continue
        strange = _strange(correction)
        if strange:
            names = "、".join(unit.short_name for unit in _units_of(standing, correction.target))
            said = f"是发给「{names}」的（{correction.told}），它却发给「{strange[0].short_name}」"
            advice = "核对「更正」的文号和「单位」；发给别的单位的不是更正，删掉「更正」"
            yield correction.refused(Code.CORRECTS_ANOTHER_UNITS, said, advice)


def corrected_once(standing: Standing) -> Iterator[Diagnostic]:
    """A paper is corrected once; what corrects it a second time corrects the first correction."""
    drafts: dict[str, _Correction] = {}
    for correction in _corrections(standing):
        others = [
            line for line in standing.register.corrections(correction.number) if line != correction.line
        ]
        before = [line for line in others if correction.line is None or line.serial < correction.line.serial]
        first = next(
            (line for line in before if not standing.register.voided_before(line, correction.line)), None
        )
        if first is not None:
            said = f"已由 {first.name} 更正（{place_of(standing.register, first)}）"
            advice = f"再更正的，更正后一份：改写「更正: {first.name}」；以这一份为准而不要那一份的，先把那一份作废"
            yield correction.refused(Code.CORRECTED_TWICE, said, advice)
        elif (
            correction.line is None
            and (draft := drafts.setdefault(correction.number, correction)) is not correction
        ):
            said = f"，{_section(draft.record)} {draft.record.code} 也在更正（{draft.record.place('更正')}）"
            yield correction.refused(
                Code.CORRECTED_TWICE, said, "合成一份；要发两份的，先印发一份，另一份更正那一份"
            )


def correction_keeps_the_findings(standing: Standing) -> Iterator[Diagnostic]:
    """A finding of the corrected letter that its 更正 leaves out is asked for by no letter any more (warning)."""
    for correction in _corrections(standing):
        letter = (
            standing.letter_of(correction.target)
            if correction.target.kind == correction.kind == LETTER
            else None
        )
        left = [code for code in letter.findings if code not in correction.record.findings] if letter else []
        if left and not _strange(correction):
            yield warning(
                Code.CORRECTION_LEAVES_OUT,
                correction.record.place("问题"),
                f"{correction.name} 更正 {correction.number}，没有写到那份函里的问题 {'、'.join(left)}；"
                "更正印发后那份函不再催，这些问题就没有函在催",
                "还要整改的写进「问题」；本来就不该写进那份函的，不用管",
            )


def _correcting(year: Year) -> Iterable[Letter | WrittenPaper]:
    """The records of the year that have 更正."""
    records: tuple[Letter | WrittenPaper, ...] = (*year.papers, *year.letters)
    return (record for record in records if record.corrects is not None)


def _corrections(at: Standing) -> Iterator[_Correction]:
    """Those that correct a known paper and are not void themselves."""
    for record in _correcting(at.year):
        targets = at.register.by_number.get(record.corrects or "")
        sent = at.register.issued_of(_kind(record), record.code, at.year.year)
        line = at.register.in_use(_kind(record), record.code, at.year.year)
        if targets and (line is not None or not sent):
            yield _Correction(at, record, record.corrects or "", targets[-1], line)


def _kind(record: Letter | WrittenPaper) -> str:
    return LETTER if isinstance(record, Letter) else record.kind


def _section(record: Letter | WrittenPaper) -> str:
    return LETTER if isinstance(record, Letter) else "文书"


def _section_of(line: Line) -> str:
    return LETTER if line.kind == LETTER else "文书"


def _own_units(year: Year, record: Letter | WrittenPaper) -> tuple[Unit, ...]:
    if isinstance(record, Letter):
        return (year.unit(record.unit),)
    return year.units_of(record.units) if record.units else ()


def _units_of(at: Standing, line: Line) -> tuple[Unit, ...]:
    """The units that a paper went to, as the data of its year say; () where they say nothing."""
    year = {**at.years, at.year.year: at.year}.get(line.year)
    if year is None:
        return ()
    record = (
        year.letter_by_code.get(line.subject) if line.kind == LETTER else year.paper_by_code.get(line.subject)
    )
    return _own_units(year, record) if record is not None else ()


def _strange(correction: _Correction) -> list[Unit]:
    """The units that a correction goes to and the corrected paper did not, nor to whom they took over from."""
    at = correction.at
    before = {unit.code for unit in _units_of(at, correction.target)}
    own = _own_units(at.year, correction.record) if before else ()
    return [unit for unit in own if before.isdisjoint(at.followed_by(unit.code))]
