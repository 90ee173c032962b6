"""The command `format`: holds any Word file against GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.cli.console import (
    DONE,
    UNJUDGED,
    WRONG,
    Sub,
    as_data,
    found_root,
    json_or_text,
    show,
    tell,
    tell_table,
    today,
)
from liangqing.cli.format_copies import CopyWriter, WantedCopies, copy_options
from liangqing.cli.format_files import FormatFiles, format_files, show_summary, tell_turned
from liangqing.cli.format_learn import learn_options, propose, refuse_wrong_sample
from liangqing.cli.format_recognition import (
    UNJUDGED_WORDS,
    recognition_as_data,
    recognition_options,
    show_explained,
    show_recognition,
    show_unjudged,
)

if TYPE_CHECKING:
    from liangqing.gbt9704.check.corrections import Corrections
    from liangqing.gbt9704.check.deviations import Deviations
    from liangqing.gbt9704.check.judge import FormatFinding, Report

_COLOURS = {"错误": "red", "警告": "yellow", "提示": "cyan", "偏离": "blue"}
_HEADS = ("规则", "名称", "条款", "强度", "自动改")


@click.command("format", cls=Sub)
@click.argument("files", nargs=-1, metavar="文件…", type=click.Path(path_type=Path))
@json_or_text
@click.option("--strict", is_flag=True, help="有警告（一般、推荐）、没有认出格式的也算失败")
@recognition_options
@copy_options
@learn_options
@click.option(
    "--deviations",
    "own",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="YAML",
    help="本单位的偏离，默认用工作目录的 templates/版式偏离.yaml",
)
@click.option("--text", is_flag=True, help="不是公文的材料，也查标点、日期这些文字")
@click.option("--rules", "table", is_flag=True, help="列出全部规则、条款和强度")
@click.pass_context
def check_format(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str,
    strict: bool,
    format_kind: str | None,
    elements: tuple[str, ...],
    explain: bool,
    fixed: Path | None,
    tracked: Path | None,
    commented: Path | None,
    pages: bool,
    learn: bool,
    out: Path | None,
    own: Path | None,
    text: bool,
    table: bool,
) -> None:
    """按 GB/T 9704-2012 检查 Word 文件的格式，不论是谁做的。例：generate.py format output/2021/整改函/*.docx"""
    if table:
        _show_rules(form)
        return
    if not files:
        raise click.UsageError("要写明检查哪个文件", ctx)
    copies = WantedCopies(fixed, tracked, commented, pages)
    copies.refuse_wrong(ctx, files)
    refuse_wrong_sample(ctx, learn, out, files)
    by_hand = _by_hand(ctx, format_kind, elements, files)
    deviations = _deviations(ctx, own)
    found = format_files(files)
    reports, unread = _reports(found, deviations, by_hand, text=text)
    if learn and reports:
        propose(reports[0], out)
        return
    tell_turned(found.files, quiet=form == "json")
    turned = {file.name for file in found.files if file.turned}
    tell(
        form == "json",
        lambda: [
            *(_as_data(report, turned, explain=explain) for report in reports),
            *map(_unread_as_data, unread),
        ],
        lambda: _show(reports, explain=explain),
    )
    if form != "json":
        show_summary(reports, unread, found.passed_over)
    if reports:
        CopyWriter(files[0], deviations, by_hand, today(ctx), text=text, quiet=form == "json").write(copies)
    wrong = any(
        finding.broken or (strict and finding.level == "警告")
        for report in reports
        for finding in report.findings
    )
    unjudged = any(not report.paper.judged for report in reports)
    if wrong or unread or (strict and unjudged):
        ctx.exit(WRONG)
    ctx.exit(UNJUDGED if unjudged else DONE)


def _by_hand(
    ctx: click.Context, kind: str | None, elements: Sequence[str], files: Sequence[Path]
) -> Corrections:
    """What a person says of the paper. Raises Problems for what can't be read."""
    from liangqing.gbt9704.check.corrections import corrections

    if elements and (len(files) > 1 or files[0].is_dir()):
        raise click.UsageError("--as 一次只说一个文件：每个文件的段落不同", ctx)
    return corrections(kind, elements)


def _reports(
    found: FormatFiles, deviations: Deviations, by_hand: Corrections, *, text: bool
) -> tuple[list[Report], list[Diagnostic]]:
    """What was found in each file, and what could not be read; that is told at once."""
    from liangqing.gbt9704.check.judge import check

    reports: list[Report] = []
    unread = list(found.unread)
    show(unread)
    for file in found.files:
        try:
            reports.append(check(file.source, file.name, deviations, by_hand, text=text))
        except Problems as problems:
            show(problems.diagnostics)
            unread += problems.diagnostics
    return reports, unread


def _deviations(ctx: click.Context, own: Path | None) -> Deviations:
    """Those of the option, else of the workspace that we are in, else none."""
    from liangqing.gbt9704.check.deviations import NONE, read_deviations
    from liangqing.gbt9704.check.rules import RULES
    from liangqing.papers.format_check import own_deviations

    if own is not None:
        return read_deviations(own, str(own), (rule.code for rule in RULES))
    root = found_root(ctx)
    return NONE if root is None else own_deviations(root)


def _show(reports: Iterable[Report], *, explain: bool) -> None:
    from liangqing.gbt9704.check.paper import TEMPLATE

    for report in reports:
        _show_one(report)
        if explain and report.paper.format != TEMPLATE:
            show_explained(report.paper)


def _show_one(report: Report) -> None:
    from liangqing.gbt9704.check.paper import TEMPLATE

    if report.paper.format == TEMPLATE:
        click.echo(f"{report.name}：这是模板，不检查；检查用它做出来的文书（build 或 preview）")
        return
    if report.paper.judged:
        unasked = "" if report.text else "（标点、日期这些文字没有查；要查加 --text）"
        click.echo(f"{report.name}（{report.paper.format}）：{tally(report.findings)}{unasked}")
        show_unjudged(report.paper)
    else:
        found = f"：{tally(report.findings)}" if report.findings else ""
        click.echo(f"{report.name}：{click.style(UNJUDGED_WORDS, fg='yellow')}{found}")
        show_recognition(report)
    for finding in report.findings:
        more = f"；本单位偏离：{finding.reason}" if finding.reason else ""
        head = click.style(f"{finding.level} {finding.rule.code}", fg=_COLOURS[finding.level])
        clause = f"{finding.rule.clause} {finding.rule.strength.value}"
        click.echo(
            f"  {head} {finding.place} {finding.rule.name}：现为{finding.found}，应为{finding.expected}（{clause}{more}）"
        )
        if not finding.reason:
            click.echo(f"      怎样改：{finding.mend}" + ("（--fix 可改）" if finding.rule.fixed else ""))


def tally(findings: Sequence[FormatFinding]) -> str:
    """How many of each level."""
    if not findings:
        return "没有发现问题"
    counts = [(level, sum(finding.level == level for finding in findings)) for level in _COLOURS]
    return "，".join(f"{level} {count}" for level, count in counts if count)


def _unread_as_data(problem: Diagnostic) -> dict[str, object]:
    return {"文件": problem.place.file, "格式": None, "结果": [], "读不出": as_data(problem)}


def _as_data(report: Report, turned: Collection[str], *, explain: bool) -> dict[str, object]:
    return {
        "文件": report.name,
        "格式": report.paper.format,
        "转换": report.name in turned,
        **recognition_as_data(report.paper, explain=explain),
        "文字": "已查" if report.text else "没有要求查",
        "结果": [
            {
                "级别": finding.level,
                "规则": finding.rule.code,
                "名称": finding.rule.name,
                "条款": finding.rule.clause,
                "强度": finding.rule.strength.value,
                "位置": finding.place,
                "处数": finding.count,
                "现为": finding.found,
                "应为": finding.expected,
                "怎样改": finding.mend,
                "自动改": finding.rule.fixed,
                "偏离": finding.reason,
            }
            for finding in report.findings
        ],
    }


def _show_rules(form: str) -> None:
    from liangqing.gbt9704.check.rules import RULES

    rows = [
        (rule.code, rule.name, rule.clause, rule.strength.value, "是" if rule.fixed else "") for rule in RULES
    ]
    tell_table(form == "json", "格式规则", _HEADS, rows)
