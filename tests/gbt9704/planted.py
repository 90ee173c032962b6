"""Mistakes to plant: each turns a right outline into one that is wrong in one thing, whatever way it is written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from outlines import (
    BARE,
    DAY,
    FANG,
    FILE,
    HEI,
    KAI,
    KINDS,
    LETTER,
    MINUTES,
    ORDER,
    ORGAN,
    PLAIN,
    SONG,
    Line,
    Outline,
    Words,
    changed,
    line,
)

Plant = Callable[[Outline], Outline]


@dataclass(frozen=True, eq=False)
class Mistake:
    """A mistake: any of `rules` finds it, at a place that says `where`; `also` may be told beside it, as it follows.

    `kinds`: the papers that can have it, () for all of OFFICIAL; `way`: what its file must be like for it to be one.
    """

    name: str
    plant: Plant
    rules: str
    where: str = ""
    kinds: tuple[str, ...] = ()
    also: str = ""
    way: Mapping[str, str] = field(default_factory=dict)


def of(*formats: str) -> tuple[str, ...]:
    """The kinds of papers of these formats."""
    return tuple(name for name, kind in KINDS.items() if kind.format in formats)


def words(role: str, old: str, new: str) -> Plant:
    """Other words in a line."""

    def change(found: Line) -> Line:
        assert old in found.text, (role, old, found.text)
        return replace(
            found, words=tuple(replace(each, text=each.text.replace(old, new)) for each in found.words)
        )

    return lambda outline: changed(outline, role, change)


def look(role: str, at: int = 0, **given: object) -> Plant:
    """Another look of a stretch of a line."""

    def change(found: Line) -> Line:
        own = list(found.words)
        own[at] = replace(own[at], **given)  # type: ignore[arg-type]
        return replace(found, words=tuple(own))

    return lambda outline: changed(outline, role, change)


def looks(*roles: str, **given: object) -> Plant:
    """Another look of all lines whose role begins so."""

    def plant(outline: Outline) -> Outline:
        def every(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(
                replace(each, words=tuple(replace(one, **given) for one in each.words))  # type: ignore[arg-type]
                if each.role.startswith(roles)
                else each
                for each in lines
            )

        return replace(outline, lines=every(outline.lines), imprint=every(outline.imprint))

    return plant


def place(role: str, **given: object) -> Plant:
    """Another place of a line."""
    return lambda outline: changed(outline, role, lambda found: replace(found, **given))  # type: ignore[arg-type]


def add(role: str, *lines: Line, before: bool = False) -> Plant:
    """More lines under a line, or above it."""
    return lambda outline: changed(
        outline, role, lambda found: (*lines, found) if before else (found, *lines)
    )


def without(role: str) -> Plant:
    return lambda outline: changed(outline, role, lambda found: ())


def paper(**given: object) -> Plant:
    return lambda outline: replace(outline, **given)  # type: ignore[arg-type]


def sheet(**given: object) -> Plant:
    return lambda outline: replace(outline, sheet=replace(outline.sheet, **given))  # type: ignore[arg-type]


def folio(**given: object) -> Plant:
    return lambda outline: replace(outline, folio=replace(outline.folio, **given))  # type: ignore[arg-type]


def doubles(upper: Mapping[str, float] | None = None, lower: Mapping[str, float] | None = None) -> Plant:
    """Other double rules of a letter; {} leaves one as it is, None takes it away."""

    def plant(outline: Outline) -> Outline:
        found = [
            replace(each, **given)
            for each, given in zip(outline.doubles, (upper, lower), strict=True)
            if given is not None
        ]
        return replace(outline, doubles=tuple(found))

    return plant


def title(text: str) -> Plant:
    def change(found: Line) -> Line:
        return replace(found, words=(replace(found.words[0], text=text),))

    return lambda outline: changed(outline, "标题", change)


def end(text: str) -> Plant:
    """Words at the end of the title."""

    def change(found: Line) -> Line:
        return replace(found, words=(replace(found.words[0], text=found.text + text),))

    return lambda outline: changed(outline, "标题", change)


def recipients(text: str) -> Plant:
    def change(found: Line) -> Line:
        return replace(found, words=(replace(found.words[0], text=text),))

    return lambda outline: changed(outline, "主送", change)


def signer_on(outline: Outline) -> Outline:
    def change(found: Line) -> Line:
        own = (Words(f"　{found.text}　　　　　　　签发人："), Words("王某某", KAI))
        return replace(found, words=own, align="left")

    return changed(outline, "文号", change)


def no_signer(outline: Outline) -> Outline:
    def change(found: Line) -> Line:
        return replace(found, words=(Words(found.text.split("号")[0].strip("　") + "号"),), align="center")

    return changed(outline, "文号", change)


def note_alone(outline: Outline) -> Outline:
    def change(found: Line) -> tuple[Line, Line]:
        rest = replace(found, words=(Words(found.text.removeprefix("附件：")),), above=0, left=2, first=0)
        return replace(found, words=(Words("附件："),), left=2, first=0), rest

    return changed(outline, "附件说明1", change)


def annexes_last(outline: Outline) -> Outline:
    """The imprint before the annexes, in the text."""
    index = next(place for place, each in enumerate(outline.lines) if each.new_page)
    return replace(
        outline, lines=(*outline.lines[:index], *outline.imprint, *outline.lines[index:]), imprint=()
    )


def lost(outline: Outline) -> Outline:
    """A heading whose list did not come along."""

    def change(found: Line) -> Line:
        own = replace(found.words[0], text=found.words[0].text.removeprefix("二、"))
        return replace(found, words=(own, *found.words[1:]), lost=True, level=0)

    return changed(outline, "正文10", change)


def imprint_in_text(outline: Outline) -> Outline:
    """A short paper with its imprint right under the date."""
    short = tuple(each for each in outline.lines if not each.role.startswith("正文") or each.role == "正文1")
    own = (
        line("抄送", "抄送：示例市人民政府办公室。", size=14, left=1, right=1),
        line("印发", f"{ORGAN}办公室　　　　　　　　　{DAY}印发", size=14, left=1, right=1),
    )
    return replace(outline, lines=(*short, *own))


TYPED = {"层次": "文字"}
ONE = {"标题": "一段"}
PLAIN_ROWS = {"网格": "固定值"}
FILED, LETTERED = of(FILE), of(LETTER)
TITLED = tuple(name for name, kind in KINDS.items() if kind.title)
OFFICIAL = tuple(name for name in KINDS if name != "单独附件")
SENT = tuple(name for name, kind in KINDS.items() if kind.recipients)
DOWN = tuple(name for name in FILED if not KINDS[name].signers)
UP = tuple(name for name in KINDS if KINDS[name].signers)
NUMBERED = tuple(name for name, kind in KINDS.items() if "〔" in kind.number)
WITH_ANNEX = tuple(name for name, kind in KINDS.items() if kind.annexes)
TWO = tuple(name for name in WITH_ANNEX if len(KINDS[name].annexes) == 2)
SINGLE = tuple(name for name in WITH_ANNEX if name not in TWO)
COPIED = tuple(name for name, kind in KINDS.items() if kind.copies)
PRINTED = of(FILE, ORDER)
SIGNED = tuple(name for name, kind in KINDS.items() if kind.signatures and kind.format != ORDER)
DATED = tuple(name for name in SIGNED if KINDS[name].day == DAY)
ALONE = tuple(name for name in SIGNED if len(KINDS[name].signatures) == 1)
BARED = tuple(name for name in ALONE if KINDS[name].seal == BARE)
PAGED = of(FILE, ORDER, PLAIN)
FREE = {"落款": "右缩进"}
SIDED = {"页码": "域"}
IN_TABLE = {"版记": "表格"}

MISTAKES: tuple[Mistake, ...] = (
    # 5: page, lines, colour
    Mistake("纸张", sheet(width=12240, height=15840), "F101", "页面", also="F102 F103 F104 F105 F217"),
    Mistake("横放", sheet(width=16838, height=11906), "F112", "", also="F217 F703", way={"另页": "段末"}),
    Mistake("天头", sheet(top=1701), "F102", "页面", also="F208"),
    Mistake("订口", sheet(left=1800), "F103", "页面", also="F217"),
    Mistake("地脚", sheet(bottom=1440), "F104", "页面"),
    Mistake("切口", sheet(right=1800), "F105", "页面", also="F217"),
    Mistake(
        "默认页边距",
        sheet(top=1440, bottom=1440, left=1800, right=1800),
        "F102",
        "页面",
        also="F103 F104 F105 F208 F217",
    ),
    Mistake(
        "1.5倍行距", sheet(pitch=360, rule="auto"), "F106", "正文", also="F305 F315 F215 F356 F364 F803 F373"
    ),
    Mistake("33磅", sheet(pitch=660), "F106", "正文"),
    Mistake("29磅", sheet(pitch=580), "F107", "正文"),
    Mistake("蓝字", look("正文3", colour="0000FF"), "F111", "坚持", TITLED),
    Mistake("红字", look("正文11", colour="C00000"), "F111", "按照自查", TITLED),
    Mistake("每行二十七字", sheet(tight=0), "F108", "正文", TITLED, way=PLAIN_ROWS),
    # 7.2: the head
    Mistake("份号三位", words("份号", "000001", "001"), "F201", "001", ("涉密通知",)),
    Mistake("密级写法", words("密级", "秘密★1年", "秘密☆一年"), "F202", "秘密", ("涉密通知",)),
    Mistake("密级仿宋", look("密级", face=FANG), "F203", "秘密", ("涉密通知",)),
    Mistake("紧急程度宋体", look("紧急程度", face=SONG), "F203", "特急", ("涉密通知",)),
    Mistake("密级四号", look("密级", size=14), "F204", "秘密", ("涉密通知",)),
    Mistake(
        "密级顺序",
        add("份号", line("密级", "特急", face=HEI, align="left"), before=True),
        "F205",
        "",
        ("涉密通知",),
    ),
    Mistake("标志宋体", paper(mark_face=SONG), "F206", "示例市", of(FILE, LETTER, MINUTES, ORDER)),
    Mistake("标志黑色", paper(mark_colour="000000"), "F207", "示例市", FILED),
    Mistake(
        "标志偏高",
        paper(top=60.0),
        "F208",
        "示例市",
        tuple(name for name in FILED if name != "涉密通知"),
        way={"版头": "段前"},
    ),
    Mistake("令的标志偏低", paper(top=72.0), "F208", "示例市", ("令",), way={"版头": "段前"}),
    Mistake("方括号", words("文号", "〔2026〕", "[2026]"), "F210", "示", NUMBERED),
    Mistake("圆括号", words("文号", "〔2026〕", "（2026）"), "F210", "示", NUMBERED),
    Mistake("方头括号", words("文号", "〔2026〕", "【2026】"), "F210", "示", NUMBERED),
    Mistake("加第字", words("文号", "〕", "〕第"), "F211", "示", NUMBERED),
    Mistake("虚位", words("文号", "〕", "〕0"), "F211", "示", NUMBERED),
    Mistake("两位年份", words("文号", "2026", "26"), "F211", "示", NUMBERED),
    Mistake(
        "缺号字", words("文号", "号", ""), "F211", "示", tuple(name for name in NUMBERED if name not in UP)
    ),
    Mistake("文号宋体", look("文号", face=SONG), "F212", "示", tuple(name for name in NUMBERED)),
    Mistake(
        "文号四号", look("文号", size=14), "F213", "示", tuple(name for name in NUMBERED if name not in UP)
    ),
    Mistake("文号居左", place("文号", align="left"), "F214", "示", DOWN),
    Mistake("文号居右", place("文号", align="right"), "F214", "示", DOWN),
    Mistake("文号上无空行", place("文号", above=0), "F215", "示", FILED, way={"版头": "段前"}),
    Mistake("没有红线", paper(red_rule=""), "F216", "示", FILED),
    Mistake("黑线", paper(red_rule="000000"), "F216", "示", FILED),
    Mistake("红线短", paper(rule_length=120.0), "F217", "", FILED, way={"红线": "连接符", "版头": "图文框"}),
    Mistake("旧红线短", paper(rule_length=120.0), "F217", "", FILED, way={"红线": "VML", "版头": "图文框"}),
    Mistake("上行文无签发人", no_signer, "F218", "示", ("请示", "报告")),
    Mistake("下行文有签发人", signer_on, "F219", "", ("通知", "通报", "决定", "公告")),
    Mistake("签发人仿宋", look("文号", 1, face=FANG), "F220", "", UP),
    # 7.3.1 to 7.3.3: title, 主送, text
    Mistake("标题宋体加粗", look("标题", face=SONG, bold=True), "F301", "", TITLED),
    Mistake("标题黑体", look("标题", face=HEI), "F301", "", TITLED),
    Mistake("标题三号", look("标题", size=16), "F303", "", TITLED),
    Mistake("标题小二号", look("标题", size=18), "F303", "", TITLED),
    Mistake("标题居左", place("标题", align="left"), "F304", "", TITLED),
    Mistake("标题紧接上文", place("标题", above=0), "F305", "", of(FILE, LETTER)),
    Mistake("标题空一行", place("标题", above=1), "F305", "", of(FILE, LETTER)),
    Mistake("标题句号", end("。"), "F306", "", TITLED, also="F308"),
    Mistake(
        "标题拆词",
        title("关于做好示例工|作安排及有关事项的通知"),
        "F307",
        "",
        ("通知", "信函通知", "涉密通知"),
        way={"标题": "换行"},
    ),
    Mistake(
        "标题的字起行",
        title("关于做好示例工作安排|的通知"),
        "F307",
        "",
        ("通知", "信函通知", "涉密通知"),
        way={"标题": "两段"},
    ),
    Mistake(
        "标题日期断开",
        title("关于2026年9|月14日检查情况的通知"),
        "F307",
        "",
        ("通知", "信函通知", "涉密通知"),
        way={"标题": "换行"},
    ),
    Mistake(
        "标题齐头齐尾",
        title("关于做好示例|工作的通知函"),
        "F308",
        "关于",
        ("通知", "信函通知", "涉密通知"),
        way={"标题": "换行"},
    ),
    Mistake("请示报告", end("报告"), "F309", "", ("请示",)),
    Mistake(
        "报告夹带请示",
        words("结束语", "特此报告。", "妥否，请批示。"),
        "F310",
        "妥否",
        ("报告", "无版头报告"),
    ),
    Mistake("一文多事", title("关于示例项目立项和关于示例经费的请示"), "F311", "", ("请示",), way=ONE),
    Mistake("请示多个主送", recipients("示例市人民政府、示例市发展改革委："), "F312", "示例市", ("请示",)),
    Mistake("结束语与文种", words("结束语", "妥否，请批示。", "特此通知。"), "F322", "特此", ("请示",)),
    Mistake("标题没有文种", title("关于做好示例工作"), "F323", "", ("通知", "通报", "决定")),
    Mistake("标题加粗", look("标题", bold=True), "F302", "", TITLED),
    Mistake("主送缩进", place("主送", first=2), "F313", "", SENT),
    Mistake("主送居中", place("主送", align="center"), "F313", "", SENT),
    Mistake("主送半角冒号", words("主送", "：", ":"), "F314", "", SENT),
    Mistake("主送上无空行", place("主送", above=0), "F315", "", tuple(name for name in SENT)),
    Mistake("主送楷体", look("主送", face=KAI), "F316", "", SENT),
    Mistake("正文宋体", look("正文3", face=SONG), "F317", "坚持", TITLED),
    Mistake(
        "正文只设西文字体",
        look("正文3", how="西文"),
        "F317",
        "坚持",
        TITLED,
        way={"程序": "Word", "字体名": "GB2312"},
    ),
    Mistake("正文楷体", look("正文11", face=KAI), "F317", "按照自查", TITLED),
    Mistake("正文四号", look("正文3", size=14), "F318", "坚持", TITLED),
    Mistake("正文小三号", look("正文11", size=15), "F318", "按照自查", TITLED),
    Mistake("没有首行缩进", place("正文3", first=0), "F319", "坚持", TITLED),
    Mistake("首行缩进四字", place("正文3", first=4), "F319", "坚持", TITLED),
    Mistake("首页无正文", place("正文1", new_page=True), "F321", "根据", of(FILE, LETTER, PLAIN)),
    # levels
    Mistake("一级标题仿宋", look("正文2", face=FANG), "F331", "总体要求", TITLED),
    Mistake("一级标题宋体加粗", look("正文10", face=SONG, bold=True), "F331", "工作步骤", TITLED),
    Mistake(
        "一级标题主题字体",
        look("正文2", how="主题"),
        "F331",
        "总体要求",
        TITLED,
        way={"程序": "Word", "字体名": "GB2312"},
    ),
    Mistake("二级标题仿宋", look("正文4", face=FANG), "F332", "明确责任", TITLED),
    Mistake("二级标题黑体", look("正文9", face=HEI), "F332", "加强督促", TITLED),
    Mistake("三级标题黑体", look("正文5", face=HEI), "F333 F335", "建立台账", TITLED),
    Mistake("四级标题楷体", look("正文6", face=KAI), "F334 F335", "登记的事项", TITLED),
    Mistake("二级标题后正文楷体", look("正文9", 1, face=KAI), "F335", "加强督促", TITLED),
    Mistake("阿拉伯数字加顿号", words("正文5", "1.", "1、"), "F336", "1、", TITLED, way=TYPED),
    Mistake("括号后加顿号", words("正文9", "（二）", "（二）、"), "F336", "（二）、", TITLED, way=TYPED),
    Mistake("半角括号层次", words("正文4", "（一）", "(一)"), "F336", "(一)", TITLED, way=TYPED),
    Mistake(
        "跳级",
        words("正文4", "（一）明确责任", "1.明确责任"),
        "F337",
        "1.明确",
        TITLED,
        also="F333 F338",
        way=TYPED,
    ),
    Mistake("序号漏项", words("正文10", "二、", "三、"), "F338", "三、工作", TITLED, way=TYPED),
    Mistake(
        "自动编号宋体", paper(list_face=SONG), "F342", "", TITLED, way={"层次": "自动编号", "缩进": "磅"}
    ),
    Mistake("编号丢失", lost, "F340", "工作步骤", TITLED),
    # 7.3.4, 7.3.7: annexes
    Mistake("附件半角冒号", words("附件说明1", "附件：", "附件:"), "F351", "附件", WITH_ANNEX),
    Mistake("附件二字单独一行", note_alone, "F351", "附件", TWO),
    Mistake("附件说明楷体", look("附件说明1", face=KAI), "F358", "附件", WITH_ANNEX),
    Mistake("附件说明四号", look("附件说明1", size=14), "F359", "附件", SINGLE),
    Mistake("附件书名号", words("附件说明1", "资料清单", "《资料清单》"), "F353", "附件", ("函",)),
    Mistake("附件标题黑体", look("附件1标题", face=HEI), "F368", "", WITH_ANNEX),
    Mistake("附件标题三号", look("附件1标题", size=16), "F369", "", WITH_ANNEX),
    Mistake("附件正文宋体", look("附件1正文", face=SONG), "F317", "示例内容", WITH_ANNEX),
    Mistake("附件正文四号", look("附件1正文", size=14), "F318", "示例内容", WITH_ANNEX),
    Mistake("附件正文顶格", place("附件1正文", first=0), "F319", "示例内容", WITH_ANNEX),
    Mistake("附件名称后句号", words("附件说明1", "单", "单。"), "F352", "附件", ("函",)),
    Mistake(
        "附件名称后分号", words("附件说明1", "表", "表；"), "F352", "附件", ("通知", "意见", "无版头通知")
    ),
    Mistake("单个附件编号", words("附件说明1", "附件：", "附件：1."), "F354", "附件", SINGLE, also="F365"),
    Mistake("附件序号顿号", words("附件说明1", "1.", "1、"), "F355", "附件", TWO),
    Mistake("附件一", words("附件说明1", "附件：1.", "附件一："), "F355", "附件一", TWO, also="F365"),
    Mistake("附件说明上无空行", place("附件说明1", above=0), "F356", "附件", WITH_ANNEX),
    Mistake("附件说明顶格", place("附件说明1", left=0, first=0), "F357", "附件", WITH_ANNEX),
    Mistake("附件标识冒号", words("附件1", "附件", "附件："), "F360", "附件：", SINGLE),
    Mistake("附件标识汉字", words("附件2", "2", "二"), "F360", "附件二", TWO, also="F365"),
    Mistake("附件标识宋体", look("附件1", face=SONG), "F361", "附件", WITH_ANNEX),
    Mistake("附件标识四号", look("附件1", size=14), "F362", "附件", WITH_ANNEX),
    Mistake("附件不另起一面", place("附件1", new_page=False), "F363", "附件", WITH_ANNEX),
    Mistake("附件标识居中", place("附件1", align="center"), "F363", "附件", WITH_ANNEX),
    Mistake("附件标题紧接", place("附件1标题", above=0), "F364", "", WITH_ANNEX),
    Mistake("附件标题居左", place("附件1标题", align="left"), "F364", "", WITH_ANNEX),
    Mistake("附件名称不一致", words("附件1标题", "任务分解表", "任务分工表"), "F365", "附件", ("通知",)),
    Mistake("附件在版记后", annexes_last, "F366", "附件", ("通知", "意见"), also="F408 F410 F404"),
    Mistake("单独附件冒号", words("附件1", "附件1", "附件1："), "F367", "示环发", ("单独附件",)),
    # 7.3.5, 7.3.6: signature, date, note
    Mistake("汉字日期", words("日期", DAY, "二〇二六年一月五日"), "F370", "", DATED, also="F371"),
    Mistake("日期虚位", words("日期", DAY, "2026年01月05日"), "F370", "", DATED, also="F371"),
    Mistake("点分日期", words("日期", DAY, "2026.1.5"), "F370", "2026.1.5", DATED, also="F371"),
    Mistake("日期写号", words("日期", DAY, "2026年1月5号"), "F370", "5号", DATED),
    Mistake("不盖章右空四字", place("署名", right=4), "F371", "", BARED, way=FREE),
    Mistake("日期不错位", place("日期", right=8), "F371", "", ALONE, way=FREE),
    Mistake("署名居中", place("署名", align="center", right=0), "F372 F371", "", ALONE, way=FREE),
    Mistake("署名居左", place("署名", align="both", right=0), "F372 F371", "", ALONE, way=FREE),
    Mistake("没有署名", without("署名"), "F379", "", ALONE),
    Mistake("署名上无空行", place("署名", above=0), "F373", "", SIGNED),
    Mistake(
        "此页无正文",
        add("署名", line("此页", "（此页无正文）", first=2), before=True),
        "F374",
        "此页无正文",
        SIGNED,
        also="F373 F315",
    ),
    Mistake("署名另面", place("署名", new_page=True), "F374", "", SIGNED, way=FREE),
    Mistake("署名黑体", look("署名", face=HEI), "F375", "", SIGNED),
    Mistake("日期宋体", look("日期", face=SONG), "F375", "2026", SIGNED, way=FREE),
    Mistake("日期四号", look("日期", size=14), "F376", "2026", SIGNED, also="F371", way=FREE),
    Mistake("附注半角括号", looks("附注", text="(联系人：张某某)"), "F377", "(联系人", ("请示", "决定")),
    Mistake("附注顶格", place("附注", first=0), "F378", "（", ("请示", "决定")),
    # 7.4, 7.5: imprint, number of the page
    Mistake("版记黑体", looks("抄送", "印发", face=HEI), "F401", "", COPIED),
    Mistake("版记三号", looks("抄送", "印发", size=16), "F402", "", COPIED),
    Mistake("抄送无句号", words("抄送", "。", ""), "F403", "抄送", COPIED),
    Mistake("抄送顶格", place("抄送", left=0, right=0), "F404", "抄送", COPIED, way={"版记": "图文框"}),
    Mistake("版记浮在面中", imprint_in_text, "F410", "", ("无版头决定",)),
    Mistake("抄送半角冒号", words("抄送", "：", ":"), "F403", "抄送", COPIED),
    Mistake("没有印发二字", words("印发", "印发", ""), "F405", "", PRINTED),
    Mistake("印发日期虚位", words("印发", "1月5日", "01月05日"), "F406", "", PRINTED),
    Mistake(
        "主题词",
        lambda outline: replace(
            outline, imprint=(line("主题词", "主题词：示例　工作　通知", face=HEI), *outline.imprint)
        ),
        "F407",
        "主题词",
        PRINTED,
    ),
    Mistake("版记无线", paper(weights=(0, 0, 0)), "F408", "", PRINTED, way=IN_TABLE),
    Mistake(
        "版记线粗细颠倒",
        paper(weights=(0.75, 1.0, 0.75)),
        "F409",
        "",
        tuple(name for name in PRINTED if KINDS[name].copies),
        way=IN_TABLE,
    ),
    Mistake(
        "印发在抄送上",
        lambda outline: replace(outline, imprint=outline.imprint[::-1]),
        "F411",
        "",
        tuple(name for name in PRINTED if KINDS[name].copies),
    ),
    Mistake("半角连字符页码", folio(before="- ", after=" -"), "F501", "页脚", of(FILE, LETTER, ORDER, PLAIN)),
    Mistake("第1页", folio(before="第", after="页"), "F501", "页脚", of(FILE, LETTER, ORDER, PLAIN)),
    Mistake("页码西文字体", folio(face=FANG), "F502", "页脚", of(FILE, LETTER, ORDER)),
    Mistake("页码五号", folio(size=10.5), "F503", "页脚", of(FILE, LETTER, ORDER)),
    Mistake("页码居中", folio(odd="center", even="center", space=0), "F504", "页脚", of(FILE, LETTER, ORDER)),
    Mistake(
        "单双页同侧", folio(odd="right", even="right"), "F504", "页脚", of(FILE, LETTER, ORDER), way=SIDED
    ),
    Mistake("页码不空一字", folio(space=0), "F505", "页脚", of(FILE, LETTER, ORDER), way=SIDED),
    Mistake("没有页码", folio(shown=False), "F506", "页脚", PAGED),
    Mistake("页码太低", sheet(footer=600), "F507", "页脚", of(FILE, LETTER, ORDER), way=SIDED),
    # 10.1: letters
    Mistake(
        "信函带文件", paper(mark=(f"{ORGAN}文件",)), "F701 F216 F208", "", LETTERED, also="F214 F217 F703"
    ),
    Mistake("信函单线", doubles({"lower": 0}, {}), "F702", "", LETTERED),
    Mistake("信函缺末条双线", doubles({}, None), "F702", "", LETTERED),
    Mistake("信函没有红线", doubles(None, None), "F702", "页面", LETTERED),
    Mistake("双线与版心等宽", doubles({"length": 156.0}, {"length": 156.0}), "F703", "", LETTERED),
    Mistake("首条双线上细下粗", doubles({"upper": 0.75, "lower": 2.25}, {}), "F704", "", LETTERED),
    Mistake("末条双线上粗下细", doubles({}, {"upper": 2.25, "lower": 0.75}), "F704", "", LETTERED),
    Mistake("首条双线太低", doubles({"y": 60.0}, {}), "F705", "", LETTERED, way={"版头": "图文框"}),
    Mistake("末条双线太高", doubles({}, {"y": 262.0}), "F706", "", LETTERED),
    Mistake("信函标志太低", paper(top=45.0), "F707", "", LETTERED, also="F705", way={"版头": "图文框"}),
    Mistake("信函文号居中", place("文号", align="center"), "F708", "示", LETTERED),
    Mistake("信函首页页码", folio(first=True), "F709", "页脚", LETTERED),
    Mistake(
        "信函印发机关",
        lambda outline: replace(
            outline,
            imprint=(
                *outline.imprint,
                line("印发", f"{ORGAN}办公室　　　　{DAY}印发", size=14, left=1, right=1),
            ),
        ),
        "F710",
        "",
        ("函", "批复"),
    ),
    Mistake("信函版记线", paper(weights=(1.0, 0.75, 1.0)), "F711", "抄送", ("函", "批复"), way=IN_TABLE),
    Mistake("信函签发人", signer_on, "F712", "示", LETTERED, also="F708"),
    # 10.2, 10.3
    Mistake("出席仿宋", look("出席", face=FANG), "F801", "出席", ("纪要",)),
    Mistake("出席上无空行", place("出席", above=0), "F802", "出席", ("纪要",)),
    Mistake("令号上无空行", place("文号", above=0), "F803", "第12号", ("令",), way={"版头": "段前"}),
    Mistake(
        "令有主送",
        add("文号", line("主送", "各县（区）人民政府：", align="left", above=2)),
        "F804",
        "各县",
        ("令",),
        also="F803",
    ),
    # 9: words
    Mistake("直引号", words("正文1", "“示例”", '"示例"'), "F601", "根据"),
    Mistake("半角句号", words("正文3", "按期完成。", "按期完成."), "F604", "坚持", TITLED),
    Mistake("没有这一天", words("正文11", "3月31日", "2月30日"), "F610", "按照自查", TITLED),
    Mistake("日期写号在正文", words("正文11", "3月31日", "3月31号"), "F607", "按照自查", TITLED),
    Mistake("句中空格", words("正文3", "问题导向，", "问题  导向，"), "F611", "坚持", TITLED),
    Mistake("留着修订", look("正文3", how="插入"), "F113", "", TITLED),
    Mistake("突出显示", look("正文3", how="突出"), "F114", "坚持", TITLED, way={"格式": "直接设"}),
    Mistake("三个点", words("正文3", "按期完成。", "按期完成..."), "F602", "坚持", TITLED),
    Mistake("两个减号", words("正文3", "逐项销号，", "逐项销号--"), "F603", "坚持", TITLED),
    Mistake("半角逗号", words("正文3", "分类处置，", "分类处置,"), "F604", "坚持", TITLED),
    Mistake("正文日期虚位", words("正文11", "3月31日", "03月31日"), "F606", "按照自查", TITLED),
    Mistake("已废止的办法", words("正文1", "《示例办法》", "《国家行政机关公文处理办法》"), "F608", "根据"),
    Mistake("旧国标", words("正文1", "《示例办法》", "GB/T 9704-1999"), "F608", "根据"),
)

# Several in one paper: the kind of paper, and the mistakes.
SEVERAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("通知", ("方括号", "标题黑体", "主送半角冒号", "正文四号", "附件标识宋体", "版记三号")),
    ("通知", ("天头", "虚位", "标题三号", "一级标题仿宋", "附件名称后分号", "抄送无句号", "半角连字符页码")),
    ("函", ("圆括号", "标题居左", "正文宋体", "单个附件编号", "信函单线", "直引号")),
    ("请示", ("签发人仿宋", "标题紧接上文", "主送缩进", "请示多个主送", "附注半角括号", "页码五号")),
    ("公告", ("没有红线", "标题宋体加粗", "没有首行缩进", "附件标识冒号", "没有页码")),
    ("无版头通知", ("地脚", "标题小二号", "主送上无空行", "阿拉伯数字加顿号", "附件说明顶格", "三个点")),
    ("令", ("令的标志偏低", "版记三号", "印发日期虚位", "旧国标")),
    ("纪要", ("出席仿宋", "标题居左", "二级标题黑体", "半角逗号")),
)
