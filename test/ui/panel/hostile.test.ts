/** Hostile answers in a real Chromium, whole and as they stream in: nothing runs, nothing loads, nothing freezes. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { item, kept, program, resultFor } from "./samples.ts";

const elsewhere = "http://127.0.0.1:9";

/** What an answer may hold to run, load, lead away or cover something. */
const attacks: Readonly<Record<string, string>> = {
  scripts: `<script>alert(1)</script> <script src="${elsewhere}/x.js"></script> <img src=x onerror=alert(2)>`,
  frames: `<iframe src="${elsewhere}/"></iframe> <object data="${elsewhere}/"></object> <embed src="${elsewhere}/">`,
  links: `[a](javascript:alert(3)) [b](data:text/html,<script>alert(4)</script>) [c](command:hapa.showLog) [d](vscode://x/y)
[e](file:///etc/passwd) [f](//127.0.0.1:9/x) [g]( java&#10;script:alert(5)) [h](\\x6aavascript:alert(6)) <javascript:alert(7)>`,
  references: `[ref] and ![ref]\n\n[ref]: javascript:alert(8) "title"\n\n[ok]: ${elsewhere}/ok\n[ok]`,
  images: `![pixel](${elsewhere}/pixel.png) ![](data:image/svg+xml,<svg/onload=alert(9)>) ![x](javascript:alert(10) "t")`,
  attributes: `[site](https://example.com/"onmouseover="alert(11)) [t](https://example.com 'x" onclick="alert(12)')`,
  fences: "```html\n</code></pre><img src=x onerror=alert(13)><script>alert(14)</script>\n```",
  languages: '```"><img/src=x/onerror=alert(15)>\n<svg onload=alert(16)>\n```\n\n```js" onclick="alert(17)\n1\n```',
  svg: `<svg><script>alert(18)</script><image href="${elsewhere}/i.svg"/><foreignObject><iframe src="${elsewhere}"/></foreignObject></svg>`,
  mathml: `<math><maction actiontype="statusline" xlink:href="javascript:alert(19)">x</maction><mtext><img src=x onerror=alert(20)></mtext></math>`,
  styles: `<style>@import url("${elsewhere}/x.css");*{display:none}</style><link rel=stylesheet href="${elsewhere}/y.css"><p style="background:url(${elsewhere}/z.png);position:fixed">x</p>`,
  forms: `<form action="${elsewhere}"><input name=a><button data-action="copyCode" formaction="javascript:alert(21)">x</button></form>`,
  meta: `<meta http-equiv=refresh content="0;url=${elsewhere}"><base href="${elsewhere}/"><title>x</title>`,
  clobbering: `<a id="root" name="acquireVsCodeApi" href="https://example.com">x</a><div id="root" data-turn="t"></div>`,
  mutation: `<noscript><p title="</noscript><img src=x onerror=alert(22)>"></noscript><table><td><style><img title="--></style><img src=x onerror=alert(23)>">`,
  tables:
    "| <img src=x onerror=alert(24)> | [x](javascript:alert(25)) |\n| --- | --- |\n| `</code><script>alert(26)</script>` | b |",
  bidi: "\u202Egnp.exe\u202C and \u0000 null and \uFFFE",
  comments: "<!-- <script>alert(27)</script> --> <![CDATA[<script>alert(28)</script>]]> <?php alert(29) ?>",
};

const forbidden = `[...document.querySelectorAll("main *")].filter((element) =>
  element.matches("script,img,image,iframe,object,embed,svg,math,style,link,meta,base,form:not(.comment):not(.edit-form),input,foreignObject") ||
  [...element.attributes].some(({ name, value }) => /^on/.test(name) || name === "style" && element.closest(".markdown") ||
    name === "href" && !/^https?:\\/\\//.test(value) || element.closest(".markdown") && (name === "id" || name === "name")))
  .map((element) => element.outerHTML.slice(0, 200))`;

describe("hostile answers in the panel", function () {
  this.timeout(60_000);
  let stage: PanelStage;
  let panel: PanelPage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(async () => {
    panel = await openReady(stage);
  });
  afterEach(async () => {
    assert.deepEqual(panel.problems, []);
    assert.deepEqual(panel.foreignRequests, []);
    await panel.close();
  });

  const found = (): Promise<unknown> => panel.page.evaluate(forbidden);

  for (const [name, attack] of Object.entries(attacks)) {
    it(`${name}: nothing of it becomes more than text`, async () => {
      const requestId = await panel.ask("Be hostile");
      // Letter by letter: each state in between is shown, too.
      const seen = await panel.page.evaluate(`(async () => {
        const seen = [];
        for (const text of ${JSON.stringify([...attack])}) {
          window.postMessage({ type: "delta", requestId: ${JSON.stringify(requestId)}, text }, "*");
          await new Promise((next) => setTimeout(next));
          seen.push(...${forbidden});
        }
        return seen;
      })()`);
      assert.deepEqual(seen, []);
      await panel.send(resultFor(requestId, { markdown: `${attack}\n\nall of it` }));
      await panel.text("all of it").waitFor();
      assert.deepEqual(await found(), []);
    });
  }

  it("all of them at once, in every place that shows words from outside", async () => {
    const all = Object.values(attacks).join("\n\n");
    const html = "<img src=x onerror=alert(30)><b>x</b>";
    const conversation = { ...item("c1", html), title: html };
    const chips = [{ id: "file:x", kind: "file", label: html, path: html, count: 1 }] as const;
    const row = { input: html, output: html };
    await panel.send({
      ...{ type: "conversation", conversation, earlier: null },
      turns: [
        kept("1", {
          question: html,
          examples: `${html} => x`,
          chips,
          markdown: all,
          program: { ...program, preview: [row] },
        }),
        kept("2", {
          status: "failed",
          errorMessage: html,
          summary: { model: html, usage: null, cached: false, elapsedMs: 1 },
        }),
        kept("3", { checks: [{ block: 0, errors: 1, warnings: 0, issues: [html] }], markdown: "```js\n1\n```" }),
      ],
    });
    await panel.text("checked: 1 error").waitFor();
    await panel.send(
      { type: "files", query: "", chips },
      { type: "models", current: null, models: [{ id: "a", name: html, provider: html }] },
      { type: "conversationChanged", conversation: { ...conversation, id: "c2" }, deleted: true },
      { type: "backend", backend: { state: "failed", model: html, message: html } },
    );
    await panel.text("HAPA could not start").waitFor();
    for (const at of [0, 400, 800, 1_600, 3_200]) {
      await panel.page.evaluate(`document.querySelector("main").scrollTop = ${at}`);
      assert.deepEqual(await found(), []);
    }
    assert.equal(await panel.page.evaluate(`document.querySelectorAll("img, b, iframe").length`), 0);
    await panel.screenshot("hostile-dark");
  });

  it("links lead to web addresses only, and say where", async () => {
    const requestId = await panel.ask("Links");
    await panel.send(resultFor(requestId, { markdown: "[bank](https://evil.example/login) and [x](javascript:1)" }));
    const link = panel.page.locator(".markdown a");
    assert.equal(await link.getAttribute("href"), "https://evil.example/login");
    await panel.text("(https://evil.example/login)").waitFor();
    assert.equal(await link.count(), 1);
  });

  for (const [name, text] of [
    ["quotes in quotes", `${">".repeat(20_000)} deep`],
    [
      "lists in lists",
      Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i * 2)}- deep`)
        .join("\n")
        .slice(0, 200_000),
    ],
    ["brackets", "[".repeat(100_000)],
    ["stars", "*a_".repeat(60_000)],
    ["backticks", Array.from({ length: 600 }, (_, i) => "`".repeat(i)).join(" ")],
    ["one word", "x".repeat(200_000)],
    ["a wide table", `|${" a |".repeat(5_000)}\n|${" - |".repeat(5_000)}\n|${" b |".repeat(5_000)}`],
    ["a fence that never ends", `\`\`\`js\n${"/* ` \" ' ${ */ (".repeat(14_000)}`],
  ] as const) {
    it(`200 kB of ${name} do not stop the panel`, async () => {
      const requestId = await panel.ask("Deep");
      for (const part of text.match(/[\s\S]{1,20000}/g) ?? [])
        await panel.send({ type: "delta", requestId, text: part });
      await panel.send(resultFor(requestId, { markdown: text }));
      await panel.button("Answer again").waitFor({ state: "attached" });
      await panel.question().fill("still here");
      assert.equal(await panel.question().inputValue(), "still here");
      assert.equal(await panel.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), 0);
    });
  }
});
