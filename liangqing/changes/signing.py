"""双签 by its 内容码 alone: the inspection, the unit and the findings that were signed follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.dates import day_written
from liangqing.base.diagnostics import Place, refuse
from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import Inspection
from liangqing.data.model.types import head_on
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import LAPSED, UNSIGNED, Standing

CODE = "内容码"
FOLLOWS = ("检查", "单位", "问题")
# What stands in place of a name where the holder of the post signed.
OWN_HAND = frozenset({"本人", "本人签字", "本人签名", "已签", "已签字", "√", "✓", "☑"})
SHOWN = 3  # forms that a message names

Form = tuple[Inspection, Unit]


def signed(tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """The record with 检查, 单位 and 问题 of the form that bears its 内容码, and with its signers by name.

    纪检监察组签字人 is the head of the group on the day where nobody is named; 本人 stands for who holds the post on
    either side. Raises Problems, whose place says 内容码, where no form bears the code, or several do.
    """
    if all(tree.get(key) for key in FOLLOWS) or not isinstance(tree.get(CODE), str):
        return tree
    code = str(tree[CODE]).strip().upper()
    day = day_written(str(tree.get("日期") or "")) or at.day
    if code not in at.forms_of_code and day > at.day:
        at = at.on(day)  # of findings later than the day of the figures
    forms = at.forms_of_code.get(code, [])
    own = [form for form in forms if _is_meant(form, tree, at)]
    if not own:
        _refuse_unknown(code, forms, tree, at)
    if len(own) > 1:
        message = f"内容码 {code} 印在几份双签字确认表上：{enumerate_words(map(_called, own))}"
        raise refuse(Code.TWO_FORMS_OF_CODE, Place("", detail=CODE), message, "写明「检查」和「单位」")
    ((inspection, unit),) = own
    findings = at.found_in(inspection=inspection.code, unit=unit.code)
    follows: dict[str, Tree] = {
        "检查": inspection.code,
        "单位": unit.code,
        "问题": [finding.code for finding in findings],
    }
    given = {key: value for key, value in tree.items() if value or key not in follows}
    return {**follows, **given, CODE: code, **_signers(tree, unit, at)}


def _signers(tree: Mapping[str, Tree], unit: Unit, at: Standing) -> dict[str, Tree]:
    """The signers who follow from the posts."""
    day = day_written(str(tree.get("日期") or "")) or at.day
    party = at.year.unit(unit.party) if unit.party else unit
    names: dict[str, Tree] = {}
    if tree.get("党组织签字人") in OWN_HAND:
        names["党组织签字人"] = head_on(party.heads, day).name
    if not tree.get("纪检监察组签字人") or tree.get("纪检监察组签字人") in OWN_HAND:
        names["纪检监察组签字人"] = head_on(at.year.group.heads, day).name
    return names


def _is_meant(form: Form, tree: Mapping[str, Tree], at: Standing) -> bool:
    """Whether what is given of 检查 and 单位 names the form."""
    inspection, unit = form
    named = at.year.unit_by_ref.get(str(tree.get("单位")))
    return tree.get("检查") in (None, "", inspection.code) and (not tree.get("单位") or named is unit)


def _refuse_unknown(code: str, forms: list[Form], tree: Mapping[str, Tree], at: Standing) -> NoReturn:
    if forms:
        said = f"内容码 {code} 是 {_called(forms[0])} 的双签字确认表的，这里写的检查、单位是别的"
        raise refuse(Code.NO_FORM_OF_CODE, Place("", detail=CODE), said, "检查、单位留空，由内容码得出")
    waiting = [form for form in _unsigned(at) if _is_meant(form, tree, at)]
    now = [f"{_called(form)} 的是 {_code_of(form, at)}" for form in waiting[:SHOWN]]
    told = f"。还没有签的，{'，'.join(now)}{'等' if len(waiting) > SHOWN else ''}" if now else ""
    message = f"没有一份双签字确认表现在的内容码是 {code}{told}"
    advice = "抄错的照表上印的改；表印好以后问题改过的，重新打印双签字确认表请双方再签，登记新表的内容码"
    raise refuse(Code.NO_FORM_OF_CODE, Place("", detail=CODE), message, advice)


def _unsigned(at: Standing) -> list[Form]:
    """The forms that nobody signed as they are today, in the order of the findings."""
    open_states = (UNSIGNED, LAPSED)
    found = (finding for finding in at.found if at.signature(finding)[0] in open_states)
    forms = (
        (at.year.inspection_by_code[finding.inspection], at.year.unit(finding.unit)) for finding in found
    )
    return list(dict.fromkeys(forms))


def _code_of(form: Form, at: Standing) -> str:
    inspection, unit = form
    return at.content_code(at.found_in(inspection=inspection.code, unit=unit.code))


def _called(form: Form) -> str:
    inspection, unit = form
    return f"{inspection.code} {unit.short_name}"
