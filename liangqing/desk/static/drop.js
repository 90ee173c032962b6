"use strict";
// Files dropped anywhere on a page that takes them (a finding, what came in) go into the field of its form; nothing is sent before 收下.
(() => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const progress = form.elements.progress, what = form.elements.what;
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const ask = () => { what.required = progress.value === "新"; what.closest(".field").hidden = !what.required; };
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) { event.preventDefault(); form.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    form.scrollIntoView({ block: "nearest" });
    field.focus();
  });
  if (progress) { progress.addEventListener("change", ask); ask(); }
})();
