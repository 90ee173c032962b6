"""The letter that every engine renders: one text, in no engine's syntax.

`{name}` stands for a value. A letter is a list of blocks; each engine's syntax (syntaxes.py) says how its
templates write a value, a loop over rows and a condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """Text in a style of the template."""

    text: str
    style: str = "Body"


@dataclass(frozen=True)
class Condition:
    """Paragraphs that stand only where the flag `name` is true."""

    name: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Rows:
    """A table: a head, and one row for each item of the list `name`."""

    name: str
    heads: tuple[str, ...]
    fields: tuple[str, ...]
    widths: tuple[int, ...]


Block: TypeAlias = Paragraph | Condition | Rows

HEADER = Paragraph("{group_short}　整改函　{number}", "Header")
FOOTER = Paragraph("联系人：{contact}　电话：{phone}　一式 {copies} 份", "Footer")

FINDINGS = Rows(
    "findings",
    ("序号", "问题", "事实", "依据", "整改要求", "时限"),
    ("no", "name", "facts", "basis", "demand", "limit"),
    (600, 1700, 2600, 1700, 1700, 1100),
)

BLOCKS: tuple[Block, ...] = (
    Paragraph("关于{subject}的整改函", "Title"),
    Paragraph("发文字号：{number}", "Lead"),
    Paragraph("签发人：{signer}　　密级：内部", "Lead"),
    Paragraph("发文日期：{issued}", "Lead"),
    Paragraph("{unit}：", "Lead"),
    Paragraph(
        "根据{plan}的安排，{group}于{begins}至{ends}，由{inspectors}等{head_count}人参加，"
        "对{unit_short}贯彻落实{policy}的情况进行了{method}。检查组先后查阅文件、台账、会议记录{files}份，"
        "现场查看点位{sites}处，谈话{talks}人次，并于{meeting_day}在{meeting_place}当面反馈了情况。"
    ),
    Paragraph(
        "总的看，{unit_short}党组织能够按照年度监督检查清单的要求研究部署，{good_one}；在日常管理上，{good_two}。"
        "今年以来共召开专题会议{meetings}次，建立任务台账{ledgers}本，自查发现问题{self_found}个，"
        "大多已经自行整改，自查按期报送率为{report_rate}%。这些做法应当坚持，并在本系统内推广。"
    ),
    Paragraph(
        "对照《{rule_one}》和《{rule_two}》的规定，检查中也发现，一些责任没有落到岗位，一些措施停留在纸面，"
        "一些整改没有见到成效。检查组共发现问题{found}个，其中立行立改{at_once}个、限期整改{in_time}个，按监督内容分，以{main_area}方面最为集中，在各类问题中居第一位。"
        "现将主要问题列在下表，事实均经检查组与你单位当场核对。"
    ),
    FINDINGS,
    Paragraph(
        "一、关于责任落实。主体责任层层递减的现象仍然存在。{weak_one}。具体承办的部门没有把任务分解到人，"
        "月度对账流于形式，具体责任人对台账所列事项的进展说不清、道不明。党组织负责人对下级的督促多在会上，"
        "到现场核实不够，致使同类问题在不同点位反复出现，群众反映的事项没有在规定时间内办结。"
    ),
    Paragraph(
        "二、关于日常管理。{weak_two}。现场抽查发现，部分设施标识缺失、记录断档，运行维护单位与监管单位之间权责不清，"
        "出现问题后相互等待。上一次检查指出的事项中，仍有整改后反弹的情况，说明长效机制没有真正建立起来，"
        "举一反三的要求没有落到实处，抓常抓长的韧劲不足，需要从制度和队伍两个方面一起补上短板。"
    ),
    Paragraph(
        "三、关于作风和纪律。{weak_three}。个别工作人员对群众反映的问题推诿拖延，回复不及时、答复不具体；"
        "个别项目的验收材料与现场实际不符，存在以文件落实文件、以会议落实会议的倾向。对其中涉嫌失职失责的线索，"
        "我组将按照管理权限另行处置，处置结果不在本函中说明，也不因整改完成而免予追究。"
    ),
    Condition(
        "serious",
        (
            Paragraph(
                "四、需要特别说明的是，上述问题中有{serious_count}个造成了不良影响，{serious_detail}。对这些问题，"
                "你单位党组织应当召开专题民主生活会或者组织生活会，逐一查明原因，厘清责任，"
                "并在整改报告中单独说明处理的情况和处理的依据。"
            ),
            Paragraph(
                "五、对造成不良影响的问题，相关责任人应当作出书面检查，由你单位党组织主要负责人与其谈话。"
                "谈话记录和书面检查随整改报告一并报送我组，我组将在回头看时予以核实。"
            ),
        ),
    ),
    Paragraph(
        "针对上述问题，根据《中国共产党党内监督条例》和派驻机构工作规则的有关规定，现提出以下整改要求。"
        "第一，切实提高认识。要从讲政治的高度看待{policy}，把整改作为一项政治任务，党组织主要负责人是整改的第一责任人，"
        "要亲自研究、亲自督办，班子其他成员按照分工抓好分管范围内的整改，对整改不力的要敢于批评、及时纠正，不能以集体研究代替个人负责。"
    ),
    Paragraph(
        "第二，逐项制定措施。要对照表中所列问题，一个问题一套措施，明确责任部门、责任领导、责任人和完成时限，"
        "建立整改台账，整改一个、核实一个、销号一个。立行立改的问题应在{at_once_day}前完成，"
        "限期整改的问题应在{in_time_day}前完成；确因客观原因不能按期完成的，应在期满十日前书面说明理由并提出延期申请，"
        "由双方重新签字确认，未经同意擅自拖延的，视为没有完成整改。"
    ),
    Paragraph(
        "第三，注重标本兼治。要举一反三，对本单位及所属各单位的同类问题进行全面排查，防止边改边犯、屡改屡犯。"
        "要完善制度，把{institution}等经过检验的做法固定下来，堵塞漏洞，健全长效机制。对排查中新发现的问题，"
        "一并纳入整改台账管理，并在整改报告中如实反映数量、类别和进展，不得隐瞒不报，也不得以已有安排为由不再排查。"
    ),
    Paragraph(
        "第四，严格销号程序。每个问题整改完成后，由责任部门提出销号申请，附相应的佐证材料，经党组织负责人审核后报送我组。"
        "我组将采取{verify_method}的方式逐一核查，核查通过的予以销号，核查不通过的退回继续整改。核查人与责任人不得为同一人，"
        "佐证材料的形成时间应当晚于检查时间，照片应当能够反映拍摄的地点和日期，不符合要求的一律退回。"
    ),
    Paragraph(
        "请于{reply_day}前将整改情况书面报送我组，报告应由党组织主要负责人签字并加盖公章，同时报送电子版。"
        "报告的内容应当包括整改的总体情况、每个问题的整改措施和成效、尚未完成整改的问题及原因、下一步工作打算四个部分。"
        "逾期不报或者弄虚作假的，将依照有关规定追究党组织和相关责任人的责任，并在一定范围内通报。"
    ),
    Paragraph(
        "我组将于{recheck_day}前后对整改情况开展回头看，重点看责任是否落实、措施是否到位、成效是否巩固、制度是否管用。"
        "对整改不力、敷衍整改、虚假整改的，将按照规定严肃问责。整改期间如有需要沟通的事项，"
        "请与{contact}联系，电话{phone}。"
    ),
    Paragraph("抄送：{copy_to}", "Lead"),
    Paragraph("{group}", "Right"),
    Paragraph("{issued}", "Right"),
)
