/**
 * `npm run pictures`: makes the pictures of the README, the walkthrough and the marketplace page anew, from the real
 * thing: a VS Code window, clicked through as a person would, and the dashboard of a server at work. `-- dashboard` makes
 * only that of the dashboard.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../scripts/lib/run.ts";
import { pictureDashboard } from "./dashboard/picture.ts";
import { openWorkbench, type Workbench } from "./workbench/workbench.ts";

const media = join(projectRoot, "media");

async function picture(window: Workbench, name: string): Promise<void> {
  await window.page.mouse.move(600, 560);
  await window.page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
  await window.page.screenshot({ path: join(media, `${name}.png`) });
}

/** Large enough to be read at the size a walkthrough shows them. */
const size = { width: 1100, height: 700 };

async function pictureEditor(): Promise<void> {
  await mkdir(join(media, "walkthrough"), { recursive: true });
  const window = await openWorkbench("dark", {}, size);
  try {
    const panel = await window.openPanel();
    await window.widenSideBar(160);
    await window.button(/^Programs Section/).click(); // Nothing is kept yet: the room is the panel's.
    await window.command("HAPA: Try a Sample");
    await window.pick(/Names into e-mail/);
    const card = panel.getByRole("region", { name: /^Program: / });
    const proof = card.getByText(/^Proven on/);
    await proof.waitFor({ timeout: 30_000 });
    await panel.getByRole("button", { name: /^Apply to/ }).waitFor();
    await proof.scrollIntoViewIfNeeded();
    await picture(window, "walkthrough/sample");
    await panel.getByRole("button", { name: /^Apply to/ }).click();
    await window.diff.waitFor();
    await picture(window, "walkthrough/selection");
    await window.command("HAPA: Accept the Preview");
    await panel.locator(".done-mark", { hasText: "Applied to 14 lines" }).waitFor();
    await window.page.getByRole("tab", { name: /Untitled-1/, selected: true }).waitFor();
    await window.dismissToasts();
    await window.command("HAPA: Choose Model");
    await window.asked(/Which model/);
    await picture(window, "walkthrough/model");
    await window.page.keyboard.press("Escape");
    await window.command("HAPA: Doctor");
    await window.toast("Everything works").waitFor({ timeout: 20_000 });
    const report = window.pageInEditor();
    await report.getByRole("cell", { name: "Offline generator" }).waitFor();
    // The paths of whoever makes the picture are nobody's business.
    await report.getByRole("cell").evaluateAll((cells: { textContent: string }[]) => {
      for (const cell of cells) cell.textContent = cell.textContent.replace(/(\/[\w.-]+){2,}/g, "~/…");
    });
    await window
      .toast("Everything works")
      .getByRole("button", { name: /Clear Notification/ })
      .click();
    await picture(window, "walkthrough/doctor");
    await window.open("tickets.csv");
    await window.page.getByRole("treeitem", { name: "tickets.csv" }).click({ button: "right" });
    await window.page.getByRole("menuitem", { name: /Run Program on File/ }).click({ delay: 200 });
    await window.pick(/Learn from labelled rows/);
    await window.asked(/Which column has labels/);
    await window.pick("label");
    await window.asked(/From which column does “label” follow/);
    await window.pick("text");
    await window
      .toast(/10,000 rows/)
      .getByRole("button", { name: "Show Results" })
      .click({ timeout: 60_000 });
    await window.page.getByRole("tab", { name: /^Results: tickets\.csv/, selected: true }).waitFor();
    const grid = window.pageInEditor();
    await grid.getByText("Changed 9,800", { exact: true }).waitFor();
    await window.dismissToasts();
    await window.command("View: Toggle Primary Side Bar Visibility");
    await picture(window, "walkthrough/file");
  } finally {
    await window.close();
  }
}

if (process.argv[2] !== "dashboard") await pictureEditor();
await pictureDashboard(join(media, "dashboard.png"));
