/** Conversations in a real Chromium: the list of them, its search, and a conversation of two thousand questions. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import type { FromWebview } from "../../../src/contract/webview.ts";
import { openReady, openStage, type PanelPage, type PanelStage } from "./panel-page.ts";
import { item, kept } from "./samples.ts";

const conversations = [
  item("c1", "E-mail addresses", 3),
  item("c2", "설명해 주세요", 12),
  item("c3", "Sort the tickets"),
];

describe("conversations in the panel", function () {
  this.timeout(20_000);
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

  const row = (name: string | RegExp) => panel.page.locator(".history-open").filter({ hasText: name });
  const focused = (): Promise<string> =>
    panel.page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
  const showList = async (): Promise<void> => {
    await panel.button("Conversations").click();
    await panel.waitFor("listConversations");
    await panel.send({ type: "conversations", query: "", items: conversations, cursor: "more", first: true });
    await row("Sort the tickets").waitFor();
  };
  const ofType = async <T extends FromWebview["type"]>(type: T) =>
    (await panel.posted()).filter((message) => message.type === type);

  it("opens on the last one, at its end, with its title", async () => {
    const turns = Array.from({ length: 12 }, (_, i) => kept(String(i)));
    await panel.send({ type: "conversation", conversation: item("c1", "Names", 12), turns, earlier: null });
    await panel.page.getByRole("heading", { name: "Names" }).waitFor();
    await panel.text("Answer 11").waitFor();
    assert.equal(await panel.page.getByText("Question 11").isVisible(), true);
    assert.equal(
      await panel.page.getByText("Question 0", { exact: true }).count(),
      0,
      "the first one is not on the page",
    );
  });

  it("offers no jump where all there is is in sight", async () => {
    await panel.send({ type: "conversation", conversation: item("c1", "Names"), turns: [kept("1")], earlier: null });
    await panel.text("Answer 1").waitFor();
    await panel.page.evaluate("new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))");
    assert.equal(await panel.button("Jump to the latest").count(), 0);
  });

  it("a new question begins a conversation, which takes its title from the host; the next one belongs to it", async () => {
    const requestId = await panel.ask("First");
    await panel.send({ type: "asked", requestId, conversationId: "c9", chips: [] });
    await panel.send({ type: "conversationChanged", conversation: item("c9", "First things"), deleted: false });
    await panel.page.getByRole("heading", { name: "First things" }).waitFor();
    await panel.send({ type: "stopped", requestId });
    await panel.ask("Second");
    assert.equal((await panel.waitFor("ask", 2)).conversationId, "c9");
  });

  it("searches as one types, and takes no answer for words that are no longer there", async () => {
    await showList();
    await panel.page.getByRole("searchbox").pressSequentially("tick");
    const asked = await panel.waitFor("listConversations", 2);
    assert.deepEqual(asked, { type: "listConversations", query: "tick", cursor: null });
    await panel.send(
      { type: "conversations", query: "ti", items: [], cursor: null, first: true },
      { type: "conversations", query: "tick", items: conversations.slice(2), cursor: null, first: true },
    );
    await row("E-mail addresses").waitFor({ state: "detached" });
    await panel.page.getByRole("status").getByText("1 conversation").waitFor();
    assert.equal(await row("Sort the tickets").count(), 1);
  });

  it("by keyboard: down to the list, Enter opens, and the focus is where one asks", async () => {
    await showList();
    const { keyboard } = panel.page;
    assert.equal(await focused(), "Search conversations");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    assert.equal((await panel.waitFor("openConversation")).conversationId, "c2");
    const [conversation = null] = conversations.slice(1);
    await panel.send({ type: "conversation", conversation, turns: [kept("1")], earlier: null });
    await panel.text("Answer 1").waitFor();
    assert.equal(await focused(), "Question");
  });

  it("renames in place: F2, Enter; Escape leaves the name", async () => {
    await showList();
    await row("E-mail addresses").press("F2");
    const box = panel.page.getByRole("textbox", { name: "Rename “E-mail addresses”" });
    await box.fill("Letters");
    await box.press("Enter");
    assert.deepEqual(await panel.waitFor("renameConversation"), {
      ...{ type: "renameConversation", conversationId: "c1", title: "Letters" },
    });
    await panel.send({ type: "conversationChanged", conversation: item("c1", "Letters"), deleted: false });
    await row("Letters").waitFor();
    assert.match(await focused(), /Letters/);
    await row("Letters").press("F2");
    await panel.page.keyboard.type("Other");
    await panel.page.keyboard.press("Escape");
    await row("Letters").waitFor();
    assert.equal((await ofType("renameConversation")).length, 1);
  });

  it("deletes, gives the focus to the next one, and takes it back by Undo", async () => {
    await showList();
    await row("설명해 주세요").press("Delete");
    assert.equal((await panel.waitFor("deleteConversation")).conversationId, "c2");
    const [, gone = item("c2", "")] = conversations;
    await panel.send({ type: "conversationChanged", conversation: gone, deleted: true });
    await row("설명해 주세요").waitFor({ state: "detached" });
    assert.match(await focused(), /Sort the tickets/);
    await panel.page.getByRole("status").getByText("“설명해 주세요” was deleted.").waitFor();
    await panel.button("Undo").click();
    assert.equal((await panel.waitFor("restoreConversation")).conversationId, "c2");
    await panel.send({ type: "conversationChanged", conversation: gone, deleted: false });
    await row("설명해 주세요").waitFor();
    assert.equal(await panel.button("Undo").count(), 0);
  });

  it("exports one, asks for more at the end of the list, and Escape goes back", async () => {
    await showList();
    await row("E-mail addresses").hover();
    await panel.button("Export “E-mail addresses” as Markdown").click();
    assert.equal((await panel.waitFor("exportConversation")).conversationId, "c1");
    const many = Array.from({ length: 50 }, (_, i) => item(`m${i}`, `Many ${i}`));
    await panel.send({ type: "conversations", query: "", items: many, cursor: "even more", first: false });
    await row("Many 49").scrollIntoViewIfNeeded();
    assert.equal((await panel.waitFor("listConversations", 2)).cursor, "even more");
    await panel.page.keyboard.press("Escape");
    await row("E-mail addresses").waitFor({ state: "detached" });
    assert.equal(await focused(), "Conversations");
  });

  it("renames, exports and deletes the one that is shown, from More; deleted, the panel is empty until Undo", async () => {
    await panel.send({ type: "conversation", conversation: item("c1", "Names"), turns: [kept("1")], earlier: null });
    const choose = async (name: string) => {
      await panel.button("More actions").click();
      await panel.page.getByRole("menuitem", { name }).click();
    };
    await choose("Rename…");
    await panel.page.getByRole("textbox", { name: "Title of the conversation" }).fill("New name");
    await panel.page.keyboard.press("Enter");
    assert.equal((await panel.waitFor("renameConversation")).title, "New name");
    await choose("Export as Markdown…");
    await panel.waitFor("exportConversation");
    await choose("Delete");
    await panel.waitFor("deleteConversation");
    await panel.send({ type: "conversationChanged", conversation: item("c1", "New name"), deleted: true });
    await panel.text("Say what you want done").waitFor();
    await panel.button("Undo").click();
    await panel.waitFor("restoreConversation");
    await panel.send({ type: "conversationChanged", conversation: item("c1", "New name"), deleted: false });
    assert.equal((await panel.waitFor("openConversation")).conversationId, "c1");
  });

  it("keeps the draft when another conversation is opened and when the view is hidden", async () => {
    await panel.question().fill("half a question");
    await panel.send({ type: "conversation", conversation: item("c1", "Names"), turns: [kept("1")], earlier: null });
    await panel.text("Answer 1").waitFor();
    assert.equal(await panel.question().inputValue(), "half a question");
    await panel.page.reload();
    await panel.text("Answer 1").waitFor();
    assert.equal(await panel.question().inputValue(), "half a question");
  });

  it("begins a new one with the plus", async () => {
    await panel.send({ type: "conversation", conversation: item("c1", "Names"), turns: [kept("1")], earlier: null });
    await panel.text("Answer 1").waitFor();
    await panel.button("New conversation").click();
    assert.deepEqual(await panel.waitFor("openConversation"), { type: "openConversation", conversationId: null });
    await panel.text("Say what you want done").waitFor();
    assert.equal(await focused(), "Question");
  });
});
