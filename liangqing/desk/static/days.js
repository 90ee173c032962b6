"use strict";
// A small month beside each field of a day: rest days marked, all of it by keyboard; typing stays possible.
(() => {
  const home = document.body.dataset.days;
  if (!home) return;
  const WEEK = ["日", "一", "二", "三", "四", "五", "六"], DAY = 86400000;
  const years = new Map();
  let open = null; // the field whose month is open, the month and its shown day
  const at = (year, month, day) => new Date(Date.UTC(year, month, day));
  const iso = (day) => day.toISOString().slice(0, 10);
  const said = (day) => `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
  const read = (text) => {
    const found = /^\s*(\d{4})\s*[-\/.年]\s*(\d{1,2})\s*[-\/.月]\s*(\d{1,2})\s*[日号]?\s*$/.exec(text) || /^\s*(\d{4})(\d\d)(\d\d)\s*$/.exec(text);
    if (!found) return null;
    const day = at(+found[1], +found[2] - 1, +found[3]);
    return day.getUTCMonth() === +found[2] - 1 ? day : null;
  };
  const yearOf = (year) => {
    if (!years.has(year)) {
      years.set(year, fetch(`${home}/${String(year).padStart(4, "0")}`).then((answer) => answer.ok ? answer.json() : null)
        .then((told) => told && { today: told.today, known: told.known, off: new Set(told.off) }).catch(() => null));
    }
    return years.get(year);
  };
  const isOff = (told, day) => told ? told.off.has(iso(day)) : [0, 6].includes(day.getUTCDay());
  const isWeekend = (day) => [0, 6].includes(day.getUTCDay());
  // 休 on a working weekday, 班 on a weekend day that is worked, a plain weekend.
  const mark = (told, day) => isOff(told, day) ? (isWeekend(day) ? ["", "周末休息"] : ["休", "放假"]) : isWeekend(day) ? ["班", "调休上班"] : ["", ""];

  async function distance(day) {
    const told = await yearOf(day.getUTCFullYear());
    if (!told) return "";
    const today = read(told.today), first = Math.min(today, day), last = Math.max(today, day);
    if (last - first > 1100 * DAY) return "";
    let count = 0, known = true;
    for (let each = first + DAY; each <= last; each += DAY) {
      const one = new Date(each), its = await yearOf(one.getUTCFullYear());
      known = known && Boolean(its && its.known);
      count += !isOff(its, one);
    }
    const how = last === first ? "就是今天" : day > today ? `离今天还有${count}个工作日` : `过去${count}个工作日`;
    const [, words] = mark(told, day);
    return `星期${WEEK[day.getUTCDay()]}${words ? `，${words}` : ""}，${how}${known ? "" : "（放假安排还没有公布，暂按双休推算）"}`;
  }

  function enhance(field) {
    if (field.nextElementSibling && field.nextElementSibling.matches(".day-button")) return;
    const label = field.labels && field.labels[0] ? field.labels[0].textContent.trim() : field.getAttribute("aria-label") || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain day-button";
    button.textContent = "日历";
    button.setAttribute("aria-label", `日历${label ? `，${label}` : ""}`);
    button.setAttribute("aria-haspopup", "dialog");
    const hint = document.createElement("span");
    hint.className = "day-hint help";
    hint.setAttribute("role", "status");
    field.after(button, hint);
    if (!field.placeholder && !field.dataset.day) field.placeholder = "2021-09-30";
  }

  async function tell(field) {
    const hint = field.parentElement && field.nextElementSibling && field.nextElementSibling.nextElementSibling;
    if (!hint || !hint.matches(".day-hint")) return;
    const day = read(field.value);
    hint.textContent = day ? await distance(day) : "";
  }

  function close(back) {
    if (!open) return;
    const { field, panel, button } = open;
    open = null;
    panel.remove();
    button.removeAttribute("aria-expanded");
    if (back) field.focus();
  }

  function choose(day) {
    const { field } = open;
    field.value = iso(day);
    close(true);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const press = (words, name, what) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = words;
    if (name) made.setAttribute("aria-label", name);
    made.addEventListener("click", what);
    return made;
  };

  async function show(day, focus = true) {
    const mine = open, year = day.getUTCFullYear(), month = day.getUTCMonth();
    if (year < 1 || year > 9999) return;
    mine.day = day;
    const told = await yearOf(year);
    if (open !== mine || mine.day !== day) return;
    const head = document.createElement("div");
    head.className = "days-head";
    const title = document.createElement("b");
    title.setAttribute("aria-live", "polite");
    title.textContent = `${year}年${month + 1}月`;
    head.append(press("‹", "上个月", () => show(moved(mine.day, -1), false)), title, press("›", "下个月", () => show(moved(mine.day, 1), false)));
    const table = document.createElement("table");
    const row = table.createTHead().insertRow();
    for (const name of "一二三四五六日") { const cell = document.createElement("th"); cell.scope = "col"; cell.textContent = name; row.append(cell); }
    const body = table.createTBody();
    const first = at(year, month, 1), before = (first.getUTCDay() + 6) % 7, count = at(year, month + 1, 0).getUTCDate();
    for (let number = 1 - before; number <= count; number += 7) {
      const week = body.insertRow();
      for (let step = 0; step < 7; step++) {
        const cell = week.insertCell(), one = number + step;
        if (one >= 1 && one <= count) cell.append(dayButton(at(year, month, one), told, day));
      }
    }
    const foot = document.createElement("p");
    foot.className = "days-foot";
    foot.setAttribute("role", "status");
    mine.panel.replaceChildren(head, table, foot);
    if (focus) mine.panel.querySelector('[tabindex="0"]').focus();
    foot.textContent = `${said(day)}，${await distance(day)}`;
  }

  function dayButton(one, told, shown) {
    const [sign, words] = mark(told, one), same = iso(one) === iso(shown);
    const made = press(String(one.getUTCDate()), `${said(one)}，星期${WEEK[one.getUTCDay()]}${words ? `，${words}` : ""}`, () => choose(one));
    made.dataset.on = iso(one);
    made.tabIndex = same ? 0 : -1;
    if (isOff(told, one)) made.classList.add("off");
    if (told && iso(one) === told.today) made.setAttribute("aria-current", "date");
    if (sign) made.dataset.sign = sign;
    return made;
  }

  const moved = (day, months) => {
    const last = at(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0).getUTCDate();
    return at(day.getUTCFullYear(), day.getUTCMonth() + months, Math.min(day.getUTCDate(), last));
  };
  const plus = (day, count) => new Date(day.getTime() + count * DAY);
  const weekday = (day) => (day.getUTCDay() + 6) % 7;
  const KEYS = {
    ArrowLeft: (day) => plus(day, -1), ArrowRight: (day) => plus(day, 1), ArrowUp: (day) => plus(day, -7), ArrowDown: (day) => plus(day, 7),
    Home: (day) => plus(day, -weekday(day)), End: (day) => plus(day, 6 - weekday(day)),
    PageUp: (day, event) => moved(day, event.shiftKey ? -12 : -1), PageDown: (day, event) => moved(day, event.shiftKey ? 12 : 1),
  };

  async function begin(button) {
    const field = button.previousElementSibling, same = open && open.field === field;
    close(same);
    if (same) return;
    const panel = document.createElement("div");
    panel.className = "days";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", "选日期");
    button.after(panel);
    button.setAttribute("aria-expanded", "true");
    open = { field, panel, button, day: null };
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); close(true); return; }
      if (!KEYS[event.key] || !event.target.dataset.on) return;
      event.preventDefault();
      show(KEYS[event.key](read(event.target.dataset.on), event));
    });
    const mine = open, told = await yearOf(new Date().getFullYear());
    if (open !== mine) return;
    await show(read(field.value) || read(told ? told.today : iso(new Date())));
    const over = panel.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (over > 0) panel.style.marginLeft = `-${over}px`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".day-button");
    if (button) begin(button);
    else if (open && !open.panel.contains(event.target) && event.target.isConnected) close(false);
  });
  document.addEventListener("focusin", (event) => {
    if (open && !open.panel.contains(event.target) && event.target !== open.button) close(false);
  });
  document.addEventListener("change", (event) => { if (event.target.matches("input[data-day]")) tell(event.target); });
  const all = (root) => root.querySelectorAll("input[data-day]").forEach(enhance);
  all(document);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1 && !node.closest(".days")) { if (node.matches("input[data-day]")) enhance(node); else all(node); }
  }).observe(document.body, { childList: true, subtree: true });
})();
