/** What was asked in this window: where, and on which lines; what an answer's buttons need. */
import * as vscode from "vscode";
import type { ContextItem, ConversationTurn, Question } from "../../contract/conversations.ts";
import type { FromWebview } from "../../contract/webview.ts";
import { type Place, placeAt } from "../editor/place.ts";
import type { Snapshot } from "../editor/selection.ts";
import type { Target, Targets } from "../editor/target.ts";
import { onlyPlace } from "../editor/track-range.ts";
import { Notice } from "../errors.ts";
import type { Session } from "./session.ts";

type Ask = Extract<FromWebview, { type: "ask" }>;

export interface Asked {
  /** The selection when it was asked; programs are run on its lines. */
  readonly snapshot: Snapshot | undefined;
  /** The lines of the snapshot, followed. */
  readonly lines: Target | undefined;
  /** Where code of the answer goes; undefined where no editor was open. */
  readonly insertion: Insertion | undefined;
}

export interface Insertion {
  readonly target: Target;
  /** Code goes behind what was asked about, on lines of its own. */
  readonly below: boolean;
}

export interface AskedPlaces {
  /** Follows the place that is in front when a question is asked. */
  take(message: Ask, place: Place | undefined): void;
  /** The place the question is about: one that was handed in; asked again about the same, the one of before; else the one in front. */
  settle(message: Ask, about: Place | undefined): Promise<Asked>;
  /** Where a question was asked: as it was followed, else by the lines that went along. */
  find(requestId: string): Promise<Asked | undefined>;
  /** The selection of a question asked in this window. */
  snapshot(requestId: string): Snapshot | undefined;
}

const nowhere: Asked = { snapshot: undefined, lines: undefined, insertion: undefined };

/** Places that are followed; those of older questions are found by the lines that went along. */
const maxFollowed = 50;

export function createAskedPlaces(
  targets: Targets,
  session: Session,
  turnOf: (requestId: string) => Promise<ConversationTurn>,
): AskedPlaces {
  const all = new Map<string, Asked>();
  const remember = (requestId: string, one: Asked): Asked => {
    all.set(requestId, one);
    const [oldest] = all;
    if (all.size > maxFollowed && oldest) {
      all.delete(oldest[0]);
      forget(oldest[1]);
    }
    return one;
  };
  const find = async (requestId: string): Promise<Asked | undefined> => {
    const known = all.get(requestId);
    if (known) return known;
    const { context, command } = await turnOf(requestId);
    const place = await findPlace(context);
    return place && remember(requestId, follow(targets, place, command ?? undefined, true));
  };
  return {
    find,
    snapshot: (requestId) => all.get(requestId)?.snapshot,
    take({ requestId, command, context }, place) {
      remember(requestId, follow(targets, place, command ?? undefined, context.includes("selection")));
    },
    async settle(message, about) {
      const { requestId, replaces, context, command } = message;
      const inFront = all.get(requestId) ?? nowhere;
      const isAgain = replaces !== null && session.conversationOf(replaces) !== undefined;
      let other: Asked | undefined;
      if (about) other = follow(targets, about, command ?? undefined, true);
      else if (isAgain && !context.includes("selection")) {
        const quotes = context.some((id) => id.startsWith("kept:"));
        other = quotes ? await find(replaces) : all.get(replaces);
        all.delete(replaces);
      }
      if (!other) return inFront;
      forget(inFront);
      return remember(requestId, other);
    },
  };
}

/** Follows the place of a question. `withSelection`: the selection goes along, so it is what is asked about. */
function follow(
  targets: Targets,
  place: Place | undefined,
  command: Question["command"],
  withSelection: boolean,
): Asked {
  if (!place) return nowhere;
  const { document, selection, snapshot } = place;
  if (!withSelection || snapshot.lines.length === 0) {
    const target = targets.take(document, new vscode.Range(selection.end, selection.end));
    return { snapshot: undefined, lines: undefined, insertion: { target, below: false } };
  }
  const [first, last] = [snapshot.lines[0]?.number ?? 0, snapshot.lines.at(-1)?.number ?? 0];
  const around = place.lines ?? new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER);
  return { snapshot, lines: targets.take(document, around), insertion: insertionAt(targets, place, around, command) };
}

/** Fixed and documented code takes the place of whole lines, other code that of the selection; tests go below it. */
function insertionAt(
  targets: Targets,
  { document, lines, selection }: Place,
  around: vscode.Range,
  command: Question["command"],
): Insertion {
  const whole = command === "fix" || command === "docs";
  // Selections that do not stand together are not replaced as if they did.
  const below = command === "test" || command === "explain" || command === "validate" || !lines;
  const end = document.validateRange(around).end;
  // The end of the last line stays: what follows is not to stand on the line of the code.
  const range = below ? new vscode.Range(end, end) : whole || isOfLines(selection) ? around : selection;
  return { target: targets.take(document, range), below };
}

function isOfLines({ start, end }: vscode.Range): boolean {
  return start.character === 0 && end.character === 0 && end.line > start.line;
}

function forget({ lines, insertion }: Asked): void {
  lines?.dispose();
  insertion?.target.dispose();
}

/** Finds the place of a question asked before this window was loaded, by the lines that went along with it. */
async function findPlace(context: readonly ContextItem[]): Promise<Place | undefined> {
  const item = context.find(({ kind }) => kind === "selection");
  const uri = item && uriOf(item.path);
  if (!item || !uri || item.firstLine === undefined || item.lastLine === undefined) return undefined;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const kept = document.eol === vscode.EndOfLine.CRLF ? crlf(item.text) : crlf(item.text).replaceAll("\r\n", "\n");
    const there = document.validateRange(
      new vscode.Range(item.firstLine - 1, 0, item.lastLine - 1, Number.MAX_SAFE_INTEGER),
    );
    if (document.getText(there) === kept) return placeAt(document, there);
    const found = onlyPlace(document.getText(), kept);
    if (!found) return undefined;
    return placeAt(document, new vscode.Range(document.positionAt(found.start), document.positionAt(found.end)));
  } catch {
    return undefined; // The file is gone: the caller says that the place is not known.
  }
}

/** The file of a path in the workspace, as `asRelativePath` gives it; undefined where no folder has it. */
export function uriOf(path: string): vscode.Uri | undefined {
  if (path.startsWith("/") || /^[a-z]:[\\/]/i.test(path)) return vscode.Uri.file(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (folders.length === 1 && only) return vscode.Uri.joinPath(only.uri, path);
  const named = folders.find(({ name }) => path.startsWith(`${name}/`));
  return named && vscode.Uri.joinPath(named.uri, path.slice(named.name.length + 1));
}

function crlf(text: string): string {
  return text.replace(/\r\n?|\n/g, "\r\n");
}

/** The lines that were asked about, where they stand now; what is selected where none were. */
export async function linesToChange(asked: Asked | undefined, selected: () => Snapshot): Promise<Snapshot> {
  if (!asked?.snapshot || !asked.lines) return selected();
  const { fileName } = asked.lines;
  const found = await asked.lines.findSnapshot(asked.snapshot);
  if (found === "gone") throw new Notice(vscode.l10n.t("{0} is not there any more, so nothing was changed.", fileName));
  if (found === "changed")
    throw new Notice(
      vscode.l10n.t(
        "The lines of {0} changed meanwhile, so nothing was replaced. Select them and ask again.",
        fileName,
      ),
    );
  return found;
}
