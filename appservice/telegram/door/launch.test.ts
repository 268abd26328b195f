import { generateKeyPairSync, sign as signBytes } from "node:crypto";
import { sign } from "@tma.js/init-data-node";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LAUNCH_LASTS_MS, type LaunchKey, readLaunch, TELEGRAM_KEYS } from "./launch.ts";

const TOKEN = "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr";
const KEY = { by: "token", token: TOKEN } as const;
const NOW = Date.parse("2026-03-02T12:00:00Z");
const DATA = {
  user: { id: 279058397, first_name: "Ann & Co", last_name: "Lee=", language_code: "ru" },
  chat_instance: "8134722200314281151",
  chat_type: "supergroup",
  start_param: "reference",
  signature: "of-Telegram-itself",
} as const;

const signed = (change: object = {}, at = NOW, token = TOKEN) => sign({ ...DATA, ...change }, token, new Date(at));
const codeOf = (initData: string, key: LaunchKey = KEY, now = NOW) => {
  try {
    readLaunch(initData, key, now);
    return "read";
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

test("a launch that the library signs is read: who, from which chat, by which link", () => {
  expect(readLaunch(signed(), KEY, NOW)).toMatchObject({
    user: { id: 279058397, first_name: "Ann & Co", language_code: "ru" },
    instance: "8134722200314281151",
    fromGroup: true,
    startParam: "reference",
    worthlessAt: NOW + LAUNCH_LASTS_MS,
  });
});

test("one of another bot is refused", () => {
  expect(codeOf(signed({}, NOW, "7000000002:AAbbccddeeffgghhiijjkkllmmnnooppqqr"))).toBe("TELEGRAM_FORGED");
});

test("one that is older than ten minutes is refused, and one that is not, is not", () => {
  expect(codeOf(signed(), KEY, NOW + LAUNCH_LASTS_MS)).toBe("read");
  expect(codeOf(signed(), KEY, NOW + LAUNCH_LASTS_MS + 1)).toBe("TELEGRAM_OLD");
  expect(codeOf(signed({}, NOW + LAUNCH_LASTS_MS + 1000))).toBe("TELEGRAM_OLD");
});

test.each(["user", "hash", "auth_date", "signature", "chat_instance"])(
  "with %s twice it is refused, however that is written",
  (name) => {
    const value = new URLSearchParams(signed()).get(name) ?? "";
    const hidden = [...name].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
    for (const [before, written] of [
      [true, name],
      [false, name],
      [true, hidden],
    ] as const) {
      const more = `${written}=${encodeURIComponent(value)}`;
      expect(codeOf(before ? `${more}&${signed()}` : `${signed()}&${more}`)).toBe("TELEGRAM_DOUBLED");
    }
  },
);

test("whatever is changed in it, left out or put in, it is refused", () => {
  const fields = [...new URLSearchParams(signed())];
  const change = fc.oneof(
    fc.record({ at: fc.nat(fields.length - 1), value: fc.string() }),
    fc.record({ at: fc.nat(fields.length - 1), gone: fc.constant(true) }),
    fc.record({ name: fc.string({ minLength: 1 }), value: fc.string() }),
  );
  fc.assert(
    fc.property(change, (it) => {
      const changed = fields.flatMap(([name, value], at): [string, string][] => {
        if (!("at" in it) || it.at !== at) return [[name, value]];
        return "gone" in it ? [] : [[name, it.value]];
      });
      if ("name" in it) changed.push([it.name, it.value]);
      const text = new URLSearchParams(changed).toString();
      fc.pre(text !== new URLSearchParams(fields).toString());
      expect(codeOf(text)).toMatch(/^TELEGRAM_(FORGED|DOUBLED)$/);
    }),
  );
});

test("no text at all brings it down", () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(codeOf(text)).toMatch(/^TELEGRAM_/)));
});

test("in another order it is the same launch", () => {
  const turned = new URLSearchParams([...new URLSearchParams(signed())].reverse()).toString();
  expect(readLaunch(turned, KEY, NOW).digest).toBe(readLaunch(signed(), KEY, NOW).digest);
  expect(readLaunch(signed({ query_id: "2" }), KEY, NOW).digest).not.toBe(readLaunch(signed(), KEY, NOW).digest);
});

test("somebody without an id, and data without a person, are refused though they are signed", () => {
  expect(codeOf(signed({ user: { first_name: "Ann" } }))).toBe("TELEGRAM_FORGED");
  expect(codeOf(signed({ user: undefined }))).toBe("TELEGRAM_FORGED");
});

describe("by Telegram's own signature", () => {
  /** Signed by Telegram for a bot of the library's author, as its documentation shows it. */
  const REAL =
    "user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ";
  const AT = 1_733_584_787_000;
  const OURS = { by: "signature", botId: 7342037359, key: TELEGRAM_KEYS.production } as const;

  test("a launch of the real Telegram is read", () => {
    expect(readLaunch(REAL, OURS, AT)).toMatchObject({ user: { username: "vdkfrost" }, fromGroup: false });
  });

  test("for another bot, by the key of the test environment, and changed, it is refused", () => {
    expect(codeOf(REAL, { ...OURS, botId: 7342037358 }, AT)).toBe("TELEGRAM_FORGED");
    expect(codeOf(REAL, { ...OURS, key: TELEGRAM_KEYS.test }, AT)).toBe("TELEGRAM_FORGED");
    expect(codeOf(REAL.replace("279058397", "279058398"), OURS, AT)).toBe("TELEGRAM_FORGED");
    expect(codeOf(REAL.replace(/&signature=.*/, ""), OURS, AT)).toBe("TELEGRAM_FORGED");
  });

  test("who has stolen the bot's token forges nothing", () => {
    expect(codeOf(signed(), OURS)).toBe("TELEGRAM_FORGED");
  });

  test("its bits are its own: two spellings of one signature are one launch", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const key = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
    const lines = `7:WebAppData\nauth_date=${NOW / 1000}\nuser={"id":7}`;
    const signature = signBytes(null, Buffer.from(lines), privateKey).toString("base64url");
    const launch = (written: string) =>
      new URLSearchParams({ user: '{"id":7}', auth_date: `${NOW / 1000}`, signature: written }).toString();
    const read = (written: string) => readLaunch(launch(written), { by: "signature", botId: 7, key }, NOW).digest;
    expect(read(`${signature}==`)).toBe(read(signature));
  });
});
