/**
 * Loopback is not a boundary: a page in the person's browser can reach 127.0.0.1. A request must name this server in
 * `Host` (or a DNS name could be rebound to it), and must not come from another origin.
 */
import type { RequestHandler } from "express";
import { HapaError } from "../../contract/errors.ts";

export interface GuardOptions {
  /** Host names, without port, by which this server may be called. */
  readonly hosts: readonly string[];
  /** The port it listens on; asked at each request, since it is known only once it listens. */
  readonly port: () => number;
}

export function guard({ hosts, port }: GuardOptions): RequestHandler {
  return (req, res, next) => {
    const host = (req.headers.host ?? "").toLowerCase();
    // A request may name its host again in the request line, and a smuggled one twice: all of them must be ours.
    const named = /^\w+:\/\/([^/?#]*)/.exec(req.originalUrl)?.[1]?.toLowerCase() ?? host;
    const allowed =
      named === host &&
      req.headersDistinct["host"]?.length === 1 &&
      hosts.some((name) => host === `${name}:${port()}` || (port() === 80 && host === name));
    if (!allowed) {
      return next(
        new HapaError(
          "foreign_host",
          "This server does not go by that host name. Call it by the address it printed at its start.",
        ),
      );
    }
    const origin = req.headers.origin;
    const site = req.headers["sec-fetch-site"];
    const foreign =
      origin !== undefined ? origin.toLowerCase() !== `http://${host}` : site === "cross-site" || site === "same-site";
    // Opening a public page (the docs) from a link elsewhere is a navigation, not a read by the other site.
    const navigation = req.headers["sec-fetch-mode"] === "navigate" && req.method === "GET" && origin === undefined;
    if (foreign && !navigation) {
      return next(new HapaError("foreign_origin", "Requests from pages of other origins are not answered."));
    }
    res.setHeader("vary", "origin");
    next();
  };
}
