import { IncomingMessage, type Server, ServerResponse } from "node:http";
import { Duplex } from "node:stream";
import type { Socket } from "node:net";

export type HttpRequest = {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
export type HttpAnswer = { readonly status: number; readonly body: unknown };

/** Sends a request to a server that does not listen, without a socket; answered as a client would be. */
export function ask(server: Server, { method, path, headers = {}, body }: HttpRequest): Promise<HttpAnswer> {
  const socket = wire();
  const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const request = new IncomingMessage(socket);
  Object.assign(request, { method, url: path, httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1 });
  Object.assign(request.headers, { host: "service" }, headers);
  if (bytes)
    Object.assign(request.headers, { "content-type": "application/json", "content-length": `${bytes.length}` });
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  const parts: Buffer[] = [];
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  response.write = ((part: string | Buffer, ...rest: []) => {
    parts.push(Buffer.from(part));
    return write(part, ...rest);
  }) as typeof response.write;
  response.end = ((part?: string | Buffer | (() => void), ...rest: []) => {
    if (typeof part === "string" || Buffer.isBuffer(part)) parts.push(Buffer.from(part));
    return end(part as string, ...rest);
  }) as typeof response.end;
  const answered = new Promise<HttpAnswer>((resolve) =>
    response.once("finish", () =>
      resolve({ status: response.statusCode, body: parsed(Buffer.concat(parts).toString("utf8")) }),
    ),
  );
  server.emit("request", request, response);
  if (bytes) request.push(bytes);
  request.complete = true;
  request.push(null);
  return answered;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wire(): Socket {
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  return Object.assign(socket, { remoteAddress: "127.0.0.1", encrypted: false }) as Duplex as Socket;
}
