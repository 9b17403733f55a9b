/** The Express app: what every request passes, then the routes. Listens to nothing by itself. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import helmet from "helmet";
import { HapaError } from "../contract/errors.ts";
import { asHapaError } from "./middleware/errors.ts";
import { type GuardOptions, guard } from "./middleware/guard.ts";
import { type MountParts, mountRoutes, requestLog, sendError } from "./mount.ts";

export function createApp(parts: MountParts & { readonly guard: GuardOptions }): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(requestLog(parts.log, parts.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'unsafe-inline'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
        },
      },
      // Plain HTTP on loopback: promising HTTPS would lock browsers out.
      strictTransportSecurity: false,
      crossOriginResourcePolicy: { policy: "same-origin" },
    }),
  );
  app.use(noStore);
  app.use(guard(parts.guard));
  mountRoutes(app, parts);
  app.use((req, _res, next) => {
    req.resume();
    next(new HapaError("not_found", "There is no such address here. The API is described at /docs."));
  });
  const onError: ErrorRequestHandler = (error, req, res, _next) => {
    req.resume();
    sendError(res, undefined, badUrl(error) ?? asHapaError(error, parts.log, res.locals["requestId"] as string));
  };
  app.use(onError);
  return app;
}

/** Answers hold the person's data: no cache on the way keeps them. */
const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader("cache-control", "no-store");
  next();
};

/** Express throws a URIError with a status for `%` escapes that are not UTF-8. */
function badUrl(error: unknown): HapaError | undefined {
  if (!(error instanceof URIError)) return undefined;
  return new HapaError("invalid_request", "The address has a % escape that is not UTF-8.");
}
