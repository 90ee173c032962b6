"""The engines, each in the best use that its documentation shows.

Imports nothing but the standard library: the environments of the engines read this table too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.syntaxes import Name

Family = Literal["ours", "python", "node"]


@dataclass(frozen=True)
class Engine:
    """One engine in one use.

    `driver` is `module:function` for Python and a key of node.cjs for node; `use` says in Chinese how the
    engine is used. `engine` is False for what is measured beside the engines and fills no template.
    """

    key: str
    family: Family
    driver: str
    syntax: Name
    packages: tuple[str, ...] = ()
    use: str = ""
    engine: bool = True

    @property
    def version(self) -> str:
        """The pinned version of the engine itself."""
        return self.packages[0].replace("==", "@").rpartition("@")[2] if self.packages else ""

    @property
    def title(self) -> str:
        return f"{self.key} {self.version}".strip()


_KIN = ("python-docx==1.2.0", "lxml==6.1.3", "jinja2==3.1.6")

OURS = Engine("两清两跟", "ours", "ours:compiled", "jinja", use="模板编译一次，逐份填写")
FLOOR = Engine("下限", "ours", "ours:floor", "jinja", use="同样的字节，只压缩和写盘", engine=False)
DOCXTPL = Engine(
    "docxtpl",
    "python",
    "docxtpl_kin:reused",
    "jinja",
    ("docxtpl==0.20.2", *_KIN),
    "同一个 DocxTemplate 反复 render()",
)

PEERS: tuple[Engine, ...] = (
    DOCXTPL,
    Engine(
        "rust-docxtpl",
        "python",
        "docxtpl_kin:fresh",
        "jinja",
        ("rust-docxtpl==0.1.2", *_KIN),
        "每份新建 DocxTemplate（程序缓存在进程里）",
    ),
    Engine(
        "docxtpl-ng",
        "python",
        "docxtpl_kin:reloaded",
        "jinja",
        ("docxtpl-ng==0.2.0", "python-docx-ng==2.1.0", "lxml==6.1.3", "jinja2==3.1.6"),
        "同一个 Template，reload() 后 render()",
    ),
    Engine(
        "docx-mailmerge2",
        "python",
        "mailmerge:merged",
        "mailmerge",
        ("docx-mailmerge2==1.0.3", "lxml==6.1.3"),
        "合并域和 merge_rows；没有条件段落",
    ),
    Engine(
        "docxtemplater",
        "node",
        "docxtemplater",
        "docxtemplater",
        ("docxtemplater@3.71.0", "pizzip@3.3.0"),
        "模板字节留在内存，paragraphLoop",
    ),
    Engine(
        "easy-template-x",
        "node",
        "easy-template-x",
        "easy-template-x",
        ("easy-template-x@7.2.8",),
        "模板字节和 TemplateHandler 留在内存",
    ),
    Engine("carbone", "node", "carbone", "carbone", ("carbone@3.8.2",), "carbone.render，不转换格式"),
    Engine(
        "python-docx",
        "python",
        "bare:resaved",
        "jinja",
        ("python-docx==1.2.0", "lxml==6.1.3"),
        "只打开再保存，不填写",
        engine=False,
    ),
)
