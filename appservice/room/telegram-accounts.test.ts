import { expect, test } from "vitest";
import { TestRoom } from "../../tests/support/room/room.ts";

const ANN = "@ann:hs";
const CID = { id: 7, firstName: "Cid", username: "cid" };

/** Ann has asked for a code, and has it in a private message. */
async function asked() {
  const room = await TestRoom.running();
  const answer = await room.say(ANN, "!circle link telegram");
  const code = /\/circle link (\w+)/.exec(JSON.stringify(room.direct.at(-1)))?.[1] ?? "";
  return { room, answer, code };
}

test("the code is told to the person alone, who is told who typed it, and says yes: then the account is theirs", async () => {
  const { room, answer, code } = await asked();
  expect(answer).toMatch(/private message with a code/);
  expect(answer).not.toContain(code);
  expect(code).toMatch(/^[a-z0-9]{20}$/);
  expect(await room.say(ANN, "!circle link telegram yes")).toMatch(/Nobody has typed your code/);
  expect(await room.telegramAccounts.confirmLink(code, CID)).toBe("told");
  expect(room.askedToLink).toEqual([`${ANN}: Cid (@cid)`]);
  expect(await room.telegramAccounts.confirmLink(code, { ...CID, id: 8 })).toBe("unknown");
  expect(await room.say("@bob:hs", "!circle link telegram yes")).toMatch(/Nobody has typed your code/);
  expect(await room.say(ANN, "!круг ссылка телеграм да")).toMatch(/You and Cid \(@cid\) in Telegram are one person/);
  expect(room.gone).toEqual(["telegram:7"]);
  expect(await room.say(ANN, "!circle link telegram off")).toMatch(/1 Telegram account is joined to you no longer/);
});

test("by their no nothing is joined, and the code is worth nothing any more", async () => {
  const { room, code } = await asked();
  await room.telegramAccounts.confirmLink(code, CID);
  expect(await room.say(ANN, "!circle link telegram no")).toMatch(/Cid \(@cid\) in Telegram is not joined to you/);
  expect(room.gone).toEqual([]);
  expect(await room.say(ANN, "!circle link telegram yes")).toMatch(/Nobody has typed your code/);
  expect(await room.telegramAccounts.confirmLink(code, CID)).toBe("unknown");
  expect(await room.say(ANN, "!circle link telegram off")).toMatch(/0 Telegram accounts/);
});

test.each(["!circle link telegram perhaps", "!circle link telegram yes please"])(
  "%s is not understood",
  async (typed) => {
    const { room } = await asked();
    expect(await room.say(ANN, typed)).toMatch(/link \[telegram/);
  },
);

test("a link to the circle is had as before", async () => {
  const { room } = await asked();
  expect(await room.say(ANN, "!circle link")).toMatch(/private message with a link/);
});
