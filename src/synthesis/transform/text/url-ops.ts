/** Parts of web addresses, for data that holds them. */
import type { Op } from "../language/expr.ts";
import { groupOp, patternOp } from "./define.ts";

/** Empty where fewer than half of the texts hold an address. */
export function urlOps(texts: readonly string[]): Op[] {
  if (texts.filter((text) => text.includes("://")).length * 2 < texts.length) return [];
  return [
    groupOp(1.8, /:\/\/(?:[^@/?#\s]*@)?([^:/?#\s]+)/, (w) => `the host of ${w}`),
    groupOp(1.9, /:\/\/(?:[^@/?#\s]*@)?(?:www\.)?([^:/?#\s]+)/, (w) => `the host of ${w} without www.`),
    groupOp(2, /:\/\/[^/?#\s]*?:(\d+)(?=[/?#]|$)/, (w) => `the port of ${w}`),
    groupOp(2, /:\/\/[^/?#\s]*(\/[^?#\s]*)/, (w) => `the path of ${w}`),
    groupOp(2.2, /:\/\/[^/?#\s]*\/([^?#\s]*)/, (w) => `the path of ${w} without its first slash`),
    groupOp(2, /(?<=\/)([^/?#\s]+)\/?(?=[?#]|$)/, (w) => `the last part of the path of ${w}`),
    groupOp(2.2, /:\/\/[^/?#\s]*\/([^/?#\s]+)/, (w) => `the first part of the path of ${w}`),
    groupOp(2, /\?([^#\s]*)/, (w) => `the query of ${w}`),
    groupOp(2, /#(\S*)$/, (w) => `the fragment of ${w}`),
    groupOp(1.9, /^(\w+):\/\//, (w) => `the scheme of ${w}`),
    patternOp(2, /^\w+:\/\//, "", (w) => `${w} without its scheme`),
    patternOp(2, /[?#].*$/s, "", (w) => `${w} without its query and fragment`),
  ];
}
