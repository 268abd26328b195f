import { pathToFileURL } from "node:url";

// The package is fetched when it is wanted, so its types are not at hand; these are the parts of it that we use.

type Grammar = { readonly _opaque?: never };
type Token = number;
type Next = { readonly next: { readonly probabilities?: ReadonlyMap<Token, number> } };
type Sequence = {
  readonly nextTokenIndex: number;
  adaptStateToTokens(tokens: readonly Token[], allowShift: false): Promise<void>;
  controlledEvaluate(
    input: readonly (Token | readonly [Token, { generateNext: { probabilities: true } }])[],
  ): Promise<readonly (Next | undefined)[]>;
};
type Model = {
  createContext(options: { contextSize: number; sequences: 1; threads: number }): Promise<Context>;
  tokenize(text: string, specialTokens: boolean): readonly Token[];
  detokenize(tokens: readonly Token[]): string;
};
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

export type LikelyToken = { readonly token: string; readonly logprob: number };

export type LocalModel = {
  readonly answer: (question: LocalQuestion, signal: AbortSignal) => Promise<LocalAnswer>;
  /** Resolves to the tokens with which an answer may begin, the likeliest first. */
  readonly beginnings: (messages: readonly Said[], most: number) => Promise<readonly LikelyToken[]>;
};

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

  async function beginnings(messages: readonly Said[], most: number): Promise<readonly LikelyToken[]> {
    const tokens = model.tokenize(asChatMl(messages), true);
    await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const rest = tokens.slice(sequence.nextTokenIndex);
    const probed = rest.map((token, at) =>
      at === rest.length - 1 ? ([token, { generateNext: { probabilities: true } }] as const) : token,
    );
    const probabilities = (await sequence.controlledEvaluate(probed)).at(-1)?.next.probabilities ?? new Map();
    return [...probabilities.entries()]
      .slice(0, most)
      .map(([token, share]) => ({ token: model.detokenize([token]), logprob: Math.log(Math.max(share, 1e-30)) }));
  }

  /** One after another: they share what the model has read. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    answer: (question, signal) => inTurn(() => answer(question, signal)),
    beginnings: (messages, most) => inTurn(() => beginnings(messages, most)),
  };
}

/** Writes a chat as Qwen's models read it, up to where the answer begins. */
function asChatMl(messages: readonly Said[]): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return `${turns.join("")}<|im_start|>assistant\n`;
}

function turnOf({ role, content }: Said): ChatTurn {
  return role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content };
}
