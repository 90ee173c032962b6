"""What a package for the archive says in plain text: how to read and check it, and the register's lines."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence

from liangqing.base.file_names import made_fit
from liangqing.register import Line, Void
from liangqing.variables.archiving import ArchivedItem

_GUIDE = """{title}

一、里面是什么

1. 归档文件目录.docx、归档文件目录.xlsx：一件一行。正文和它的附件是一件。件号在每种保管期限里从 1 编起。
2. 文件：一件一个文件夹，名字是“保管期限-件号-文号”。作废的也在，文件夹名里写明“已作废”。
   .docx 是印发时存档的那一份，一个字节也没有改过{of_pdfs}
3. 发文登记.txt、发文登记.html：这一年的发文登记，一条一段（一行）。
4. 清单.txt：除它自己以外每个文件的校验值。

二、归哪些

有文号的，按成文日期的年度归；不编文号而定了稿的，按它所属的年度归。没有印发的不归。
登记的收文和整改函的回复，按登记的年度归，各是一件；备注写收文号，存了扫描件的，扫描件在文件夹里。收回的表不单列，纸质的另归。
目录里备注“没有存档”的，文件夹里没有，纸质件另归。

三、怎样核对有没有被改动

不用本程序，用电脑自带的工具就能核对。文件的校验值（SHA-256）与清单.txt 里那一行相同，就没有改动过。
1. Windows：在这个文件夹里打开命令提示符，输入（文件名换成要核对的）
   certutil -hashfile 归档文件目录.docx SHA256
   显示的一串字母和数字，应与清单.txt 里同一文件前面的相同。
2. Linux（麒麟、统信）：在这个文件夹里打开终端，输入
   sha256sum -c 清单.txt
   每个文件后面都是 OK（或“成功”），就没有改动、没有缺少。
3. 有本程序的，输入 verify 和这个文件夹的位置，还会说多了哪些文件。
清单.txt 本身的校验值，做这个包时显示过，请另外抄记在移交清单上：改了文件又改清单的，靠它看出来。

四、多年以后怎样打开

.txt 是 UTF-8 编码的纯文本，.html 用任何浏览器打开，.pdf 用任何 PDF 阅读器打开；.docx、.xlsx 是 ISO/IEC 29500 的公开格式。
"""
_WITH_PDF = "；.pdf 是由它转成的，供阅读。\n   PDF 由转换程序当时生成，同一份 Word 再转一次，字节可能不同；以清单.txt 里的校验值为准。"
_WITHOUT_PDF = "。\n   做这个包时没有转 PDF，所以目录里没有页数。"

HEADS = ("序号", "文号", "文种", "对象", "标题", "主送", "成文日期", "签发人", "份数", "附件", "更正", "备注")


def guide(title: str, *, with_pdf: bool) -> bytes:
    """说明.txt of a package."""
    return _GUIDE.format(title=title, of_pdfs=_WITH_PDF if with_pdf else _WITHOUT_PDF).encode()


def register_rows(lines: Iterable[Line | Void]) -> Iterator[tuple[str, ...]]:
    """Lines of the register as a table under HEADS; a void line tells in 备注 what it took out of use."""
    for line in lines:
        told = line.record()
        if isinstance(line, Void):
            said = {"序号": told["序号"], "备注": f"{line.day} 作废 {line.target}：{line.reason}"}
        else:
            annexes = "、".join(annex.kind for annex in line.annexes)
            said = {**told, "附件": annexes, "备注": "、".join(line.notes)}
        yield tuple("" if said.get(head) is None else str(said[head]) for head in HEADS)


def register_text(title: str, lines: Sequence[Line | Void]) -> bytes:
    """发文登记.txt: a passage a line, a row a field that says something."""
    passages = (
        "\n".join(f"{head}：{cell}" for head, cell in zip(HEADS, row, strict=True) if cell)
        for row in register_rows(lines)
    )
    return ("\n\n".join([title, *passages]) + "\n").encode()


def register_page(title: str, lines: Sequence[Line | Void]) -> bytes:
    """发文登记.html: the same as a table, without script or anything from elsewhere."""
    rows = [_row("th", HEADS), *(_row("td", row) for row in register_rows(lines))]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>"
        "<style>body{font-family:serif}table{border-collapse:collapse}"
        "th,td{border:1px solid;padding:.2em .4em;text-align:left;vertical-align:top}</style></head>\n"
        f"<body><h1>{html.escape(title)}</h1>\n<table>\n" + "\n".join(rows) + "\n</table></body></html>\n"
    ).encode()


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def folder_of(item: ArchivedItem, *, void: bool) -> str:
    """The name of the folder of an item: 30年-0001-市纪驻环整〔2021〕1号, and 已作废 where it is."""
    source = item.source
    if isinstance(source, Line):
        name = source.number or f"{source.kind}-{source.subject}"
    else:
        name = f"收文-{source.code}"
    return made_fit(f"{item.sign}-{name}", "（已作废）" if void else "")
