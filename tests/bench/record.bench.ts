import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { MeetingSnapshot } from "../../appservice/protocol/meeting-snapshot.ts";
import { CONTENT_KEY } from "../../appservice/protocol/namespace.ts";
import type { SeenEvent } from "../support/stack/matrix-person.ts";
import { p50, p95, type Bench } from "./figures.ts";
import { ServiceMeeting } from "../support/stack/service-meeting.ts";
import { Circle } from "./seven.ts";
import { clips, type Clip } from "./voices.ts";

/** People press "Pass" a moment after their last word. */
const AFTER_THE_LAST_WORD_MS = 500;
const PATIENCE_MS = 60_000;

export const bench: Bench = {
  about:
    "seven people speak in two circles: from the pass to the turn's text in the room, from a circle's end to its summary; and how soon a turn is in the growing one in the widget",
  async run(say) {
    const spoken = await clips();
    const names = [...new Set(spoken.map(({ person }) => person))];
    const circles = Math.max(...spoken.map(({ circle }) => circle));
    const dir = await mkdtemp(join(tmpdir(), "mindminder-bench-"));
    const meeting = await ServiceMeeting.open({ dir, people: names, circles, betweenSeconds: 5 });
    await meeting.gather();
    const circle = await Circle.gather(await meeting.access(), { silent: true, listens: false });

    const transcripts: Promise<number>[] = [];
    const summaries: Promise<number>[] = [];
    const growths: Promise<number>[] = [];
    let now = await meeting.start();
    while (now.phase !== "ended") {
      if (now.phase !== "circle" || now.turn?.status !== "speaking") {
        await wait(100);
        now = await meeting.now();
        continue;
      }
      const clip = clipOf(now, names, spoken);
      say(`circle ${clip.circle}: ${clip.person}`);
      await callerOf(now, circle).say(clip.samples);
      await wait(AFTER_THE_LAST_WORD_MS);
      now = await meeting.now();
      const transcript = transcriptOf(meeting, now);
      const last = now.next ? growthOf(meeting, now) : summaryOf(meeting, now);
      const at = performance.now();
      const since = (event: Promise<unknown>) => event.then(() => performance.now() - at);
      transcripts.push(since(transcript));
      (now.next ? growths : summaries).push(since(last));
      now = await meeting.pass(now);
    }

    const [afterPass, afterCircle, grown] = await Promise.all([
      Promise.all(transcripts),
      Promise.all(summaries),
      Promise.all(growths),
    ]);
    await circle.leave();
    await meeting.close();
    await rm(dir, { recursive: true, force: true });
    return [
      { name: "transcript.after_pass.p50", value: p50(afterPass) / 1_000, unit: "s" },
      { name: "transcript.after_pass.p95", value: p95(afterPass) / 1_000, unit: "s", goal: 2.5 },
      { name: "summary.after_circle.p50", value: p50(afterCircle) / 1_000, unit: "s" },
      { name: "summary.after_circle.p95", value: p95(afterCircle) / 1_000, unit: "s", goal: 5 },
      { name: "summary.growing_after_pass.p50", value: p50(grown) / 1_000, unit: "s" },
      { name: "summary.growing_after_pass.p95", value: p95(grown) / 1_000, unit: "s" },
    ];
  },
};

function clipOf({ turn, circle, people }: MeetingSnapshot, names: readonly string[], spoken: readonly Clip[]): Clip {
  const name = people.find(({ id }) => id === turn?.speaker)?.name;
  const clip = spoken.find((one) => one.person === name && one.circle === (circle ?? 0) + 1);
  if (!clip) throw new Error(`nothing is recorded for ${name} among ${names.join(", ")}`);
  return clip;
}

function callerOf({ turn }: MeetingSnapshot, circle: Circle) {
  const caller = circle.callers.find(({ identity }) => identity === turn?.speaker);
  if (!caller) throw new Error("the speaker is not in the call");
  return caller;
}

/** The record as a person sees it who only reads the room. */
function transcriptOf({ people, room }: ServiceMeeting, { turn }: MeetingSnapshot): Promise<SeenEvent> {
  return people[0]!.matrix.next(
    room,
    ({ content }) => idOf(content[CONTENT_KEY.turn]) === turn?.id && content[CONTENT_KEY.utterances] !== undefined,
    `the text of turn ${turn?.id}`,
    PATIENCE_MS,
  );
}

function summaryOf({ people, room }: ServiceMeeting, { circle }: MeetingSnapshot): Promise<SeenEvent> {
  return people[0]!.matrix.next(
    room,
    ({ content }) => {
      const text = (content["m.new_content"] ?? content) as Record<string, { index?: number } | undefined>;
      return text[CONTENT_KEY.circle]?.index === circle && text[CONTENT_KEY.summary] !== undefined;
    },
    `the summary of circle ${circle}`,
    PATIENCE_MS,
  );
}

/** The turn's words stand in what grows of the circle's summary, as the widget shows it while the circle still runs. */
async function growthOf({ people }: ServiceMeeting, { turn }: MeetingSnapshot): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await wait(100)) {
    const { record } = await people[0]!.widget.record();
    if (
      record?.growing?.some(({ sentences }) =>
        sentences.some(({ from }) => from.some((id) => id.startsWith(`${turn?.id}.`))),
      )
    )
      return;
  }
  throw new Error(`the growing summary never held turn ${turn?.id}`);
}

function idOf(turn: unknown): unknown {
  return (turn as { id?: unknown } | undefined)?.id;
}
