"""送达: a letter that is out, to one of those whom it goes to: the subject of 送达回证 and 信封, and its variables."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from liangqing.base.chinese import long_date, paper_number
from liangqing.data.model.duties import Unit
from liangqing.data.model.follow_up import Delivery
from liangqing.register import ELSEWHERE, Line
from liangqing.variables.about import Subject
from liangqing.variables.table import VariableTable, number, text, texts
from liangqing.year.state.deliveries import delivered_to, sent_to
from liangqing.year.state.standing import Standing

POSTCODE_DIGITS = 6


@dataclass(frozen=True)
class DispatchSubject(Subject):
    """送达: a numbered letter in force, to one addressee; `unit` is None where that is none of the year's units."""

    line: Line
    to: str
    unit: Unit | None
    delivery: Delivery | None

    @property
    def units(self) -> tuple[Unit, ...]:
        return () if self.unit is None else (self.unit,)

    @property
    def addressee(self) -> str:
        return self.to

    def answers_to(self, word: str) -> bool:
        """A letter may be called by its 文号 in any brackets, by the 编号 of its record, or by whom it goes to."""
        if word == str(self.line.year):  # the subject of papers of the whole year, which this is none of
            return False
        called = {self.line.number, self.line.subject, self.to}
        return word in called or paper_number(word) == self.line.number or super().answers_to(word)


def dispatches(at: Standing, internal: Container[str]) -> Iterator[DispatchSubject]:
    """Every numbered letter that is out and in force on the day, once for each addressee, in the order of the register.

    `internal` are the kinds that stay in the group. A letter that went out before this program was used is there too.
    """
    for line in at.register.issued:
        if line.number is None or line.year != at.year.year or line.issued > at.day:
            continue
        if line.kind not in internal and not at.register.voided(line, at.day):
            yield from _to_each(at, line)


def _to_each(at: Standing, line: Line) -> Iterator[DispatchSubject]:
    delivered = at.deliveries_on(line)
    for name, unit in _addressees(at, line):
        own = (record for record in delivered if unit is None or delivered_to(at, record) == unit)
        delivery = next(own, None)
        yield DispatchSubject(
            at=at,
            code=f"{line.number}/{unit.code if unit else name.replace('/', '、')}",
            label=f"{line.title}，送{unit.short_name if unit else name}",
            origin=delivery or at.year.checklist,
            line=line,
            to=name,
            unit=unit,
            delivery=delivery,
        )


def _addressees(at: Standing, line: Line) -> list[tuple[str, Unit | None]]:
    """Whom a letter goes to, as its envelope calls them: its units, else the names in 主送."""
    units = sent_to(at, line) if ELSEWHERE not in line.notes else ()
    if len(units) == 1:
        return [(line.addressee or units[0].name, units[0])]
    if units:
        return [(unit.name, unit) for unit in units]
    names = [name for name in line.addressee.split("、") if name] or [""]
    return [(name, at.year.unit_by_ref.get(name)) for name in names]


def _postcode(subject: DispatchSubject) -> tuple[str, ...]:
    code = subject.unit.postcode if subject.unit else None
    return tuple(code or "") or ("",) * POSTCODE_DIGITS


def _address(subject: DispatchSubject) -> str | None:
    return subject.unit.postal_address if subject.unit else None


def _told(subject: DispatchSubject, name: str) -> str | None:
    return getattr(subject.delivery, name) if subject.delivery else None


DISPATCH = VariableTable[DispatchSubject](
    "送件",
    {
        "文种": text("文种", lambda subject: subject.line.kind),
        "文号": text("发文字号", lambda subject: subject.line.number or ""),
        "标题": text("文书标题", lambda subject: subject.line.title),
        "附件": texts(
            "随它发出的附件的文种", lambda subject: tuple(annex.kind for annex in subject.line.annexes)
        ),
        "成文日期": text("成文日期", lambda subject: long_date(subject.line.issued)),
        "份数": number("印发份数", lambda subject: subject.line.copies),
        "受送达单位": text("送给谁，全称", lambda subject: subject.to),
        "单位简称": text(
            "送给谁，简称；文件名用", lambda subject: subject.unit.short_name if subject.unit else subject.to
        ),
        "收件地址": text("受送达单位的通信地址", _address, optional=True),
        "收件邮编": texts("受送达单位的邮政编码，一位一个；没有登记的是六个空", _postcode),
        "送达人": text(
            "经手送达的人；没有登记的为空", lambda subject: _told(subject, "carrier"), optional=True
        ),
        "送达方式": text(
            "如 现场交办、邮寄；没有登记的为空", lambda subject: _told(subject, "way"), optional=True
        ),
        "送达时间": text(
            "送达日期；没有登记的为空",
            lambda subject: long_date(subject.delivery.day) if subject.delivery else None,
            optional=True,
        ),
        "签收人": text("签收人；没有登记的为空", lambda subject: _told(subject, "receiver"), optional=True),
        "备注": text("送达的备注", lambda subject: _told(subject, "remark"), optional=True),
    },
)
