import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askPictureAddress, ProfilePictures } from "./profile-pictures.ts";

const TOKEN = "7000000000:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0";
let server: Server;
let apiUrl: string;
let asked: string[] = [];
let answers: Record<string, unknown> = {};

const size = (width: number) => ({ file_id: `f${width}`, file_unique_id: `u${width}`, width, height: width });
const photos = (...sizes: number[]) => ({ ok: true, result: { total_count: 1, photos: [sizes.map(size)] } });
const file = (file_path: string) => ({ ok: true, result: { file_id: "f", file_unique_id: "u", file_path } });

beforeAll(async () => {
  server = createServer((request, response) => {
    const method = (request.url ?? "").split("/").at(-1) ?? "";
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      asked.push(`${method} ${body}`);
      response.end(JSON.stringify(answers[method] ?? { ok: false, error_code: 400, description: "Bad Request" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answers = { getUserProfilePhotos: photos(64, 160, 640), getFile: file("photos/file_1.jpg") };
});

const connection = (more: object = {}) => ({
  ...{ token: TOKEN, botId: 7, bot: "circle_bot", app: "circle", apiUrl, testEnvironment: false, webhook: false },
  ...{ proof: "token" as const },
  ...more,
});
const addressOf = (user = 42) => askPictureAddress(connection())(user);

test("of somebody's newest picture it is the smallest that fills a face", async () => {
  expect((await addressOf())?.href).toBe(`${apiUrl}/file/bot${TOKEN}/photos/file_1.jpg`);
  expect(asked).toEqual(['getUserProfilePhotos {"user_id":42,"limit":1}', 'getFile {"file_id":"f160"}']);
  const inTest = await askPictureAddress(connection({ testEnvironment: true }))(42);
  expect(inTest?.pathname).toBe(`/file/bot${TOKEN}/test/photos/file_1.jpg`);
  answers["getUserProfilePhotos"] = photos(40);
  await addressOf();
  expect(asked.at(-1)).toContain("f40");
});

test("who shows the bot none has none, and nothing is fetched", async () => {
  answers["getUserProfilePhotos"] = { ok: true, result: { total_count: 0, photos: [] } };
  expect(await addressOf()).toBeNull();
  expect(asked).toHaveLength(1);
});

test.each(["../../getMe.jpg", "/etc/passwd", "photos/../x.jpg", "https://evil.example/x.jpg", "a?b.jpg", ""])(
  "a path that leads elsewhere (%j) is no picture's",
  async (path) => {
    answers["getFile"] = file(path);
    await expect(addressOf()).rejects.toThrow();
  },
);

test("a picture is fetched once for all who look, also where there is none, and again after some hours", async () => {
  let [now, loads] = [0, 0];
  const address = new URL("http://127.0.0.1/x.jpg");
  const pictures = new ProfilePictures({
    addressOf: async (user) => (user === 1 ? address : null),
    load: async () => `data:image/png;base64,${loads++}`,
    now: () => now,
  });
  const many = await Promise.all([pictures.of(1), pictures.of(1), pictures.of(1)]);
  expect(new Set(many)).toEqual(new Set(["data:image/png;base64,0"]));
  expect(await pictures.of(2)).toBeNull();
  now += 7 * 3600_000;
  expect(await pictures.of(1)).toBe("data:image/png;base64,1");
});

test("a Telegram that fails is left alone for a minute, whoever looks, and no address gets out", async () => {
  let [now, tries] = [0, 0];
  const failing = async () => {
    tries++;
    throw new Error(`no answer from ${apiUrl}/bot${TOKEN}`);
  };
  const pictures = new ProfilePictures({ addressOf: failing, load: async () => null, now: () => now });
  expect([await pictures.of(1), await pictures.of(1)]).toEqual([null, null]);
  expect(tries).toBe(1);
  now += 61_000;
  await pictures.of(1);
  expect(tries).toBe(2);
});
