"""Texts that YAML, Python or a file may take for something else, and signs that stand in no line of an office text."""

from __future__ import annotations

from hypothesis import strategies as st

# What YAML, Python or Word may take for something else than text.
ODD = (
    "- 发错单位", "? 甲", ": 甲", "甲: 乙", "甲 # 乙", "#甲", "&甲", "*甲", "!甲", "!!str 甲", "|", "|-", ">", "> 甲",
    "%YAML", "@甲", "`甲`", '"甲"', "'甲'", "'", '"', "---", "...", "--- 甲", "null", "Null", "NULL", "~", "yes", "No",
    "true", "on", "2021-04-20", "2021-04-20 10:00", "12", "0x1f", "1_000", "1:30", ".inf", ".nan", "1e3", "=", "<<",
    "[甲]", "{甲: 乙}", "甲, 乙", "], 校: 00000000}", ", 校: 00000000}", "\\", "甲\\", '\\"{', "甲　乙", "　甲", "😀", "\ue000",
    "a\u200bb", "\u202e甲", "\u00a0甲", "-", "?", "- ", "甲 -",
)  # fmt: skip
UNFIT = {
    "发错\n单位": "换行（U+000A）",
    "发错\r\n单位": "回车（U+000D）",
    "甲\t乙": "制表符（U+0009）",
    "甲\v乙": "软换行（U+000B）",
    "甲\f乙": "分页符（U+000C）",
    "甲\x00": "控制字符（U+0000）",
    "\x07甲": "控制字符（U+0007）",
    "甲\x1b[31m": "控制字符（U+001B）",
    "甲\x7f": "控制字符（U+007F）",
    "甲\x85乙": "换行符（U+0085）",
    "甲\x9f": "控制字符（U+009F）",
    "甲\u2028乙": "行分隔符（U+2028）",
    "甲\u2029乙": "段分隔符（U+2029）",
    "\ufeff甲": "零宽字符（BOM）（U+FEFF）",
    "甲\ud800": "不完整的字符（U+D800）",
    "\udcff": "不完整的字符（U+DCFF）",
    "甲\ufffe": "不是文字的字符（U+FFFE）",
    "甲\uffff": "不是文字的字符（U+FFFF）",
}


def texts() -> st.SearchStrategy[str]:
    """Any text, with what is odd in it more often than chance has it."""
    anything = st.text(st.characters(exclude_categories=()), max_size=40)
    return st.builds("".join, st.lists(st.one_of(anything, st.sampled_from([*ODD, *UNFIT])), max_size=3))
