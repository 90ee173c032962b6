"use strict";
// A paper shown as pages, made anew when a person comes back to the page and its records were changed meanwhile.
const sheet = document.getElementById("sheet");
let shown = "";
async function show() {
  let answer;
  try { answer = await fetch(sheet.dataset.docx); } catch (problem) { return; }
  if (!answer.ok) {
    if (!shown) sheet.textContent = "现在显示不出来：刷新这一页看看还差什么。";
    sheet.setAttribute("aria-busy", "false");
    return;
  }
  const now = answer.headers.get("etag");
  if (now === shown) return;
  shown = now;
  const data = await answer.blob();
  const pages = document.createElement("div");
  await docx.renderAsync(data, pages, pages, { inWrapper: true, ignoreLastRenderedPageBreak: false, renderHeaders: true, renderFooters: true });
  sheet.replaceChildren(pages);
  fit();
  sheet.setAttribute("aria-busy", "false");
}
// Pages as wide as there is room, so that nobody has to scroll sideways to read a line.
function fit() {
  const wrapper = sheet.querySelector(".docx-wrapper");
  if (!wrapper) return;
  wrapper.style.zoom = 1;
  const widest = Math.max(...Array.from(wrapper.querySelectorAll("section.docx"), (page) => page.offsetWidth));
  if (widest > 0) wrapper.style.zoom = Math.min(1, (sheet.clientWidth - 34) / widest);
}
show();
addEventListener("focus", show);
addEventListener("resize", fit);
