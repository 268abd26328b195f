import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly delayMs?: number;
  /** The answer in pieces, for requests of a stream. */
  readonly pieces?: readonly string[];
  /** The stream never ends. */
  readonly stalls?: boolean;
};
export type Asked = {
  readonly response_format?: { readonly type: string };
  readonly messages: readonly { role: string; content: string }[];
  readonly max_tokens: number;
  readonly logprobs?: boolean;
  readonly stream?: boolean;
};

/** For tests: an HTTP server on a free port that speaks as an OpenAI-compatible one would, as far as `reply` knows. */
export async function chatServer(reply: (asked: Asked, nth: number) => Reply) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const question = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    asked.push(question);
    const { status, body, headers = {}, delayMs = 0, pieces, stalls = false } = reply(question, asked.length);
    if (question.stream && pieces) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const content of pieces)
        response.write(
          `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 0, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`,
        );
      if (!stalls) response.end("data: [DONE]\n\n");
      return;
    }
    setTimeout(
      () => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body)),
      delayMs,
    );
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An answer of the model, wrapped as the API wraps it. */
export function says(content: string): Reply {
  return {
    status: 200,
    body: {
      id: "1",
      object: "chat.completion",
      created: 0,
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    },
  };
}

/** A word, with the probabilities of yes and no in its place where they are asked for. */
export function leans(yes: number, { logprobs }: Asked): Reply {
  const { body, ...reply } = says(yes > 0.5 ? "Yes" : "No");
  const place = {
    top_logprobs: [
      { token: "Yes", logprob: Math.log(yes) },
      { token: " no", logprob: Math.log(1 - yes) },
    ],
  };
  const { choices, ...rest } = body as { choices: readonly object[] };
  return {
    ...reply,
    body: {
      ...rest,
      choices: choices.map((choice) => ({ ...choice, ...(logprobs ? { logprobs: { content: [place] } } : {}) })),
    },
  };
}

/** The same, in pieces of so many letters where a stream is asked for. */
export function streams(content: string, letters = 20): Reply {
  return { ...says(content), pieces: content.match(new RegExp(`[\\s\\S]{1,${letters}}`, "g")) ?? [] };
}
