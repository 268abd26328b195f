import { expect, test } from "vitest";
import { personId, roomId } from "../../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { openDatabase } from "../../store/database.ts";
import { Sessions } from "../../store/sessions.ts";
import { TelegramLinks } from "../../store/telegram-links.ts";
import { AccountLinks } from "./account-links.ts";

const ROOM = roomId("!garden:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const PHONE = "a-tab-of-a-browser";

function linked() {
  const db = openDatabase(":memory:");
  const [sessions, linked] = [new Sessions(db), [] as ParticipantId[]];
  const accounts = new AccountLinks({
    links: new TelegramLinks(db),
    now: () => 1,
    tellWhoAsks: async () => true,
    onLinked: (who) => void linked.push(who),
    onParted: (who) => void sessions.closeBy(who, "telegram"),
  });
  const join = async (who: ParticipantId) => {
    await accounts.confirmLink(accounts.offer(who), { id: 7, firstName: "Cid", lastName: "", username: "" });
    accounts.decide(who, true);
  };
  const open = (participant: ParticipantId, issuer: "telegram" | "matrix") => {
    const token = sessions.open({ participant, issuer, room: ROOM, device: PHONE, expiresAt: 9 });
    return () => sessions.find(token, PHONE, 1) !== null;
  };
  return { accounts, join, open };
}

test("an account that somebody parts from opens nothing in their name any more; their own pages stay", async () => {
  const { accounts, join, open } = linked();
  await join(ANN);
  const [byTelegram, byMatrix, ofBob] = [open(ANN, "telegram"), open(ANN, "matrix"), open(BOB, "telegram")];
  expect(accounts.part(ANN)).toBe(1);
  expect([byTelegram(), byMatrix(), ofBob()]).toEqual([false, true, true]);
});

test("an account that becomes somebody else's has nothing open in the name of whose it was", async () => {
  const { join, open } = linked();
  await join(ANN);
  const [before, own] = [open(ANN, "telegram"), open(BOB, "telegram")];
  await join(ANN);
  expect(before(), "the same person's once more").toBe(true);
  await join(BOB);
  expect([before(), own()]).toEqual([false, true]);
});
