import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { underFlood } from "../bench/stall/under-flood.ts";
import { LONG } from "../support/stack/long.ts";

/**
 * On a quiet machine it is a blink; `npm run bench -- stall` measures it. This one may be busy with other things, so
 * that what is held here is that our own work never holds the thread up, and that nobody is heard for as long as when
 * it did (seconds).
 */
const NO_LONGER_MS = 500;

test.runIf(LONG)(
  "while all doors are knocked at without end, our own work holds nobody up, and who speaks out of turn in another room is silenced",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-flood-"));
    const found = await underFlood({ dir, rogues: LONG ? 8 : 2, pastMeetings: LONG ? 20 : 5, say: () => {} });
    expect([...found.knocks.keys()]).toEqual(
      expect.arrayContaining([
        "roomGraph 200",
        "record 200",
        "pastMeeting 200",
        "stranger 429",
        "half a request",
        "comment",
        "text of 60 kB",
      ]),
    );
    expect(found.stalls).toBe(0);
    expect(found.rogueMs).toBeLessThanOrEqual(NO_LONGER_MS);
    expect(found.speakerMs).toBeGreaterThan(3_000);
  },
);
