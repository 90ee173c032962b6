"""The tables of whole builds."""

from __future__ import annotations

from benchmarks.peers import DOCXTPL
from benchmarks.table import MB, Table, number
from benchmarks.whole import COMMANDS, LETTERS, Case, Processes, Step, WholeYear

_BUILDS = (Step.FRESH, Step.CHANGED, Step.SAME)


def tables_of_whole(whole: WholeYear) -> list[Table]:
    """Those for which something was measured."""
    made = (_builds(whole), _beside_others(whole), _commands(whole), _memory(whole))
    return [table for table in made if table.rows]


def _builds(whole: WholeYear) -> Table:
    rows = [
        (
            str(units),
            str(whole.papers[units]),
            _count(processes),
            *(number(whole.cpu(units, processes, step)) for step in _BUILDS),
            number(whole.cpu(units, processes, Step.FRESH) / whole.papers[units] * 1000),
            *(number(whole.wall(units, processes, step)) for step in _BUILDS),
        )
        for units, processes in whole.builds()
    ]
    heads = (
        "单位",
        "文书（份）",
        "进程",
        *(f"{step}：CPU 秒" for step in _BUILDS),
        "新生成：CPU 毫秒/份",
        *(f"{step}：秒" for step in _BUILDS),
    )
    note = (
        "每个单位两次自查；每五个单位一次检查、两个问题、一封整改函。CPU 秒是各进程的用户态和内核态之和，秒是从敲下命令到结束。"
        "“新生成”从没有输出的工作目录开始，包括载入程序、编译模板；接着“没有改”再生成一次；再“改了一个问题”的名称后生成。"
    )
    return Table("整年生成", heads, rows, note)


def _count(processes: Processes) -> str:
    return "不指定" if processes is None else str(processes)


def _beside_others(whole: WholeYear) -> Table:
    rows = [
        (
            str(units),
            str(whole.papers[units]),
            *_of_docxtpl(whole, units),
            f"{whole.cpu(units, 1, Step.FLOOR):.3f}",
            number(whole.times(Case(units, 1, Step.FRESH), Case(units, 1, Step.FLOOR))),
            _growth(whole, units),
        )
        for units in whole.alone()
    ]
    heads = (
        "单位",
        "文书（份）",
        f"{DOCXTPL.key} 填同样份数的函：CPU 秒（推算）",
        f"{DOCXTPL.key} 的 CPU 是新生成的几倍",
        "下限：CPU 秒",
        "新生成的 CPU 是下限的几倍",
        "新生成的 CPU 比上一行增长的指数",
    )
    note = (
        f"{DOCXTPL.key} 的数是推算的：在同一次运行里每轮填“一封函”那封函 {LETTERS} 份，按份数折算，不含启动、读数据；"
        "本程序的数含启动、读数据、核对、台账和总览，一个进程。下限：把输出的全部文件里内容不同的部分各压缩一遍，再写出同样的字节。"
        f"指数 1 就是与单位数成正比。{whole.left_out}"
    )
    return Table("整年生成：与 docxtpl 和下限相比", heads, rows, note)


def _of_docxtpl(whole: WholeYear, units: int) -> tuple[str, str]:
    if not whole.letter:
        return "", ""
    return number(whole.docxtpl(units)), number(whole.over_docxtpl(units))


def _growth(whole: WholeYear, units: int) -> str:
    smaller = [size for size in whole.alone() if size < units]
    return f"{whole.growth(smaller[-1], units):.2f}" if smaller else ""


def _commands(whole: WholeYear) -> Table:
    rows = [
        (
            str(units),
            number(whole.cpu(units, 1, Step.OPEN)),
            *(number(whole.times(Case(units, 1, step), Case(units, 1, Step.OPEN))) for step in COMMANDS),
            *(number(whole.cpu(units, 1, step)) for step in COMMANDS),
        )
        for units in whole.alone()
    ]
    heads = (
        "单位",
        f"{Step.OPEN}：CPU 秒",
        *(f"{step}：与{Step.OPEN}之比" for step in COMMANDS),
        *(f"参考：{step}，CPU 秒" for step in COMMANDS),
    )
    note = (
        "在生成过的工作目录里。“读入”是只打开工作目录（数据、发文登记）就结束的一个进程。"
        f"{Step.LETTER} 是改了一个问题以后按编号出一封整改函和它的附件，{Step.ISSUE} 接着印发它。"
    )
    return Table("整年生成：检查、待办、按编号出一封函、印发", heads, rows, note)


def _memory(whole: WholeYear) -> Table:
    rows = [
        (str(units), _count(processes), f"{peak.largest / MB:.0f}", f"{peak.together / MB:.0f}")
        for (units, processes), peak in whole.peaks.items()
    ]
    heads = ("单位", "进程", "最大的一个进程：峰值 MB", "各进程合计：峰值 MB")
    note = "新生成时另测一遍，每秒看二十次。合计按 PSS，几个进程共用的内存只算一次。"
    return Table("整年生成：内存峰值", heads, rows, note)
