/**
 * How models are reached from inside VS Code: by its own `fetch`, which follows `http.proxy`, `http.proxySupport`,
 * `http.noProxy`, proxy scripts and the system's certificates. What that one does not follow (`http.proxyStrictSSL`,
 * `http.proxyAuthorization`, NODE_EXTRA_CA_CERTS) is told to the backend, which then goes its own way.
 */
import * as vscode from "vscode";
import type { Network } from "../../backend/server.ts";

export function createNetwork(): Network {
  return {
    // Looked up at each call: VS Code puts its own in place of Node's.
    hostFetch: (address, init) => globalThis.fetch(address, init),
    settings() {
      const http = vscode.workspace.getConfiguration("http");
      const text = (name: string) => http.get<string | null>(name, null)?.trim() || undefined;
      const noProxy = http.get<readonly string[] | null>("noProxy", null) ?? [];
      return {
        // Without a setting, the environment says it, as for VS Code itself.
        proxy: text("proxySupport") === "off" ? "" : text("proxy"),
        noProxy: noProxy.length > 0 ? noProxy : undefined,
        proxyAuthorization: text("proxyAuthorization"),
        strictSsl: http.get<boolean>("proxyStrictSSL", true),
        systemCertificates: http.get<boolean>("systemCertificates", true),
      };
    },
  };
}
