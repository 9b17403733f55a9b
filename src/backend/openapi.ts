/** OpenAPI 3.1, written from the route table and its schemas. */
import { z } from "zod";
import { ErrorAnswer } from "../contract/errors.ts";
import type { RouteSpec } from "../contract/route.ts";
import { routes } from "../contract/routes.ts";
import { snakeCase } from "../contract/wire.ts";

export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly [section: string]: unknown;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly "x-permission": string;
  readonly [part: string]: unknown;
}

export function openApi(version: string): OpenApi {
  const paths: OpenApi["paths"] = {};
  for (const [name, spec] of Object.entries(routes) as [string, RouteSpec][]) {
    const path = spec.path.replace(/:(\w+)/g, (_, parameter: string) => `{${snakeCase(parameter)}}`);
    paths[path] = { ...paths[path], [spec.method]: operation(name, spec) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "HAPA",
      version,
      description: "Programs from examples: made once, proven, then run locally in microseconds.",
    },
    paths,
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } },
      schemas: { Error: schemaOf(ErrorAnswer) },
    },
  };
}

function operation(name: string, spec: RouteSpec): Operation {
  const parameters = [...spec.path.matchAll(/:(\w+)/g)].map(([, parameter = ""]) => ({
    name: snakeCase(parameter),
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const query = spec.query ? queryParameters(schemaOf(spec.query)) : [];
  const problem = {
    description: "What was wrong and what to do",
    content: json({ $ref: "#/components/schemas/Error" }),
  };
  return {
    operationId: name,
    summary: spec.summary,
    security: spec.permission === "public" ? [] : [{ key: [] }],
    "x-permission": spec.permission,
    ...(parameters.length + query.length > 0 ? { parameters: [...parameters, ...query] } : {}),
    ...(spec.body ? { requestBody: { required: true, content: json(schemaOf(spec.body)) } } : {}),
    responses: {
      [spec.status]: {
        description: spec.summary,
        ...(spec.status === 204 ? {} : { content: answerContent(spec) }),
      },
      default: problem,
    },
  };
}

function answerContent(spec: RouteSpec): Record<string, unknown> {
  if (spec.contentType) return { [spec.contentType]: { schema: { type: "string" } } };
  const streamed = {
    "text/event-stream": { schema: { type: "string", description: "events: delta, progress, result, error" } },
  };
  return { ...json(schemaOf(spec.answer)), ...(spec.streams ? streamed : {}) };
}

function json(schema: unknown): Record<string, unknown> {
  return { "application/json": { schema } };
}

function queryParameters(schema: Record<string, unknown>): unknown[] {
  const properties = (schema["properties"] ?? {}) as Record<string, unknown>;
  return Object.entries(properties).map(([name, value]) => ({ name, in: "query", required: false, schema: value }));
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  return rest;
}
