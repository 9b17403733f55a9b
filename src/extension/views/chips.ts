/** Chips that the editor in front does not give: files found by `@`, and places that a command asks about. */
import * as vscode from "vscode";
import type { Chip } from "../../contract/webview.ts";
import { findFiles } from "../editor/find-files.ts";
import { chipsOf, type Place, placeAt } from "../editor/place.ts";
import type { Target, Targets } from "../editor/target.ts";
import { uriOf } from "./asked.ts";

/** A place that a question is about. */
export interface About {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  /** Go along in words. */
  readonly problems?: readonly vscode.Diagnostic[];
}

export interface Chips {
  files(query: string): Promise<Chip[]>;
  /** What goes along with a question about a place: what surrounds it, and its problems. */
  about(about: About): Promise<Chip[]>;
  /** Where a chip leads; undefined where it is no longer there, or not one of these. */
  find(id: string): Promise<Place | vscode.Uri | undefined>;
}

/** Places that were asked about and may still be. */
const maxPlaces = 20;
/** A function longer than this does not go along as a whole. */
const maxLines = 200;
const linesAround = 8;

export function createChips(targets: Targets): Chips {
  const places = new Map<string, { readonly target: Target; readonly problems: readonly vscode.Diagnostic[] }>();
  /** The page names no other files outside of the workspace. */
  const offered = new Map<string, vscode.Uri>();
  let count = 0;
  let searching: vscode.CancellationTokenSource | undefined;

  return {
    async files(query) {
      searching?.cancel();
      const source = new vscode.CancellationTokenSource();
      searching = source;
      const found = await findFiles(query, source.token);
      source.dispose();
      for (const { chip, uri } of found) offered.set(chip.id, uri);
      return found.map(({ chip }) => chip);
    },
    async about({ uri, range, problems = [] }) {
      const document = await vscode.workspace.openTextDocument(uri);
      const place = placeAt(document, await surroundings(document, range), problems);
      const name = String(++count);
      places.set(name, { target: targets.take(document, place.selection), problems });
      const [oldest] = places;
      if (places.size > maxPlaces && oldest) {
        oldest[1].target.dispose();
        places.delete(oldest[0]);
      }
      return chipsOf(place)
        .filter(({ kind }) => kind !== "file")
        .map((chip) => ({ ...chip, id: `${chip.kind}:${name}` }));
    },
    async find(id) {
      const [, kind, name = ""] = /^(file|selection|problems):([\s\S]+)$/.exec(id) ?? [];
      if (kind === undefined) return undefined;
      if (kind === "file") return offered.get(id) ?? (isInside(name) ? uriOf(name) : undefined);
      const place = places.get(name);
      const found = await place?.target.whatBecame();
      return place && found ? placeAt(found.document, found.range, place.problems) : undefined;
    },
  };
}

/** A path in the workspace, and not out of it again. */
function isInside(path: string): boolean {
  return !path.startsWith("/") && !/^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes("..");
}

/** The function, class or other named part a range lies in; where there is none, or it is too long, some lines around. */
async function surroundings(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.Range> {
  const symbols =
    (await vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    )) ?? [];
  const fitting = symbols
    .flatMap(rangesOf)
    .filter((one) => one.contains(range) && one.end.line - one.start.line < maxLines)
    .sort((a, b) => a.end.line - a.start.line - (b.end.line - b.start.line));
  const smallest = fitting.find((one) => one.end.line > one.start.line);
  if (smallest) return smallest;
  const first = Math.max(0, range.start.line - linesAround);
  const last = Math.min(document.lineCount - 1, range.end.line + linesAround);
  return new vscode.Range(first, 0, last, document.lineAt(last).text.length);
}

function rangesOf(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): vscode.Range[] {
  if ("location" in symbol) return [symbol.location.range];
  return [symbol.range, ...symbol.children.flatMap(rangesOf)];
}
