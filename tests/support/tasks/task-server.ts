import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  readonly text: string;
};
export type Answered = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * For tests: a server on loopback that stands in for a task manager which cannot be had here. What it answers is
 * written after that manager's public documentation; it keeps items, so that a second one would be seen.
 */
export type TaskServer = {
  readonly url: string;
  readonly asked: Asked[];
  /**
   * The next answers, in place of its own. `lost`: it does what it is asked, and the answer does not arrive. `slow`: it
   * never answers.
   */
  readonly next: (Answered | "lost" | "slow")[];
  close(): Promise<void>;
};

export async function startTaskServer(answer: (asked: Asked) => Answered): Promise<TaskServer> {
  const asked: Asked[] = [];
  const next: TaskServer["next"] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
      const one: Asked = {
        method: request.method ?? "",
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: text.startsWith("{") ? JSON.parse(text) : text,
        text,
      };
      asked.push(one);
      const how = next.shift();
      if (how === "slow") return;
      const { status, body, headers = {} } = how === undefined || how === "lost" ? answer(one) : how;
      if (how === "lost") return request.socket.destroy();
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    next,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
