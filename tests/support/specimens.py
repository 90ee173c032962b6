"""Papers of every layout and length, made as our own templates are, to be measured and shown (示例: all is invented)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sample import ROOT

from liangqing.base.chinese import FILTERS
from liangqing.engine import compile_template
from liangqing.gbt9704 import joint_signature
from liangqing.gbt9704.signature import indents
from template_sources.builder import made_from, shared
from template_sources.builder.paper import Library
from template_sources.builder.units import CHARACTER

LONG, SHORT = "某某市纪委监委驻市某某局纪检监察组", "某某局"
NUMBER, DATE = "某纪驻〔2026〕12号", "2026年10月9日"
# A line of the page: 28 characters of full width, in which nothing is drawn closer.
LINE = "某项工作按照年初确定的任务和要求逐项推进并且按月核对台账"
# Organs of joint papers, the host first.
TWO = (LONG, "某某市某某局机关纪律检查委员会")
THREE = ("某某市某某局", "某某市某某委", "某某市某某办")
FIVE = ("某某市某某局", "某某市某某委", "某某市某某办", "某某中心", "某某市某某管理站")
COPIES = ("某某市纪委监委对口监督检查室", "某某局机关党委")


def values(name: str = LONG, *, sealed: bool = True, **more: object) -> dict[str, object]:
    """What every paper reads; `name` is that of the office."""
    places = indents(name, DATE, sealed=sealed)
    return {
        "年度": 2026,
        "标题": "关于某项工作有关情况的函",
        "文号": NUMBER,
        "文号文字": NUMBER,
        "成文日期": DATE,
        "成文日期文字": DATE,
        "草稿": False,
        "附件": ["问题清单"],
        "盖章": sealed,
        "署名右空": round(places.signature * CHARACTER),
        "成文日期右空": round(places.date * CHARACTER),
        "机构": {
            "标志": name,
            "全称": name,
            "简称": "我组",
            "联系人": {"姓名": "李某某", "电话": "0000-0000000"},
        },
        "抄送": list(COPIES),
        **_head(),
        "出席": ["张某某", "李某某", "王某某"],
        "列席": [f"某某科室负责人{number}" for number in "甲乙丙丁"],
        **more,
    }


def _head() -> dict[str, object]:
    """A paper of the office alone, with nothing above its mark, signed by one."""
    organs: dict[str, object] = {
        "联合机关": [],
        "联合标志": [],
        "联合标志字宽": 0,
        "署名列": 0,
        "署名行": [],
        "联合署名": [],
    }
    return {"份号": "", "紧急程度": "", "签发人": ["张某某"], "签发行": ["张某某"], **organs}


def joint(names: tuple[str, ...], *, sealed: bool = True) -> dict[str, object]:
    """What a paper of several organs reads besides."""
    across = joint_signature.columns(names)
    rows = [
        (*(joint_signature.in_lines(name, across) for name in row), "")[:3]
        for row in joint_signature.rows(names)
    ]
    lines, bare_right = joint_signature.bare(names, DATE)
    right = joint_signature.sealed_date_right(names, DATE) if sealed else bare_right
    return {
        "盖章": sealed,
        "联合机关": list(names),
        "联合标志": list(names),
        "联合标志字宽": max(map(len, names)),
        "署名列": across,
        "署名行": [dict(zip("左中右", row, strict=True)) for row in rows],
        "联合署名": [{"名称": line.name, "右空": round(line.right * CHARACTER)} for line in lines],
        "成文日期右空": round(right * CHARACTER),
    }


def signed(*names: str) -> dict[str, object]:
    """What an upward paper that these sign reads besides."""
    return {
        "标题": "关于某项工作有关问题的请示",
        "签发人": list(names),
        "签发行": joint_signature.signer_lines(names),
    }


def filled(template: bytes, given: Mapping[str, object]) -> bytes:
    """A template with values, by the product's own engine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "样张.docx"
        path.write_bytes(template)
        return compile_template(path, name="样张", filters=FILTERS).render(given)


@cache
def _library() -> Library:
    return shared()


def made(source: str) -> bytes:
    """The template of a source in the notation of template_sources."""
    (template,) = made_from("样张.txt", source, _library()).values()
    return template


def body(paragraphs: int) -> str:
    """So many paragraphs of three lines, in which each full line is a line of the page."""
    words = f"{(LINE * 3)[2:-1]}。"
    return f"公文正文 ¦ {words}\n" * (paragraphs - 1) + f"结束语 ¦ {words}\n"


def _paper(layout: str, paragraphs: int, **given: object) -> bytes:
    """A paper with recipient, signature and note."""
    closing = "妥否，请批示。" if layout == "上行文" else "此函。"
    text = f"【用 标题】\n主送机关 ¦ 某某单位党支部：\n{body(paragraphs)}结束语 ¦ {closing}\n【用 文尾】\n"
    return filled(made(f"【版式 {layout}；抄送=抄送】\n{text}"), values(**given))  # type: ignore[arg-type]


def letter_of(paragraphs: int, **given: object) -> bytes:
    """The letter format."""
    return _paper("信函", paragraphs, **given)  # type: ignore[arg-type]


def file_of(paragraphs: int, **given: object) -> bytes:
    """The file format."""
    return _paper("文件", paragraphs, **given)  # type: ignore[arg-type]


def upward_of(paragraphs: int, **given: object) -> bytes:
    """The format of a paper to a higher organ."""
    return _paper("上行文", paragraphs, **given)


def minutes_of(paragraphs: int, **given: object) -> bytes:
    """The format of minutes."""
    layout = "【版式 纪要；抄送=抄送；标志=机构.标志 ~ '会议纪要'；机关={{ 机构.全称 }}】"
    present = "".join(f"【用 出席；称={name}；名单={name}】\n" for name in ("出席", "列席"))
    source = f"{layout}\n【用 标题】\n{body(paragraphs)}空行 ¦\n{present}"
    return filled(made(source), values(**given))  # type: ignore[arg-type]


TABLE = """
表格标题 ¦ 某项工作任务分解表
表间距 ¦
【表格 项 in 各项】
列 ¦ 1 ¦ 序号 ¦ 【表格居中】{{ loop.index }}
列 ¦ 9 ¦ 内容 ¦ {{ 项 }}
【完】
表间距 ¦
"""


def table_on(page: str) -> bytes:
    """A table on a turned page of A4 (横), or on one of A3 (A3横): forty rows."""
    return filled(made(f"【页面 {page}】{TABLE}"), values(各项=[LINE] * 40))


def rectification_letter(findings: int) -> bytes:
    """整改函 on so many findings."""
    finding = {
        "名称": "巡查记录不完整",
        "事实": "检查组查阅巡查记录36份，其中11份没有巡查人签名，责任分解表只写到股室。",
        "依据": "年度监督检查清单第2项“分解到岗位”",
        "整改要求": "把巡查责任分解到岗位、到人，补齐巡查记录。",
        "整改类别": "限期整改",
        "责任人": "某某某（科长）",
        "整改时限": "2026年12月31日",
        "整改安排": ["整改类别：限期整改", "责任人：某某某（科长）", "整改时限：2026年12月31日"],
        "变更": [],
    }
    told = {
        "主送": "某某局党支部",
        "依据": "《年度监督检查清单》",
        "检查": [{"时间": "2026年9月1日至3日", "名称": "某某局集中清查"}],
        "问题": [finding] * findings,
        "其他要求": ["举一反三，对同类问题全面排查。"],
        "回复期限": "2026年11月30日",
        "抄送": list(COPIES),
        "更正": None,
    }
    given = values(标题="关于某某局监督检查发现问题的整改函", 整改函=told, 单位={"称谓": "你支部"})
    return filled((ROOT / "templates/整改函.docx").read_bytes(), given)


def all_papers() -> dict[str, bytes]:
    """What is measured and looked at, by name."""
    return {
        "信函一页": letter_of(2, 附件=[], 抄送=[]),
        "信函两页": letter_of(7),
        "信函五页": letter_of(27),
        "信函短名": letter_of(7, name=SHORT),
        "信函多抄送": letter_of(7, 抄送=list(COPIES) * 6, 附件=["问题清单", "任务分解表"]),
        "文件盖章": file_of(8),
        "文件不盖章": file_of(8, sealed=False),
        "文件短名不盖章": file_of(8, name=SHORT, sealed=False),
        "文件长名": file_of(8, name=f"{LONG}第一派驻工作组", sealed=False),
        "纪要": minutes_of(6, 标题="某项工作推进会会议纪要"),
        "整改函一个问题": rectification_letter(1),
        "整改函十二个问题": rectification_letter(12),
        "横表": table_on("横"),
        "大横表": table_on("A3横"),
    }


def order() -> bytes:
    """The format of an order."""
    source = "【版式 命令；抄送=抄送；标志=机构.全称 ~ '令'；令号=第1号；职务=组长】\n" + body(1)
    return filled(made(source), values())


def other_heads() -> dict[str, bytes]:
    """Papers of several organs, papers to a higher organ, those with something at the upper left, and an order."""
    return {
        "文件加急": file_of(8, 份号="000012", 紧急程度="加急"),
        "信函加急": letter_of(7, 份号="000012", 紧急程度="加急"),
        "信函份号": letter_of(7, 份号="000012"),
        "联合二机关": file_of(8, **joint(TWO)),
        "联合三机关": file_of(8, **joint(THREE)),
        "联合五机关": file_of(8, **joint(FIVE), 紧急程度="特急"),
        "联合不盖章": file_of(8, **joint(THREE, sealed=False)),
        "联合不盖章长名": file_of(8, **joint(TWO, sealed=False)),
        "联合信函": letter_of(7, **joint(TWO)),
        "上行文": upward_of(8, **signed("张某某")),
        "上行文未签": upward_of(8, **signed()),
        "上行文三人": upward_of(8, **signed("张某某", "李某", "王某某"), **joint(THREE)),
        "命令": order(),
    }
