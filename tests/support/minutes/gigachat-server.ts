import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const tls = (file: string) => join(import.meta.dirname, "tls", file);
export const AUTHORITY = tls("authority.pem");

/**
 * For tests: a local stand-in for GigaChat, which cannot be had without an account. It speaks the documented protocol
 * over HTTPS with an authority of its own: `/api/v2/oauth` gives tokens for the right key, `/api/v1/chat/completions`
 * answers those that live.
 */
export async function gigachatServer({ key, livesMs, answer }: { key: string; livesMs: () => number; answer: string }) {
  const tokens = new Set<string>();
  const exchanges: { readonly rquid: string; readonly scope: string | null }[] = [];
  let chats = 0;
  const server = createServer(
    { key: readFileSync(tls("server.key")), cert: readFileSync(tls("server.pem")) },
    async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const reply = (status: number, value: unknown) =>
        void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
      const authorization = request.headers.authorization ?? "";
      if (request.url === "/api/v2/oauth") {
        exchanges.push({ rquid: String(request.headers["rquid"]), scope: new URLSearchParams(body).get("scope") });
        if (authorization !== `Basic ${key}`)
          return reply(401, { code: 6, message: "credentials doesn't match db data" });
        const token = `token-${exchanges.length}`;
        tokens.add(token);
        return reply(200, { access_token: token, expires_at: Date.now() + livesMs() });
      }
      chats += 1;
      if (!tokens.has(authorization.replace(/^Bearer /, "")))
        return reply(401, { status: 401, message: "Token has expired" });
      if ("response_format" in (JSON.parse(body) as object))
        return reply(422, { status: 422, message: "Invalid params: response_format" });
      return reply(200, {
        choices: [{ message: { role: "assistant", content: answer }, index: 0, finish_reason: "stop" }],
        created: 0,
        model: "GigaChat",
        object: "chat.completion",
      });
    },
  );
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    get chats() {
      return chats;
    },
    /** All tokens end, whatever was promised. */
    endTokens: () => tokens.clear(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
