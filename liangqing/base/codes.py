"""The registry of diagnostic codes: one row for each kind of problem that a person may be told of.

A row is the number, what it means and what to do about it; docs/使用手册/提示代码.md is made of these rows (`make docs`).
A number has one meaning and is never given to another. A new kind takes the next free number of its group:

| numbers | group |
|---|---|
| D0xx | files and the workspace |
| D1xx | keys and values |
| D2xx | references |
| D3xx | rules |
| D4xx | gates |
| D501–D519 | Word files |
| D520–D569 | templates, as the engine reads and fills them |
| D570–D599 | the catalogue of papers, and what is asked for by name |
| D6xx | register, issuing, ledger |
| D701–D729 | output, PDF, printing |
| D730–D759 | forms that came back, the format check, looking things up |
| D8xx | warnings |
| D9xx | the guard: what must not enter |

The rules of the format checker have codes of their own (F101 and on): `liangqing.gbt9704.check.rules.RULES`.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A kind of problem: the text of a member is its number.

    `meaning` says in Chinese what is wrong, `remedy` what a person can do; both without a full stop.
    """

    meaning: str
    remedy: str

    def __new__(cls, number: str, meaning: str, remedy: str) -> Code:
        member = str.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        member.remedy = remedy
        return member

    # fmt: off
    # files and the workspace
    DATA_FILE_TOO_LARGE = "D001", "数据文件超过 64 MB", "拆成几个文件，或检查是否放错了文件"
    DATA_FILE_UNREADABLE = "D002", "数据文件读不了", "看文件是否还在、有没有读取的权限"
    NOT_UTF8 = "D003", "数据文件不是 UTF-8 编码", "用记事本或 WPS 另存为，编码选 UTF-8"
    NESTED_TOO_DEEP = "D004", "层次太深", "检查缩进和括号，多半是少了右括号"
    SECOND_DOCUMENT = "D005", "一个文件里有第二份文档（单独一行 ---）", "拆成两个文件，或删掉这一行"
    KEY_IS_NO_WORD = "D006", "键是空的，或是一个列表", "写成「键: 值」"
    KEY_TWICE = "D007", "同一条里一个键写了两次", "先弄清哪一处对，只留那一处"
    TEXT_FOLDED = "D008", "一段文字折成了几行，读出来行间会多出空格", "写在一行里；要分行的用「|」"
    ANCHOR_OR_ALIAS = "D009", "文字以 & 或 * 开头，YAML 当成了锚点和引用", "把内容照写一遍；确是文字的加引号"
    TYPE_MARK = "D010", "文字以 ! 开头，YAML 当成了类型标记", "去掉它；确是文字的加引号"
    FULL_WIDTH_COLON = "D011", "键后用了全角冒号", "改成半角冒号加一个空格；改好再检查，这个文件其余部分还没有看"
    YAML_SYNTAX = "D012", "不合 YAML 的写法，如缩进不齐、括号或引号没有配对", "照提示的行改；改好再检查，这个文件其余部分还没有看"
    NOT_A_WORKSPACE = "D013", "所在的文件夹不是工作目录", "进入有 checklists 和 templates 的文件夹再运行，或用 -C 指明"
    FILE_FROM_OUTSIDE = "D014", "文件是链接，实际在工作目录以外", "把文件本身放进来，不要用链接"
    FILE_IGNORED = "D015", "数据文件夹里有不会被读的文件或文件夹", "文件的后缀改成 .yaml，年度文件夹用四位数字作名字；无关的移到别处"
    FOLDER_TAKEN = "D016", "要新建的文件夹已经有了内容，或这个名字已被一个文件占用", "换一个名字，或先移走里面的东西；已有的不会覆盖"
    NO_DATA_OF_YEAR = "D017", "没有这个年度的数据", "核对 --year；新年度用 new-year 建立"
    PARENT_FOLDER_MISSING = "D018", "要新建的文件夹，上一级不存在", "先建好上一级，或检查路径"
    FOLDER_NOT_MADE = "D019", "文件夹建不起来", "检查权限和磁盘空间，或换个位置"
    YEAR_NOT_FOUR_DIGITS = "D020", "年度不是四位数字", "写成 2021 这样"
    YEAR_UNREADABLE = "D021", "这个年度的数据读不出来", "先改好一并列出的其他错误"
    FILE_EXISTS = "D022", "要写的文件已经有了，不覆盖", "看过以后改名或移走，再运行一次"

    # keys and values
    UNKNOWN_SECTION = "D101", "没有这个分区", "照提示改分区的名字；分区见“数据”一页"
    UNKNOWN_KEY = "D102", "没有这个键", "照提示改键的名字；各分区的键见“数据”一页"
    WRONG_VALUE = "D103", "值不合要求，如日期写法不对、不在可选的词里、是空的", "照提示里“应为”的样子改"
    KEY_MISSING = "D104", "缺一个必填的键", "补上这个键"
    SECTION_TWICE = "D105", "只能写一次的分区写了两次", "合并到一处"
    WRONG_SHAPE = "D106", "分区的样子不对：该是列表的不是列表，该是“键: 值”的不是", "列表的每条以「- 」开头；一组键每行写一个"
    SECTION_MISSING = "D107", "缺一个必有的分区", "在这个文件夹的一个 .yaml 文件里写上这个分区"

    # references
    DEAD_REFERENCE = "D201", "写到的编号或名称找不到对应的记录", "照提示改编号，或先录入那条记录"
    NAME_TWICE = "D202", "两条记录用了同一个编号或名称", "一个名字只能指一条记录，改其中一个"
    CODE_OF_ANOTHER_YEAR = "D203", "编号在别的年度已经用过", "编号各年度不重复，换一个"

    # rules
    CHECKLIST_OF_ANOTHER_YEAR = "D301", "清单的年度和所在文件夹不一致", "改「年度」，或把文件移到对应年度的文件夹"
    HEAD_WITHOUT_START = "D302", "先后有几位负责人，没有写「起」，或没有按先后排", "从第二位起补上任职起始日期，按先后排"
    DATES_REVERSED = "D303", "两个日期先后颠倒，如结束早于开始", "核对两个日期"
    RECORD_OF_ANOTHER_YEAR = "D304", "记录的日期不在所在文件夹的年度里", "改日期，或把记录移到对应年度的文件夹"
    REVIEW_INCOMPLETE = "D305", "自查的审核结果和审核日期只写了一个", "补上另一个"
    TWO_ACCEPTED_CHECKS = "D306", "一个单位一个期次有两份通过的自查", "后交的一份写「替代」，或改其中一份的审核结果"
    SUPERSEDES_ANOTHER_KIND = "D307", "「替代」的不是同一单位、同一期次的自查", "改「替代」里的编号"
    UNKNOWN_STATE = "D308", "「状态」不是选项里的词", "改成提示里列出的词"
    TASK_TWICE = "D309", "一份自查或一次检查里，同一个任务写了两次", "只留一条"
    UNIT_NOT_INSPECTED = "D310", "单位不在这次检查的「单位」里", "改单位，或把它加进这次检查的「单位」"
    CLOSING_WITHOUT_DATE = "D311", "有销号结论，没有写日期", "补上「核查日期」；同意销号的补上「销号日期」"
    CLOSING_DATES_REVERSED = "D312", "销号的几个日期先后颠倒", "核对申请、核查、销号的日期"
    EXTENSION_NOT_LATER = "D313", "延期的新时限不晚于原时限", "核对日期；原时限在签字后不改"
    UNKNOWN_GATE = "D314", "「放行」里的门槛没有这个名字", "照提示改「门槛」"
    SIGNER_MISSING = "D315", "双签没有党组织签字人", "补上；拒绝签字的写「结果: 拒签」和「理由」"
    SIGNED_FINDING_NOT_OF_UNIT = "D316", "双签里的问题不是这次检查中这个单位的", "改「问题」，或改「检查」「单位」"
    LETTER_TO_ANOTHER_UNIT = "D317", "整改函发给的单位和问题的单位不同", "改「单位」，或把这个问题移到另一封函"
    FINDING_IN_TWO_LETTERS = "D318", "一个问题写在两封整改函里", "只留在一封函里；前一封作废后才能另发"
    REPLY_BEFORE_ISSUE = "D319", "整改函的回复期限早于成文日期", "改回复期限"
    LIMIT_BEFORE_ISSUE = "D320", "问题的整改时限早于整改函的成文日期", "改整改时限，或换成文日期"
    ISSUED_LETTER_GONE = "D321", "已印发的整改函在数据里找不到", "恢复这条整改函；不再有效的用 void 作废"
    DECISION_WITHOUT_REASON = "D322", "征求意见部分采纳、未采纳，没有写理由", "补上「理由」"
    PROJECT_STATE_AND_DATE = "D323", "项目的状态和完成日期对不上", "完成的写完成日期，没有完成的不写"
    DELIVERY_OF_NOTHING_SENT = "D324", "送达登记的文号或整改函没有发过", "核对「文号」「对象」"
    FEEDBACK_NOT_ON_LETTER = "D325", "整改反馈的问题不在那封整改函里", "改「问题」或「整改函」"
    CORRECTS_NOTHING_SENT = "D326", "「更正」的文号没有发过", "核对文号"
    CONTINUES_NO_TASK = "D327", "「沿用」的任务不在上一年的清单里", "核对上一年清单里的任务编号"
    UNIT_NOT_IN_FORCE = "D328", "检查时这个单位还没有成立，或已经撤销", "改「单位」，或改检查日期"
    ISSUE_BEFORE_FINDING = "D329", "整改函的成文日期早于问题的发现日期", "换成文日期，或改发现日期"
    SUPERSEDES_ITSELF = "D330", "自查绕一圈替代了自己", "只有后交的一份写「替代」"
    PORTRAIT_TWICE = "D331", "一次检查里同一单位的画像有两份", "只留一份"
    CHANGE_OF_NOTHING = "D332", "原来没有写整改时限或责任，却登记了延期或责任变更", "先写「整改时限」或「责任」"
    REFUSAL_WITHOUT_REASON = "D333", "双签是拒签，没有写理由", "补上「理由」"
    SIGNED_BEFORE_INSPECTION = "D334", "双签的日期早于检查开始", "核对两个日期"
    FINDING_TWICE_IN_LETTER = "D335", "一封整改函里同一个问题写了两次", "只留一个"
    OPINION_AGAINST_DECISION = "D336", "征求意见的「意见」和「处理」对不上", "有意见的写明采纳、部分采纳或未采纳；没有的写 处理: 无意见"
    DELIVERY_BEFORE_ISSUE = "D337", "送达日期早于成文日期", "核对两个日期"
    DELIVERY_TO_ANOTHER_UNIT = "D338", "送达登记的单位和文书发给的单位不同", "改「单位」或「文号」"
    FEEDBACK_BEFORE_LETTER = "D339", "整改反馈的日期早于整改函的成文日期", "核对两个日期"
    NO_HOLIDAYS_OF_YEAR = "D340", "没有这一年的节假日安排，算不出工作日", "放假安排公布后升级程序，或在 checklists/调休.yaml 写上这一年的放假和上班"
    HOLIDAYS_TWICE = "D341", "同一年的调休写了两次", "合并成一条"
    DRAFT_NEVER_SENT_OUT = "D350", "任务写了征求意见稿，清单却没有征求意见的截止日期", "在「征求意见」里写「截止日期」，或删掉任务的「征求意见稿」"

    # gates
    FINDING_NOT_READY = "D401", "问题缺整改类别、整改要求、责任或整改时限，双签字确认表和整改函先不生成", "补上；确需先出文书的，在「放行」里登记"
    CLOSING_NOT_EARNED = "D402", "同意销号，但没有达到销号门槛，暂不按已销号统计", "补上所缺的；确需放行的，在「放行」里登记"
    EVIDENCE_TOO_OLD = "D403", "佐证早于检查开始，暂不按已销号统计", "核对日期；确实可用的写「说明」"
    SIGNATURE_LAPSED = "D404", "签字后问题的内容改过，双签失效", "重新打印双签字确认表，签字后另登一条；录错内容码的，照纸上的改"
    OPINION_UNDECIDED = "D405", "征求意见没有「处理」，意见采纳情况表先不生成", "补上：采纳、部分采纳、未采纳或无意见"
    RECORD_OF_UNKNOWN_KIND = "D406", "数据里写到的文种，文种目录里没有", "照提示改「文种」，或在 templates/文种.yaml 里加上这个文种"
    CHANGED_SINCE_SIGNED = "D407", "双签定稿以后改过，逐项列出改了什么", "改回去，或重新打印双签字确认表请双方再签"
    CLOSING_PAPER_NOT_READY = "D408", "没有达到销号门槛，销号审核表先不生成", "补上所缺的；确需放行的，在「放行」里登记"
    NAMES_ANOTHER_UNIT = "D409", "文书里写到不在受众里的单位，先不生成", "改掉；确需写到的，在这条记录的「放行」里登记；不出本组的文种写 受众: 内部"
    NOT_SIGNED = "D410", "同意销号，但没有双签", "补签后登记「双签」"

    # Word files
    FILE_UNREADABLE = "D501", "给的文件读不出来", "看文件是否存在、有没有权限，路径写得对不对"
    NOT_A_DOCX = "D502", "不是 .docx 文件，或文件已损坏", "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"
    OLD_WORD_FILE = "D503", "是旧格式的 .doc 或 .wps 文件", "用 Word 或 WPS 另存为“Word 文档（*.docx）”"
    PASSWORD_SET = "D504", "文件设了密码", "取消密码后再保存"
    FILE_TOO_LARGE = "D505", "文件或它的一部分太大", "压缩里面的图片，删去多余的内容；来历不明的核实来源"
    UNPACKS_TOO_LARGE = "D506", "文件解开后大得不正常，不予读取", "可能是恶意文件，核实来源"
    PART_TWICE = "D507", "Word 文件里同一部分出现了两次，不予读取", "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"
    UNSAFE_PATH = "D508", "Word 文件里有不安全的路径，不予读取", "可能是恶意文件，核实来源"
    NO_WORD_DOCUMENT = "D509", "不是普通的 Word 文档，如 .docm、.dotx、表格改了后缀", "用 Word 或 WPS 另存为“Word 文档（*.docx）”"
    PART_DAMAGED = "D510", "Word 文件里有一部分已损坏", "用 Word 或 WPS 打开修复，另存为“Word 文档（*.docx）”"
    XML_MALFORMED = "D511", "Word 文件里有一部分内容残缺，读不下去", "用 Word 或 WPS 打开修复，另存为“Word 文档（*.docx）”"
    STRICT_WORD_FILE = "D512", "是“严格 Open XML”格式", "用 Word 另存，类型选“Word 文档（*.docx）”，不选“严格”"
    XML_WITH_DTD = "D513", "Word 文件里有 DTD，不安全，不予读取", "核实来源；用 Word 或 WPS 另存为“Word 文档（*.docx）”"

    # templates: tags as typed
    UNCLOSED_TAG = "D520", "标记有开头没有结尾", "在同一段里补上 }} 或 %}，标记不能跨段"
    STRAY_END = "D521", "多出来一个标记的结尾", "在前面补上 {{ 或 {%，或删去它"
    FULL_WIDTH_IN_TAG = "D522", "标记用了全角的括号、引号、逗号或字母", "标记里一律用半角"
    TAG_IN_DELETED_TEXT = "D523", "标记在已删除的修订里", "在 Word 里接受或拒绝全部修订"
    RESERVED_CHARACTER = "D524", "模板里有不能使用的字符", "删去这个字符"
    TAG_MISPLACED = "D525", "标记写在不会填的地方，如批注里", "把标记移到文字里"
    TAG_IN_HIDDEN_CELL = "D526", "标记在被合并盖住的单元格里", "移到合并单元格的第一格，或取消合并"
    BAD_EXPRESSION = "D527", "标记里的式子写得不对，或少了内容", "照提示改；写法见“改模板”一页"
    UNSAFE_EXPRESSION = "D528", "标记里用了不允许的写法，如调用、赋值", "把结果放进数据，或用过滤器"
    BAD_KEYWORD = "D529", "没有这种标记，或关键字写错", "照提示改成 for、if 等"
    # templates: blocks
    UNCLOSED_BLOCK = "D530", "for、if 有开头没有结尾", "在后面补上 endfor、endif"
    UNEXPECTED_TAG = "D531", "endfor、else 等前面没有开头，或放错了次序", "补上 for、if，或删去它"
    BLOCKS_CROSSED = "D532", "for 和 if 交叉", "先写里层的结尾，再写外层的"
    UNCLEAR_SCOPE = "D533", "看不出这个块管到哪里，如开头在表里、结尾在表外", "把开头和结尾都移到里面，或都移到外面"
    CONTENT_WOULD_VANISH = "D534", "标记旁边的文字会跟着一起消失", "让这个标记单独占一段或一行"
    MERGE_MISPLACED = "D535", "合并单元格的标记（vm、hm）不在循环里唯一的一行或一格", "vm 用在 for 直接重复的一行里，hm 用在 tc 循环唯一的一格里"
    TEMPLATE_TOO_COMPLEX = "D536", "标记太多、太长，或嵌套太深", "用循环代替重复的标记，减少嵌套，复杂的放进数据"
    PROPERTY_MISPLACED = "D537", "单元格、编号等专用的标记放错了地方", "放到单元格或有自动编号的段落里，或删去它"
    CHART_TAG_UNFIT = "D538", "图表的标记写得不对，或图表填不了", "在图表的“替代文字”里照“改模板”一页写"
    CONTROL_WITH_TWO_VALUES = "D539", "一个内容控件里不止一个值", "控件里只留一个 {{ 名称 }}"
    # templates: names
    UNKNOWN_NAME = "D540", "没有这个变量", "照提示改；可用的见“模板变量”一页"
    UNKNOWN_FILTER = "D541", "没有这个过滤器", "照提示改；可用的见“改模板”一页"
    NOT_A_LIST = "D542", "不是列表，不能用 for 或取第几项", "改用列表，或直接印出"
    NOT_PRINTABLE = "D543", "记录、列表、是否值不能直接印出", "写出其中的一项，或用 for、if"
    NO_ATTRIBUTES = "D544", "这个变量下面没有别的项", "去掉“.”和后面的字"
    UNFIT_FOR_FILTER = "D545", "这个值不能交给这个过滤器", "交给它其中的一项"
    NOT_A_NUMBER = "D546", "图表的数据不是数字", "换成数字的变量"
    # templates: the Word file around the tags
    UNKNOWN_STYLE = "D550", "模板用到的样式不存在", "在 Word 里重新选一个样式"
    NO_CHINESE_FONT = "D551", "中文没有指定字体", "给样式或文字设中文字体"
    MACRO_INSIDE = "D552", "模板里有宏", "另存为不带宏的“Word 文档（*.docx）”"
    OBJECT_INSIDE = "D553", "模板里有嵌入的对象", "删去对象，或贴成图片"
    EXTERNAL_LINK = "D554", "模板链接到外面的内容", "断开链接，或把内容存进模板"
    UNKNOWN_PREFIX = "D555", "模板文件不是 Word 或 WPS 存出来的写法", "用 Word 或 WPS 打开后另存一次"
    # templates: filling them
    NO_VALUE = "D560", "要印的变量没有值", "在数据里补上，或用 {% if … %} 包起来"
    BAD_VALUE = "D561", "值不能用在这里，如不是日期、颜色、选项里的词", "照提示改数据，或改模板"
    UNDEFINED = "D562", "变量没有定义", "在数据里补上，或改正名称"
    FORBIDDEN_CHARACTER = "D563", "值里有 Word 不能存的字符", "在数据里删去这个字符"
    FILTER_FAILED = "D564", "过滤器处理不了这个值", "改正数据，或先用 {% if … %} 判断"
    CANNOT_COMPUTE = "D565", "式子算不出来", "补上数据，或先用 {% if … %} 判断"
    PAPER_TOO_LARGE = "D566", "印出的内容大得不正常", "看循环是否套得太多，图片是否太大"
    BAD_CHART_DATA = "D567", "图表的数据不是数字，或类别太多", "改正数据，没有数据的留空；减少类别"
    BAD_PICTURE = "D568", "图片损坏、格式不对或尺寸不对", "换成完好的 PNG 或 JPEG 图片，宽、高写毫米"
    ROW_DOES_NOT_FILL_TABLE = "D569", "有一行没有占满表格的列", "改正 colspan 的数"

    # the catalogue of papers, and what is asked for by name
    TEMPLATE_EXISTS = "D570", "要新建的模板已经有了，不覆盖", "换一个文种名，或先把它改名"
    NO_SUCH_TEMPLATE = "D571", "templates 里没有这个模板", "照提示改名字，或把模板放进 templates"
    LAYOUT_WITHOUT_TEMPLATE = "D572", "文种没有这种版式的模板", "照提示改「版式」，或在文种目录的「模板」里补上"
    BAD_CATALOGUE = "D573", "文种目录的样子不对", "写成「文种: {…}」，参照随程序带的文种目录"
    SLASH_IN_KIND = "D574", "文种名里有斜杠", "去掉斜杠，它要作文件夹的名字"
    COMMAND_TAKEN = "D575", "「命令」和程序自带的命令重名", "换一个名字"
    UNKNOWN_SUBJECT_KIND = "D576", "「对象」没有这一种", "照提示改成可用的对象"
    BAD_PER = "D577", "「逐」写得不对", "写成“对象.单位”"
    FINAL_OF_NUMBERED_KIND = "D578", "取文号的文种又写了「定稿」", "删掉「定稿」"
    FOLLOWS_OUT_OF_PLACE = "D579", "不该写「随」的文种写了「随」", "删掉「随」；只有对象是文书的文种才写"
    NO_SUCH_KIND = "D580", "没有这个文种", "照提示改名字；有哪些文种见 templates/文种.yaml"
    UNKNOWN_AUDIENCE = "D581", "「受众」没有这一种", "照提示改成可用的受众"
    ANNEX_OF_ANOTHER_SUBJECT = "D582", "附件的对象和正文不同", "换一个附件，或改「对象」"
    INTERNAL_TEXT_SENT_OUT = "D583", "出本组的文种，模板读到了不出本组的内容", "从模板里去掉，或写 受众: 内部"
    TITLE_OF_ITSELF = "D584", "「标题」里又用了 标题", "用别的变量写"
    BAD_NUMBER_OF_COPIES = "D585", "「份数」不是正整数", "写一个数，或写 选项.一式份数"
    BAD_FILE_NAME = "D586", "「文件名」得出的名字不能作文件名", "改「文件名」的写法，或改所用的名称"
    NO_SUCH_SUBJECT = "D587", "这个文种没有这个对象", "照提示改编号"
    SUBJECT_NOT_UNIQUE = "D588", "写的名字不止指一个对象", "改写编号"
    NO_SUCH_UNIT = "D589", "没有这个单位", "照提示改 --unit"

    # register, issuing
    BAD_REGISTER = "D601", "发文登记不是一行一条的列表", "从备份恢复这个文件；登记只由程序写"
    REGISTER_ALTERED = "D602", "发文登记的一行被改过，或与上一行对不上", "用备份里的登记比对，恢复被改、被删的那一行；发文只用一份工作目录"
    STORED_PAPER_MISSING = "D603", "发文存档不见了", "从备份找回这个文件，放回原处"
    STORED_PAPER_CHANGED = "D604", "发文存档与发出时不同", "从备份找回原来的文件"
    REGISTER_NOT_WRITTEN = "D605", "登记或发文存档写不进去", "检查磁盘空间和写权限，再运行一次"
    KIND_NOT_ISSUED = "D606", "这个文种不取号也不定稿，不用印发", "用 build 生成即可"
    NOT_ISSUED = "D607", "要作废的文书没有发过", "照提示改文号"
    ALREADY_ISSUED = "D608", "这份文书已经印发", "不用再发；要改的先作废，或发更正"
    DRAFT_EDITED = "D609", "草稿被人改过，照数据印发会丢掉这些改动", "要照改过的发，加 --as-edited；要照数据发，把改动写进数据，删掉这个草稿"
    STORED_PAPER_IN_THE_WAY = "D610", "存档里已有同名文件，不覆盖", "查清它从哪里来，移走后再印发"
    STORED_PAPER_UNREGISTERED = "D611", "存档里有一份没有登记的文件", "登记被删的从备份恢复；不是程序存的移到别处"
    ISSUED_OUT_OF_ORDER = "D612", "成文日期和前后文号的日期次序不合", "核对 --date；确是如此的照提示确认"
    REGISTER_CUT_SHORT = "D613", "登记少了后面几行，或最后几行被换过", "从较新的备份恢复；找不到的按存档补录"
    NUMBER_TAKEN = "D614", "这个文号已经登记了", "核对文号；两份用了同一个号的，收回一份重发"
    SETTLED_TEXT_EDITED = "D615", "手改动了责任或整改时限", "只在“问题”里改，再 build"
    NO_PLACE_FOR_NUMBER = "D616", "草稿里填文号、日期的地方被删了", "删掉这个草稿，重新 build 一份再改；已手工填好发出的用 issue --number --file 补录"
    BAD_REGISTER_LINE = "D617", "登记的一行缺项或写法不对", "从备份恢复这个文件；登记只由程序写"
    TWO_REGISTERS = "D618", "两份工作目录各自发过文，登记合到了一起", "留下一份的登记；另一份多出的用 issue --number 补录，重了号的收回重发"
    SERIALS_OUT_OF_ORDER = "D619", "登记的序号不连续", "从备份恢复这个文件"
    # the ledger that comes back
    NOT_A_WORKBOOK = "D620", "不是 .xlsx 文件，设了密码，或已损坏", "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”"
    NOT_OUR_LEDGER = "D621", "不是本程序生成的台账，或隐藏的表被删了", "用 ledger 重新生成，再把改动填进去；别处来的台账用 init --from"
    LEDGER_LIST_SHORTER = "D622", "台账的一格少了原有的条目", "一行一条，恢复原来的条目；要删的在 YAML 的记录里删"
    CHANGED_ON_BOTH_SIDES = "D623", "台账生成以后，记录里也改过", "重新生成台账再填；或照提示选以哪一边为准"
    FILE_JUST_CHANGED = "D624", "要写的文件刚才又被改过，什么也没有写", "再运行一次 collect"
    SETTLED_VALUE_CHANGED = "D625", "已经签字或发函的内容不能直接改", "照提示登记延期、责任变更，或重新签字后再改"
    NO_LIST_OF_FINDINGS = "D626", "别处来的工作簿里没有认出问题台账", "至少要有“单位”和“问题描述”（或“问题名称”）两列"
    NUMBER_ISSUED_TWICE = "D627", "登记里同一个文号发了两次", "查清哪一份是真的，另一份作废后重新取号"
    PAPER_NOT_PUT_IN_PLACE = "D628", "已登记，存档还没有放到位", "照提示处理好磁盘和权限，再运行一次"
    ALREADY_VOID = "D629", "这份文书已经作废过", "不用再作废"
    VOID_BEFORE_ISSUE = "D630", "作废日期早于成文日期", "核对 --date"
    ISSUED_IN_THE_FUTURE = "D631", "成文日期晚于今天", "核对 --date 和电脑的日期；确是如此的照提示确认"
    KIND_WITHOUT_NUMBERS = "D632", "这个文种不编文号，不能补录", "去掉 --number 和 --file，直接 issue"
    NUMBER_SKIPPED = "D633", "前面还有文号没有登记，不能跳号", "先补前面的；年中才开始用程序的，在选项的「文号起始」里写从几号起"
    ANOTHER_NUMBER_PRINTED = "D634", "文件上印的是另一个文号", "核对 --number 和 --file"
    LEDGER_OF_ANOTHER_YEAR = "D635", "台账不是 --year 那一年的", "去掉 --year，或换一份台账"
    LEDGER_HEAD_CHANGED = "D636", "台账的表头不见了，或一列有两个", "恢复表头和隐藏的列，一列只留一个；不行的重新生成台账"
    LEDGER_ROW_TWICE = "D637", "台账里一条记录有两行", "只留一行"
    LEDGER_ROW_ADDED = "D638", "台账里有自己加的行", "新的记录写进 YAML，台账里删掉这一行"
    BAD_LEDGER_CELL = "D639", "台账的一格是公式、错误值或带时间的日期", "复制这一格，选择性粘贴为“数值”"
    LEDGER_CODE_CHANGED = "D640", "台账里的编号被改了", "改回去；编号不能改"
    LEDGER_RECORD_GONE = "D641", "台账里的记录，数据里已经没有", "核对编号；已经删掉的记录，台账里也删掉这一行"
    PROGRESS_HALF_FILLED = "D642", "本次进展的日期和内容只填了一格", "补上另一格，或两格都清空"

    # output, PDF, printing
    BAD_RECORD_OF_OUTPUT = "D701", "output 里的生成记录读不出来", "删掉这个文件；已有的文件会当作被人改过，用 --overwrite 重写"
    FILE_OPEN = "D702", "文件正被打开，写不进去", "在 Word、WPS 里关掉它，再运行一次"
    OUTPUT_NOT_WRITTEN = "D703", "output 写不进去", "检查磁盘空间和写权限"
    TWO_OUTPUTS_OF_ONE_NAME = "D704", "两份会写成同一个文件", "在文种目录的「文件名」里加上编号；转 PDF 的分两次转"
    TEXT_TOO_LONG_FOR_CELL = "D706", "文字太长，Excel 一格放不下", "把这条记录的文字分开写，或写短"
    CONTROL_CHARACTER = "D707", "文字里有 Excel 不能存的控制字符", "删掉这个字符"
    NO_LIBREOFFICE = "D710", "没有找到 LibreOffice，转不了 PDF", "安装 LibreOffice，见“管理员”一页"
    NOT_CONVERTED = "D711", "LibreOffice 没能转成 PDF", "用 Word 或 WPS 打开看文件是否完好，再试一次"
    NO_SUCH_FILE = "D713", "没有要转的文件或文件夹", "核对路径；还没有生成的先 build"
    NO_PDFTOPPM = "D714", "没有找到 pdftoppm，出不了图片", "安装 poppler-utils；或加 --open，直接打开 PDF"
    PAGES_NOT_DRAWN = "D715", "PDF 的页面画不出来", "删掉这个 PDF，再转一次"
    PDF_UNREADABLE = "D716", "PDF 读不出来", "删掉它，再转一次"
    NO_DOCX_IN_FOLDER = "D717", "文件夹里没有 .docx 文件", "先 build，或写别的文件夹"
    ONLY_DOCX_TO_PDF = "D718", "要转的不是 .docx 文件", "用 Word 或 WPS 另存为“Word 文档（*.docx）”"
    NO_PROGRAM_TO_PRINT = "D720", "没有能打印的程序", "照提示安装；见“打印和 PDF”一页"
    NO_SUCH_PRINTER = "D721", "没有这台打印机", "照提示改 --printer"
    PRINTER_REFUSED = "D722", "打印机没有收下", "看打印机的电源、纸张和状态"
    NOTHING_TO_PRINT = "D723", "没有可以看或打印的文书", "用 build 看看为什么；没有印发的先 issue，或加 --draft"
    NO_DEFAULT_PRINTER = "D724", "没有默认打印机", "用 --printer 写明一台，或在系统里设好"
    NOT_A_WORD_PAPER = "D725", "这个文种不是 Word 文书，不能在这里看和打印", "先 build，用 Excel、WPS 或浏览器打开生成的文件"
    WORKER_KILLED = "D726", "同时工作的进程有一个被系统结束了，多半是内存不够", "关掉别的程序，或加 --jobs 1 再运行"

    # forms that came back, and the format check
    NO_MARK_ON_FORM = "D730", "表里没有“表单识别”一行，认不出是哪张表", "只收本程序出的表；识别行被删的，请单位在原表上重填"
    FORM_OF_OLDER_DATA = "D731", "表是改数据以前出的，或识别行被改过", "发现在的表请单位重填；数据改错了的，改回来再收"
    FORM_OF_ANOTHER_YEAR = "D732", "不是这一年度的表", "加 --year"
    FORM_OF_NO_SUBJECT = "D733", "没有表上写的单位、期次或整改函", "核对“单位”“自查期次”“整改函”"
    ALREADY_RECORDED = "D734", "已经有这一条记录", "要改的在已有记录里改；自查要重报的，先审核为“退回补充”"
    PRINTED_PART_CHANGED = "D735", "表上印好的文字、行列被改动", "请单位在原表的空格里重填"
    FORM_EMPTY = "D736", "表里一项也没有填", "请单位填好再交"
    FORM_TWICE = "D737", "同一张表收到两份", "内容一样的只收前一份；不一样的问清以哪一份为准，只留那一份"
    LETTER_NOT_YET_ISSUED = "D738", "表要随文印发，那份文书还没有印发", "先印发"
    RECORD_NOT_WRITABLE = "D739", "表里的内容写不成记录，什么也没有写", "把这份表交给维护程序的人"
    UNKNOWN_FORM = "D740", "文种目录里没有这种表", "照提示核对；表是别处来的不收"
    UNKNOWN_FORMAT_RULE = "D741", "版式偏离里写的规则没有这一条", "照提示改编号；有哪些规则见“格式检查”一页"
    UNKNOWN_DEVIATION_KEY = "D742", "版式偏离里没有这一项", "照提示改键的名字"
    BAD_DEVIATION = "D743", "版式偏离的样子不对", "照“格式检查”一页的样子写"
    COPY_NOT_WRITTEN = "D744", "要写的文件写不进去", "看磁盘和权限，或换一个地方"
    STRICT_FILE_NOT_MENDED = "D745", "是“严格 Open XML”格式，不能自动改", "用 Word 另存为“Word 文档（*.docx）”再改"
    FORM_OF_ANOTHER_VERSION = "D746", "表的版本不是现在用的", "发新表请单位重填"
    TEXT_IN_TEXT_BOX = "D747", "表里有文本框，里面的文字收不进来", "把文本框里的文字移到表格的空格里"
    MARKS_DISAGREE = "D748", "表上的识别行前后不一", "识别行不能改；请单位在原表上重填"
    FORM_CONTRADICTS_ITSELF = "D749", "勾选了没有意见，又写了意见", "请单位说明：去掉勾选，或删掉意见"
    DEVIATION_INCOMPLETE = "D750", "一条版式偏离没有写规则或理由", "补上"
    HISTORY_OF_NOTHING = "D751", "没有这个编号的记录，也没有它的登记", "核对编号；不记得的用 find 查找"
    BLANK_LEFT = "D752", "从问题库取来的问题，还有【填 …】没有换成查到的情况", "换成查到的情况；用不上的半句删掉"
    NOT_IN_LIBRARY = "D753", "问题库里没有这一条", "运行 library 看有哪些"
    NO_SUCH_INSPECTION = "D754", "命令里写的检查，数据里没有", "照提示写检查的编号或名称"
    BAD_LIBRARY = "D755", "工作目录的问题库写法不对", "照提示改 checklists/问题库.yaml"
    UNIT_NOT_SAID = "D756", "一次检查有几个单位，没有写是哪一个的问题", "加 --unit，写单位的编号、名称或简称"
    TWICE_IN_LIBRARY = "D757", "问题库里两条的编号相同", "改其中一个"

    # warnings
    SENT_BACK_WITHOUT_REASON = "D801", "自查退回补充，没有写理由", "补上「退回理由」"
    CHECKS_NOT_HANDED_IN = "D802", "自查已过报送截止日期，还有单位没有交", "催报；已经交来的录入「自查」"
    PERSON_WITHOUT_POST = "D803", "责任人没有写职务", "补上「职务」"
    DAY_OFF = "D804", "日期是休息日", "改到工作日；确需如此可不改"
    WORKDAY_UNKNOWN = "D805", "没有那一年的节假日安排，看不出是不是工作日", "放假安排公布后升级程序，或写进 checklists/调休.yaml"
    SIGNERS_OF_ONE_NAME = "D806", "双签两方签字人同名", "核对是否录错；确是同名可不改"
    REPLY_OVERDUE = "D807", "整改函过了回复期限，还没有回复", "催办；已回复的录入「回复」"
    UNIT_MISNAMED = "D808", "文字里的单位名称和单位的名称、简称都不同", "照提示改成规范的名称"
    DELIVERY_NOT_RECORDED = "D809", "已印发的整改函没有送达登记", "送达后登记「送达」"
    ABOLISHED_UNIT_OWES = "D810", "单位已撤销，还有没销号的问题，没有承接单位", "补上「承接单位」"
    LEDGER_CHANGE_NOT_TAKEN = "D811", "台账里有改动不收", "要改的在 YAML 的记录里改"
    FIELD_LEFT_EMPTY = "D812", "表里必填的一格没有填，照样收下", "需要的请单位补报"
    NUMBERS_AGAINST_DATES = "D813", "文号在后的，成文日期反而在前", "核对；确是如此可不管"
    SAME_FORM_AGAIN = "D814", "这份表已经收过", "不用再收"
    LEDGER_PART_GONE = "D815", "台账里有表、列或行不见了；记录还在，没有删", "台账里删行不会删记录；要删的在 YAML 里删"
    NOT_TAKEN_FROM_FORM = "D816", "表里有图片、批注等，不录入", "原件里都有；要紧的另行登记"
    STANDARD_BROKEN = "D820", "做出的文书违反公文格式的规定", "照提示改模板，或写进 templates/版式偏离.yaml"
    FINAL_BEFORE_OPINIONS_CLOSE = "D830", "清单已是正式稿，征求意见还没有截止，仍按征求意见稿印", "提前定稿的，改征求意见的「截止日期」"

    # the guard
    MUST_NOT_ENTER = "D901", "写了一律不得录入的内容，删掉才能生成", "照“规则”一页“不得录入的内容”删去；收回的表请单位删去重交"
    NEEDS_APPROVAL = "D902", "写了要批准才能写的内容，涉及它的文书先不生成", "改掉；批准了的，在这条记录的「放行」里登记"
    WOULD_BE_PRINTED_RAW = "D903", "文字里有占位的字、标记等，会原样印在文书上", "删掉，或写上应有的内容"
    # fmt: on
