"use strict";
// The process of one node engine; the same conversation as serve.py.
//     node node.cjs DRIVER TEMPLATE CONTEXTS MODULES
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const [driver, template, contexts, modules] = process.argv.slice(2);
const need = require("module").createRequire(path.join(modules, "package.json"));

const DRIVERS = {
  docxtemplater() {
    const PizZip = need("pizzip");
    const Docxtemplater = need("docxtemplater");
    const bytes = fs.readFileSync(template);
    return (values) => {
      const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
      document.render(values);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = need("easy-template-x");
    const bytes = fs.readFileSync(template);
    const handler = new TemplateHandler();
    return (values) => handler.process(bytes, values);
  },
  carbone() {
    const carbone = need("carbone");
    return (values) =>
      new Promise((done, fail) =>
        carbone.render(template, values, {}, (error, result) => (error ? fail(error) : done(result)))
      );
  },
};

function memory() {
  const figure = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]);
  const status = fs.readFileSync("/proc/self/status", "utf-8");
  return { peak: figure("VmHWM"), now: figure("VmRSS") };
}

async function work(render, values, command) {
  const start = process.hrtime.bigint();
  for (let number = command.first; number < command.first + command.count; number++) {
    const bytes = await render(values[number % values.length]);
    fs.writeFileSync(path.join(command.folder, `${number}.docx`), bytes);
  }
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

async function main() {
  const answer = (what) => process.stdout.write(JSON.stringify(what) + "\n");
  const values = JSON.parse(fs.readFileSync(contexts, "utf-8"));
  const render = DRIVERS[driver]();
  answer({ ready: true, ...memory() });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    answer(command.do === "render" ? await work(render, values, command) : memory());
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack || error}\n`);
  process.exit(1);
});
