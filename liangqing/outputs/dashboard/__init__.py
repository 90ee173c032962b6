"""总览: a year on one page of HTML that opens from disk, asks no network for anything, and prints."""

from liangqing.outputs.dashboard.page import write as write
