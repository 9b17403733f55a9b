/**
 * Which room may know of which: `npm run check:deps`. Imports point one way:
 *
 *   extension → client → contract
 *   backend → assistant, generation, learning → models, validation, synthesis, sandbox, store → contract
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other to load are one file in two places. (Types may know each other.)",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "found",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared",
      comment: "What runs uses only packages named under dependencies; tools and webviews may use the others.",
      severity: "error",
      from: { path: "^src/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
        pathNot: "node_modules/@types/vscode/",
      },
    },
    {
      name: "only-the-extension-knows-vscode",
      severity: "error",
      from: { pathNot: "^(src/extension|test/vscode)/" },
      to: { path: "^vscode$|node_modules/@types/vscode/" },
    },
    ...Object.entries({
      contract: [],
      client: ["contract"],
      // It may start the backend inside its own process, through that room's door only (next rule).
      extension: ["contract", "client", "backend"],
      backend: [
        "contract",
        "client",
        "assistant",
        "generation",
        "learning",
        "models",
        "validation",
        "synthesis",
        "sandbox",
        "webhooks",
        "store",
        "observability",
      ],
      // The assistant's conversations and completions.
      assistant: ["contract", "generation", "models", "validation", "store", "observability"],
      generation: ["contract", "models", "synthesis", "sandbox", "store", "observability"],
      learning: ["contract", "models", "synthesis", "sandbox", "store", "observability", "generation"],
      // Whatever answers like a language model, and what it may cost.
      models: ["contract", "store", "observability"],
      // Events on their way to other servers.
      webhooks: ["contract", "store"],
      // Whether code is right as a text: syntax, types, lint.
      validation: ["contract"],
      // Statistics are plain numbers in, plain numbers out (see the rule below): one Wilson interval for everybody.
      synthesis: ["contract", "learning/statistics"],
      sandbox: ["contract"],
      store: ["contract"],
      observability: ["contract"],
    }).map(([room, allowed]) => ({
      name: `${room}-imports`,
      comment: `src/${room} may import: ${allowed.join(", ") || "nothing else of src"}.`,
      severity: "error",
      from: { path: `^src/${room}/` },
      to: { path: "^(src|webview-ui|test|scripts)/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
    })),
    {
      name: "statistics-know-nothing",
      comment: "What decides is pure: no input or output, no clock, and nothing else of src.",
      severity: "error",
      from: { path: "^src/learning/statistics/" },
      to: { pathNot: "^src/learning/statistics/" },
    },
    {
      name: "the-backend-has-one-door",
      comment: "The extension starts the backend with backend/server.ts, loaded when first needed.",
      severity: "error",
      from: { path: "^src/extension/" },
      to: { path: "^src/backend/", pathNot: "^src/backend/server\\.ts$" },
    },
    {
      name: "the-backend-is-loaded-lazily",
      comment: "An eager import would put the whole backend into the extension's activation.",
      severity: "error",
      from: { path: "^src/extension/" },
      to: { path: "^src/backend/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    {
      name: "inner-rooms-know-no-http-and-no-sql",
      severity: "error",
      // The child reads its own pipe by a socket of `net`.
      from: { path: "^src/(synthesis|sandbox|validation)/", pathNot: "^src/sandbox/child/frames\\.ts$" },
      to: { path: "^(http|https|http2|net)$|node_modules/(express|openai|kysely|better-sqlite3|pino|prom-client)/" },
    },
    {
      name: "webviews-know-the-contract-only",
      severity: "error",
      from: { path: "^webview-ui/" },
      to: { path: "^(src|test|scripts)/", pathNot: "^src/contract/" },
    },
    {
      name: "nothing-knows-the-tests",
      severity: "error",
      from: { path: "^(src|webview-ui)/" },
      to: { path: "^(test|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // esbuild.mjs imports the package of its own name, which the resolver takes for the file itself.
    exclude: { path: "(^|/)(dist|out|fixtures)/|^test/hostile/(programs|python)/|^esbuild\\.mjs$" },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no API yet: the `typescript` dev dependency is version 6 for this tool; `tsc` is version 7.
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
