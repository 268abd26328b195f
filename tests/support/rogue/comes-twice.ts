import type { Attack } from "./rogue.ts";

/** A second device: a token of its own, the same person. */
export const aSecondDevice: Attack = {
  name: "a second device",
  foundOutAs: ["published-out-of-turn"],
  async run(rogue) {
    await rogue.enterAgain();
    rogue.publishAnyway();
  },
};

/** The same token once more. */
export const aSecondConnection: Attack = {
  name: "a second connection with the same token",
  foundOutAs: ["published-out-of-turn"],
  async run(rogue) {
    await rogue.enterAgain(rogue.access);
    rogue.publishAnyway();
  },
};
