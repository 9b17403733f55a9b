/**
 * Loopback is not a boundary: a page in the person's browser can reach 127.0.0.1. A request must name this server in
 * `Host` (or a DNS name could be rebound to it), and must not come from another origin.
 */
import type { IncomingMessage } from "node:http";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";

export interface GuardOptions {
  /** Host names, without port, by which this server may be called. */
  readonly hosts: readonly string[];
  /** The port it listens on; asked at each request, since it is known only once it listens. */
  readonly port: () => number;
  /** Further addresses, `host:port`, by which the person's own browser was told to call it: a forwarded port. */
  readonly also?: ReadonlySet<string>;
}

/** @returns a check that throws HapaError("foreign_host" or "foreign_origin"). */
export function guard({ hosts, port, also }: GuardOptions): (req: IncomingMessage) => void {
  return (req) => {
    const host = (req.headers.host ?? "").toLowerCase();
    // A request may name its host again in the request line, and a smuggled one twice: all of them must be ours.
    const named = hostInRequestLine(req.url ?? "") ?? host;
    const ours = (name: string) => host === `${name}:${port()}` || (port() === 80 && host === name);
    if (named !== host || hostHeaders(req) !== 1 || !(hosts.some(ours) || also?.has(host))) {
      throw new HapaError(
        "foreign_host",
        say`This server does not go by that host name. Call it by the address it printed at its start.`,
      );
    }
    const origin = req.headers.origin;
    const site = req.headers["sec-fetch-site"];
    const foreign =
      origin !== undefined ? origin.toLowerCase() !== `http://${host}` : site === "cross-site" || site === "same-site";
    // Opening a public page (the docs) from a link elsewhere is a navigation, not a read by the other site.
    const navigation = req.headers["sec-fetch-mode"] === "navigate" && req.method === "GET" && origin === undefined;
    if (foreign && !navigation) {
      throw new HapaError("foreign_origin", say`Requests from pages of other origins are not answered.`);
    }
  };
}

function hostInRequestLine(url: string): string | undefined {
  return url.startsWith("/") ? undefined : /^\w+:\/\/([^/?#]*)/.exec(url)?.[1]?.toLowerCase();
}

/** How often the request names a host in its headers; counted in the raw ones, where Node has dropped none. */
function hostHeaders({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}
