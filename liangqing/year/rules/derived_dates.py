"""Dates that follow from records without a key of their own: days of issue, what an extension moves, earlier rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import IMMEDIATE, Finding, Letter
from liangqing.data.model.follow_up import Case, Delivery, Feedback, Incoming, WrittenPaper
from liangqing.data.model.group import Group
from liangqing.data.model.inspections import Inspection, SelfCheck
from liangqing.data.model.types import ModelRecord, Spot
from liangqing.register import Line, place_of
from liangqing.year.rules.dated_things import Dated, Reader
from liangqing.year.state.drafted import CONSULTATION
from liangqing.year.state.records import LETTER, MINUTES
from liangqing.year.state.standing import AGREED, RELAPSED, Standing

CASE_NOTICE, INSPECTION_NOTICE = "以案促改通知", "监督检查通知"
PUBLICATION = "印发通知"


def issue_line(standing: Standing, record: ModelRecord) -> Line | None:
    """The register's line of a letter or 文书 that is out and not void, on whatever day; None: it is not out."""
    if isinstance(record, Letter):
        return standing.register.in_use(LETTER, record.code, standing.year.year)
    if isinstance(record, WrittenPaper):
        return standing.register.in_use(record.kind, record.code, standing.year.year)
    return None


def _issued(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    line = issue_line(standing, record)
    if line is not None:
        yield _of_line(standing, line, record.label)


def _of_line(standing: Standing, line: Line, owner: str) -> Dated:
    return Dated(line.issued, owner, "成文日期", place_of(standing.register, line))


def _notice(kind: str) -> Reader:
    """The day of issue of the paper of a kind that is on a case, an inspection or the whole year."""

    def read(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
        code = record.code if isinstance(record, Case | Inspection) else str(standing.year.year)
        line = standing.register.in_use(kind, code, standing.year.year)
        if line is not None:
            yield _of_line(standing, line, f"{kind} {line.name}")

    return read


def _corrected(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The day of issue of the paper that a letter or 文书 corrects (更正); one issued after it is `corrections`' to tell."""
    if isinstance(record, Letter | WrittenPaper) and record.corrects is not None:
        own = issue_line(standing, record)
        for line in standing.register.by_number.get(record.corrects, ())[-1:]:
            if own is not None and line.serial > own.serial:
                continue
            yield Dated(line.issued, f"所更正的{line.name}", "成文日期", Spot(record, ("更正",)))


def _sent(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The day of issue of the paper that a 送达 is of."""
    if isinstance(record, Delivery):
        line = standing.line_of(record)
        if line is not None:
            yield _of_line(standing, line, line.name)


def _answered_line(standing: Standing, record: ModelRecord) -> Line | None:
    """The letter that a 回复 or a 整改反馈 answers: the one that was out when it came, void since or not."""
    if isinstance(record, Letter) and record.reply is not None:
        code, day = record.code, record.reply.day
    elif isinstance(record, Feedback):
        code, day = record.letter, record.day
    else:
        return None
    return standing.register.answered(LETTER, code, standing.year.year, day)


def _answered(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    line = _answered_line(standing, record)
    if line is not None:
        yield _of_line(standing, line, f"{LETTER} {line.subject}")


def _answered_by_incoming(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The day of issue of the paper that a 收文 answers (对应)."""
    if isinstance(record, Incoming) and record.answers is not None:
        for line in standing.register.by_number.get(record.answers, ())[-1:]:
            yield _of_line(standing, line, line.name)


def _delivered(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The first 送达 of the letter that a 回复 answers."""
    line = _answered_line(standing, record)
    delivery = None if line is None else standing.on(date.max).delivered(line)
    if delivery is not None:
        yield Dated(delivery.day, record.label, "送达日期", Spot(delivery, ("日期",)))


def _last_day(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """结束日期 of an inspection; of one of one day, that day."""
    if isinstance(record, Inspection):
        key = "开始日期" if record.ends is None else "结束日期"
        yield Dated(record.last_day, record.label, key, Spot(record, (key,)))


def _found_at_earliest(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """发现日期 of a finding, or the first day of its inspection: before that nobody knew of it."""
    if isinstance(record, Finding):
        inspection = standing.year.inspection_by_code[record.inspection]
        if record.found is not None:
            yield Dated(record.found, record.label, "发现日期", Spot(record, ("发现日期",)))
        else:
            yield Dated(inspection.begins, inspection.label, "开始日期", Spot(inspection, ("开始日期",)))


def _found(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """发现日期 of each finding of a letter or 文书 (by default the inspection's last day), of whatever year."""
    if isinstance(record, Letter | WrittenPaper):
        for index, code in enumerate(record.findings):
            for at, finding in standing.held(code):
                yield Dated(
                    at.found_on(finding),
                    finding.label,
                    "发现日期",
                    Spot(record, ("问题", index)),
                    ("问题", index),
                )


def _limits_in_letter(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    line = issue_line(standing, record)
    if line is None or not isinstance(record, Letter):
        return
    for finding, limit in limits_set(standing, record, line.issued):
        yield Dated(limit, finding.label, "整改时限", Spot(finding, ("整改时限",)))


def limits_set(standing: Standing, letter: Letter, day: date) -> Iterator[tuple[Finding, date]]:
    """The findings for which a letter that goes out on `day` sets a limit, each with that; none where it is no date.

    Of 立行立改 and what was closed by then it sets none; nor where it corrects another (更正): it repeats the limits
    of the one that went out first.
    """
    then = standing.on(day) if letter.corrects is None else standing
    for code in letter.findings if letter.corrects is None else ():
        finding = standing.year.finding_by_code.get(code)
        limit = finding.limit_on(day) if finding else None
        sets = finding is not None and finding.category != IMMEDIATE and not then.closed_on(finding)
        if finding and sets and isinstance(limit, date):
            yield finding, limit


def _limits_when_written(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """整改时限 of the findings of a 文书 that is out as it stood then: what its 新时限 takes the place of."""
    line = issue_line(standing, record)
    if line is None or not isinstance(record, WrittenPaper):
        return
    for code in record.findings:
        for _, finding in standing.held(code):
            limit = finding.limit_on(line.issued)
            if isinstance(limit, date):
                yield Dated(limit, finding.label, "整改时限", Spot(finding, ("整改时限",)))


def _first_signed(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The first 双签 on each finding of a letter, each form once."""
    if isinstance(record, Letter):
        forms = [standing.year.signs_on.get(code, ()) for code in record.findings]
        first = dict.fromkeys(min(signs, key=lambda sign: sign.day) for signs in forms if signs)
        for sign in first:
            yield Dated(sign.day, sign.label, "日期", Spot(sign, ("日期",)))


def _limit_before(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The limit that each 延期 moves, in the order of their approval."""
    if not isinstance(record, Finding):
        return
    before: tuple[date | str | None, tuple[str | int, ...]] = (record.limit, ("整改时限",))
    for index, extension in sorted(enumerate(record.extensions), key=lambda pair: pair[1].approved):
        day, path = before
        if isinstance(day, date):
            yield Dated(day, record.label, "原时限", Spot(record, path), ("延期", index, "原时限"))
        before = (extension.limit, ("延期", index, "新时限"))


def _head_before(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """起 of the head before each, in the order in which they are written."""
    if isinstance(record, Group | Unit):
        for index, (before, _) in enumerate(pairwise(record.heads), start=1):
            if before.since is not None:
                spot = Spot(record, ("负责人", index - 1, "起"))
                yield Dated(
                    before.since, record.label, "前一位的任职起始日期", spot, ("负责人", index, "前任")
                )


def _round_before(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The last day of the round of 销号 before each, in the order of their first days."""
    if isinstance(record, Finding):
        dated = [pair for pair in enumerate(record.closings) if pair[1].begun is not None]
        rounds = sorted(dated, key=lambda pair: pair[1].begun or date.min)
        for (number, before), (index, _) in pairwise(rounds):
            if before.conclusion is not None and before.concluded is not None:
                spot = Spot(record, ("销号", number))
                yield Dated(before.concluded, record.label, "上一轮销号结论", spot, ("销号", index, "上一轮"))


def _closed(record: ModelRecord) -> Iterator[Dated]:
    if isinstance(record, Finding):
        for index, closing in enumerate(record.closings):
            if closing.conclusion == AGREED and closing.closed is not None:
                yield Dated(
                    closing.closed, record.label, "销号日期", Spot(record, ("销号", index, "销号日期"))
                )


def _first_closed(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The first 销号日期 that was agreed; none where 选项.销号门槛 wants a 回头看 before it."""
    if "回头看日期" not in standing.year.options.closing_gates:
        yield from sorted(_closed(record), key=lambda dated: dated.day)[:1]


def _closed_for_good(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The last 销号日期 that was agreed, unless the finding broke open again (反弹) since."""
    for last in sorted(_closed(record), key=lambda dated: dated.day)[-1:]:
        if isinstance(record, Finding) and not any(
            recheck.result == RELAPSED and recheck.day >= last.day for recheck in record.rechecks
        ):
            yield last


def _period_opens(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """When units could first hand in a self-check: the notice of the period's case, else its 通报日期."""
    if not isinstance(record, SelfCheck):
        return
    case = standing.year.case_by_code.get(standing.year.period_by_name[record.period].case or "")
    if case is not None:
        notice = list(_notice(CASE_NOTICE)(standing, case))
        published = (
            Dated(case.published, case.label, "通报日期", Spot(case, ("通报日期",)))
            if case.published
            else None
        )
        yield from notice or ([published] if published else [])


_DATE = re.compile(r"(?:(\d{4})[年.\-/])?(\d{1,2})[月.\-/](\d{1,2})日?")


def _meant(standing: Standing, record: ModelRecord) -> Iterator[Dated]:
    """The first day that 时间 of a 文书 names; without a year, the first such day from 30 days before its issue on."""
    line = issue_line(standing, record)
    found = _DATE.search(record.when or "") if isinstance(record, WrittenPaper) else None
    if found is None or line is None:
        return
    year, month, number = found.groups()
    try:
        day = date(int(year or line.issued.year), int(month), int(number))
        if year is None and (line.issued - day).days > 180:
            day = day.replace(year=day.year + 1)
    except ValueError:
        return
    yield Dated(day, record.label, "时间", Spot(record, ("时间",)))


DERIVED: Mapping[str, Reader] = {
    "整改函.成文日期": _issued,
    "文书.成文日期": _issued,
    "整改函.所更正文书的成文日期": _corrected,
    "文书.所更正文书的成文日期": _corrected,
    "送达.所送文书的成文日期": _sent,
    "典型案例.通知的成文日期": _notice(CASE_NOTICE),
    "检查.最后一天": _last_day,
    "检查.通知的成文日期": _notice(INSPECTION_NOTICE),
    "检查.反馈会纪要的成文日期": _notice(MINUTES),
    "清单.征求意见函的成文日期": _notice(CONSULTATION),
    "清单.印发通知的成文日期": _notice(PUBLICATION),
    "整改函.所答复的成文日期": _answered,
    "整改反馈.所答复的成文日期": _answered,
    "收文.所答复的成文日期": _answered_by_incoming,
    "整改函.送达日期": _delivered,
    "整改函.问题的发现日期": _found,
    "文书.问题的发现日期": _found,
    "整改函.问题的整改时限": _limits_in_letter,
    "文书.问题的整改时限": _limits_when_written,
    "整改函.问题的双签日期": _first_signed,
    "问题.最早发现日期": _found_at_earliest,
    "问题.延期.原时限": _limit_before,
    "问题.销号.上一轮结论": _round_before,
    "问题.首次销号日期": _first_closed,
    "问题.最后销号日期": _closed_for_good,
    "机构.负责人.前一位的起": _head_before,
    "单位.负责人.前一位的起": _head_before,
    "自查.期次的开始": _period_opens,
    "文书.时间": _meant,
}
