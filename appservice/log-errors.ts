import { stdSerializers } from "pino";

const LONGEST_MESSAGE = 600;
const LONGEST_STACK = 4_000;

type Told = Readonly<Record<string, unknown>>;

/**
 * Fields of an error that are told besides its sentence and its stack, because people look for them. Whole answers of
 * other servers are not among them.
 */
const WORTH_TELLING = [
  "code",
  "remedy",
  "errcode",
  "status",
  "statusCode",
  "errno",
  "syscall",
  "address",
  "port",
  "path",
];

/** An error in the log: its causes told with it, and nothing that another server may have made long. */
export function errorInLog(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? cut(error, LONGEST_MESSAGE) : error;
  const { type, message, stack } = stdSerializers.err(error);
  const own = error as unknown as Told;
  const more = WORTH_TELLING.filter((key) => typeof own[key] === "string" || typeof own[key] === "number").map(
    (key): [string, unknown] => [key, own[key]],
  );
  return {
    type,
    message: cut(message, LONGEST_MESSAGE),
    stack: cut(stack, LONGEST_STACK),
    ...Object.fromEntries(more),
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
