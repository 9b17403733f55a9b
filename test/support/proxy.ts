/**
 * A scripted HTTP proxy: tunnels (CONNECT) and forwards, and may want a name and a password. Whatever host is asked for,
 * the port is that of this computer, so that a test may call a server by a name that is not loopback.
 */
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface TestProxy {
  /** `http://127.0.0.1:PORT`, without the password. */
  readonly url: string;
  /** `host:port` of what went through. */
  readonly passed: readonly string[];
  /** How many were refused for want of a password. */
  readonly refused: number;
  stop(): Promise<void>;
}

/** @param login `name:password`; everybody may pass where it is not given */
export async function startProxy(login?: string): Promise<TestProxy> {
  const passed: string[] = [];
  const sockets = new Set<Socket>();
  let refused = 0;
  const wanted = login && `Basic ${Buffer.from(login).toString("base64")}`;
  const mayPass = (request: IncomingMessage) => {
    const may = !wanted || request.headers["proxy-authorization"] === wanted;
    if (!may) refused += 1;
    return may;
  };
  const server = createServer((request, response) => {
    if (!mayPass(request)) return void response.writeHead(407, { "proxy-authenticate": 'Basic realm="tests"' }).end();
    const target = new URL(request.url ?? "");
    passed.push(target.host);
    const { method, headers } = request;
    const onward = httpRequest({ host: "127.0.0.1", port: target.port, path: target.pathname, method, headers });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.on("connect", (request, client: Socket) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    if (!mayPass(request)) {
      const refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="tests"';
      client.end(`${refusal}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    passed.push(request.url ?? "");
    const onward = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(client);
      client.pipe(onward);
    });
    sockets.add(onward);
    onward.on("error", () => client.destroy());
    client.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    get refused() {
      return refused;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
