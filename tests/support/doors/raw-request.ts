import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

type Asked = {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: { readonly servername: string };
};

/**
 * One request as it stands, letter by letter: clients put odd paths right before they send them. 0: no answer, or none
 * of HTTP.
 */
export function rawRequest({
  port,
  path,
  method = "GET",
  headers = {},
  tls,
}: Asked): Promise<{ status: number; text: string }> {
  const { host = tls?.servername ?? "127.0.0.1", ...others } = headers;
  const lines = Object.entries({ host, connection: "close", "content-length": "0", ...others }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return new Promise((resolve, reject) => {
    const text: Buffer[] = [];
    const begin = () => void socket.write(Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"));
    const socket: Socket = tls
      ? connectTls({ port, host: "127.0.0.1", servername: tls.servername, rejectUnauthorized: false }, begin)
      : connect({ port, host: "127.0.0.1" }, begin);
    const end = () => {
      const all = Buffer.concat(text).toString("latin1");
      resolve({ status: Number(/^HTTP\/1\.\d (\d{3})/.exec(all)?.[1] ?? 0), text: all });
      socket.destroy();
    };
    socket.on("data", (chunk: Buffer) => {
      text.push(chunk);
      // Nothing closes what was upgraded.
      if (chunk.subarray(0, 12).toString().endsWith(" 101")) end();
    });
    socket.on("close", end);
    socket.on("error", (error) => (text.length > 0 ? end() : reject(error)));
  });
}
