"""What may not begin or end a line: the marks of Chinese typesetting, and what would tear a number from its unit.

With them 2026年9月14日, 5万元 and 〔2026〕3号 do not break before 年, 月, 日, 万, 元 and 号, and in Word and WPS a date does
not break after 年 and 月 either. No character is added to a text for it, so that all texts are copied and compared as
they are.
"""

UNITS = "年月日号万亿元"
NOT_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠" + UNITS
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝＄（．［｛￡￥" + "年月"
LANGUAGE = "zh-CN"
