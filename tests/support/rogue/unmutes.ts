import { said } from "./raw-signal.ts";
import { type Attack, moment } from "./rogue.ts";

/** Opens the microphone that the facilitator had closed. */
export const unmutes: Attack = {
  name: "unmutes",
  foundOutAs: ["unmuted-out-of-turn"],
  run: async (rogue) => rogue.unmute(),
};

/** Opens and closes it in quick turns, so that each time there may be no time to be seen. */
export const flickers: Attack = {
  name: "flickers",
  foundOutAs: ["unmuted-out-of-turn"],
  async run(rogue) {
    for (let i = 0; i < 40; i++) {
      rogue.unmute();
      // The attack itself: a microphone that flickers.
      await moment(1);
      rogue.mute();
      // And is closed for as long.
      await moment(1);
    }
  },
};

/** Says to LiveKit a hundred times at once that the microphone is open, past any SDK. */
export const unmutesByTheProtocol: Attack = {
  name: "unmutes by the protocol",
  sample: true,
  foundOutAs: ["unmuted-out-of-turn"],
  async run(rogue) {
    const sid = rogue.microphone.sid ?? "";
    const mutes = Array.from({ length: 101 }, (_, i) =>
      said({ case: "mute", value: { sid, muted: i % 2 === 1 } as never }),
    );
    rogue.unmute();
    await (await rogue.takeTheLine()).pour(mutes);
  },
};
