"""docs/基准.md and docs/整年基准.md, written anew by every full run."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import date
from pathlib import Path

from benchmarks.found import Found, targets
from benchmarks.peers import PEERS
from benchmarks.table import Table
from benchmarks.tabulate import tables

COMMAND = "make bench"

_HOW = """## 怎样测的

- 同一段文字按各引擎的写法做成模板：标题、抬头、十二个长段（四十多处变量）、一张六栏表格（十行，循环）、一个条件块（两段）、页眉、页脚，共四到五页；
  标记像 Word 存出来的那样拆在几个文字段里。模板和数据由 `benchmarks/letter.py`、`benchmarks/data.py` 写出，种子固定，500 份数据各不相同，含 `&` 和 `<`。
- 每个引擎一个进程，装在自己的环境里，版本写死（`benchmarks/peers/__init__.py`），用它自己文档里最快的用法。装不上的不测，并写明原因。
- 轮流测（A B C，A B C……），每份写成一个新文件（有内存文件系统就写在那里，免得量成磁盘）。先热身。时间不含启动、读数据和第一次编译。
- 只比同一次运行里的数，取每轮之比的中位数；“最好一轮之比”用各自最快的一轮，最接近空闲的机器。份/秒、毫秒、MB 因机器而异，只作参考。
- 先比文字：正文、页眉、页脚里每一段的文字与本引擎逐段比较，有不同的写在表里。
- 下限：把本引擎输出里因数据而变的部分用同一个压缩程序压一遍，再写出同样的字节。
"""


_HOW_WHOLE = """## 怎样测的

- 工作目录由 `benchmarks/whole_year.py` 写出：每个单位两份自查，每五个单位有一次集中清查、两个问题、一封整改函。每一步都是另起的一个进程，从启动量到结束；
  每轮写一个新的工作目录，几种大小和 docxtpl 轮流测，大的少测几轮（4,000 个单位以上一轮）。docxtpl 只填几百份基准的函，按份数折算。不看 `LIANGQING_JOBS`。
- 下限：把同样的文件各部分压缩一遍，再写出同样的字节。
- 只比同一次运行里的数；秒和 MB 因机器而异，只作参考。
"""


_WHY = """## 没有达到的，为什么

- 长表格的内存峰值：进程载入程序就占了大半，填写一万行所增加的很少（见上一行的比值）；峰值之比要再降，只能少载入程序。
- 两个进程：一份只要零点几毫秒，把一份数据传给另一个进程（打包、解包）的用时与填写相当，启动进程、载入程序要几百份的时间；
  所以默认就在一个进程里做。两核的机器上别的程序也在用，也压低了这个比值。
"""


def write(path: Path, found: Found, today: date) -> None:
    parts = [_head(found, today), *(_section(table) for table in tables(found)), _why(found), _HOW]
    path.write_text("\n".join(parts), "utf-8")


def write_whole(path: Path, found: Found, today: date) -> None:
    """docs/整年基准.md."""
    head = _head(found, today, "整年基准", "python -m benchmarks.whole")
    why = "## 没有达到的，为什么\n\n" + _missed(found)
    path.write_text(
        "\n".join([head, *(_section(table) for table in tables(found)), why, _HOW_WHOLE]), "utf-8"
    )


def _why(found: Found) -> str:
    """Why some targets are missed, as far as it is known."""
    return _WHY + _missed(found)


def _missed(found: Found) -> str:
    known = [f"- {target.name}：{target.why}\n" for target in targets(found) if target.why and not target.met]
    return "".join(known)


def _head(found: Found, today: date, title: str = "基准", command: str = COMMAND) -> str:
    cores = os.cpu_count() or 1
    busy = f"测时平均负载 {found.load:.1f}（{cores} 核）" + (
        "，机器上还有别的程序在跑。" if found.load > cores * 0.7 + 1 else "。"
    )
    versions = (
        [f"Python {platform.python_version()}", f"node {_node()}"]
        if _node()
        else [f"Python {platform.python_version()}"]
    )
    packages = sorted(
        {package.replace("==", " ").replace("@", " ") for each in PEERS for package in each.packages}
    )
    return f"""# {title}

本页由 `{command}` 写出，不手改。

- 日期：{today}
- 命令：`{command}`
- 版本：{"，".join([*versions, *packages])}
- {busy}
"""


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        return ""
    return (
        subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        .stdout.strip()
        .lstrip("v")
    )


def _section(table: Table) -> str:
    lines = [f"## {table.title}", "", _line(table.heads), _line(("---",) * len(table.heads))]
    lines += [_line(row) for row in table.rows]
    if table.note:
        lines += ["", table.note]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\\\|") for cell in cells) + " |"
