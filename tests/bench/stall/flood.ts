import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { FILE_FORMATS } from "../../../appservice/protocol/format-list.ts";
import type { MatrixPerson } from "../../support/stack/matrix-person.ts";
import type { Mindminder } from "../../support/stack/mindminder.ts";
import type { WidgetPerson } from "../../support/stack/widget-person.ts";

/** Bytes of text that fit into an event, with its JSON around them. */
const BYTES = 60_000;

const filled = (before: string, filling: string, after: string) =>
  `${before}${filling.repeat(Math.floor((BYTES - Buffer.byteLength(before + after)) / Buffer.byteLength(JSON.stringify(filling).slice(1, -1))))}${after}`;

/** Texts that once kept the service thinking, and others like them. */
const LONG_TEXTS: readonly string[] = [
  filled("!circle word ", ":", "x"),
  filled("!circle correct a", " ", "b"),
  filled("!circle task ", ".", ""),
  filled("!circle keeper ", ",.", "z"),
  filled("", "Bob, please, ", "call"),
  filled("", "и ", "сделай"),
  filled("", "by Friday ", "or so"),
  filled("> ", "> ", "=> x"),
  filled("", "a, ", "?"),
  filled("", "task: ", "end"),
];

type Target = {
  readonly service: Mindminder;
  readonly room: string;
  readonly by: MatrixPerson;
  readonly widget: WidgetPerson;
  readonly past: readonly string[];
};

/** Number of knocks at each door, by its answer. */
export type Knocks = Map<string, number>;

/** Knocks at all doors at once, without end, until `signal` fires. */
export async function flood({ service, room, by, widget, past }: Target, signal: AbortSignal): Promise<Knocks> {
  const knocks: Knocks = new Map();
  const count = (what: string) => void knocks.set(what, (knocks.get(what) ?? 0) + 1);
  const over = async (restMs: number, work: (nth: number) => Promise<string>) => {
    for (let nth = 0; !signal.aborted; nth++) {
      count(await work(nth).catch((error: unknown) => `failed: ${error instanceof Error ? error.name : ""}`));
      await wait(restMs);
    }
  };
  const asked = (...request: Parameters<typeof widget.ask>) =>
    widget.ask(...request).then(({ status }) => `${request[0]} ${status}`);
  const meetingOf = (nth: number) => past[nth % past.length];
  const stranger = (path: string, init: RequestInit = {}) =>
    fetch(service.url + path, { ...init, headers: { authorization: "Bearer wrong" }, signal }).then(
      (answer) => `stranger ${answer.status}`,
    );
  await Promise.all([
    over(100, async (nth) => {
      await by.say(room, LONG_TEXTS[nth % LONG_TEXTS.length]!);
      return "text of 60 kB";
    }),
    over(50, async (nth) => {
      await by.say(room, `I will do number ${nth} by Friday, and who can help with it?`);
      return "comment";
    }),
    ...[0, 1].map(() => over(20, () => asked("roomGraph"))),
    over(20, (nth) =>
      asked("recordFile", { meeting: meetingOf(nth), format: FILE_FORMATS[nth % FILE_FORMATS.length] }),
    ),
    over(20, (nth) => asked("pastMeeting", { meeting: meetingOf(nth) })),
    over(5, () => asked("record")),
    ...["/api/v1/rooms/!x/meeting", "/_matrix/app/v1/ping"].map((path) =>
      over(5, () => stranger(path, { method: path.includes("ping") ? "POST" : "GET" })),
    ),
    over(5, () => stranger("/livekit/webhook", { method: "POST", body: "x".repeat(100_000) })),
    over(10, () => halfSent(service.url)),
  ]);
  return knocks;
}

/** Sends half a request, and then nothing: the server has to end it. */
function halfSent(url: string): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf");
      resolve("half a request");
    });
    socket.on("error", () => resolve("half a request, refused")).unref();
  });
}
