/** Looks at every part HAPA needs, one after the other; what is wrong is a finding, never an error. */
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { Said } from "../../contract/say.ts";
import type { App } from "../app.ts";
import { explain } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { modelFindings } from "./models.ts";
import type { Finding } from "./report.ts";

const { t } = vscode.l10n;
/** Less free space than this may stop the database soon. */
const lowDiskBytes = 500_000_000;

export async function examine(app: App, signal: AbortSignal): Promise<Finding[]> {
  const findings = [...(await backendFindings(app, signal)), pythonFinding(app), ...proxyFindings()];
  return [...findings, await keyringFinding(app)];
}

async function backendFindings(app: App, signal: AbortSignal): Promise<Finding[]> {
  const name = t("Backend");
  let running: Awaited<ReturnType<App["backend"]["get"]>>["backend"];
  try {
    running = (await app.backend.get()).backend;
  } catch (error) {
    const { message } = explain(error);
    return [{ name, state: "problem", found: inWords(message), advice: t("The log says more: run “HAPA: Show Log”.") }];
  }
  const { database, sandbox, generator } = await running.selfTest(signal);
  const engine = running.sandbox();
  return [
    { name, state: "ok", found: t("answers at {0}", running.url) },
    portFinding(app.settings.port(), Number(new URL(running.url).port)),
    databaseFinding(database),
    sandbox.ok
      ? {
          name: t("Sandbox"),
          state: "ok",
          found: t(
            "ran a program by {0} on Node {1} at {2}",
            engine.engine ?? "?",
            engine.nodeVersion ?? "?",
            engine.nodePath,
          ),
        }
      : {
          name: t("Sandbox"),
          state: "problem",
          found: inWords(sandbox.why ?? ""),
          advice: t(
            "Install Node.js 24 or newer, or name one in the setting “hapa.sandbox.nodePath”, then reload the window.",
          ),
        },
    ...(sandbox.ok && engine.engine === "quickjs"
      ? [
          {
            name: t("Speed"),
            state: "warning" as const,
            found: t("programs run by QuickJS, some eight times slower than by isolated-vm"),
            advice: engine.reason ?? t("Install Node.js 24 or newer, then reload the window."),
          },
        ]
      : []),
    generator.ok
      ? { name: t("Offline generator"), state: "ok", found: t("learned a program in {0} ms", Math.round(generator.ms)) }
      : {
          name: t("Offline generator"),
          state: "problem",
          found: inWords(generator.why ?? ""),
          advice: t("Reload the window. If that does not help, install HAPA again."),
        },
    ...(await modelFindings(app, running, signal)),
  ];
}

function portFinding(wanted: number, got: number): Finding {
  const name = t("Port");
  if (wanted === 0 || wanted === got) return { name, state: "ok", found: String(got) };
  return {
    name,
    state: "ok",
    found: t("{0}, because {1} is in use by another program or another window", got, wanted),
  };
}

function databaseFinding(database: {
  readonly ok: boolean;
  readonly why?: Said;
  readonly path: string;
  readonly bytes: number;
  readonly freeBytes: number;
}): Finding {
  const name = t("Database");
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  if (!database.ok)
    return {
      name,
      state: "problem",
      found: t("{0}: {1}", database.path, inWords(database.why ?? "")),
      advice: t("Reload the window. If that does not help, move the file away to start afresh."),
    };
  const found = t(
    "{0}, {1} MB; {2} MB are free on its disk",
    database.path,
    megabytes(database.bytes),
    megabytes(database.freeBytes),
  );
  if (database.freeBytes >= lowDiskBytes) return { name, state: "ok", found };
  return { name, state: "warning", found, advice: t("The disk is nearly full: free some space.") };
}

function pythonFinding({ backend }: App): Finding {
  const python = backend.running()?.sandbox().python;
  const name = "Python";
  if (python?.state === "ready" || python?.state === "starting")
    return { name, state: "ok", found: python.engine ?? "" };
  return {
    name,
    state: "off",
    found: python?.reason ?? t("starts with the first Python program; “HAPA: Set Up Python…” fetches what it needs"),
  };
}

/** What VS Code and the environment say about the way out; HAPA follows both. */
function proxyFindings(): Finding[] {
  const http = vscode.workspace.getConfiguration("http");
  const proxy = http.get<string>("proxy", "") || process.env["HTTPS_PROXY"] || process.env["https_proxy"] || "";
  const extraCa = process.env["NODE_EXTRA_CA_CERTS"];
  const strict = http.get<boolean>("proxyStrictSSL", true);
  return [
    proxy
      ? {
          name: t("Proxy"),
          state: "ok",
          found: t("{0} (http.proxySupport: {1})", proxy, http.get<string>("proxySupport", "")),
        }
      : { name: t("Proxy"), state: "off", found: t("none is set") },
    extraCa && !existsSync(extraCa)
      ? {
          name: t("Certificates"),
          state: "problem",
          found: t("NODE_EXTRA_CA_CERTS names {0}, which does not exist", extraCa),
          advice: t("Correct the path in the environment that VS Code is started from."),
        }
      : strict
        ? {
            name: t("Certificates"),
            state: "ok",
            found: extraCa ? t("the system's, and those in {0}", extraCa) : t("the system's"),
          }
        : {
            name: t("Certificates"),
            state: "warning",
            found: t("are not checked: http.proxyStrictSSL is off"),
            advice: t("Switch http.proxyStrictSSL on, and add your proxy's certificate to the system's instead."),
          },
  ];
}

/** Keeps, reads and forgets something. */
async function keyringFinding({ secrets }: App): Promise<Finding> {
  const name = t("Secret storage");
  try {
    await secrets.probe();
    return { name, state: "ok", found: t("keeps and gives back") };
  } catch (error) {
    return {
      name,
      state: "problem",
      found: inWords(explain(error).message),
      advice: t(
        "API keys cannot be kept. See that a keyring (such as gnome-keyring or KWallet) is unlocked, then reload the window.",
      ),
    };
  }
}
