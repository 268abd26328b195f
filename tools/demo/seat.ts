import { setTimeout as wait } from "node:timers/promises";
import type { BrowserPerson } from "../../tests/support/stack/browser-person.ts";
import { WidgetPerson } from "../../tests/support/stack/widget-person.ts";
import { Follower } from "../../tests/support/rogue/follows.ts";
import { voiceFile, voicePcm } from "../../tests/voices/voices.ts";
import type { Actor, Stage } from "./stage.ts";

/** Milliseconds that a microphone may take to open once the word is there. */
const OPENS_WITHIN_MS = 60_000;
/** Time that something may take to come to a page, on a machine that does all of it. */
const COMES_WITHIN_MS = 300_000;
const LOOK_MS = 100;

/** Somebody's seat in an assembly, with or without a page: says what they have to say. */
export type Seat = {
  /** Says what they say in the circle of that number, once they are heard, and passes the word. */
  readonly speak: (circle: number) => Promise<void>;
  readonly leave: () => Promise<void>;
};

/** A seat at a real page: presses what a person presses. */
export function pageSeat(page: BrowserPerson, { clips }: Pick<Actor, "clips">): Seat {
  return {
    async speak(circle) {
      await page.hasTheWord(COMES_WITHIN_MS);
      const clip = clips.get(circle);
      if (clip) await page.say(await voiceFile(clip));
      await page.pass();
    },
    leave: () => page.close(),
  };
}

/**
 * A seat without a page, since twelve of them are much for two cores: a voice in the call, and the requests of a page.
 */
export async function voiceSeat({ mindminder, room }: Stage, { matrix, clips }: Actor): Promise<Seat> {
  const widget = await WidgetPerson.open(mindminder.url, room, matrix);
  const inCall = await Follower.join(() => widget.call(), { tone: 0, ears: false, subscribes: false });
  const isHeard = async () => {
    for (let waited = 0; waited < OPENS_WITHIN_MS; waited += LOOK_MS) {
      if (!inCall.caller.isMuted) return;
      await wait(LOOK_MS);
    }
    throw new Error(`the microphone of ${matrix.userId} did not open`);
  };
  return {
    async speak(circle) {
      await isHeard();
      const clip = clips.get(circle);
      if (clip) await inCall.caller.say(await voicePcm(clip));
      await widget.steer("pass");
    },
    leave: () => inCall.leave(),
  };
}
