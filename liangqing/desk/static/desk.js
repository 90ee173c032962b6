"use strict";
// Small things that a page does by itself; everything else is asked of the program.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-submit]") && field.form) field.form.requestSubmit();
});
// The files that were chosen, beside the button.
document.addEventListener("change", (event) => {
  const said = document.getElementById(event.target.dataset.chosen);
  if (said) said.textContent = [...event.target.files].map((file) => `${file.name}（${Math.ceil(file.size / 1024)} KB）`).join("\n") || "还没有选";
});
// What the program refuses comes with a status of its own, and is shown like any answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
document.addEventListener("htmx:sendError", () => {
  const said = document.getElementById("said");
  if (said) said.textContent = "程序没有应答：看看「两清两跟」的窗口是不是关了。页面上填的还在，重新打开程序以后再保存。";
});

// The key / leads to the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const find = document.querySelector("[data-find]");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !find) return;
  event.preventDefault(); find.focus(); find.select();
});
