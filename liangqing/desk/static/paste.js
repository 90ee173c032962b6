"use strict";
// A block copied out of Excel: pasted anywhere on the page it goes into the box, and the box is sent.
(() => {
  const box = document.querySelector("[data-paste]");
  if (!box) return;
  document.addEventListener("paste", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field && field !== box) return;
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    box.value = text;
    box.closest("details").open = true;
    box.form.requestSubmit();
  });
})();
