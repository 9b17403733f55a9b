/**
 * Puts the npm package that runs Python into a folder: fetched from a registry, a mirror or a downloaded file, checked
 * against its known checksum before anything of it is unpacked, and whole or not there at all.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, constants, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { HapaError } from "../contract/errors.ts";
import { type Said, say } from "../contract/say.ts";

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Of the archive, as package-lock.json has it: "sha512-…". */
  readonly integrity: string;
  /** What is taken out of it; the others are not needed. */
  readonly files: readonly string[];
}

export interface Fetching {
  readonly signal: AbortSignal;
  /** Bytes so far, and of how many where that is known. */
  readonly onBytes?: (bytes: number, total: number | undefined) => void;
}

/** A registry or mirror (its address, or that of the archive itself), or the absolute path of a downloaded archive. */
export type Source = { readonly url: URL } | { readonly path: string };

const mostBytes = 64_000_000;
const mostUnpackedBytes = 256_000_000;
/** How long a server may send nothing, in ms. */
const silenceMs = 30_000;
/** What a killed process left behind is removed after so long; until then it may be another window at work. */
const abandonedMs = 3_600_000;
const tellEveryBytes = 200_000;

/** @throws HapaError("invalid_request") where it is neither an address nor a path. */
export function sourceOf(text: string, { name, version }: Pick<PublishedPackage, "name" | "version">): Source {
  if (isAbsolute(text)) return { path: text };
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password) {
    const message = say`The source of Python ("hapa.python.source" in VS Code, --python-source of a server) is neither an address without a password (such as https://registry.npmjs.org) nor the absolute path of a downloaded ${name}-${version}.tgz.`;
    throw new HapaError("invalid_request", message);
  }
  if (!url.pathname.endsWith(".tgz")) {
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/${name}/-/${name.replace(/^.*\//, "")}-${version}.tgz`;
  }
  return { url };
}

/** Where it comes from, in words. */
export function describeSource(source: Source): string {
  return "path" in source ? source.path : source.url.host;
}

/** Whether a folder holds all that is needed of this package. */
export async function holdsPackage(folder: string, { version, files }: PublishedPackage): Promise<boolean> {
  try {
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version?: unknown };
    return manifest.version === version && sizes.every((size) => size > 0);
  } catch {
    return false; // Something of it is missing.
  }
}

/**
 * Makes `folder` hold the package. Cancelled, killed, failed, or done by two processes at once: nothing half is left in
 * its place.
 * @throws HapaError sandbox_unavailable (it could not be had, or is not what was published), storage_failed,
 * client_closed_request
 */
export async function installPackage(
  published: PublishedPackage,
  source: Source,
  folder: string,
  { signal, onBytes }: Fetching,
): Promise<void> {
  const silent = new AbortController();
  let partial: string | undefined;
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    await sweep(folder);
    partial = await mkdtemp(`${folder}.partial-`);
    const archive = join(partial, "package.tgz");
    const either = AbortSignal.any([signal, silent.signal]);
    const found = await download(source, archive, { signal: either, silent, ...(onBytes ? { onBytes } : {}) });
    if (found !== published.integrity) {
      throw unavailable(
        say`What ${describeSource(source)} gave is not ${published.name} ${published.version} as it was published (its checksum is another), so it was thrown away. Try again, or choose another source.`,
      );
    }
    const unpacked = readTar(await promisify(gunzip)(await readFile(archive), { maxOutputLength: mostUnpackedBytes }));
    await rm(archive);
    for (const file of published.files) {
      const content = unpacked.get(file);
      if (!content) throw unavailable(say`The archive holds no ${file}.`);
      signal.throwIfAborted();
      await writeFile(join(partial, file), content, { flush: true });
    }
    await moveTo(folder, partial, published);
  } catch (error) {
    if (signal.aborted) throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause: error });
    throw explain(error, source, dirname(folder), silent.signal.aborted);
  } finally {
    if (partial) await rm(partial, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Writes the archive to a file. @returns its integrity, as npm writes it */
async function download(
  source: Source,
  archive: string,
  { signal, silent, onBytes }: Fetching & { readonly silent: AbortController },
): Promise<string> {
  const hash = createHash("sha512");
  let timer: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(), silenceMs);
  };
  heard();
  try {
    const { body, total } = await open(source, signal);
    let [bytes, told] = [0, 0];
    const count = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        heard();
        hash.update(chunk);
        bytes += chunk.length;
        if (bytes > mostBytes) throw unavailable(say`What ${describeSource(source)} gives has no end.`);
        if (bytes - told >= tellEveryBytes || bytes === total) {
          told = bytes;
          onBytes?.(bytes, total);
        }
        yield chunk;
      }
    };
    await pipeline(body, count, createWriteStream(archive), { signal });
  } finally {
    clearTimeout(timer);
  }
  return `sha512-${hash.digest("base64")}`;
}

async function open(source: Source, signal: AbortSignal) {
  if ("path" in source) {
    const file = await access(source.path, constants.R_OK)
      .then(() => stat(source.path))
      .catch((cause: unknown) => {
        throw unavailable(say`The file ${source.path} cannot be read.`, cause);
      });
    if (!file.isFile()) throw unavailable(say`${source.path} is not a file.`);
    return { body: createReadStream(source.path) as AsyncIterable<Uint8Array>, total: file.size };
  }
  // The editor's own `fetch` follows its proxy settings. A compressed transfer would not be what the checksum is of.
  const response = await fetch(source.url, { signal, headers: { "accept-encoding": "identity" } });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const { host } = source.url;
    const status = response.status;
    throw unavailable(
      status === 404
        ? say`${host} does not have it (404 at ${source.url.pathname}).`
        : status === 401 || status === 403
          ? say`${host} wants a login for it (${status}).`
          : say`${host} answered ${status}.`,
    );
  }
  const length = Number(response.headers.get("content-length"));
  return { body: response.body as AsyncIterable<Uint8Array>, total: length > 0 ? length : undefined };
}

/** The regular files of a tar archive (POSIX.1-1988 ustar), by their path inside the package's one folder. */
function readTar(tar: Buffer): Map<string, Buffer> {
  const block = 512;
  const files = new Map<string, Buffer>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number) =>
      tar.toString("utf8", at + from, at + from + length).split("\0", 1)[0];
    const size = Number.parseInt(field(124, 12) ?? "", 8);
    if (!(size >= 0)) throw unavailable(say`The archive is no tar file.`);
    const start = at + block;
    const type = field(156, 1);
    const name = [field(345, 155), field(0, 100)].filter(Boolean).join("/");
    if (type === "0" || type === "") files.set(name.slice(name.indexOf("/") + 1), tar.subarray(start, start + size));
    at = start + Math.ceil(size / block) * block;
  }
  return files;
}

/** In one step, so that nobody ever sees half of it. */
async function moveTo(folder: string, partial: string, published: PublishedPackage): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (await holdsPackage(folder, published)) return; // Another window was faster.
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error))) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
}

async function sweep(folder: string): Promise<void> {
  const start = `${basename(folder)}.partial-`;
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(start)) continue;
    const path = join(dirname(folder), name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0, // Its window has just removed it.
    );
    if (age > abandonedMs) await rm(path, { recursive: true, force: true });
  }
}

function explain(error: unknown, source: Source, folder: string, wasSilent: boolean): HapaError {
  if (error instanceof HapaError) return error;
  const where = describeSource(source);
  if (wasSilent) return unavailable(say`${where} sent nothing for ${silenceMs / 1000} s.`, error);
  const code = codeOf(error);
  const { cause, message } = error as Error;
  if (code === "ENOSPC" || code === "EDQUOT") {
    const text = say`There is no room for Python on the disk of ${folder}: it needs 25 MB. Make room and try again.`;
    return new HapaError("storage_failed", text, undefined, { cause: error });
  }
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|EMFILE)$/.test(code)) {
    const text = say`Python cannot be kept in ${folder} (${code}): see that HAPA may write there, and try again.`;
    return new HapaError("storage_failed", text, undefined, { cause: error });
  }
  const why = (cause ? codeOf(cause) || (cause as Error).message : code) || message;
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(why)) {
    return unavailable(say`${where} cannot be reached (${why}): is this computer online?`, error);
  }
  return unavailable(say`The connection to ${where} broke off (${String(why).slice(0, 200)}): try again.`, error);
}

const advice = say`Another way: download the archive elsewhere and name it in the setting "hapa.python.source" (on a server: --python-source). Behind a proxy, a server also needs NODE_USE_ENV_PROXY=1 and HTTPS_PROXY.`;

function unavailable(why: Said, cause?: unknown): HapaError {
  return new HapaError("sandbox_unavailable", say`Python could not be set up. ${why} ${advice}`, undefined, { cause });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}
