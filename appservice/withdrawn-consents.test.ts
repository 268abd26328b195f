import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mayBeWritten } from "./circle/agreement.ts";
import type { Shown } from "./protocol/agreement.ts";
import { openedMeetings } from "../tests/support/journal/opened-meetings.ts";
import { openStores } from "./stores.ts";
import { backUp } from "./store/backup.ts";
import type { Meetings } from "./journal/meetings.ts";
import { withdrawWords } from "./journal/withdraw-words.ts";
import { restore } from "./store/restore.ts";
import { withdrawalsBeside } from "./store/withdrawals.ts";
import { madeActor } from "../tests/support/protocol/made-actor.ts";
import { meetingId, personId, roomId } from "../tests/support/protocol/ids.ts";

const [ROOM, BOB] = [roomId("!garden:hs"), personId("@bob:hs")] as const;
const ASKS: Shown = { wording: 1, items: [{ what: "speech", outside: null }, { what: "comments" }] };

/** The service's data as it is opened at each start, with a clock of our own. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-withdrawn-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, "state", "mindminder.db");
  const clock = { now: Date.UTC(2026, 10, 24) };
  const during = <T>(work: (it: ReturnType<typeof opened>) => T): T => {
    const it = opened();
    try {
      return work(it);
    } finally {
      it.meetings.stop();
      it.stores.close();
    }
  };
  const opened = () => {
    clock.now += 60_000;
    const now = () => clock.now;
    const stores = openStores(database, { keepAudioDays: 30, now, say: () => {} });
    const meetings = openedMeetings(stores.journal, ASKS, now);
    meetings.listen(({ meeting }, happened) => {
      for (const { event } of happened)
        if (event.type === "agreement-answered" && !event.agreed)
          stores.withdrawals.add({ what: "words", meeting: meeting.id, who: event.who, at: event.at });
    });
    meetings.start();
    withdrawWords(meetings, stores.withdrawals.all(), now);
    return {
      stores,
      meetings,
      say: (agreed: boolean) =>
        meetings.send(ROOM, {
          type: "agree",
          agreed,
          shown: ASKS,
          actor: madeActor(BOB),
          expectedVersion: null,
          at: now(),
        }),
    };
  };
  return { folder, database, clock, during };
}
const hears = (it: { meetings: Meetings }) => mayBeWritten(it.meetings.of(ROOM)!.meeting, BOB);
const keeps = (it: { stores: ReturnType<typeof openStores> }) =>
  it.stores.audio.hasConsent({ room: ROOM, speaker: BOB });

async function agreedAndBackedUp() {
  const it = place();
  it.during(({ meetings, say, stores }) => {
    meetings.send(ROOM, {
      type: "join",
      name: "Bob",
      actor: madeActor(BOB, { door: "chat" }),
      expectedVersion: null,
      at: it.clock.now,
    });
    say(true);
    stores.audio.consent({ room: ROOM, speaker: BOB }, true);
    const sound = stores.audio.placeFor(
      { room: ROOM, speaker: BOB },
      { meeting: meetingId("m00000001"), turn: 1, startedAt: it.clock.now },
    );
    const file = join(stores.audioFolder, sound ?? "");
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "sound");
  });
  const backup = join(it.folder, "backup");
  await backUp(it.database, backup, it.clock.now);
  return { ...it, backup };
}

test("a restore brings back no consent that was withdrawn since, and no sound that was kept by it", async () => {
  const it = await agreedAndBackedUp();
  it.during(({ say, stores }) => {
    say(false);
    stores.audio.consent({ room: ROOM, speaker: BOB }, false);
  });
  restore(it.backup, it.database, it.clock.now);
  it.during((now) => {
    expect(hears(now)).toBe(false);
    expect(keeps(now)).toBe(false);
    expect(
      (readdirSync(now.stores.audioFolder, { recursive: true }) as string[]).filter((name) => name.endsWith(".flac")),
    ).toEqual([]);
    expect(
      now.stores.audio.placeFor(
        { room: ROOM, speaker: BOB },
        { meeting: meetingId("m00000001"), turn: 1, startedAt: 1 },
      ),
    ).toBeNull();
  });
  // It stays so, and a backup that is put back on another machine knows it too.
  const later = join(it.folder, "later");
  await backUp(it.database, later, it.clock.now);
  const elsewhere = place();
  elsewhere.clock.now = it.clock.now;
  restore(it.backup, elsewhere.database, it.clock.now);
  restore(later, elsewhere.database, it.clock.now + 1);
  restore(it.backup, elsewhere.database, it.clock.now + 2);
  elsewhere.during((now) => expect([hears(now), keeps(now)]).toEqual([false, false]));
});

test("who has agreed again since is not withdrawn, and who never withdrew goes on", async () => {
  const it = await agreedAndBackedUp();
  restore(it.backup, it.database, it.clock.now);
  it.during((now) => expect([hears(now), keeps(now)]).toEqual([true, true]));
  it.during(({ say, stores }) => {
    say(false);
    stores.audio.consent({ room: ROOM, speaker: BOB }, false);
  });
  it.during(({ say, stores }) => {
    say(true);
    stores.audio.consent({ room: ROOM, speaker: BOB }, true);
  });
  it.during((now) => expect([hears(now), keeps(now)]).toEqual([true, true]));
});

test("a line that was not written to its end takes no other with it", async () => {
  const it = await agreedAndBackedUp();
  const torn = () => appendFileSync(withdrawalsBeside(it.database), '{"what":"words","meet');
  it.during(({ say }) => say(false));
  torn();
  it.during(({ stores }) => stores.audio.consent({ room: ROOM, speaker: BOB }, false));
  torn();
  restore(it.backup, it.database, it.clock.now);
  it.during((now) => expect([hears(now), keeps(now)]).toEqual([false, false]));
});
