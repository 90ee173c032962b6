"""What papers are taken for, however they are written: formats, marks, red lines, titles, 主送, signatures, headings."""

from __future__ import annotations

import pytest
from short_papers import BODY, SIGNED, line, report, table

from liangqing.gbt9704.check.paper import FILE, LETTER, MINUTES, ORDER, OTHER, PLAIN, TABLE, RecognisedPaper
from liangqing.gbt9704.word.model import Paragraph


def paper(*parts: str, margin: int = 1531) -> RecognisedPaper:
    return report(*parts, margin=margin).paper


def words(lines: tuple[Paragraph, ...]) -> list[str]:
    return [each.words for each in lines]


def rules(*parts: str, margin: int = 1531) -> set[str]:
    return {each.rule.code for each in report(*parts, margin=margin).findings}


# ---------------------------------------------------------------- papers without a head

ADDRESSED = "left 各县（区）生态环境局："
OFFICIAL = {
    "通知，没有日期": ("title 关于做好示例工作的通知", ADDRESSED, BODY),
    "通知，没有主送和日期": ("title 关于做好示例工作的通知", BODY),
    "决定，没有主送": ("title 示例市人民政府", "title 关于表扬示例单位的决定", BODY, *SIGNED),
    "公告": ("title 公　　告", BODY, *SIGNED),
    "通告": ("title 示例市人民政府通告", BODY, "text 特此通告。", *SIGNED),
    "通报": ("hei title 关于示例情况的通报", BODY),
    "报告，没有主送": ("title 关于示例情况的报告", BODY, *SIGNED),
    "意见": ("title 关于推进示例工作的实施意见", BODY, *SIGNED),
    "三号黑体的标题": ("left title 关于做好示例工作的通知", ADDRESSED, BODY),
    "两段三号黑体的标题": ("hei title 关于做好示例工作", "hei title 有关事项的通知", ADDRESSED, BODY),
    "字隔开的文种": ("title 关于示例情况的", "title 报　告", ADDRESSED, BODY, *SIGNED),
    "署名和日期在一段": ("title 放假通知", BODY, "right 示例市生态环境局　2026年1月5日"),
    "公报，题下有日期": ("title 示例会议公报", "centre （2026年1月5日示例会议通过）", BODY),
    "标题上面有说明": ("left 内部资料", "title 关于做好示例工作的通知", ADDRESSED, BODY),
    "大半是表格的通知": ("title 关于印发名单的通知", ADDRESSED, table(("left 示例" * 40,)), *SIGNED),
}
OTHERS = {
    "总结": ("title 2026年工作总结", "left 各位领导：", BODY, "right 张某某", "right 2026年1月5日"),
    "申请书": ("title 申请书", "left 示例党支部：", BODY, "right 张某某", "right 2026年1月5日"),
    "调研报告": ("title 关于示例情况的调研报告", BODY, "right 张某某", "right 2026年1月5日"),
    "招标文件": ("black 示例项目招标文件", "centre 2026年1月", BODY),
    "小结": ("title 季度工作小结", BODY),
    "请假条": ("title 请假条", "left 示例局：", BODY, "right 张　三", "right 2026年1月5日"),
    "简报": ("mark 工作简报", "centre 第8期（总第12期）", "title 示例工作有序推进", BODY),
    "会议材料": ("title 讲话", "centre 张　三", "centre 2026年1月5日", "left 各位代表：", BODY),
    "表格里有主送": ("centre 示例", "left 示例市财政局：", table(("left 示例" * 40,))),
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_paper_without_a_head_is_recognised(name: str) -> None:
    assert paper(*OFFICIAL[name]).format == PLAIN


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_paper_is_not_judged(name: str) -> None:
    found = paper(*OTHERS[name])
    assert (found.format, found.judged) == (OTHER, False)


def test_minutes_and_tables_are_recognised_without_a_head() -> None:
    assert paper("title 示例会议纪要", BODY).format == MINUTES
    assert paper("title 示例统计表", table(("left 示例" * 9,))).format == TABLE


# ---------------------------------------------------------------- the title and what stands round it

TITLES = {
    ("title 关于做好示例工作的通知", ADDRESSED): "关于做好示例工作的通知",
    ("hei title 关于做好示例工作", "hei title 有关事项的通知", ADDRESSED): "关于做好示例工作有关事项的通知",
    ("hei title 关于做好示例工作的通知", "hei title 第一章　总则"): "关于做好示例工作的通知",
    ("title 关于示例情况的报　告", ADDRESSED): "关于示例情况的报告",
    ("title 第8期", "title 示例情况通报", BODY): "示例情况通报",
    ("title 〔2020〕8号", "title 示例情况通报", BODY): "示例情况通报",
    ("title 〔2026〕第3期", "title 示例情况通报", BODY): "示例情况通报",
    ("title 2026年第3期（总第12期）", "title 示例情况通报", BODY): "示例情况通报",
    ("centre （征求意见稿）", "title 关于做好示例工作的通知", BODY): "关于做好示例工作的通知",
    ("centre ★", "hei title 关于做好示例工作的通知", BODY): "关于做好示例工作的通知",
    ("title 示例情况的报告", "title ——在示例会议上", BODY): "示例情况的报告",
    (BODY, "title 关于做好示例工作的通知"): "关于做好示例工作的通知",
    (BODY, BODY): "",
}


@pytest.mark.parametrize(("lines", "title"), TITLES.items())
def test_the_title_is_its_lines_and_no_other(lines: tuple[str, ...], title: str) -> None:
    assert paper(*lines, BODY, *SIGNED).title_text == title


RECIPIENTS = {
    ("left 示例市人民政府：",): "示例市人民政府：",
    ("left 各县（区）生态环境局，局机关各科室",): "各县（区）生态环境局，局机关各科室",
    ("centre （2026年1月5日示例会议通过）", "left 示例市人民政府："): "示例市人民政府：",
    ("centre ——示例工作", "left 示例市人民政府"): "示例市人民政府",
    ("centre 示例市生态环境局局长　张　三", "left 各位代表："): "各位代表：",
    ("left 现将有关情况报告如下：",): None,
    ("left 示例工作已经办结",): None,
}


@pytest.mark.parametrize(("lines", "recipients"), RECIPIENTS.items())
def test_whom_it_goes_to_stands_under_the_title(lines: tuple[str, ...], recipients: str | None) -> None:
    found = paper("title 关于示例情况的报告", *lines, BODY, *SIGNED).recipients
    assert (found.words if found else None) == recipients


def test_a_recipient_without_its_colon_is_told() -> None:
    told = report("title 关于示例情况的报告", "left 示例市人民政府", BODY, *SIGNED).findings
    assert [each.found for each in told if each.rule.code == "F314"] == ["没有冒号"]


# ---------------------------------------------------------------- signature and date

SIGNATURES = {
    SIGNED: (["示例市生态环境局"], "2026年1月5日"),
    ("right 示例市生态环境局　　2026年1月5日",): (["示例市生态环境局　　2026年1月5日"], "2026年1月5日"),
    ("right 示例市生态环境局", "right 2026年　月　日"): (["示例市生态环境局"], "2026年　月　日"),
    ("right 示例市生态环境局",): (["示例市生态环境局"], ""),
    ("right 示例市生态环境局<w:br/>2026年1月5日",): (["示例市生态环境局\n2026年1月5日"], "2026年1月5日"),
    ("left 　　　　　　　　　　示例市生态环境局",): (["示例市生态环境局"], ""),
    ("right 示例市生态环境局　2026年1月5日", "text （联系人：张　三，电话：0000-0000000）"): (
        ["示例市生态环境局　2026年1月5日"],
        "2026年1月5日",
    ),
    ("left 示例会　2026年1月5日", BODY, BODY, BODY, BODY): ([], ""),
    ("right 局　长　张　三", "right 2026年1月5日"): (["局　长　张　三"], "2026年1月5日"),
    ("text 会议定于 2026年1月5日 召开。",): ([], ""),
}


@pytest.mark.parametrize(("lines", "found"), SIGNATURES.items())
def test_signature_and_date_are_told_apart(lines: tuple[str, ...], found: tuple[list[str], str]) -> None:
    seen = paper("title 关于做好示例工作的通知", ADDRESSED, BODY, *lines)
    assert (words(seen.signatures), seen.date_words) == found


def test_a_date_under_the_title_is_not_that_of_the_signature() -> None:
    seen = paper("title 关于示例工作的决定", "centre （2026年1月5日示例会议通过）", BODY)
    assert (seen.date, words(seen.signatures), words(seen.under_title)) == (
        None,
        [],
        ["（2026年1月5日示例会议通过）"],
    )


def test_a_signature_with_its_date_is_not_measured_against_itself() -> None:
    lines = ("title 关于示例工作的通知", ADDRESSED, BODY, "right 示例市生态环境局　2026年1月5日")
    assert rules(*lines) & {"F370", "F371", "F372", "F379"} == set()


def test_an_impossible_way_of_writing_a_date_beside_the_signature_is_told() -> None:
    lines = ("title 关于示例工作的通知", ADDRESSED, BODY, "right 示例市生态环境局　二〇二六年一月五日")
    told = [each for each in report(*lines).findings if each.rule.code == "F370"]
    assert [(each.found, each.expected) for each in told] == [("二〇二六年一月五日", "2026年1月5日")]


# ---------------------------------------------------------------- marks and formats

NUMBER = "centre 示环发〔2026〕8号"
TITLE = ("title 关于做好示例工作的通知", ADDRESSED, BODY, *SIGNED)
MARKS = {
    "一个机关": (("mark 示例市生态环境局文件", NUMBER), ["示例市生态环境局文件"], FILE),
    "字隔开": (("mark 示例市生态环境局 文 件", NUMBER), ["示例市生态环境局 文 件"], FILE),
    "红线上有星": (("mark 示例市委文件", NUMBER, "mark ★"), ["示例市委文件"], FILE),
    "星在上面": (("mark ★", "mark 示例市委文件", NUMBER), ["示例市委文件"], FILE),
    "几个机关，文件另起": (
        ("joint 示例市财政局", "joint 示例市教育局", "joint 文件", NUMBER),
        ["示例市财政局", "示例市教育局", "文件"],
        FILE,
    ),
    "几个机关在一行": (
        ("joint 示例市财政局 示例市教育局文件", NUMBER),
        ["示例市财政局 示例市教育局文件"],
        FILE,
    ),
    "机关叠在表格里": (
        (table(("joint 示例市财政局|joint 示例市教育局", "mark 文件")), NUMBER),
        ["示例市财政局", "示例市教育局", "文件"],
        FILE,
    ),
    "文件在表格第一格": (
        (table(("mark 文件", "joint 示例市财政局|joint 示例市教育局")), NUMBER),
        ["示例市财政局", "示例市教育局", "文件"],
        FILE,
    ),
    "机关是黑的，文件是红的": (("black 示例市财政局", "mark 文件", NUMBER), ["示例市财政局", "文件"], FILE),
    "草稿里是黑的": (("black 示例市生态环境局文件", NUMBER), ["示例市生态环境局文件"], FILE),
    "没有文件二字": (("mark 示例市生态环境局", NUMBER), ["示例市生态环境局"], FILE),
    "文号居右": (
        ("mark 示例市生态环境局", "right 示环函〔2026〕8号"),
        ["示例市生态环境局"],
        LETTER,
    ),
    "令": (("mark 示例市人民政府令", "centre 第12号"), ["示例市人民政府令"], ORDER),
    "令的草稿": (("black 示例市人民政府令", "centre 第12号"), ["示例市人民政府令"], ORDER),
    "文件在文件头": (
        ("joint 中共示例市委", "joint 示例市政府", "mark 文　件", NUMBER),
        ["中共示例市委", "示例市政府", "文　件"],
        FILE,
    ),
    "没有代字": (("mark 示例市生态环境局文件", "centre 〔2020〕8号"), ["示例市生态环境局文件"], FILE),
    "公告有号": (("mark 示例市人民政府公告", "centre 第12号"), ["示例市人民政府公告"], PLAIN),
    "纪要有期": (("mark 示例市局务会议纪要", "mark 第8期"), ["示例市局务会议纪要"], MINUTES),
    "红色的标题": ((NUMBER, "red title 关于做好示例工作的通知"), [], PLAIN),
}


@pytest.mark.parametrize("name", MARKS)
def test_the_mark_is_the_name_of_the_organs(name: str) -> None:
    lines, mark, format = MARKS[name]
    found = paper(*lines, *TITLE)
    assert (words(found.mark), found.format) == (mark, format)
    assert found.title_text.endswith("关于做好示例工作的通知")


@pytest.mark.parametrize("margin", [1134, 1531, 1984])
def test_a_mark_that_ends_so_makes_a_file_whatever_its_margins(margin: int) -> None:
    number = line(NUMBER, border())
    assert paper("mark 示例市生态环境局文件", number, *TITLE, margin=margin).format == FILE
    assert paper("mark 示例市生态环境局", number, *TITLE, margin=margin).format == FILE
    under = line("left  ", border())
    assert paper("mark 示例市生态环境局", NUMBER, under, *TITLE, margin=margin).format == FILE


def test_a_number_without_its_code_is_the_number_and_no_title() -> None:
    found = paper("mark 示例市生态环境局", "centre 〔2020〕8号", *TITLE)
    assert found.number is not None and found.number.words == "〔2020〕8号"
    assert found.format == FILE


def test_the_number_of_an_issue_is_that_of_the_paper() -> None:
    found = paper("mark 示例市局务会议纪要", "mark 第8期", *TITLE).number
    assert found is not None and found.words == "第8期"


def test_who_signed_an_upward_opinion_is_in_his_place() -> None:
    head = ("mark 示例市生态环境局文件", "left 示环发〔2026〕8号　　　签发人：张　三")
    for kind, told in (("实施意见", set()), ("报告", set()), ("通知", {"F219"})):
        title = f"title 关于示例工作的{kind}"
        assert rules(*head, title, ADDRESSED, BODY, *SIGNED) & {"F218", "F219"} == told


def test_names_below_the_first_signer_are_signers_and_nothing_else_is() -> None:
    head = ("right 签发人：张　三", "left 办结前不公开", "right 李　四　王五某")
    found = paper("mark 示例市生态环境局文件", *head, "left 示环发〔2026〕8号", *TITLE)
    assert words(found.signers) == ["签发人：张　三", "李　四　王五某"]


def test_names_in_the_cell_beside_are_signers() -> None:
    head = table(("left 示环发〔2026〕8号", "left 签发人：", "left 张　三"))
    title = ("title 关于示例工作的报告", ADDRESSED, BODY, *SIGNED)
    assert words(paper("mark 示例市生态环境局文件", head, *title).signers) == ["签发人：", "张　三"]


def test_recipients_that_go_on_in_another_paragraph_are_whole() -> None:
    found = paper("title 关于示例工作的通知", "left 示例局、示例委、", "left 示例办：", BODY, *SIGNED)
    assert [each.words for each in found.above_body[1:]] == ["示例局、示例委、", "示例办："]
    assert words(found.body) == [BODY.removeprefix("text ")]
    assert "F314" not in rules(
        "title 关于示例工作的通知", "left 示例局、示例委、", "left 示例办：", BODY, *SIGNED
    )


def test_the_number_of_an_issue_may_be_set_as_the_office_likes() -> None:
    head = ("mark 示例市局务会议纪要", "mark 第8期", "title 关于示例事项的会议纪要", BODY)
    assert rules(*head) & {"F212", "F213"} == set()


# ---------------------------------------------------------------- red lines


def border(side: str = "bottom") -> str:
    return f"<w:pBdr><w:{side} w:val='single' w:sz='8' w:space='8' w:color='FF0000'/></w:pBdr>"


def pict(shapes: str) -> str:
    return f"<w:p><w:r><w:pict>{shapes}</w:pict></w:r></w:p>"


def drawing(inner: str, width: int = 5616000, height: int = 0) -> str:
    return (
        "<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom='column'><wp:posOffset>0</wp:posOffset>"
        "</wp:positionH><wp:positionV relativeFrom='paragraph'><wp:posOffset>9</wp:posOffset></wp:positionV>"
        f"<wp:extent cx='{width}' cy='{height}'/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def shape(kind: str, place: str = "", *, filled: bool = False) -> str:
    red = "<a:solidFill><a:srgbClr val='FF0000'/></a:solidFill>"
    line_of_it = red if filled else f"<a:ln w='12700'>{red}</a:ln>"
    return f"<wps:wsp><wps:spPr>{place}<a:prstGeom prst='{kind}'/>{line_of_it}</wps:spPr></wps:wsp>"


def placed(left: int, width: int) -> str:
    return f"<a:xfrm><a:off x='{left}' y='500'/><a:ext cx='{width}' cy='0'/></a:xfrm>"


GROUPED = (
    "<wpg:wgp xmlns:wpg='http://schemas.microsoft.com/office/word/2010/wordprocessingGroup'><wpg:grpSpPr><a:xfrm>"
    "<a:chOff x='0' y='0'/><a:chExt cx='1000' cy='1000'/></a:xfrm></wpg:grpSpPr>"
    f"{shape('line', placed(0, 450))}{shape('line', placed(550, 450))}</wpg:wgp>"
)
VML_LINE = "<v:line from='0,5pt' to='{}pt,5pt' strokecolor='red' strokeweight='1pt'/>"
LINES = {
    "段落的边框": (line(NUMBER, border()), 156),
    "下一段的上边框": (NUMBER + "", 156),
    "直线": (drawing(shape("line")), 156),
    "直接连接符": (drawing(shape("straightConnector1")), 156),
    "细长的矩形": (drawing(shape("rect", filled=True), height=12700), 156),
    "组合里的两段线夹一颗星": (drawing(GROUPED, height=100000), 156),
    "VML 直线": (pict(VML_LINE.format(442)), 156),
    "VML 连接符": (
        pict(
            "<v:shape type='#_x0000_t32' style='width:442pt;height:0' strokecolor='#f00' strokeweight='1pt'/>"
        ),
        156,
    ),
    "VML 矩形": (pict("<v:rect style='width:442pt;height:1pt' fillcolor='#ff0000'/>"), 156),
    "VML 组合": (
        pict(
            "<v:group style='width:442pt;height:10pt' coordsize='1000,100'>"
            "<v:line from='0,50' to='1000,50' strokecolor='#ff0000' strokeweight='1pt'/></v:group>"
        ),
        156,
    ),
    "VML 两段线": (
        f"<w:p><w:r><w:pict>{VML_LINE.format(200)}</w:pict></w:r><w:r><w:t>★</w:t></w:r>"
        f"<w:r><w:pict>{VML_LINE.format(200)}</w:pict></w:r></w:p>",
        None,
    ),
    "打出来的线和星": ("red ————————★————————", None),
    "表格的边框": (
        table((NUMBER,), borders="<w:bottom w:val='single' w:sz='8' w:color='FF0000'/>"),
        None,
    ),
}
LINES["下一段的上边框"] = (line("left  ", border("top")), 156)


@pytest.mark.parametrize("name", LINES)
def test_a_red_line_is_seen_however_it_is_made(name: str) -> None:
    drawn, length = LINES[name]
    number = () if NUMBER.split()[1] in drawn else (NUMBER,)
    found = report("mark 示例市生态环境局文件", *number, drawn, *TITLE)
    (red,) = found.paper.red_lines
    assert (red.length and round(red.length)) == length
    assert found.paper.format == FILE
    assert {each.rule.code for each in found.findings} & {"F216", "F217"} == set()


def test_a_head_without_a_red_line_is_told() -> None:
    assert "F216" in rules("mark 示例市生态环境局文件", NUMBER, *TITLE)


def test_two_lines_one_over_the_other_stay_two() -> None:
    both = "".join(
        f"<v:line from='0,{top}pt' to='200pt,{top}pt' strokecolor='red' style='mso-position-vertical-relative:page;"
        "mso-position-horizontal-relative:page'/>"
        for top in (50, 60)
    )
    assert len(paper("mark 示例市生态环境局文件", NUMBER, pict(both), *TITLE).red_lines) == 2


# ---------------------------------------------------------------- headings

HEADINGS = {
    "hei 一、总体要求": 6,
    "hei 一、总体要求。": 7,
    "bold 一、总体要求。": 7,
    "text 一、请各单位于三月底前报送。": 0,
    "text 一、加强领导，落实责任；": 0,
    "text 一、总体要求。坚持问题导向，逐项销号。": 7,
    f"text 一、{'示例' * 30}": 0,
    "text 一、时间：2026年1月5日": 0,
    "hei 一、时间：示例会议室": 10,
    f"hei 一、{'示例' * 30}。": 63,
}


@pytest.mark.parametrize(("text", "head"), HEADINGS.items())
def test_how_much_of_a_line_is_a_heading(text: str, head: int) -> None:
    (heading,) = paper("title 关于做好示例工作的通知", ADDRESSED, text, *SIGNED).headings
    assert heading.head == head


def test_a_heading_or_an_item_that_ends_in_a_stop_is_right_in_its_own_type() -> None:
    for text in ("hei 一、总体要求。", "text 一、请各单位于三月底前报送。", "text 一、加强领导，落实责任；"):
        told = rules("title 关于做好示例工作的通知", ADDRESSED, text, *SIGNED)
        assert told & {"F317", "F331", "F335"} == set(), text
    assert "F331" in rules("title 关于做好示例工作的通知", ADDRESSED, "bold 一、总体要求。", *SIGNED)
