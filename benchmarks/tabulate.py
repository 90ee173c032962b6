"""The tables of a run, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.found import Found, targets, yaml_rows
from benchmarks.letter import FINDINGS
from benchmarks.load import STAGES
from benchmarks.peers import DOCXTPL, OURS, PEERS, Engine
from benchmarks.rounds import BOUND, SIZES, Series
from benchmarks.table import MB, Table, number
from benchmarks.whole_tables import tables_of_whole


def tables(found: Found) -> Iterator[Table]:
    """Every table for which something was measured."""
    for made in (_targets, _letters, _long, _memory, _processes, _compiles, _yaml, _workspaces):
        table = made(found)
        if table.rows:
            yield table
    yield from tables_of_whole(found.whole)


def _targets(found: Found) -> Table:
    rows = [
        (target.name, target.wanted_text, f"{number(target.measured)}{target.unit}", target.verdict)
        for target in targets(found)
    ]
    return Table("目标", ("目标", "要求", "实测", "结论"), rows)


def _letters(found: Found) -> Table:
    against = found.letters.get(DOCXTPL)
    rows = [
        (
            engine.title,
            engine.use,
            "1" if engine == OURS else number(found.times(engine)),
            "1" if engine == OURS else number(found.best_times(engine)),
            number(against.against(found.letters[engine])) if against else "",
            found.texts.get(engine, ""),
            f"{1 / found.letters[engine].middle:.0f}",
        )
        for engine in found.engines
    ]
    left_out = "；".join(f"{engine.title} 没有测：{why}" for engine, why in found.left_out.items())
    heads = (
        "引擎",
        "用法",
        "用时是本引擎的几倍",
        "最好一轮之比",
        "速度是 docxtpl 的几倍",
        "文字",
        "参考：份/秒",
    )
    note = f"“用时是本引擎的几倍”取每轮之比的中位数。“下限”不填写，是同样字节的压缩和写盘。{left_out}"
    return Table("一封函", heads, rows, note)


def _long(found: Found) -> Table:
    order = [each for each in (OURS, *PEERS) if any(each in row for row in found.tables.values())]
    rows = [
        (engine.title, *(_share(found.tables[size], engine) for size in found.tables)) for engine in order
    ]
    ours = tuple(
        f"{found.tables[size][OURS].middle * 1000:.1f}" for size in found.tables if OURS in found.tables[size]
    )
    if rows:
        rows.append(("参考：本引擎，毫秒/份", *ours))
    note = f"表中是用时为本引擎的几倍。推算一份超过 {BOUND:.0f} 秒的不测。每行 {len(FINDINGS.fields)} 栏。"
    return Table("长表格", ("引擎", *(f"{size} 行" for size in SIZES)), rows, note)


def _share(row: dict[Engine, Series], engine: Engine) -> str:
    series = row.get(engine)
    if series is None:
        return ""
    if not series.seconds:
        return f"不测（推算 {series.skipped:.0f} 秒）"
    return number(series.against(row[OURS]))


def _memory(found: Found) -> Table:
    rows = [
        (engine.title, *_peak(found.peaks, engine), *_peak(found.table_peaks, engine))
        for engine in (OURS, *PEERS)
        if engine in found.peaks
    ]
    columns = ("与本引擎之比", "参考：峰值 MB", "参考：填写时增加 MB")
    heads = ("引擎", *(f"{what}，{column}" for what in ("函", "1 万行表格") for column in columns))
    return Table("内存峰值", heads, rows)


def _peak(peaks: dict[Engine, tuple[int, int]], engine: Engine) -> tuple[str, str, str]:
    if engine not in peaks:
        return "", "", ""
    before, after = peaks[engine]
    return number(after / peaks[OURS][1]), f"{after / MB:.0f}", f"{(after - before) / MB:.0f}"


def _processes(found: Found) -> Table:
    rows = [
        (f"{count} 份", *(number(found.speed_up(count, started=started)) for started in (False, True)))
        for count in found.processes
    ]
    note = "两个进程用 spawn 启动，模板随启动传一次，数据随任务传。一个进程指就在本进程里做。"
    return Table("两个进程", ("文书", "比一个进程快几倍（含启动）", "比一个进程快几倍（已启动）"), rows, note)


def _compiles(found: Found) -> Table:
    rows = [(name, f"{seconds * 1000:.1f}") for name, seconds in found.compiles.items()]
    return Table("编译", ("模板", "毫秒"), rows)


def _yaml(found: Found) -> Table:
    rows = [(name, number(times), f"{seconds * 1000:.0f}") for name, times, seconds in yaml_rows(found)]
    return Table("读 5 MB YAML", ("读法", "用时是本程序的几倍", "参考：毫秒"), rows)


def _workspaces(found: Found) -> Table:
    if len(found.workspaces) < 2:
        return Table("单位多的工作目录", (), [])
    small, large = found.workspaces
    names = dict(zip(STAGES, ("读入", "检查（含读入）", "按名称出一封函（含读入和检查）"), strict=True))
    each = [{stage: size.seconds[stage] / size.units for stage in STAGES} for size in (small, large)]
    rows = [
        (
            names[stage],
            number(each[1][stage] / each[0][stage]),
            f"{each[0][stage] * 1000:.2f}",
            f"{each[1][stage] * 1000:.2f}",
            f"{large.peaks[stage] / MB:.0f}",
        )
        for stage in STAGES
    ]
    heads = (
        "步骤",
        f"每单位用时：{large.units} 个与 {small.units} 个之比",
        f"参考：{small.units} 个，毫秒/单位",
        f"参考：{large.units} 个，毫秒/单位",
        f"参考：{large.units} 个，内存峰值 MB",
    )
    note = f"每个单位约 {large.size / large.units / 1000:.1f} KB 的 YAML：自查、检查、两个问题、一封整改函。"
    return Table("单位多的工作目录", heads, rows, note)
