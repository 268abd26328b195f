import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { Plugin } from "../plugin.ts";
import { runInput } from "../run-input.ts";
import type { PluginSet } from "../plugin-set.ts";
import { onTheSpot } from "../rules.ts";

/**
 * Sentences that were shown while summaries grew, and those of them that were gone again before the circle was over.
 */
export type TakenBack = { readonly shown: number; readonly takenBack: number };

/** Lets the summaries of a meeting grow turn by turn, as they are seen while a circle runs. */
export async function takenBack(
  meeting: MeetingSnapshot,
  record: MeetingRecord,
  set: PluginSet,
  { signal, log }: { readonly signal: AbortSignal; readonly log: { warn(detail: object, message: string): void } },
): Promise<TakenBack> {
  const shown = new Set<string>();
  const gone = new Set<string>();
  for (const { plugin } of set.plugins) {
    if (!plugin.grow || plugin.about !== "circle") continue;
    for (const { index: circle } of meeting.circles) {
      const about = { kind: "circle", circle } as const;
      const surroundings = { set, signal, now: meeting.at, log, memory: new Map(), byRule: onTheSpot };
      const input = runInput({ plugin, about }, { meeting, record, failures: [] }, surroundings);
      const turns = [...new Set(input.utterances.map(({ turn }) => turn))];
      let before: string[] = [];
      for (const last of turns) {
        const heard = new Set(turns.slice(0, turns.indexOf(last) + 1));
        const utterances = input.utterances.filter(({ turn }) => heard.has(turn));
        before = await grown(plugin, { ...input, utterances }, before, shown, gone, circle);
      }
    }
  }
  return { shown: shown.size, takenBack: gone.size };
}

async function grown(
  plugin: Plugin,
  input: Parameters<NonNullable<Plugin["grow"]>>[0],
  before: readonly string[],
  shown: Set<string>,
  gone: Set<string>,
  circle: number,
): Promise<string[]> {
  const growth = await plugin.grow?.(input);
  const now = (growth?.sentences ?? []).map(({ text }) => `${circle} ${text}`);
  for (const one of now) shown.add(one);
  for (const one of before) if (!now.includes(one)) gone.add(one);
  return now;
}
