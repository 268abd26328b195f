import { setTimeout as wait } from "node:timers/promises";
import { MeetingSnapshot } from "../../appservice/protocol/meeting-snapshot.ts";
import { CONTENT_KEY, MEETING_STATE } from "../../appservice/protocol/namespace.ts";
import type { BrowserPerson } from "../../tests/support/stack/browser-person.ts";
import { WidgetPerson } from "../../tests/support/stack/widget-person.ts";
import { voiceFile } from "../../tests/voices/voices.ts";
import { mapIn } from "./room-record.ts";
import type { Actor, Stage } from "./stage.ts";

export type Council = {
  /** Minutes that the whole may take. */
  readonly patienceMinutes: number;
  /** Milliseconds that a page may take to show the word, and again to take a press. */
  readonly pagePatience: number;
  readonly stage: Stage;
  readonly seats: ReadonlyMap<string, BrowserPerson>;
  readonly topic: string;
  readonly tell: (line: string) => void;
  /** Called once, in the middle of a turn of the first circle. */
  readonly onMidTurn: () => Promise<void>;
};

/** Runs the council to its end: everybody speaks when the word is theirs, and passes it by the button in the widget. */
export async function holdCouncil(council: Council): Promise<void> {
  const { stage, topic, tell } = council;
  const { room, actors, mindminder } = stage;
  const [keeper] = actors;
  if (!keeper) throw new Error("nobody takes part");
  const names = new Map([...actors, stage.guest].map(({ matrix, name }) => [matrix.userId, name]));
  const nameOf = (id: string) => names.get(id) ?? id;

  const over = keeper.matrix.next(
    room,
    ({ sender, content }) => sender === mindminder.botId && CONTENT_KEY.meeting in content,
    "the meeting's record",
    council.patienceMinutes * 60_000,
  );
  const drawn = keeper.matrix.next(
    room,
    ({ sender, content }) => sender === mindminder.botId && mapIn(content) !== null,
    "the picture of the graph",
    (council.patienceMinutes + 1) * 60_000,
  );
  const failures: Promise<never>[] = [];
  let failed: (error: unknown) => void = () => {};
  failures.push(
    new Promise((_, reject) => {
      failed = reject;
    }),
  );
  const seen = { version: 0, circle: -1, turn: 0, between: -1 };

  keeper.matrix.listen((event) => {
    if (event.room_id !== room || event.sender !== mindminder.botId) return;
    tellTranscript(event.content, nameOf, tell);
    const snapshot = event.type === MEETING_STATE ? MeetingSnapshot.safeParse(event.content) : null;
    if (snapshot?.success) follow(snapshot.data);
  });

  function follow(meeting: MeetingSnapshot): void {
    if (meeting.version <= seen.version) return;
    seen.version = meeting.version;
    const circle = meeting.circles[meeting.circle ?? -1];
    if (circle && circle.index !== seen.circle) {
      seen.circle = circle.index;
      tell(
        `\n○ Circle ${circle.index + 1} of ${meeting.circles.length}: ${circle.theme}\n  ${meeting.ring.map(nameOf).join(" → ")}`,
      );
    }
    const { turn } = meeting;
    if (turn?.status === "speaking" && turn.id !== seen.turn) {
      seen.turn = turn.id;
      tell(`● ${nameOf(turn.speaker)} has the word${meeting.next ? `; next is ${nameOf(meeting.next)}` : ""}`);
      const actor = actors.find(({ matrix }) => matrix.userId === turn.speaker);
      if (actor) speak(council, actor, (meeting.circle ?? 0) + 1, turn.id === 3).catch(failed);
    }
    if (meeting.phase === "between" && meeting.circle !== null && seen.between !== meeting.circle) {
      seen.between = meeting.circle;
      keeper?.matrix.command(room, "!circle next").catch(failed);
    }
  }

  const answer = await keeper.matrix.command(room, `!circle start council ${topic}`);
  if (answer !== "✅") throw new Error(`The meeting did not start: ${answer}`);
  await Promise.race([Promise.all([over, drawn]), ...failures]);
  tell("\n○ The meeting has ended; its record is complete in a moment.");
  await tasksArePosted(stage, keeper);
}

async function speak(
  { seats, onMidTurn, pagePatience }: Council,
  actor: Actor,
  circle: number,
  pictured: boolean,
): Promise<void> {
  const seat = seats.get(actor.matrix.userId);
  const clip = actor.clips.get(circle);
  if (!seat) return;
  await seat.hasTheWord(pagePatience);
  const said = clip ? seat.say(await voiceFile(clip)) : wait(2_000);
  if (pictured) {
    await wait(2_500);
    await onMidTurn();
  }
  await said;
  await seat.pass(pagePatience);
}

function tellTranscript(
  content: { readonly [key: string]: unknown },
  nameOf: (id: string) => string,
  tell: (line: string) => void,
): void {
  const turn = content[CONTENT_KEY.turn] as { speaker?: string } | undefined;
  if (!turn?.speaker || "m.new_content" in content) return;
  const [, ...text] = String(content["body"]).split("\n");
  tell(`    ${nameOf(turn.speaker)}: ${text.join(" ")}`);
}

async function tasksArePosted({ mindminder, room }: Stage, keeper: Actor): Promise<void> {
  const widget = await WidgetPerson.open(mindminder.url, room, keeper.matrix);
  const { record } = await widget.record();
  const wanted = (record?.minutes ?? []).reduce(
    (sum, { result }) => sum + (result.form === "tasks" ? result.tasks.length : 0),
    0,
  );
  for (let look = 0; look < 100; look++) {
    const posted = (await keeper.matrix.history(room)).filter(({ content }) => CONTENT_KEY.task in content).length;
    if (posted >= wanted) return;
    await wait(200);
  }
  throw new Error("The tasks did not appear in the room.");
}
