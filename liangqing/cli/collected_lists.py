"""What `collect` tells of what it read: short where it is much, every value with --verbose, errors last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Severity
from liangqing.cli.console import COLOURS, show

if TYPE_CHECKING:
    from liangqing.changes import CollectedForms
    from liangqing.changes.shown import ShownChange

FEW_FORMS, FEW_VALUES = 3, 20  # so many are shown value by value without --verbose
SEE_ALL = "加 -v 逐项看"
# What a line says of a form: the key in words, the value, and what it comes to ({} is how many of them there are).
_NOTABLE = (
    (r"处理", "无意见", "没有意见"),
    (r"意见", ".+", "意见 {} 条"),
    (r"自查问题.* 描述", ".+", "自查发现问题 {} 个"),
    (r"(.* )?状态", "不涉及", "不涉及 {} 项"),
    (r"申请销号", "是", "申请销号 {} 个"),
    (r"(.* )?异议.*", "(?!无|没有).+", "有异议"),
)


def list_forms(collected: CollectedForms, *, verbose: bool) -> None:
    """The forms that can be taken: a line each, or every value."""
    whole = verbose or len(collected.good) <= FEW_FORMS
    blank = Counter(
        problem.place.file for problem in collected.judged.told if problem.code == Code.FIELD_LEFT_EMPTY
    )
    for number, (form, _) in enumerate(collected.good):
        called = f"{form.name}　{form.mark.kind} {form.subject.label if form.subject else form.mark.subject}"
        values = list(_values(collected, number))
        if whole:
            click.echo(called)
            _show_values(values)
        else:
            notes = [f"{len(values)} 项", *_notable(values)]
            notes += [f"空着 {blank[form.name]} 格"] if blank[form.name] else []
            click.echo(f"{called}：{'，'.join(notes)}")
    if not whole:
        click.echo(f"以上每份一行，{SEE_ALL}")


class _Value(NamedTuple):
    """A value that a form gives: of which record, which, what stood there before, what would."""

    label: str
    key: str
    before: str
    after: str


def _values(collected: CollectedForms, number: int) -> Iterator[_Value]:
    """All of a form; of a record that takes the place of another, what is not as it was there."""
    from liangqing.changes import changes

    for record in collected.good[number][1]:
        yield from (_Value(record.label, *change) for change in changes(record))


def _show_values(values: Sequence[_Value]) -> None:
    for label, own in groupby(values, lambda value: value.label):
        click.echo(f"  {label}")
        for value in own:
            click.echo(
                f"    {value.key}：{_line(value.before) or '（无）'} → {_line(value.after) or '（删去）'}"
            )


def _notable(values: Sequence[_Value]) -> Iterator[str]:
    for key, after, words in _NOTABLE:
        found = sum(
            bool(re.fullmatch(key, value.key) and re.fullmatch(after, _line(value.after))) for value in values
        )
        if found:
            yield words.format(found)


def list_changes(values: Sequence[ShownChange], *, verbose: bool) -> None:
    """Values that a workbook changes: each, or how many of how many records a section."""
    if verbose or len(values) <= FEW_VALUES:
        for change in values:
            click.echo(str(change))
        return
    sections: dict[str, list[str]] = {}
    for change in values:
        sections.setdefault(change.record_label.split()[0], []).append(change.record_label)
    for section, labels in sections.items():
        click.echo(f"{section}：{len(set(labels))} 条记录，{len(labels)} 处改动")
    click.echo(f"以上每张表一行，{SEE_ALL}")


def tell_forms(collected: CollectedForms, *, verbose: bool) -> None:
    """What is to be known of forms, what is wrong with those that are not taken last: a line each, or all of it."""
    whole = verbose or len(collected.good) + len(collected.before) <= FEW_FORMS
    show(collected.before if whole else ())
    show(
        problem
        for problem in collected.judged.told
        if whole or problem.severity is not Severity.WARNING or problem.code != Code.FIELD_LEFT_EMPTY
    )
    tell_refused(collected.refused, verbose=verbose)


def tell_refused(refused: Mapping[str, Sequence[Diagnostic]], *, verbose: bool) -> None:
    """Why files are not taken: of each in one line the first that is wrong with it, and where there is more."""
    for problems in refused.values():
        if verbose or not problems:
            show(problems)
        else:
            click.secho(_in_a_line(problems), fg=COLOURS[problems[0].severity], err=True)


def _in_a_line(problems: Sequence[Diagnostic]) -> str:
    first, *others = sorted(problems, key=_from_above)
    places = _places(other for other in others if other.place != first.place)
    more = f"（另有 {len(others)} 处{f'：{places}' if places else ''}，加 -v 全看）" if others else ""
    return str(first).replace("\n    ", f"{more}；", 1) if first.advice else f"{first}{more}"


def _from_above(problem: Diagnostic) -> list[int]:
    """In the order of the form: 表2 第3行 第5格."""
    return [int(number) for number in re.findall(r"\d+", problem.place.detail)]


def _places(problems: Iterable[Diagnostic]) -> str:
    details = list(dict.fromkeys(problem.place.detail for problem in problems if problem.place.detail))
    return "、".join(details[:3]) + ("等" if len(details) > 3 else "")


def tell_skipped(names: Sequence[str]) -> None:
    """The files of a folder that are none of ours, in one line."""
    if names:
        some = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
        click.echo(f"另有 {len(names)} 个文件不是能收的表，没有收：{some}")


def _line(text: str) -> str:
    return text.replace("\n", " ")
