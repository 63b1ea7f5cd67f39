// Draws Mermaid pictures and tells what they show. Arguments: the folder of the packages. In: a JSON list of texts.
// Out: a JSON list of an error's text, or of the nodes and edge labels that are drawn.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/");
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!DOCTYPE html><body></body>", { pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document });
for (const name of ["Element", "SVGElement", "HTMLElement", "Node", "DOMParser", "XMLSerializer", "getComputedStyle"]) {
  globalThis[name] ??= window[name];
}
// A page without a screen measures nothing.
window.SVGElement.prototype.getBBox = () => ({ x: 0, y: 0, width: 100, height: 20 });
window.SVGElement.prototype.getComputedTextLength = () => 100;
globalThis.CSSStyleSheet ??= class {
  cssRules = [];
  insertRule() {}
  replaceSync() {}
};

const { default: mermaid } = await import(pathToFileURL(require.resolve("mermaid")));
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

const drawn = [];
for (const [number, text] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  try {
    const { svg } = await mermaid.render(`drawn${number}`, text);
    const page = new JSDOM(svg).window.document;
    const nodes = [...page.querySelectorAll("g.node")].map((node) => ({
      classes: [...node.classList],
      elements: [...node.querySelectorAll("foreignObject p *")].map((each) => each.localName),
      lines: node.querySelector("foreignObject p")?.innerHTML.split("<br>").map((line) => {
        const part = page.createElement("p");
        part.innerHTML = line;
        return part.textContent;
      }),
    }));
    const edges = [...page.querySelectorAll("g.edgeLabel")].map((label) => label.textContent.trim());
    drawn.push({ nodes, edges });
  } catch (error) {
    drawn.push(String(error));
  }
}
console.log(JSON.stringify(drawn));
