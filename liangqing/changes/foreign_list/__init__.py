"""A list that a group already keeps in Excel, read into the records of a new year; nothing of it is lost or guessed."""

from liangqing.changes.foreign_list.reading import read_foreign_list as read_foreign_list
from liangqing.changes.foreign_list.records import ImportedList as ImportedList
