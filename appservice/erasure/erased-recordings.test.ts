import { erasingDesk } from "../../tests/support/erasure/erasing-desk.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openedAssemblies } from "../../tests/support/journal/opened-assemblies.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { openStores } from "../stores.ts";

const [ROOM, OTHER] = [roomId("!garden:hs"), roomId("!pond:hs")];
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

/** A service's data on the disk with recordings of Ann and Bob at the moments 10 and 30, opened as at each start. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-erased-recordings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const now = () => 100;
  const during = async (work: (stores: ReturnType<typeof openStores>) => void | Promise<void>) => {
    const stores = openStores(join(folder, "mindminder.db"), { keepAudioDays: 30, now, say: () => {} });
    await work(stores);
    const going = stores.recordings.toRemove(0).map(({ file }) => file);
    stores.close();
    return going;
  };
  const recorded = (stores: ReturnType<typeof openStores>) => {
    const shared = { target: "circle", meeting: meetingId("m00000001") };
    for (const at of [10, 30])
      for (const [file, room, people] of [
        ["ann", ROOM, [ANN]],
        ["both", ROOM, [ANN, BOB]],
        ["bob", ROOM, [BOB]],
        ["elsewhere", OTHER, [BOB]],
      ] as const)
        stores.recordings.note({ ...shared, file: `${file}-${at}`, room, people, at });
  };
  return { during, recorded, now };
}

test("with somebody's words their recordings go, also those by a yes that does not count any more", async () => {
  const { during, recorded, now } = place();
  const going = await during(async (stores) => {
    recorded(stores);
    const meetings = openedMeetings(stores.journal, { wording: 1, items: [{ what: "comments" }] }, now);
    const desk = erasingDesk(stores, {
      meetings,
      assemblies: openedAssemblies(stores, now).erasing,
      now,
    });
    desk.ask(ROOM, BOB);
    await expect.poll(() => stores.erasures.pending()).toEqual([]);
    await desk.stop();
    meetings.stop();
  });
  expect(going).toEqual(["bob-10", "bob-30", "both-10", "both-30"]);
});

test("an older database lets recordings go in which somebody is who has taken their sound back since", async () => {
  for (const what of [{ what: "sound" }, { what: "erasure" }, { what: "purpose", purpose: "sound" }] as const) {
    const { during, recorded } = place();
    const none = await during((stores) => {
      recorded(stores);
      stores.withdrawals.add({ ...what, room: ROOM, who: BOB, at: 20 });
    });
    expect(none).toEqual([]);
    expect(await during(() => {}), JSON.stringify(what)).toEqual(["bob-10", "both-10"]);
  }
});

test("an older database lets all recordings go of a room that was erased since", async () => {
  const { during, recorded } = place();
  await during((stores) => {
    recorded(stores);
    stores.withdrawals.add({ what: "room", room: ROOM, at: 20 });
  });
  expect(await during(() => {})).toEqual(["ann-10", "bob-10", "both-10"]);
});
