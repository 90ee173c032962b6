"""Variables of an inspection in one unit: what 检查底稿, 体检报告 and 双签字确认表 are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from liangqing.base.chinese import enumerate_words, unstopped
from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import CONCENTRATED, INSPECTION_KINDS, Inspection, Portrait
from liangqing.data.model.types import head_on
from liangqing.variables.about import InspectedUnitSubject
from liangqing.variables.findings import FINDING, INSPECTION, MEETING, changes
from liangqing.variables.inspections import MeetingOf
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.photos import photo_count
from liangqing.variables.portrait import NONE, Compared, compared
from liangqing.variables.table import VariableTable, flag, number, record, records, text, texts
from liangqing.variables.task_comparison import COMPARED
from liangqing.variables.tracking import HANDED, OBSERVATION, handed_in, observations
from liangqing.variables.units import UnitOf
from liangqing.year.state.standing import CLOSED


def _to_check(subject: InspectedUnitSubject) -> list[Compared]:
    return [
        comparison for comparison in compared(subject) if comparison.wanted or comparison.seen is not None
    ]


def _inspections(subject: InspectedUnitSubject) -> list[Inspection]:
    """Of every kind, begun by the day, in order of date."""
    return sorted(subject.at.inspections_of(subject.unit), key=lambda inspection: inspection.begins)


def _kinds(kind: str) -> Callable[[InspectedUnitSubject], int]:
    return lambda subject: sum(inspection.kind == kind for inspection in _inspections(subject))


def _portrait(subject: InspectedUnitSubject) -> Portrait | None:
    return subject.at.portrait(subject.inspection, subject.unit)


def _meeting(subject: InspectedUnitSubject) -> MeetingOf | None:
    held = subject.at.meetings_in(subject.inspection, subject.unit)
    return next((MeetingOf(subject.at, subject.inspection, meeting) for meeting in held), None)


def _earlier(subject: InspectedUnitSubject) -> list[FindingOf]:
    return [
        FindingOf(at, finding)
        for at, finding in subject.at.earlier_findings(subject.unit, subject.inspection)
    ]


def _earlier_words(subject: InspectedUnitSubject) -> str:
    earlier = _earlier(subject)
    if not earlier:
        return "此前没有向该单位反馈过问题"
    years = {found.at.year.year: found.at for found in earlier}
    groups = [
        (at, group)
        for number, at in years.items()
        for group in at.as_one(found.finding for found in earlier if found.at.year.year == number)
    ]
    closed = sum(at.group_state(group) == CLOSED for at, group in groups)
    some = {len(groups): "均已销号", 0: "均未销号"}
    return f"此前反馈的问题{len(groups)}个，{some.get(closed, f'已销号{closed}个')}"


def _changed(subject: InspectedUnitSubject) -> str:
    told = (
        f"“{unstopped(found.finding.name)}”{words}" for found in subject.found for words in changes(found)
    )
    return "；".join(told) or NONE


def _signer(subject: InspectedUnitSubject) -> Unit:
    """The party organisation that signs for the unit."""
    return UnitOf(subject.at, subject.unit).party


def _gaps(start: str) -> Callable[[InspectedUnitSubject], int]:
    return lambda subject: sum(comparison.gap.startswith(start) for comparison in compared(subject))


def _moves(start: str) -> Callable[[InspectedUnitSubject], int]:
    return lambda subject: sum(comparison.movement.startswith(start) for comparison in compared(subject))


def _any(tells: Callable[[Compared], object]) -> Callable[[InspectedUnitSubject], bool]:
    return lambda subject: any(tells(comparison) for comparison in compared(subject))


def _told(parts: Iterable[tuple[str, int, str]], between: str = "，") -> str:
    """Words with their counts, those of which there are none left out."""
    return between.join(f"{words}{count}{unit}" for words, count, unit in parts if count)


def _carried_out(subject: InspectedUnitSubject) -> str:
    """What the group did in the unit by the day, nothing of which there was none."""
    kinds = Counter(inspection.kind for inspection in _inspections(subject))
    inspected = _told(((kind, kinds[kind], "次") for kind in INSPECTION_KINDS), "、")
    reports = _told([("收到并审核该单位自查情况", len(subject.at.accepted_of(subject.unit)), "份")])
    seen = _told([("平时动态监督", len(observations(subject.at, subject.unit)), "次")])
    missing = [report.period.name for report in handed_in(subject.at, subject.unit) if report.check is None]
    owed = f"{enumerate_words(missing)}自查没有按时报送" if missing else ""
    return "，".join(filter(None, (reports, f"对该单位开展{inspected}", seen, owed)))


def _against(subject: InspectedUnitSubject) -> str:
    """The self-check against the inspection: how many tasks, and how many of each result that there is."""
    every = compared(subject)
    counts = Counter(next((name for name in _GAPS if gap.startswith(name)), "") for gap in _gap_words(every))
    told = _told((words, counts[name], "项") for name, words in _GAPS.items())
    if not told:
        return f"涉及任务{len(every)}项，未作自查与检查的对照"
    apart = f"；未报自查或者没有检查的{counts['']}项不作对照，不代表已经落实" if counts[""] else ""
    return f"涉及任务{len(every)}项。自查与检查对照：{told}{apart}"


def _gap_words(every: Iterable[Compared]) -> Iterator[str]:
    return (comparison.gap for comparison in every)


def _against_last_year(subject: InspectedUnitSubject) -> str | None:
    """What the group saw this year against last year; None where nothing can be compared."""
    moves = Counter(comparison.movement[:2] for comparison in compared(subject))
    told = _told((name, moves[name], "项") for name in ("上升", "持平", "下降"))
    return f"与上年检查相比：{told}" if told else None


_GAPS = {
    "一致": "状态一致的",
    "自查高": "自查高于检查的",
    "自查低": "自查低于检查的",
    "口径不同": "口径不同的",
}

PORTRAIT = VariableTable[Portrait](
    "画像",
    {
        "总体评价": text("总体评价", lambda portrait: portrait.summary),
        "优点": texts("优点", lambda portrait: portrait.strengths),
        "短板": texts("短板", lambda portrait: portrait.weaknesses),
        "风险": texts("风险", lambda portrait: portrait.risks),
        "建议": texts("建议", lambda portrait: portrait.advice),
    },
)

INSPECTED = VariableTable[InspectedUnitSubject](
    "检查单位",
    {
        "问题": records(FINDING, "这次检查在这个单位发现的问题", lambda subject: subject.found),
        "照片数": number("这些问题的照片", lambda subject: photo_count(subject.found)),
        "任务落实": records(COMPARED, "单位承担的、报过的和查过的任务，自查与检查并列", compared),
        "应查任务": records(COMPARED, "这次检查要查和查了的任务", _to_check),
        "自查记录": records(
            HANDED, "各期自查和审核情况", lambda subject: handed_in(subject.at, subject.unit)
        ),
        "监督记录": records(
            OBSERVATION, "平时动态监督的记录", lambda subject: observations(subject.at, subject.unit)
        ),
        "检查记录": records(
            INSPECTION,
            "涉及该单位的各类检查",
            lambda subject: [InspectionOf(subject.at, inspection) for inspection in _inspections(subject)],
        ),
        "画像": record(PORTRAIT, "画像", _portrait, optional=True),
        "反馈会": record(MEETING, "反馈会", _meeting, optional=True),
        "往期问题": records(FINDING, "这次检查以前的问题", _earlier),
        "往期说明": text("往期问题的一句话", _earlier_words),
        "变更": text("这次检查的问题后来的延期和责任变更，没有时为 —", _changed),
        "内容码": text("双签字确认表上印的内容码", lambda subject: subject.at.content_code(subject.findings)),
        "签字单位": text("签字的党组织", lambda subject: _signer(subject).name),
        "签字职务": text(
            "签字人的职务", lambda subject: head_on(_signer(subject).heads, subject.at.day).post
        ),
        "自查份数": number("通过的自查", lambda subject: len(subject.at.accepted_of(subject.unit))),
        "单项体检次数": number("涉及该单位的单项体检", _kinds("单项体检")),
        "动态体检次数": number("涉及该单位的动态体检", _kinds("动态体检")),
        "集中清查次数": number("涉及该单位的集中清查", _kinds(CONCENTRATED)),
        "专项监督次数": number("涉及该单位的专项监督", _kinds("专项监督")),
        "抽查次数": number("涉及该单位的抽查", _kinds("抽查")),
        "监督记录数": number(
            "平时动态监督的记录", lambda subject: len(observations(subject.at, subject.unit))
        ),
        "问题数": number(
            "这次检查发现的问题，共性问题按一个计", lambda subject: len(subject.at.as_one(subject.findings))
        ),
        "已查任务数": number(
            "这次检查查了的任务",
            lambda subject: sum(comparison.seen is not None for comparison in compared(subject)),
        ),
        "待查任务数": number(
            "要查的任务里还没有检查结果的",
            lambda subject: sum(comparison.seen is None for comparison in _to_check(subject)),
        ),
        "有数据任务数": number(
            "自查或检查有状态的任务",
            lambda subject: sum(comparison.has_data for comparison in compared(subject)),
        ),
        "有上年数据任务数": number(
            "上年检查有状态的任务",
            lambda subject: sum(
                comparison.height(comparison.before) is not None for comparison in compared(subject)
            ),
        ),
        "开展情况": text("到那一天对这个单位做了什么，各几份、几次，没有的不说", _carried_out),
        "对照": text("自查与检查的对照：涉及几项任务，各种结果各几项，没有的不说", _against),
        "上年对照": text("与上年检查相比，各几项；没有可比的为空", _against_last_year, optional=True),
        "有自查状态": flag("有没有任务报过自查", _any(lambda task: task.said)),
        "有检查状态": flag("有没有任务查过", _any(lambda task: task.seen)),
        "有上年状态": flag("有没有任务上年查过", _any(lambda task: task.before)),
        "有差距": flag("有没有任务的自查和检查可以对照", _any(lambda task: task.gap != NONE)),
        "有变化": flag("有没有任务可以和上年比", _any(lambda task: task.movement != NONE)),
        "有说明": flag("检查中有没有写说明", _any(lambda task: task.seen and task.seen.stated.remark)),
        "一致数": number("自查与检查一致的任务", _gaps("一致")),
        "高报数": number("自查高于检查的任务", _gaps("自查高")),
        "低报数": number("自查低于检查的任务", _gaps("自查低")),
        "上升数": number("检查看到的比上年高的任务", _moves("上升")),
        "持平数": number("检查看到的与上年一样的任务", _moves("持平")),
        "下降数": number("检查看到的比上年低的任务", _moves("下降")),
    },
)
