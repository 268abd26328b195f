import { pathToFileURL } from "node:url";

// The package is fetched when it is wanted, so its types are not at hand; these are the parts of it that we use.

type Grammar = { readonly _opaque?: never };
type Sequence = { readonly _opaque?: never };
type Model = { createContext(options: { contextSize: number; sequences: 1; threads: number }): Promise<Context> };
type Context = { getSequence(): Sequence };
type Answer = { readonly responseText: string; readonly stopReason: string };

type Llama = {
  loadModel(options: { modelPath: string }): Promise<Model>;
  createGrammarForJsonSchema(schema: unknown): Promise<Grammar>;
  getGrammarFor(form: "json"): Promise<Grammar>;
};

type ChatTurn =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly string[] };

type ChatSession = {
  setChatHistory(history: readonly ChatTurn[]): void;
  promptWithMeta(
    text: string,
    options: {
      grammar?: Grammar;
      temperature: number;
      maxTokens: number;
      signal: AbortSignal;
      stopOnAbortSignal: true;
      onTextChunk(text: string): void;
    },
  ): Promise<Answer>;
  dispose(options: { disposeSequence: false }): void;
};

type LlamaLibrary = {
  getLlama(options: {
    gpu: false;
    build: "never";
    skipDownload: true;
    progressLogs: false;
    logLevel: "error";
  }): Promise<Llama>;
  LlamaChatSession: new (options: { contextSequence: Sequence; autoDisposeSequence: false }) => ChatSession;
};

export type Said = { readonly role: "system" | "user" | "assistant"; readonly content: string };

/** The form an answer must have: a schema, any JSON, or none. */
export type AnswerForm = { readonly schema: unknown } | "json" | null;

export type LocalQuestion = {
  readonly messages: readonly Said[];
  readonly form: AnswerForm;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly onText: (piece: string) => void;
};

export type LocalAnswer = { readonly text: string; readonly atItsEnd: boolean };

/** Thrown for a form that no grammar can be made of. */
export class UnknownForm extends Error {}

export type LocalModel = (question: LocalQuestion, signal: AbortSignal) => Promise<LocalAnswer>;

/** Loads a model into this process. It answers one question at a time, the others wait. */
export async function loadLocalModel(options: {
  readonly library: string;
  readonly model: string;
  readonly contextTokens: number;
  readonly threads: number;
}): Promise<LocalModel> {
  const { getLlama, LlamaChatSession } = (await import(pathToFileURL(options.library).href)) as LlamaLibrary;
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: "error",
  });
  const model = await llama.loadModel({ modelPath: options.model });
  const { contextTokens: contextSize, threads } = options;
  const sequence = (await model.createContext({ contextSize, sequences: 1, threads })).getSequence();
  let last: Promise<unknown> = Promise.resolve();

  async function grammarOf(form: AnswerForm): Promise<Grammar | undefined> {
    if (form === null) return undefined;
    try {
      return await (form === "json" ? llama.getGrammarFor("json") : llama.createGrammarForJsonSchema(form.schema));
    } catch (cause) {
      throw new UnknownForm("no grammar can be made of this schema", { cause });
    }
  }

  async function answer(question: LocalQuestion, signal: AbortSignal): Promise<LocalAnswer> {
    signal.throwIfAborted();
    const grammar = await grammarOf(question.form);
    const asked = question.messages.at(-1)?.content ?? "";
    // The beginning that one question shares with the one before is not read again.
    const session = new LlamaChatSession({ contextSequence: sequence, autoDisposeSequence: false });
    try {
      session.setChatHistory(question.messages.slice(0, -1).map(turnOf));
      const { responseText, stopReason } = await session.promptWithMeta(asked, {
        ...(grammar ? { grammar } : {}),
        temperature: question.temperature,
        maxTokens: question.maxTokens,
        signal,
        stopOnAbortSignal: true,
        onTextChunk: question.onText,
      });
      return { text: responseText, atItsEnd: stopReason !== "maxTokens" };
    } finally {
      session.dispose({ disposeSequence: false });
    }
  }

  return (question, signal) => {
    const answered = last.then(() => answer(question, signal));
    last = answered.catch(() => {});
    return answered;
  };
}

function turnOf({ role, content }: Said): ChatTurn {
  return role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content };
}
