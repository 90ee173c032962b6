"""Lists that a group already keeps in Excel, read into the records of a new year; nothing of them is lost or guessed."""

from liangqing.changes.foreign_list.choices import Choices as Choices
from liangqing.changes.foreign_list.imported import ImportedList as ImportedList
from liangqing.changes.foreign_list.names import Vocabulary as Vocabulary
from liangqing.changes.foreign_list.reading import read_foreign_lists as read_foreign_lists
