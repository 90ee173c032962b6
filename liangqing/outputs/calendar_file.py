"""What falls due as a calendar file (iCalendar, RFC 5545) that mail programs and telephones take in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from liangqing.outputs.dashboard.due import Due, ahead
from liangqing.year.state.standing import Standing

REMINDED_AT = 9  # o'clock


def write(at: Standing) -> bytes:
    """Everything that is due on the day or later, each as an event of a whole day; the same year gives the same bytes.

    An event keeps its UID when its day moves, so that a calendar that has it already moves it too. The reminder
    comes 选项.临期天数 days before, in the morning.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//liangqing//CN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{at.year.year}年到期事项")
    uids: set[str] = set()
    for deadline in ahead(at):
        uid = next(uid for uid in _uids(at, deadline) if uid not in uids)
        uids.add(uid)
        calendar.add_component(_event(at, deadline, uid))
    return bytes(calendar.to_ical())


def _uids(at: Standing, deadline: Due) -> Iterator[str]:
    """The UID of what is due, and those it takes where another has that already (two milestones of one name)."""
    number = 0
    while True:
        name = f"{at.year.group.name}/{deadline.kind}/{deadline.record}/{number or ''}"
        yield f"{hashlib.sha256(name.encode()).hexdigest()[:24]}@liangqing"
        number += 1


def _event(at: Standing, deadline: Due, uid: str) -> Event:
    units = deadline.unit.replace("|", "、")
    words = f"{deadline.kind}：{deadline.what}"
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(at.day, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(1))
    event.add("summary", f"{words}（{units}）" if units and units not in words else words)
    event.add("categories", [deadline.kind])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", timedelta(hours=REMINDED_AT) - timedelta(at.year.options.due_soon_days))
    event.add_component(alarm)
    return event
