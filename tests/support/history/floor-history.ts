import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { CommandRequest, MeetingResponse } from "../../../appservice/protocol/http-api.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { ensureGoProgram } from "../../../tools/setup/go.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import type { Answer, WidgetPerson } from "../stack/widget-person.ts";

/** The part of a meeting that says who has the word. */
type Floor = {
  readonly phase: string;
  readonly circle: number;
  readonly paused: boolean;
  readonly turn: number;
  readonly speaker: string;
  readonly status: string;
};

/**
 * One thing that somebody did or saw; `tools/history` says what each field means. Times in microseconds of this
 * process's clock.
 */
export type Operation = {
  readonly who: string;
  readonly kind: "read" | "command" | "copy";
  readonly meeting: string;
  readonly begin: number;
  readonly end: number;
  readonly does?: string;
  readonly expected?: number;
  readonly answer?: "ok" | "stale" | "refused";
  readonly version?: number;
  readonly floor?: Floor;
};

const HistoryVerdict = z.object({
  result: z.enum(["ok", "illegal", "unknown"]),
  ordered: z.number(),
  unanswered: z.number(),
  copies: z.number(),
  problems: z.array(z.string()),
});
export type HistoryVerdict = z.infer<typeof HistoryVerdict>;

const STALE = "ORG.MINDMINDER.STALE";
/** The decision could not be written down: nothing was decided. */
const NOT_KEPT = "ORG.MINDMINDER.NOT_KEPT";
const REFUSED = 409;

/** Somebody whose every command and reading of the meeting is written down. */
export type Observed = Pick<WidgetPerson, "meeting" | "command">;

/**
 * All that people outside did and saw of a meeting, and when; judged by a program that knows nothing of the service.
 */
export class FloorHistory {
  readonly #operations: Operation[] = [];
  #watching = true;
  readonly #watchers: Promise<void>[] = [];

  observe(who: string, widget: WidgetPerson): Observed {
    let looksAt = "";
    const shownTo = (begin: number, { meeting }: MeetingResponse) => {
      if (!meeting) return;
      looksAt = meeting.id;
      this.#operations.push({ who, kind: "read", begin, end: now(), answer: "ok", ...seen(meeting) });
    };
    return {
      meeting: async () => {
        const begin = now();
        const response = await widget.meeting();
        shownTo(begin, response);
        return response;
      },
      command: async (command) => {
        const begin = now();
        const meeting = looksAt;
        const answer = await widget.command(command).catch((error: unknown) => {
          this.#operations.push({ ...asked(who, meeting, command), begin, end: now() });
          throw error;
        });
        if ("expectedVersion" in command)
          this.#operations.push({ ...asked(who, meeting, command), begin, end: now(), ...answered(answer) });
        else if (answer.status === 200) shownTo(begin, answer.body);
        return answer;
      },
    };
  }

  /** Reads the meeting again and again as somebody else, until the history is judged; failures are no readings. */
  watch(who: string, widget: WidgetPerson, everyMs = 100): void {
    const { meeting } = this.observe(who, widget);
    const reading = async () => {
      while (this.#watching) {
        await meeting().catch(() => {});
        // A reader in no hurry.
        await wait(everyMs);
      }
    };
    this.#watchers.push(reading());
  }

  /** A copy of the meeting was seen, by default now: in the room's state, in the call's metadata. */
  saw(where: string, meeting: MeetingSnapshot, at = now()): void {
    this.#operations.push({ who: where, kind: "copy", begin: at, end: at, ...seen(meeting) });
  }

  /** Number of commands and readings so far. */
  get length(): number {
    return this.#operations.filter(({ kind }) => kind !== "copy").length;
  }

  async judge(picture?: string): Promise<HistoryVerdict> {
    this.#watching = false;
    await Promise.all(this.#watchers);
    return judge(this.#operations, picture);
  }
}

/** Has the history judged; `picture`: a page on which one that is refused is drawn. */
export async function judge(operations: readonly Operation[], picture?: string): Promise<HistoryVerdict> {
  const { program } = await ensureGoProgram("history", "The judge of histories", quiet);
  const judging = spawn(program, picture === undefined ? [] : [picture], { stdio: ["pipe", "pipe", "inherit"] });
  const verdict = text(judging.stdout);
  judging.stdin.end(operations.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const [code] = (await once(judging, "close")) as [number | null];
  if (code !== 0) throw new Error(`the judge of histories ended with ${code}`);
  return HistoryVerdict.parse(JSON.parse(await verdict));
}

function asked(who: string, meeting: string, command: CommandRequest) {
  const expected = "expectedVersion" in command ? command.expectedVersion : undefined;
  return { who, kind: "command" as const, meeting, does: command.type, expected };
}

function answered({ status, body }: Answer<MeetingResponse>): Partial<Operation> {
  if (status === 200 && body.meeting) return { answer: "ok", ...seen(body.meeting) };
  if (status !== REFUSED || body.errcode === NOT_KEPT) return {};
  return { answer: body.errcode === STALE ? "stale" : "refused" };
}

function seen({ id, version, phase, circle, paused, turn }: MeetingSnapshot) {
  return {
    meeting: id,
    version,
    floor: {
      phase,
      circle: circle ?? -1,
      paused,
      turn: turn?.id ?? 0,
      speaker: turn?.speaker ?? "",
      status: turn?.status ?? "",
    },
  };
}

function now(): number {
  return Math.round(performance.now() * 1_000);
}

/** A moment by this machine's clock, in whole milliseconds since 1970, as the last that it can have been by ours. */
export function byOurClock(timestamp: number): number {
  return Math.round((timestamp + 1 - performance.timeOrigin) * 1_000);
}
