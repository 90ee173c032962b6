"""What commands and options are called: the names that the program knows itself by, and the Chinese ones beside them.

The commands of the catalogue are called by their kinds of paper: 整改函 is `letters` of that kind.
"""

from __future__ import annotations

# The commands of the program itself; a row for each. The first Chinese name is the one that help shows.
COMMANDS: dict[str, tuple[str, ...]] = {
    "desk": ("工作台",),
    "init": ("新建",),
    "new-year": ("新年度", "新年"),
    "check": ("检查",),
    "status": ("待办", "状态"),
    "propose": ("提议",),
    "figures": ("数字", "统计"),
    "find": ("查找",),
    "log": ("沿革",),
    "library": ("问题库",),
    "build": ("生成",),
    "preview": ("预览",),
    "issue": ("印发",),
    "deliver": ("送达",),
    "void": ("作废",),
    "verify": ("核对",),
    "recover": ("找回",),
    "archive": ("归档",),
    "backup": ("备份",),
    "restore": ("恢复",),
    "upgrade": ("升级",),
    "print": ("打印",),
    "pdf": ("转PDF",),
    "collect": ("收回",),
    "template": ("模板",),
    "template check": ("检查",),
    "template vars": ("变量",),
    "template new": ("新做", "新建"),
    "format": ("格式", "格式检查"),
    "completion": ("补全",),
}

# Options by the name that the program knows them by: the Chinese one.
OPTIONS: dict[str, str] = {
    "-C": "--工作目录",
    "--help": "--帮助",
    "--year": "--年度",
    "--unit": "--单位",
    "--person": "--责任人",
    "--as-of": "--截止",
    "--since": "--起",
    "--date": "--日期",
    "--signer": "--签发人",
    "--why": "--理由",
    "--number": "--几号",
    "--file": "--文件",
    "--subject": "--对象",
    "--accept": "--写入",
    "--yes": "--不再问",
    "--in-spite": "--带损照办",
    "--dry-run": "--试运行",
    "--overwrite": "--覆盖",
    "--out": "--放到",
    "--sample": "--示例",
    "--from": "--原台账",
    "--strict": "--从严",
    "--fresh": "--重做",
    "--watch": "--守着",
    "--open": "--打开",
    "--copies": "--份数",
    "--printer": "--打印机",
    "--port": "--端口",
    "--no-open": "--不打开",
    "--sides": "--单双面",
    "--draft": "--草稿",
    "--fix": "--改好存到",
    "--track": "--修订存到",
    "--comments": "--批注存到",
    "--no-pages": "--不比页",
    "--learn": "--照样本",
    "--kind": "--格式",
    "--as": "--认作",
    "--explain": "--说明",
    "--older": "--退回",
    "--new-id": "--新编号",
    "--number-only": "--只记文号",
}


def in_chinese(command: str) -> str:
    """The Chinese name that help shows of a command of the program; "" where it has none."""
    return next(iter(COMMANDS.get(command, ())), "")


def command_called(word: str, above: str = "") -> str:
    """The command that a Chinese name means, among those below `above` ("" for the top); "" where it means none."""
    for command, names in COMMANDS.items():
        group, _, own = command.rpartition(" ")
        if group == above and word in names:
            return own
    return ""
