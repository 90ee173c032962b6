"use strict";
// Copies a variable that was clicked, and leaves those that hold the words looked for.
const said = (words) => { document.getElementById("copied").textContent = words; };
const bySelection = (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy;
  let done = false;
  try { await navigator.clipboard.writeText(text); done = true; } catch { done = bySelection(text); }
  button.focus();
  said(done ? `已复制：${text}` : `没有复制成，选中它按 Ctrl+C：${text}`);
});
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const words = event.target.value.trim();
  for (const group of document.querySelectorAll("details.group")) {
    let found = 0;
    for (const row of group.querySelectorAll("tbody tr")) {
      row.hidden = words !== "" && !row.textContent.includes(words);
      found += row.hidden ? 0 : 1;
    }
    group.hidden = found === 0;
    if (words !== "" && found) group.open = true;
  }
});
