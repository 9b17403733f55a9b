/** Stands before a server and breaks each connection after so many bytes as it is told. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface CuttingProxy {
  readonly url: string;
  /** How many connections it broke. */
  cuts(): number;
  close(): Promise<void>;
}

/** @param bytesOfNext After how many bytes of answer the next connection breaks. */
export async function startCuttingProxy(target: string, bytesOfNext: () => number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let left = bytesOfNext();
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    // The guard knows the server by its own name only.
    near.on("data", (chunk: Buffer) => {
      const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      far.write(chunk.toString("latin1").replace(own, `${hostname}:${port}`), "latin1");
    });
    far.on("data", (chunk: Buffer) => {
      near.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left > 0) return;
      cuts += 1;
      far.destroy();
      near.destroySoon();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
