"""What an official paper says and how it is set, in the words of the standard: nothing of how a file writes it.

An outline is right by the standard; `planted` changes it into one that is wrong, `written` writes either in any of the
ways of `ways`. Lengths: indents in characters of the line's own size, sizes in points, distances above in lines. All
text is invented (示例).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from liangqing.base.chinese import character_width

FANG, KAI, HEI, SONG, BIAO = "仿宋", "楷体", "黑体", "宋体", "小标宋"
FILE, LETTER, MINUTES, ORDER = "文件格式", "信函格式", "纪要格式", "命令格式"
PLAIN, ANNEX = "无版头的公文", "单独的附件"
RED = "FF0000"
ORGAN, DAY = "示例市生态环境局", "2026年1月5日"
PARTNER = "示例市水务局"
SEALED, BARE = "盖章", "不盖章"


@dataclass(frozen=True)
class Words:
    """A stretch in one look. `how`: 主题 for a face of the theme over the one that is named, 西文 for one that is named for
    Latin text alone, 插入 for a tracked insertion, 突出 for a highlight.
    """

    text: str
    face: str = FANG
    size: float = 16.0
    bold: bool = False
    colour: str = ""
    how: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph; `blanks` are in front of its words in place of an indent. `level`: of the heading that it begins with, whose numeral is in its words; `lost`: its numeral is of a list that is not in the file. `new_page`:
    it begins one.
    """

    role: str
    words: tuple[Words, ...]
    align: str = "both"
    left: float = 0.0
    first: float = 0.0
    right: float = 0.0
    above: float = 0.0
    new_page: bool = False
    level: int = 0
    lost: bool = False
    blanks: str = ""

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.words)

    @property
    def size(self) -> float:
        return self.words[0].size


@dataclass(frozen=True)
class Sheet:
    """Paper, white, lines, and what is added to a character, in twips."""

    width: int = 11906
    height: int = 16838
    top: int = 2098
    bottom: int = 1984
    left: int = 1588
    right: int = 1474
    footer: int = 1417
    pitch: int = 579
    rule: str = "exact"
    tight: int = -5

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right


@dataclass(frozen=True)
class Folio:
    """The number of the page: what stands around it and on which side; `first`: the first page has one too."""

    before: str = "— "
    after: str = " —"
    face: str = SONG
    size: float = 14.0
    odd: str = "right"
    even: str = "left"
    space: float = 1.0
    first: bool = True
    shown: bool = True


@dataclass(frozen=True)
class Double:
    """A double red rule of a letter: its middle in mm of the sheet, the weights of its lines in points ("0": none)."""

    y: float
    upper: float
    lower: float
    length: float = 170.0


@dataclass(frozen=True)
class Outline:
    """A paper. `mark` are the lines of its red mark, `top` where the ink of that begins, in mm of the sheet.

    `red_rule` is the colour of the rule of the head, "" for none, `rule_length` its length in mm, None for that of the
    text; `weights` are those of the rules of the imprint in points, 0 for none. `list_face` is that of automatic
    numerals, "" for the one of their level.
    """

    kind: str
    format: str
    lines: tuple[Line, ...]
    mark: tuple[str, ...] = ()
    mark_face: str = BIAO
    mark_colour: str = RED
    top: float = 72.0
    red_rule: str = RED
    rule_length: float | None = None
    list_face: str = ""
    doubles: tuple[Double, ...] = ()
    imprint: tuple[Line, ...] = ()
    weights: tuple[float, float, float] = (1.0, 0.75, 1.0)
    sheet: Sheet = field(default_factory=Sheet)
    folio: Folio = field(default_factory=Folio)

    def roles(self) -> set[str]:
        return {each.role for each in (*self.lines, *self.imprint)}


Change = Callable[[Line], Line | Iterable[Line]]


def changed(outline: Outline, role: str, change: Change) -> Outline:
    """The outline with the first line of a role changed, or replaced by others."""
    in_text = any(line.role == role for line in outline.lines)
    found = list(outline.lines if in_text else outline.imprint)
    index = next((index for index, line in enumerate(found) if line.role == role), None)
    assert index is not None, f"{outline.kind}没有{role}"
    made = change(found[index])
    found[index : index + 1] = [made] if isinstance(made, Line) else made
    return replace(outline, lines=tuple(found)) if in_text else replace(outline, imprint=tuple(found))


# ---------------------------------------------------------------- right papers


def line(role: str, text: str, **look: object) -> Line:
    """A line in one look; what `Words` has goes there, the rest to the line."""
    own = {name: look.pop(name) for name in ("face", "size", "bold", "colour") if name in look}
    return Line(role, (Words(text, **own),), **look)  # type: ignore[arg-type]


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper as its outline begins: `closing` ends its text, `date_note` stands under its title."""

    format: str
    number: str
    title: str
    recipients: str = "各县（区）生态环境局，局机关各科室："
    closing: str = ""
    mark: tuple[str, ...] = (f"{ORGAN}文件",)
    signers: tuple[str, ...] = ()
    signatures: tuple[str, ...] = (ORGAN,)
    date_note: str = ""
    annexes: tuple[str, ...] = ()
    note: str = ""
    seal: str = SEALED
    copies: str = "抄送：示例市人民政府办公室，示例市纪委监委。"
    above: tuple[tuple[str, str], ...] = ()
    day: str = DAY


ALL_MARKS = (("份号", "000001"), ("密级", "秘密★1年"), ("紧急程度", "特急"))
KINDS: Mapping[str, PaperKind] = {
    "通知": PaperKind(FILE, "示环发〔2026〕8号", "关于做好年度示例资料|归集整理工作的通知", annexes=("任务分解表", "联系人名单")),
    "决定": PaperKind(FILE, "示环发〔2026〕9号", "关于表扬示例工作|先进集体的决定", note="（此件公开发布）"),
    "决议": PaperKind(FILE, "示环党发〔2026〕3号", "关于示例事项的决议", "", date_note="（2026年1月4日局党组会议通过）", copies=""),
    "意见": PaperKind(FILE, "示环发〔2026〕10号", "关于加强示例|管理工作的意见", annexes=("示例指标表",)),
    "通报": PaperKind(FILE, "示环发〔2026〕11号", "关于示例|督查情况的通报", seal=BARE),
    "公告": PaperKind(FILE, "示环公〔2026〕2号", "关于|示例名录的公告", "", "特此公告。", copies="", annexes=("示例名录",)),
    "通告": PaperKind(FILE, "示环通〔2026〕5号", "关于示例水域|管理的通告", "", "本通告自发布之日起施行。", copies=""),
    "请示": PaperKind(FILE, "示环请〔2026〕2号", "关于示例|项目立项的请示", "示例市人民政府：", "妥否，请批示。", signers=("王某某",), note="（联系人：张某某，电话：0000-0000000）"),
    "报告": PaperKind(FILE, "示环报〔2026〕6号", "关于示例|工作情况的报告", "示例市人民政府：", "特此报告。", signers=("王某某", "李某某"), seal=BARE),
    "上行意见": PaperKind(FILE, "示环报〔2026〕7号", "关于示例规划的意见", "示例市人民政府：", "以上意见，请予审定。", signers=("王某某",)),
    "联合通知": PaperKind(FILE, "示环发〔2026〕12号", "关于联合开展|示例行动的通知", mark=(ORGAN, PARTNER, "文件"), signatures=(ORGAN, PARTNER), seal=BARE),
    "涉密通知": PaperKind(FILE, "示环发〔2026〕13号", "关于示例|资料保管的通知", above=ALL_MARKS),
    "函": PaperKind(LETTER, "示环函〔2026〕12号", "关于商请|提供示例资料的函", "示例市自然资源局：", "请予支持为盼。", mark=(ORGAN,), annexes=("资料清单",), copies="抄送：示例市人民政府办公室。"),
    "复函": PaperKind(LETTER, "示环函〔2026〕13号", "关于示例事项的复函", "示例市自然资源局：", "特此函复。", mark=(ORGAN,), seal=BARE, copies=""),
    "批复": PaperKind(LETTER, "示环复〔2026〕4号", "关于示例|项目建设的批复", "示例县生态环境局：", mark=(ORGAN,), copies="抄送：示例县人民政府。"),
    "信函通知": PaperKind(LETTER, "示环函〔2026〕14号", "关于召开|示例会议的通知", mark=(ORGAN,), annexes=("参会人员名单", "会议回执"), copies=""),
    "纪要": PaperKind(MINUTES, "示环会〔2026〕3号", "关于示例事项的会议纪要", "", mark=(f"{ORGAN}局务会议纪要",), signatures=(), copies=""),
    "令": PaperKind(ORDER, "第12号", "", "", mark=("示例市人民政府令",), signatures=("市　长　张某某",)),
    "无版头报告": PaperKind(PLAIN, "", "关于示例情况的报告", "示例市人民政府：", "特此报告。", mark=(), seal=BARE, copies=""),
    "无版头通知": PaperKind(PLAIN, "", "关于报送|示例材料的通知", mark=(), annexes=("报送样表",), copies=""),
    "党委通知": PaperKind(FILE, "示办发〔2026〕1号", "中共示例市委办公室关于|做好示例工作的通知", "各县（区）党委，市直各单位党组（党委）：", mark=("中共示例市委办公室文件",), signatures=("中共示例市委办公室",)),
    "文件批复": PaperKind(FILE, "示环复〔2026〕5号", "示例市生态环境局关于|示例规划的批复", "示例县生态环境局：", "此复。"),
    "期纪要": PaperKind(MINUTES, "第8期", "示例工作专题会议纪要", "", mark=(f"{ORGAN}会议纪要",), signatures=(), copies=""),
    "无版头决定": PaperKind(PLAIN, "", "关于授予示例称号的决定", "", mark=(), copies=""),
    "未注日期": PaperKind(PLAIN, "", "关于开展|示例检查的通知", mark=(), copies="", seal=BARE, day="2026年　月　日"),
    "公告第号": PaperKind(PLAIN, "第3号", "关于示例目录的公告", "", "特此公告。", mark=(f"{ORGAN}公告",), copies=""),
    "通告分字": PaperKind(FILE, "示环通〔2026〕6号", "通　告", "", "特此通告。", copies="", day="2026 年 1 月 5 日"),
    "单独附件": PaperKind(ANNEX, "", "", "", mark=(), signatures=(), copies=""),
}  # fmt: skip

TEXT = (
    ("一、总体要求", 1, 0),
    ("坚持问题导向，分类处置，逐项销号，确保各项任务按期完成。", 0, 0),
    ("（一）明确责任。各单位主要负责人负总责，按职责分工落实到人，做到有部署、有检查、有结果。", 2, 8),
    ("1.建立台账，逐项登记。", 3, 0),
    ("（1）登记的事项应当齐全。", 4, 0),
    ("（2）登记的时间应当准确。", 4, 0),
    ("2.定期更新，按月报送。", 3, 0),
    ("（二）加强督促。对进展缓慢的及时提醒，对整改不到位的限期补正，并说明原因。", 2, 8),
    ("二、工作步骤", 1, 0),
    ("按照自查、检查、整改三个阶段推进，于2026年3月31日前完成。", 0, 0),
)


def outline(kind: str) -> Outline:
    """The right paper of a kind."""
    row = KINDS[kind]
    made = Outline(kind, row.format, tuple(_lines(row)), row.mark)
    if row.format == LETTER:
        made = replace(
            made,
            top=30.0,
            red_rule="",
            weights=(0.0, 0.0, 0.0),
            doubles=(Double(48.0, 2.25, 0.75), Double(276.5, 0.75, 2.25)),
            folio=Folio(first=False),
        )
    if row.format == ORDER:
        made = replace(made, top=57.0, red_rule="")
    if row.format in (PLAIN, ANNEX):
        made = replace(made, red_rule="")
    return replace(made, imprint=tuple(_imprint(row)))


def _lines(row: PaperKind) -> Iterable[Line]:
    if row.format == ANNEX:
        yield from _annex("示环发〔2026〕8号附件1", "示例任务分解表", "1")
        return
    yield from _head(row)
    yield from _title(row)
    yield from _text(row)
    for index, name in enumerate(row.annexes, 1):
        head = ("附件：" if index == 1 else "") + (f"{index}." if len(row.annexes) > 1 else "")
        left = 5.0 if len(row.annexes) == 1 else 6.0
        hangs = -3.0 if len(row.annexes) == 1 else -4.0 if index == 1 else -1.0
        yield line(f"附件说明{index}", head + name, left=left, first=hangs, above=float(index == 1))
    yield from _signed(row)
    if row.note:
        yield line("附注", row.note, first=2)
    for index, name in enumerate(row.annexes, 1):
        label = f"附件{index}" if len(row.annexes) > 1 else "附件"
        yield from _annex(label, name, str(index), new_page=True)


def _annex(label: str, name: str, which: str, *, new_page: bool = False) -> Iterable[Line]:
    yield line(f"附件{which}", label, face=HEI, align="left", new_page=new_page)
    yield line(f"附件{which}标题", name, face=BIAO, size=22, align="center", above=1)
    yield line(f"附件{which}正文", "示例内容，逐项列出各单位的任务和时限。", first=2, above=1)


def _head(row: PaperKind) -> Iterable[Line]:
    for role, text in row.above:
        yield line(role, text, face=FANG if role == "份号" else HEI, align="left")
    if row.format == ORDER:
        yield line("文号", row.number, align="center", above=2)
    elif row.signers:
        names = "　".join(row.signers)
        room = round(28 - 1 - character_width(f"{row.number}签发人：{names}") - 1)
        words = (Words(f"　{row.number}{'　' * room}签发人："), Words(names, KAI))
        yield Line("文号", words, align="left", above=2)
    elif row.format == LETTER:
        yield line("文号", row.number, align="right")
    elif row.number:
        yield line("文号", row.number, align="center", above=2)


def _title(row: PaperKind) -> Iterable[Line]:
    if row.title:
        yield line("标题", row.title, face=BIAO, size=22, align="center", above=2 if row.number else 0)
    if row.date_note:
        yield line("题注", row.date_note, face=KAI, align="center")
    if row.recipients:
        yield line("主送", row.recipients, align="left", above=1)


def _text(row: PaperKind) -> Iterable[Line]:
    above = 2.0 if row.format == ORDER else 0.0 if row.recipients else 1.0
    yield line(
        "正文1",
        "根据《示例办法》有关规定，现就有关事项明确如下，请认真落实，及时报告“示例”情况。",
        first=2,
        above=above,
    )
    if row.format == ORDER:
        return
    for number, (text, level, head) in enumerate(TEXT, 2):
        faces = {1: HEI, 2: KAI}
        stop = head or len(text)
        words = (Words(text[:stop], faces.get(level, FANG)), Words(text[stop:]))
        yield Line(f"正文{number}", tuple(each for each in words if each.text), first=2, level=level)
    if row.closing:
        yield line("结束语", row.closing, first=2)
    if row.format == MINUTES:
        words = (Words("出席：", HEI), Words("张某某　李某某　王某某"))
        yield Line("出席", words, left=5, first=-3, above=1)


def _signed(row: PaperKind) -> Iterable[Line]:
    names = row.signatures
    if not names:
        return
    if row.format == ORDER:
        yield line("署名", names[0], align="right", right=4, above=2)
        yield line("日期", DAY, align="right", right=4, above=1)
        return
    longest, day = max(map(character_width, names)), character_width(row.day)
    sealed = row.seal == SEALED
    right = 4 + (day - longest) / 2 if sealed else 2.0
    for index, name in enumerate(names):
        above = (2.0 if sealed else 1.0) if index == 0 else 0.0
        role = "署名" if index == 0 else f"署名{index + 1}"
        yield line(role, name, align="right", right=right + longest - character_width(name), above=above)
    yield line("日期", row.day, align="right", right=4 if sealed else longest - day)


def _imprint(row: PaperKind) -> Iterable[Line]:
    if row.copies:
        yield line("抄送", row.copies, size=14, left=1, right=1)
    if row.format in (FILE, ORDER):
        room = int(29.5 - character_width(f"{ORGAN}办公室{DAY}印发"))
        yield line("印发", f"{ORGAN}办公室{'　' * room}{DAY}印发", size=14, left=1, right=1)
