// A server of OpenAI's chat API on loopback, with a language model in its own process: --library, --model and --port.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { constants, setPriority } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type AnswerForm, loadLocalModel, UnknownForm } from "./llama.ts";

const MOST_BYTES = 1_000_000;
const NAME = "qwen2.5-coder-1.5b";

const ChatRequest = z.object({
  messages: z
    .array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() }))
    .min(1)
    .refine((messages) => messages.at(-1)?.role === "user", "the last message must be the user's"),
  stream: z.boolean().default(false),
  max_tokens: z.number().int().min(1).default(1_024),
  temperature: z.number().min(0).max(2).default(0),
  logprobs: z.boolean().default(false),
  top_logprobs: z.number().int().min(0).max(20).default(0),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("json_schema"), json_schema: z.object({ schema: z.unknown() }) }),
      z.object({ type: z.literal("json_object"), schema: z.unknown() }),
      z.object({ type: z.literal("text") }),
    ])
    .default({ type: "text" }),
});
type ChatRequest = z.infer<typeof ChatRequest>;

const { values } = parseArgs({
  options: {
    library: { type: "string" },
    model: { type: "string" },
    port: { type: "string", default: "0" },
    threads: { type: "string", default: "2" },
    context: { type: "string", default: "8192" },
  },
});
if (!values.library || !values.model) throw new Error("--library and --model are needed");

// Speakers, the recogniser and the page come first: it writes for minutes on end.
setPriority(constants.priority.PRIORITY_LOW);
const local = await loadLocalModel({
  library: values.library,
  model: values.model,
  contextTokens: Number(values.context),
  threads: Number(values.threads),
});

const server = createServer((request, response) => {
  void serve(request, response).catch((error: unknown) => {
    if (response.destroyed) return;
    if (response.headersSent) return void response.destroy();
    const refused = error instanceof UnknownForm || error instanceof z.ZodError || error instanceof SyntaxError;
    if (!refused) console.error(error);
    reply(response, refused ? 400 : 500, { error: { message: String(error), type: "invalid_request_error" } });
  });
});
server.listen(Number(values.port), "127.0.0.1");

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const what = `${request.method} ${request.url}`;
  if (what === "GET /v1/models")
    return reply(response, 200, {
      object: "list",
      data: [{ id: NAME, object: "model", created: 0, owned_by: "qwen" }],
    });
  if (what !== "POST /v1/chat/completions")
    return reply(response, 404, { error: { message: `there is no ${what}`, type: "invalid_request_error" } });
  const question = ChatRequest.parse(JSON.parse(await bodyOf(request)));
  if (question.logprobs) return beginning(question, response);
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const send = (delta: object, finish: string | null) =>
    response.write(`data: ${JSON.stringify(envelope("chat.completion.chunk", { delta, finish_reason: finish }))}\n\n`);
  const begin = () => {
    if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
  };
  const began = performance.now();
  const { text, atItsEnd } = await local.answer(
    {
      messages: question.messages,
      form: formOf(question.response_format),
      temperature: question.temperature,
      maxTokens: question.max_tokens,
      onText: (content) => {
        if (!question.stream) return;
        begin();
        send({ content }, null);
      },
    },
    leaving.signal,
  );
  const finish = atItsEnd ? "stop" : "length";
  console.log(`${Math.round((performance.now() - began) / 1_000)} s, ${text.length} letters, ${finish}`);
  if (!question.stream) {
    const message = { role: "assistant", content: text };
    return reply(response, 200, envelope("chat.completion", { message, finish_reason: finish }));
  }
  begin();
  send({}, finish);
  response.end("data: [DONE]\n\n");
}

/** Answers with the likeliest first token alone, and with those that might have stood there. */
async function beginning({ messages, top_logprobs }: ChatRequest, response: ServerResponse): Promise<void> {
  const likely = await local.beginnings(messages, Math.max(1, top_logprobs));
  const message = { role: "assistant", content: likely[0]?.token ?? "" };
  const logprobs = { content: [{ ...likely[0], top_logprobs: likely }] };
  reply(response, 200, envelope("chat.completion", { message, logprobs, finish_reason: "length" }));
}

function formOf(format: ChatRequest["response_format"]): AnswerForm {
  if (format.type === "text") return null;
  const schema = format.type === "json_schema" ? format.json_schema.schema : format.schema;
  return schema === undefined ? "json" : { schema };
}

function envelope(object: string, choice: object): object {
  return { id: "1", object, created: 0, model: NAME, choices: [{ index: 0, ...choice }] };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw new SyntaxError(`the question is longer than ${MOST_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString("utf8");
}
