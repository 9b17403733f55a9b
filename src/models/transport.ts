/**
 * How models are reached: by the proxy and the certificates of the place this runs in. Addresses of this computer never
 * go through a proxy, and a redirect is never followed: the key and the prompt go to the address that was set.
 */
import tls from "node:tls";
import type { Dispatcher } from "undici";
import { isCertificateCode, systemCode } from "./evidence.ts";

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/** What is set on this machine; read anew for each request. */
export interface NetworkSettings {
  /** `http://user:password@proxy:3128`; empty: none. Undefined: by the environment (HTTPS_PROXY, HTTP_PROXY). */
  readonly proxy?: string | undefined;
  /** Hosts that are asked directly. Undefined: by the environment (NO_PROXY). */
  readonly noProxy?: readonly string[] | undefined;
  /** Sent to the proxy as `Proxy-Authorization`. */
  readonly proxyAuthorization?: string | undefined;
  /** False: any certificate will do. */
  readonly strictSsl?: boolean | undefined;
  /** Trust the certificates of the operating system besides Node's own (which hold NODE_EXTRA_CA_CERTS). */
  readonly systemCertificates?: boolean | undefined;
}

export interface Network {
  readonly settings: () => NetworkSettings;
  /**
   * A fetch of the host program that finds its proxy and certificates by itself, as VS Code's does: it knows proxy
   * scripts, Kerberos, and asks for a proxy's password. It knows neither `http.proxyStrictSSL` nor NODE_EXTRA_CA_CERTS,
   * nor `http.proxyAuthorization`: then the way of this file is taken.
   */
  readonly hostFetch?: Fetch;
}

export interface Transport {
  /** As the global one, with `redirect: "manual"`. */
  readonly fetch: Fetch;
  /** Closes what is kept open. */
  close(): Promise<void>;
}

type Undici = typeof import("undici");

/** Those who run Node set it up by its environment, and by `--use-system-ca`. */
export const networkOfNode: Network = { settings: () => ({}) };

export function createTransport({ settings, hostFetch }: Network): Transport {
  const dispatchers = new Map<string, Dispatcher>();
  /** Origins whose certificate the host's fetch refused, and which are therefore asked in the way of this file. */
  const untrusted = new Set<string>();
  let undici: Promise<Undici> | undefined;

  const dispatcher = ({ Agent, EnvHttpProxyAgent }: Undici, url: URL, now: NetworkSettings): Dispatcher => {
    const direct = isLoopback(url.hostname);
    const secure = url.protocol === "https:";
    const key = JSON.stringify([direct, secure, now]);
    const known = dispatchers.get(key);
    if (known) return known;
    const trust = {
      ...(now.strictSsl === false ? { rejectUnauthorized: false } : {}),
      ...(secure && now.systemCertificates ? { ca: everyCertificate() } : {}),
    };
    const common = { allowH2: false, connect: trust };
    const made = direct
      ? new Agent(common)
      : new EnvHttpProxyAgent({
          ...common,
          requestTls: trust,
          proxyTls: trust,
          ...(now.proxy === undefined ? {} : { httpProxy: now.proxy, httpsProxy: now.proxy }),
          ...(now.noProxy === undefined ? {} : { noProxy: now.noProxy.join(",") }),
          ...(now.proxyAuthorization ? { token: now.proxyAuthorization } : {}),
        });
    dispatchers.set(key, made);
    return made;
  };

  const ownFetch = async (url: URL, init: RequestInit, now: NetworkSettings): Promise<Response> => {
    undici ??= loadUndici();
    const loaded = await undici;
    // The two kinds of fetch are the same standard; only their types do not know each other.
    const own = loaded.fetch as unknown as (address: URL, init: unknown) => Promise<Response>;
    return own(url, { ...init, dispatcher: dispatcher(loaded, url, now) });
  };

  return {
    async fetch(address, init) {
      const url = new URL(address);
      const asked: RequestInit = { ...init, redirect: "manual" };
      const now = settings();
      if (!hostFetch || now.proxyAuthorization || isLoopback(url.hostname) || untrusted.has(url.origin))
        return ownFetch(url, asked, now);
      try {
        return await hostFetch(address, asked);
      } catch (error) {
        // The connection was refused before anything was sent.
        const hopeful = now.strictSsl === false || process.env["NODE_EXTRA_CA_CERTS"];
        if (!hopeful || !isCertificateCode(systemCode(error))) throw error;
        const response = await ownFetch(url, asked, now);
        untrusted.add(url.origin);
        return response;
      }
    },
    async close() {
      await Promise.all([...dispatchers.values()].map((one) => one.destroy()));
      dispatchers.clear();
    },
  };
}

/** Whether a host name, as `URL` gives it, is this computer. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/.test(name);
}

/**
 * Undici makes itself the dispatcher of the whole process as soon as it is loaded, and VS Code's own `fetch` (that of
 * every extension) would go by it. What stood there before is put back.
 */
async function loadUndici(): Promise<Undici> {
  void globalThis.Response; // Node loads its own copy now at the latest, and keeps its place.
  const slots = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];
  const before = slots.map((slot) => Reflect.get(globalThis, slot));
  const undici = await import("undici");
  for (const [at, slot] of slots.entries()) Reflect.set(globalThis, slot, before[at]);
  return undici;
}

function everyCertificate(): string[] {
  return [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
}
