"use strict";
// The form of a record: messages put to their fields, rows added and moved, what is not saved yet kept in the browser.
(() => {
  const form = document.getElementById("record-form");
  if (!form) return;
  const OWN = new Set(["form_token", "was", "seen"]);
  const key = "liangqing:" + form.dataset.key;
  const field = (name) => document.getElementById(name);
  const inputs = (name) => { const found = field(name); return !found ? [] : found.matches("fieldset") ? [...found.querySelectorAll("input:not([type=hidden])")] : [found]; };

  // A list that an address names is open.
  const meant = field(decodeURIComponent(location.hash.slice(1)));
  if (meant && meant.matches("details.part")) { meant.open = true; meant.scrollIntoView(); }

  // ---- messages

  function put() {
    const judgement = field("judgement");
    form.querySelectorAll(".at-field").forEach((place) => place.replaceChildren());
    form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
    judgement.querySelectorAll("[data-for]").forEach((message) => {
      const place = field("m-" + message.dataset.for);
      if (!place) return;
      const line = document.createElement("p");
      line.className = message.className;
      line.append(message.querySelector("b").cloneNode(true), " ", ...[...message.querySelector(".words").childNodes].map((node) => node.cloneNode(true)));
      place.append(line);
      if (message.classList.contains("error")) inputs(message.dataset.for).forEach((input) => input.setAttribute("aria-invalid", "true"));
      for (let above = place.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    });
    form.elements.seen.value = judgement.dataset.seen;
    const wrong = Number(judgement.dataset.wrong), changes = Number(judgement.dataset.changes);
    field("counted").textContent = wrong ? `${wrong} 处要改` : changes ? `要写入 ${changes} 处` : "";
  }
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "judgement") put(); });
  put();
  // What was typed since has not been looked at: it is shown before it is saved.
  form.addEventListener("input", () => { form.elements.seen.value = ""; });

  // ---- rows of lists

  let given = 0;
  function added(button) {
    const part = button.closest(".part"), list = part.querySelector(":scope > .rows");
    const template = part.querySelector(":scope > template"), mark = `n${Date.now().toString(36)}${given++}`;
    const depth = template.innerHTML.match(/data-mark="(__\d__)"/)[1];
    list.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll(depth, mark));
    const row = list.lastElementChild;
    if ("single" in list.dataset) button.hidden = true;
    (row.querySelector("input:not([type=hidden]), select, textarea") || row).focus();
  }
  function moved(button) {
    const row = button.closest(".row"), list = row.parentElement, way = button.dataset.row;
    if (way === "out") {
      const next = row.nextElementSibling || row.previousElementSibling, part = row.closest(".part");
      const add = part.querySelector(":scope > [data-row=add]");
      row.remove();
      add.hidden = false;
      (next ? next.querySelector(":scope > .row-tools > [data-row=out]") : add).focus();
      return;
    }
    if (way === "up" && row.previousElementSibling) list.insertBefore(row, row.previousElementSibling);
    if (way === "down" && row.nextElementSibling) list.insertBefore(row.nextElementSibling, row);
    const stays = getComputedStyle(button).visibility !== "hidden";
    (stays ? button : button.parentElement.querySelector(way === "up" ? "[data-row=down]" : "[data-row=up]")).focus();
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row]");
    if (!button) return;
    if (button.dataset.row === "add") added(button); else moved(button);
    changed();
  });
  function changed() {
    form.elements.seen.value = "";
    keep();
    htmx.trigger(form, "rows");
  }
  // Several records in one field: as soon as the last line is filled in there is a further one.
  form.addEventListener("input", (event) => {
    const several = event.target.closest("[data-several=refs]");
    if (!several) return;
    const lines = [...several.querySelectorAll("input")], last = lines[lines.length - 1];
    if (!last.value) return;
    const more = last.cloneNode();
    more.value = "";
    last.after(more);
    last.removeAttribute("placeholder");
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    if (!button) return;
    const found = inputs(button.dataset.put), values = button.dataset.text.split("\n");
    if (found.length === 1) found[0].value = button.dataset.text;
    else found.forEach((input, at) => { if (input.type === "checkbox") input.checked = values.join("、").split("、").includes(input.value); else input.value = values[at] || ""; });
    found[0].focus();
    changed();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); form.requestSubmit(field("save")); }
  });

  // ---- what is not saved yet

  const filled = () => [...new FormData(form)].filter(([name]) => name !== "form_token" && name !== "seen");
  const asText = (pairs) => JSON.stringify(pairs.filter(([name]) => !OWN.has(name)));
  const opened = asText(filled());
  function keep() {
    const now = filled();
    try {
      if (asText(now) === opened && !("filledAgain" in form.dataset)) localStorage.removeItem(key); else localStorage.setItem(key, JSON.stringify(now));
    } catch { field("said").textContent = "浏览器存不下没有保存的内容：先保存"; }
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  const done = document.querySelector("[data-saved]");
  if (done) { for (const name of done.dataset.saved.split("|")) localStorage.removeItem("liangqing:" + name); }
  if ("filledAgain" in form.dataset) keep();
  else {
    let before = null;
    try { before = JSON.parse(localStorage.getItem(key) || "null"); } catch { localStorage.removeItem(key); }
    if (Array.isArray(before) && asText(before) !== opened) {
      const kept = field("kept"), carried = kept.querySelector(".carried");
      for (const [name, value] of before) {
        const input = document.createElement("textarea");
        input.name = name; input.value = value; input.hidden = true;
        carried.append(input);
      }
      kept.hidden = false;
      kept.querySelector("[data-drop]").addEventListener("click", () => { localStorage.removeItem(key); kept.hidden = true; });
    }
  }
})();
