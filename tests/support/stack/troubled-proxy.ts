import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Answer of the proxy instead of passing a request on; null: it passes it on. */
export type Trouble = (
  method: string,
  path: string,
) => { readonly status: number; readonly type: string; readonly body: string } | null;

export type TroubledProxy = {
  readonly url: string;
  /** Requests that were kept from the homeserver, with the time of each. */
  readonly kept: { readonly path: string; readonly at: number }[];
  trouble: Trouble;
  readonly stop: () => Promise<void>;
};

/** Stands between the service and its homeserver, as a reverse proxy does, and answers in its place when told to. */
export async function startTroubledProxy(target: string): Promise<TroubledProxy> {
  const kept: TroubledProxy["kept"] = [];
  const server = createServer((incoming, answer) => {
    const [method, path] = [incoming.method ?? "GET", incoming.url ?? "/"];
    const instead = proxy.trouble(method, path);
    if (instead) {
      kept.push({ path, at: Date.now() });
      incoming
        .resume()
        .on("end", () => answer.writeHead(instead.status, { "content-type": instead.type }).end(instead.body));
      return;
    }
    const onward = request(
      new URL(path, target),
      { method, headers: { ...incoming.headers, host: new URL(target).host } },
      (theirs: IncomingMessage) => {
        answer.writeHead(theirs.statusCode ?? 502, theirs.headers);
        theirs.pipe(answer);
      },
    );
    onward.on("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: TroubledProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    trouble: () => null,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
