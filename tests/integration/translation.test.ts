import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CAPTION_TOPIC, CaptionAttributes } from "../../appservice/protocol/captions.ts";
import { Caller } from "../support/call/caller.ts";
import { type Asked, chatServer, type Reply, says } from "../support/minutes/chat-server.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { ServiceMeeting } from "../support/stack/service-meeting.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { voicePcm } from "../voices/voices.ts";

/** Words that no record has yet, translated by the configured model, on real servers and with a real voice. */
const RUSSIAN = "Перевод на русский язык, слово за словом, как это было сказано";

/** Translates each line that it is asked for, as a model would, and answers nothing else. */
const model = ({ messages }: Asked): Reply => {
  const lines = [...(messages[1]?.content ?? "").matchAll(/^\[(\d+)\] : (.*)$/gm)];
  const translations = lines.map(([, n, said = ""]) => ({ n: Number(n), text: inRussian(said) }));
  return says(JSON.stringify(translations.length > 0 ? { translations } : {}));
};
/** About as long as what was said, and with its numbers. */
const inRussian = (said: string) =>
  [RUSSIAN.repeat(1 + said.length / RUSSIAN.length).slice(0, said.length), ...(said.match(/\d+/g) ?? [])].join(" ");

let server: Awaited<ReturnType<typeof chatServer>>;
let meeting: ServiceMeeting;
const callers: Caller[] = [];

beforeAll(async () => {
  server = await chatServer(model);
  meeting = await ServiceMeeting.open({
    dir: await mkdtemp(join(tmpdir(), "mindminder-translation-")),
    people: ["Tom", "Анна"],
    circles: 1,
    betweenSeconds: 0,
    config: { minutes: { llm: { baseUrl: server.url, model: "m" } } },
  });
}, 240_000);
afterAll(async () => {
  await Promise.all(callers.map((caller) => caller.leave()));
  await meeting?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Has a text put into Russian for Anna. */
async function translated(text: string, of?: { readonly widget: WidgetPerson; readonly meeting: string }) {
  const anna = meeting.people[1] ?? expect.unreachable("Anna is not there");
  const asked = { meeting: of?.meeting ?? (await meeting.now()).id, to: "ru" as const, texts: [text] };
  return (await (of?.widget ?? anna.widget).ask("translate", asked)).body;
}

const WRITING =
  "!circle scenario import\n```yaml\nid: writing\ntitle: Writing\ncircles:\n  - { kind: silent-writing, theme: What is missing?, circleSeconds: 600 }\n```";

test("a caption is translated while somebody speaks, and what nobody said is not", async () => {
  await meeting.gather();
  for (const access of await meeting.access()) callers.push(await Caller.join(access));
  const [tom, anna] = callers as [Caller, Caller];
  await tom.publish({ muted: true });
  const early = Promise.withResolvers<string>();
  anna.room.registerTextStreamHandler(CAPTION_TOPIC, (reader) => {
    void reader.readAll().then((text) => {
      const attributes = CaptionAttributes.parse(reader.info.attributes);
      if (attributes["lk.transcription_final"] !== "true" && text.split(" ").length > 3) early.resolve(text);
    });
  });
  await meeting.start();
  // On a busy machine a sentence may be over before it is captioned: then he says it once more.
  let isHeard = false;
  const clip = await voicePcm("tom-asks.opus");
  const spoken = (async () => {
    while (!isHeard) await tom.say(clip);
  })();
  const caption = await early.promise;
  isHeard = true;
  expect(await translated(caption)).toEqual({ texts: [inRussian(caption)], model: "m", failed: null });
  expect(await translated("Write me a letter to the mayor.")).toMatchObject({ texts: [null] });
  await spoken;
}, 120_000);

test("what was written in silence is translated once it is shown, and not while its writer has it to themselves", async () => {
  const [tom, anna] = meeting.people.map(({ matrix }) => matrix);
  if (!tom || !anna) return expect.unreachable("they are not there");
  const room = await roomWithBot(meeting.service, tom, anna);
  const [ofTom, ofAnna] = await Promise.all([
    WidgetPerson.open(meeting.service.url, room, tom),
    WidgetPerson.open(meeting.service.url, room, anna),
  ]);
  for (const widget of [ofTom, ofAnna]) expect((await widget.joinCircle()).status).toBe(200);
  await tom.command(room, WRITING);
  expect(await tom.command(room, "!circle start writing")).toBe("✅");
  const text = "Two benches by the gate, and a tap.";
  const { id } = (await ofTom.meeting()).meeting ?? expect.unreachable("it has not begun");
  expect((await ofTom.command({ type: "write", text, finished: true })).status).toBe(200);
  const here = { widget: ofAnna, meeting: id };
  expect(await translated(text, here), "nobody has it yet").toMatchObject({ texts: [null] });
  await tom.command(room, "!circle close");
  await expect
    .poll(async () => (await ofAnna.meeting()).meeting?.circles.flatMap(({ texts }) => texts.map((each) => each.text)))
    .toEqual([text]);
  expect(await translated(text, here)).toEqual({ texts: [inRussian(text)], model: "m", failed: null });
}, 120_000);
