/** The backend on its own: `npm run serve -- [--port N] [--host H] [--data DIR] [--json]`. Composition root of the server. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HapaError } from "../contract/errors.ts";
import { type LogLevel, logLevels } from "../observability/log.ts";
import { isNetwork } from "../webhooks/targets.ts";
import { createPythonRuntime, type PythonOptions } from "./python-runtime.ts";
import { type ModelSettings, startBackend, withoutPassword } from "./server.ts";

const usage = `Usage: npm run serve -- [options]
  --port N          first port to try (8000); the next free one is taken
  --host H          address to listen on (127.0.0.1)
  --allow-host H    a further host name this server may be called by (may be repeated)
  --data DIR        data folder (HAPA_DATA, else the user's own)
  --json            first line on stdout: {"url", "api_key"}
  --new-key         make another admin key and show it
  --requests-per-minute N       of one key (60000)
  --model-tokens-per-minute N   of one key (1000000)
  --set-up-python   first fetch what runs Python programs (Pyodide, 6.5 MB) into the data folder, where it is missing
  --python-source S where from: an npm registry or mirror (https://registry.npmjs.org), or a downloaded .tgz file
  --dataset-days N  days that sampled executions are kept as files (90); see docs/datasets.md
  --dataset-mb N    all of them together (2000)
  --monthly-cap-usd N           models may cost so much in a calendar month (UTC); calls that may go beyond it are refused
  --allow-webhooks-to NET       webhooks may reach this private address or network (10.1.0.0/16; may be repeated)
  --log LEVEL       ${logLevels.join(", ")} (info); log lines go to stderr
Model (optional): HAPA_MODEL_BASE_URL, HAPA_MODEL, HAPA_MODEL_API_KEY, HAPA_MODEL_PRICES="in,out" in USD per million tokens.
Network: models are reached by the proxy in HTTPS_PROXY (HTTP_PROXY for http:// addresses; http://user:password@proxy:port),
except hosts in NO_PROXY and this computer itself. A certificate authority of your own is trusted with NODE_EXTRA_CA_CERTS=FILE;
those of the operating system with NODE_OPTIONS=--use-system-ca.`;

const values = readArguments();

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8000" },
        host: { type: "string", default: "127.0.0.1" },
        "allow-host": { type: "string", multiple: true, default: [] },
        data: { type: "string" },
        json: { type: "boolean", default: false },
        "new-key": { type: "boolean", default: false },
        "requests-per-minute": { type: "string" },
        "model-tokens-per-minute": { type: "string" },
        "set-up-python": { type: "boolean", default: false },
        "python-source": { type: "string", default: "" },
        "monthly-cap-usd": { type: "string" },
        "allow-webhooks-to": { type: "string", multiple: true, default: [] },
        "dataset-days": { type: "string" },
        "dataset-mb": { type: "string" },
        log: { type: "string", default: "info" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`);
  }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port ${values.port} is not a port (0 to 65535).`);
  const logLevel = logLevels.find((level) => level === values.log) as LogLevel | undefined;
  if (!logLevel) fail(`--log ${values.log}: choose one of ${logLevels.join(", ")}.`);
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = existsSync(join(here, "sandbox-child.cjs"));
  const model = modelFromEnvironment();
  const monthlyCapUsd = monthlyCap(model);
  const dataDir = values.data ?? process.env["HAPA_DATA"] ?? defaultDataDir();
  const networks = values["allow-webhooks-to"];
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined)
    fail(`--allow-webhooks-to ${wrong} is no address or network, such as 10.1.0.0/16 or fd00::/8.`);
  const python: PythonOptions = { source: () => values["python-source"] };
  if (values["set-up-python"]) await setUpPython(dataDir, python);
  const backend = await startBackend({
    dataDir,
    host: values.host,
    port,
    allowedHosts: values["allow-host"],
    files: bundled
      ? {
          sandboxChild: join(here, "sandbox-child.cjs"),
          synthesisWorker: join(here, "synthesis-worker.cjs"),
          validationWorker: join(here, "validation-worker.cjs"),
          dashboard: join(here, "dashboard"),
        }
      : {
          sandboxChild: join(here, "../sandbox/child/main.ts"),
          synthesisWorker: join(here, "../synthesis/worker.ts"),
          validationWorker: join(here, "../validation/worker.ts"),
          dashboard: join(here, "../../dist/dashboard"),
        },
    python,
    model: async () => model,
    monthlyCapUsd: () => monthlyCapUsd,
    limits: {
      ...limit("requestsPerMinute", "requests-per-minute"),
      ...limit("modelTokensPerMinute", "model-tokens-per-minute"),
    },
    webhooks: { allowed: () => networks },
    datasets: {
      ...limit("retentionDays", "dataset-days"),
      ...limit("bytes", "dataset-mb", 1_000_000),
    },
    makeKey: values["new-key"] ? "always" : "first-start",
    onLog: (line) => process.stderr.write(line),
    logLevel,
  });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130); // asked twice: at once
    stopping = true;
    backend.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`It did not stop well: ${error instanceof Error ? error.message : error}`),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  if (values.json) process.stdout.write(`${JSON.stringify({ url: backend.url, api_key: backend.apiKey })}\n`);
  else {
    console.log(`HAPA listens on ${backend.url} (API: ${backend.url}/docs)`);
    if (backend.apiKey) console.log(`Admin key, shown only now: ${backend.apiKey}`);
    console.log(
      model
        ? `Model: ${model.name} at ${withoutPassword(model.baseUrl)}`
        : "No model: programs are learned from examples, offline.",
    );
    const link = await backend.dashboardLink();
    if (link) console.log(`Dashboard (this link works once, for five minutes): ${link}`);
    console.log("Ctrl+C stops it.");
  }
}

async function setUpPython(dataDir: string, options: PythonOptions): Promise<void> {
  const runtime = createPythonRuntime(dataDir, options);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    await runtime.setUp(stopped.signal, (message) => process.stderr.write(`${message}\n`));
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    await runtime.settled();
    process.exit(130);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
  process.stderr.write(`Python is in ${await runtime.folder()}\n`);
}

/** A number of 1 or more, where the option was given. */
function limit<Name extends string>(
  name: Name,
  option: "requests-per-minute" | "model-tokens-per-minute" | "dataset-days" | "dataset-mb",
  unit = 1,
): Partial<Record<Name, number>> {
  const text = values[option];
  if (text === undefined) return {};
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) fail(`--${option} ${text} is not a number of 1 or more.`);
  return { [name]: count * unit } as Record<Name, number>;
}

/** In USD; undefined: none. Says so where it cannot hold. */
function monthlyCap(model: ModelSettings | undefined): number | undefined {
  const text = values["monthly-cap-usd"];
  if (text === undefined) return undefined;
  const cap = text.trim() === "" ? Number.NaN : Number(text);
  if (!(Number.isFinite(cap) && cap >= 0)) fail(`--monthly-cap-usd ${text} is not an amount of 0 or more.`);
  if (model && !model.prices)
    process.stderr.write(
      "The monthly cap cannot hold: without HAPA_MODEL_PRICES, what a call costs is not known, and none is refused.\n",
    );
  return cap;
}

function modelFromEnvironment(): ModelSettings | undefined {
  const {
    HAPA_MODEL_BASE_URL: baseUrl,
    HAPA_MODEL: name,
    HAPA_MODEL_API_KEY: apiKey,
    HAPA_MODEL_PRICES: prices,
  } = process.env;
  if (!baseUrl && !name) return undefined;
  if (!baseUrl || !name) fail("A model needs both HAPA_MODEL_BASE_URL and HAPA_MODEL.");
  if (!URL.canParse(baseUrl))
    fail("HAPA_MODEL_BASE_URL is not an address: it should look like https://api.openai.com/v1.");
  const [prompt, completion] = (prices ?? "").split(",").map(Number);
  const priced = prompt !== undefined && completion !== undefined && prompt >= 0 && completion >= 0;
  return { baseUrl, name, ...(apiKey ? { apiKey } : {}), ...(priced ? { prices: { prompt, completion } } : {}) };
}

function defaultDataDir(): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "hapa");
  if (process.platform === "win32") return join(process.env["LOCALAPPDATA"] ?? homedir(), "hapa");
  return join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "hapa");
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof HapaError ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exit(1);
});
