import { renderAsync } from "@resvg/resvg-js";
import { expect, test, vi } from "vitest";
import { AVATAR_SVG, giveAvatar } from "./avatar.ts";

function bot(
  has: string | null,
  uploaded: { mxc: string } | { refused: number; errcode: string } = { mxc: "mxc://hs/sign" },
) {
  const homeserver = { avatar: async () => has, upload: vi.fn(async () => uploaded), setAvatar: vi.fn(async () => {}) };
  const log = { warn: vi.fn() };
  return {
    homeserver,
    log,
    give: () => giveAvatar({ homeserver, log, draw: async () => ({ bytes: new Uint8Array([1]) }) }),
  };
}

test("the bot gets its picture where it has none, and keeps the one that somebody chose", async () => {
  const [bare, dressed] = [bot(null), bot("mxc://hs/own")];
  await Promise.all([bare.give(), dressed.give()]);
  expect(bare.homeserver.setAvatar).toHaveBeenCalledWith("mxc://hs/sign");
  expect(dressed.homeserver.upload).not.toHaveBeenCalled();
});

test("a homeserver that takes no picture is said in the log, and nothing else", async () => {
  const refused = bot(null, { refused: 403, errcode: "M_FORBIDDEN" });
  await refused.give();
  expect(refused.homeserver.setAvatar).not.toHaveBeenCalled();
  expect(refused.log.warn).toHaveBeenCalledTimes(1);
});

test("the picture can be drawn, large enough for any client", async () => {
  const { width, height } = await renderAsync(AVATAR_SVG);
  expect([width, height]).toEqual([512, 512]);
});
