/** The part of an address after #: a link that lets in, or a place on the page. */

export interface Link {
  readonly code: string;
  readonly taskId: string;
  readonly language: string;
}

/** `#open.CODE.TASK.LANGUAGE`; undefined for anything else. */
export function readLink(hash: string): Link | undefined {
  const [word, code, taskId = "", language = ""] = hash.replace(/^#/, "").split(".");
  return word === "open" && code ? { code, taskId, language } : undefined;
}

export type Place =
  | { readonly page: "overview" }
  | { readonly page: "task"; readonly taskId: string }
  | { readonly page: "review"; readonly taskId: string | undefined };

export function readPlace(hash: string): Place {
  const [, page, id] = hash.split("/");
  if (page === "tasks" && id) return { page: "task", taskId: decoded(id) };
  if (page === "review") return { page: "review", taskId: id ? decoded(id) : undefined };
  return { page: "overview" };
}

export const overviewAddress = "#/";
export const taskAddress = (taskId: string): string => `#/tasks/${encodeURIComponent(taskId)}`;
export const reviewAddress = (taskId?: string): string =>
  taskId === undefined ? "#/review" : `#/review/${encodeURIComponent(taskId)}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
