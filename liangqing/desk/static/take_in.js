"use strict";
// Files and folders that are dropped or chosen: those that may be forms or workbooks are sent, the names of the others told.
(() => {
  const form = document.getElementById("take");
  const sent = form.querySelector("input[name=files]");
  const beside = document.getElementById("beside");
  const reading = document.getElementById("reading");
  const endings = form.dataset.endings.split(" ");

  const ours = (name) => endings.some((ending) => name.toLowerCase().endsWith(ending));
  const hides = (path) => path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));

  function note(name, value) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = name; field.value = value;
    beside.append(field);
  }

  // found: {file, path}; path has the folders below the one that was given
  function take(found) {
    const chosen = new DataTransfer();
    beside.replaceChildren();
    let size = 0;
    for (const { file, path } of found.filter((one) => !hides(one.path))) {
      if (!ours(path)) { note("left", path); continue; }
      chosen.items.add(file); note("called", path); size += file.size;
    }
    document.getElementById("result").replaceChildren();
    const many = chosen.files.length > Number(form.dataset.most) || size > Number(form.dataset.largest) - 1048576;
    if (many || !chosen.files.length) { reading.textContent = many ? form.dataset.tooMany : form.dataset.none; return; }
    sent.files = chosen.files;
    form.requestSubmit();
  }

  function listed(reader) {
    return new Promise((done, failed) => reader.readEntries(done, failed));
  }
  async function inside(entry, path) {
    if (entry.isFile) return [{ file: await new Promise((done, failed) => entry.file(done, failed)), path }];
    const reader = entry.createReader(), found = [];
    for (let some = await listed(reader); some.length; some = await listed(reader)) {  // a hundred at a time
      for (const below of some) found.push(...await inside(below, `${path}/${below.name}`));
    }
    return found;
  }
  async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
    return (await Promise.all(entries.map((entry) => inside(entry, entry.name)))).flat();
  }

  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => {
    event.preventDefault(); form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault(); form.classList.remove("over");
    dropped(event.dataTransfer).then(take, () => { reading.textContent = form.dataset.none; });
  });
  for (const input of form.querySelectorAll(".pick-input")) input.addEventListener("change", () => {
    take([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    input.value = "";
  });
  document.addEventListener("htmx:beforeRequest", () => { reading.textContent = form.dataset.reading; });
  document.addEventListener("htmx:afterRequest", () => { reading.textContent = ""; });
  document.addEventListener("htmx:afterSwap", () => {
    const head = document.getElementById("h-read");
    if (head) head.focus();
  });
})();
