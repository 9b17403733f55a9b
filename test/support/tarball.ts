/** What an npm registry serves: a package of node_modules as an archive with its checksum, and a server that gives it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PublishedPackage } from "../../src/backend/python-download.ts";
import { pyodide } from "../../src/backend/python-runtime.ts";

export interface Archive {
  readonly bytes: Buffer;
  readonly published: PublishedPackage;
}

/** `npm pack` of files: under `package/`, as ustar, with its checksum. */
export function packFiles(contents: Readonly<Record<string, Buffer | string>>, files: readonly string[]): Archive {
  const blocks = Object.entries(contents).flatMap(([name, content]) => {
    const data = Buffer.from(content);
    return [header(`package/${name}`, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  const bytes = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 });
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  return { bytes, published: { name: "pyodide", version: "314.0.7", integrity, files } };
}

/** Pyodide as npm would send it, made from the copy in node_modules. */
export async function packPyodide(): Promise<Archive> {
  const folder = join(import.meta.dirname, "../../node_modules/pyodide");
  const names = [...pyodide.files, "README.md"];
  const contents = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
  return packFiles(Object.fromEntries(contents), pyodide.files);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

export interface Registry {
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: readonly string[];
  answer(listener: RequestListener): void;
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const requests: string[] = [];
  let listener: RequestListener = (_, res) => res.writeHead(404).end();
  const server = createServer((req, res) => {
    requests.push(req.url ?? "");
    listener(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      listener = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
