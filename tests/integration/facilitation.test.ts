import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DEVICE_HEADER, type Session } from "../../appservice/protocol/http-api.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const person = (name: string, displayName: string) => MatrixPerson.register(mindminder.synapse, name, displayName);
const body = (event: SeenEvent) => String(event.content["body"]);
const fromBot = (text: RegExp) => (event: SeenEvent) => event.sender === mindminder.botId && text.test(body(event));
const newContent = (event: SeenEvent) => event.content["m.new_content"] as { [key: string]: unknown } | undefined;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" } },
  });
  [ann, bob] = await Promise.all([person("ann", "Ann"), person("bob", "Bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

const room = () => roomWithBot(mindminder, ann, bob);

async function seated(id: string): Promise<void> {
  expect(await ann.joinCircle(id)).toBe("✅");
  expect(await bob.joinCircle(id)).toBe("✅");
}

/** The circle's message that comes next. */
const root = (id: string, theme: RegExp) =>
  ann.next(
    id,
    (event) => fromBot(theme)(event) && "org.mindminder.circle" in event.content && !("m.relates_to" in event.content),
    `the circle ${theme}`,
  );

async function react(who: MatrixPerson, id: string, to: string, key: string): Promise<string> {
  return who.send(id, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: to, key } });
}

async function redact(who: MatrixPerson, id: string, event: string): Promise<void> {
  await who.ask("PUT", `/rooms/${encodeURIComponent(id)}/redact/${encodeURIComponent(event)}/t${Math.random()}`, {});
}

const TEA = `id: tea
title: { en: Tea, ru: Чай }
betweenSeconds: 0
circles:
  - theme: { en: "Green or black: {topic}?", ru: "Зелёный или чёрный: {topic}?" }
`;

describe("a room's own scenario", () => {
  test("comes from a block of code, is played, becomes the default, and goes again", async () => {
    const id = await room();
    await seated(id);
    expect(await bob.command(id, `!circle scenario import\n\`\`\`yaml\n${TEA}\`\`\``)).toMatch(/Only the keeper/);
    expect(await ann.command(id, `!circle scenario import\n\`\`\`yaml\n${TEA}\`\`\``)).toMatch(
      /“Tea” \(tea\) has been added, with 1 circle\./,
    );
    expect(await ann.state(id, "org.mindminder.scenario", "tea")).toMatchObject({
      scenario: { id: "tea", turnSeconds: 120 },
    });
    expect(await bob.command(id, "!circle scenario list")).toMatch(/• tea: Tea \(this room’s own\)/);
    expect(await ann.command(id, "!circle scenario use tea")).toMatch(/starts “Tea”/);
    const widget = await WidgetPerson.open(mindminder.url, id, ann);
    expect((await widget.ask("scenarios")).body).toMatchObject({
      preferred: "tea",
      scenarios: expect.arrayContaining([
        expect.objectContaining({
          id: "tea",
          own: true,
          circles: 1,
          outline: [
            expect.objectContaining({
              kind: "statement",
              theme: "Green or black: {topic}?",
              secondsPerTurn: 120,
              speakers: "all",
              back: null,
            }),
          ],
        }),
      ]),
    });
    const began = root(id, /Green or black: today\?/);
    expect(await ann.command(id, "!circle start today")).toBe("✅");
    await began;
    expect(await ann.command(id, "!circle scenario remove tea")).toMatch(/has been removed/);
    expect(await ann.command(id, "!circle scenario show tea")).toMatch(/no scenario “tea”/);
  });

  test("comes from an uploaded file; a bad one is told all its faults, by their keys, and changes nothing", async () => {
    const id = await room();
    const good = await upload(id, TEA);
    expect(await answered(id, good, "!circle scenario import")).toMatch(/has been added/);
    const bad = await upload(
      id,
      "id: tea\ntitle: Other\nspeed: 1\nturnSeconds: 0\ncircles: [{ kind: statement, turnSeconds: 36000 }]\n",
    );
    const told = await answered(id, bad, "!circle scenario import");
    expect(told).toMatch(/4 things to fix/);
    for (const key of [
      "speed: this key is not known",
      "turnSeconds: it must be at least 5",
      "circles\\[0\\].theme: this key is missing",
      "circles\\[0\\].turnSeconds: it must be at most 3600",
    ])
      expect(told).toMatch(new RegExp(key));
    const large = await upload(id, `title: ${"x".repeat(1_000_000)}`);
    expect(await answered(id, large, "!circle scenario import")).toMatch(/larger than 256 kB/);
    expect(
      await answered(id, await upload(id, `title: ${"x".repeat(300_000)}`, 10), "!circle scenario import"),
    ).toMatch(/larger than 256 kB/);
    expect(await ann.state(id, "org.mindminder.scenario", "tea")).toMatchObject({ scenario: { title: { en: "Tea" } } });
    expect(await ann.command(id, "!circle scenario import")).toMatch(/I see no scenario/);
  });

  async function upload(id: string, text: string, claimed = text.length): Promise<string> {
    const response = await fetch(`${mindminder.synapse.url}/_matrix/media/v3/upload?filename=mine.yaml`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ann.accessToken}`, "Content-Type": "application/yaml" },
      body: text,
    });
    const { content_uri: url } = (await response.json()) as { content_uri: string };
    return ann.send(id, "m.room.message", {
      msgtype: "m.file",
      body: "mine.yaml",
      url,
      info: { size: claimed, mimetype: "application/yaml" },
    });
  }

  async function answered(id: string, to: string, text: string): Promise<string> {
    const answer = ann.next(
      id,
      (event) => event.sender === mindminder.botId && relatesTo(event) !== undefined && relatesTo(event) !== to,
      `an answer to ${text}`,
    );
    await ann.say(id, text, { "m.relates_to": { "m.in_reply_to": { event_id: to } } });
    return body(await answer);
  }

  const relatesTo = (event: SeenEvent) =>
    (event.content["m.relates_to"] as { "m.in_reply_to"?: { event_id?: string } } | undefined)?.["m.in_reply_to"]
      ?.event_id;
});

test.runIf(LONG)(
  "a decision by consent: an objection leads back, and once it is taken in the proposal stands",
  async () => {
    const id = await room();
    await seated(id);
    await ann.command(id, "!circle start consent-decision a new kettle");
    const passOn = async (...people: MatrixPerson[]) => {
      for (const each of people) expect(await each.command(id, "!circle pass")).toBe("✅");
    };
    await passOn(ann);
    for (let circle = 0; circle < 2; circle++) {
      expect(await ann.command(id, "!circle next")).toBe("✅");
      await passOn(ann, bob);
    }
    await ann.command(id, "!circle next");
    expect(await bob.command(id, "!circle consent")).toMatch(/does not ask for consent/);
    await ann.command(id, "!circle next");
    const asked = root(id, /Circle 5 of 6: Is the proposal good enough/);
    await ann.command(id, "!circle next");
    const question = await asked;
    expect(await bob.command(id, "!circle object")).toMatch(/give a reason/);
    const told = ann.next(
      id,
      (event) => newContent(event) !== undefined && /objects: it is too dear/.test(body(event)),
      "the objection on the circle's message",
    );
    expect(await bob.command(id, "!circle object it is too dear")).toBe("✅");
    expect(newContent(await told)?.["org.mindminder.circle"]).toMatchObject({
      kind: "consent",
      stances: [{ who: bob.userId, position: "object", reason: "it is too dear" }],
    });
    expect((await told).content["m.relates_to"]).toMatchObject({ event_id: question.event_id });
    expect(await ann.command(id, "!круг согласна")).toBe("✅");

    await passOn(ann, bob);
    const again = root(id, /Circle 4 of 6, round 2: How do we make the proposal take in/);
    await ann.command(id, "!circle next");
    await again;
    await ann.command(id, "!circle next");
    await ann.command(id, "!circle next");
    expect(await bob.command(id, "!circle consent")).toBe("✅");
    expect(await ann.command(id, "!circle consent")).toBe("✅");
    await passOn(ann, bob);
    await ann.command(id, "!circle next");
    const summed = ann.next(id, fromBot(/^Decision by consent: a new kettle · /), "the meeting's root");
    await passOn(ann);
    const end = await summed;
    expect(body(end)).toMatch(/\n✓ Decided:\n• .* · Decided by consent: no objections\. · Consent: Bob, Ann\n☐ To do/);
    expect(end.content["org.mindminder.meeting_record"]).toMatchObject({
      decisions: [{ verdict: "consented", round: 2 }],
    });
    await expect.poll(() => ann.state(id, "org.mindminder.meeting")).toMatchObject({ phase: "ended" });
  },
);

test("reactions on the circle's message: a hand goes up and down, the word passes, and what is refused is said once", async () => {
  const id = await room();
  await seated(id);
  const began = root(id, /How do you see it/);
  const offered = ["✋", "➡️", "⏭️", "⏸️"].map((key) =>
    ann.next(
      id,
      (event) =>
        event.type === "m.reaction" &&
        event.sender === mindminder.botId &&
        (event.content["m.relates_to"] as { key?: string }).key === key,
      `the bot's ${key}`,
    ),
  );
  await ann.command(id, "!circle start council tea");
  const circle = (await began).event_id;
  await Promise.all(offered);
  const state = () =>
    ann.state<{ hands: { who: string }[]; turn: { speaker: string } | null; paused: boolean }>(
      id,
      "org.mindminder.meeting",
    );

  const hand = await react(bob, id, circle, "✋🏽");
  await expect.poll(state).toMatchObject({ hands: [{ who: bob.userId, hand: "reply" }] });
  await redact(bob, id, hand);
  await expect.poll(state).toMatchObject({ hands: [] });

  const refused = ann.next(id, fromBot(/^Bob \(➡️\): Ann has the word\.$/), "the refusal");
  await react(bob, id, circle, "➡️");
  const said = await refused;
  expect(said.content).toMatchObject({
    msgtype: "m.notice",
    "m.mentions": {},
    "m.relates_to": { rel_type: "m.thread", event_id: circle },
  });

  const pause = await react(ann, id, circle, "⏸️");
  await expect.poll(state).toMatchObject({ paused: true });
  await redact(ann, id, pause);
  await expect.poll(state).toMatchObject({ paused: false });
  await react(ann, id, circle, "➡");
  await expect.poll(state).toMatchObject({ turn: { speaker: bob.userId } });

  // Signs that would do nothing any more do not stay.
  const own = async () =>
    (await ann.history(id)).filter(
      ({ type, sender, content }) =>
        type === "m.reaction" &&
        sender === mindminder.botId &&
        (content["m.relates_to"] as { event_id?: string } | undefined)?.event_id === circle,
    );
  expect(await own()).toHaveLength(4);
  await ann.command(id, "!circle end");
  await expect.poll(own).toHaveLength(0);
});

test("what is typed while a circle runs is in the record: changed with the message, gone with it", async () => {
  const id = await room();
  await ann.say(id, "before the meeting");
  await seated(id);
  await ann.command(id, "!circle start council tea");
  const first = await bob.say(id, "I like grene");
  const second = await bob.say(id, "and something I should not have said");
  await ann.send(id, "m.room.message", { msgtype: "m.emote", body: "nods" });
  await bob.say(id, "* I like green", {
    "m.new_content": { msgtype: "m.text", body: "I like green" },
    "m.relates_to": { rel_type: "m.replace", event_id: first },
  });
  const widget = await WidgetPerson.open(mindminder.url, id, bob);
  const comments = async () =>
    (await widget.record()).record?.comments.map(({ name, text, circle, turn }) => [name, text, circle, turn]);
  await expect.poll(comments).toEqual([
    ["Bob", "I like green", 0, 1],
    ["Bob", "and something I should not have said", 0, 1],
    ["Ann", "nods", 0, 1],
  ]);
  await redact(bob, id, second);
  await expect.poll(comments).toEqual([
    ["Bob", "I like green", 0, 1],
    ["Ann", "nods", 0, 1],
  ]);
  const listed = ann.next(id, fromBot(/^Comments\n/), "the comments in the thread");
  await ann.command(id, "!circle pass");
  await bob.command(id, "!circle pass");
  expect(body(await listed)).toBe("Comments\n• Bob: I like green\n• Ann: nods");
  const emptied = ann.next(
    id,
    (event) => newContent(event) === undefined && /^Comments\n• Ann: nods/.test(body(event)),
    "the comment gone",
  );
  await redact(bob, id, first);
  await emptied;
  // The message before it is redacted beside that.
  await expect
    .poll(async () =>
      (await ann.history(id)).filter(
        (event) => event.sender === mindminder.botId && JSON.stringify(event.content).includes("green"),
      ),
    )
    .toEqual([]);
});

test("a personal link opens the circle in one browser until the meeting is over, for whoever asked and only while they are in the room", async () => {
  const id = await room();
  await ann.setState(id, "m.room.name", "", { name: "Tea house" });
  const invited = invitation(bob);
  expect(await bob.command(id, "!circle link")).toMatch(/sent you a private message/);
  const direct = await invited;
  await bob.join(direct);
  const link = (await bob.history(direct)).map(body).find((text) => text.includes("#code=")) ?? "";
  const address = new URL(/http\S+/.exec(link)?.[0] ?? "");
  const parameters = new URLSearchParams(address.hash.slice(1));
  expect(address.search).toBe("");
  expect(parameters.get("roomId")).toBe(id);
  expect((await bob.history(direct)).filter(({ type }) => type === "im.vector.modular.widgets")).toEqual([]);

  const open = (code: string | null, browser = "bobs-browser-and-its-letters", tab = "a-tab-of-a-browser") =>
    fetch(`${mindminder.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [DEVICE_HEADER]: tab },
      body: JSON.stringify({ issuer: "link", code, browser }),
    });
  const opened = await open(parameters.get("code"));
  expect(opened.status).toBe(200);
  const session = (await opened.json()) as Session;
  expect(session.me).toMatchObject({ id: bob.userId, name: "Bob", mayKeep: false });
  const meeting = await fetch(`${mindminder.url}/api/v1/rooms/${encodeURIComponent(id)}/meeting`, {
    headers: { Authorization: `Bearer ${session.token}`, [DEVICE_HEADER]: "a-tab-of-a-browser" },
  });
  expect(meeting.status).toBe(200);
  // The phone took the page away, and it is opened anew by the same link; nobody else's browser gets in by it.
  expect((await open(parameters.get("code"), undefined, "another-tab-of-it")).status).toBe(200);
  const elsewhere = await open(parameters.get("code"), "somebody-elses-browser");
  expect([elsewhere.status, await elsewhere.json()]).toEqual([
    401,
    { errcode: "ORG.MINDMINDER.LINK_USED", error: expect.any(String) as string },
  ]);
  expect((await open("short")).status).toBe(400);
  for (const person of [ann, bob]) expect(await person.joinCircle(id)).toBe("✅");
  expect(await ann.command(id, "!circle start council tea")).toBe("✅");
  expect((await open(parameters.get("code"))).status).toBe(200);
  expect(await ann.command(id, "!circle end")).toBe("✅");
  expect((await open(parameters.get("code"))).status).toBe(401);
  // A code that opens nothing more does not stay in the room, and its owner cannot let anybody in who would read the
  // next one.
  await expect
    .poll(async () => (await bob.history(direct)).filter((event) => body(event).includes("#code=")))
    .toEqual([]);
  await expect(
    bob.ask("POST", `/rooms/${encodeURIComponent(direct)}/invite`, { user_id: ann.userId }),
  ).rejects.toThrow();

  const second = bob.next(direct, (event) => body(event).includes("#code="), "a second link in the same room");
  await bob.command(id, "!circle link");
  const code = new URLSearchParams(new URL(/http\S+/.exec(body(await second))?.[0] ?? "").hash.slice(1)).get("code");
  const gone = ann.next(
    id,
    (event) => event.type === "m.room.member" && event.content["membership"] === "leave",
    "Bob to be gone",
  );
  await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/kick`, { user_id: bob.userId });
  await gone;
  await expect.poll(async () => (await open(code)).status).toBeGreaterThanOrEqual(401);
});

test("an OpenID token taken elsewhere: its owner is told alone and ends all of it at once; of a browser for which their own client speaks nobody is", async () => {
  const cid = await person("cid-signs-in", "Cid");
  const id = await roomWithBot(mindminder, ann, cid);
  const signIn = async (browser: string) => {
    const response = await fetch(`${mindminder.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [DEVICE_HEADER]: `tab-of-${browser}` },
      body: JSON.stringify({ roomId: id, openid: await cid.openIdToken(), browser }),
    });
    return { status: response.status, body: (await response.json()) as Session & { errcode?: string } };
  };
  const look = async (browser: string, { token }: Session) =>
    (
      await fetch(`${mindminder.url}/api/v1/rooms/${encodeURIComponent(id)}/meeting`, {
        headers: { Authorization: `Bearer ${token}`, [DEVICE_HEADER]: `tab-of-${browser}` },
      })
    ).status;

  const own = await signIn("a-browser-of-cids");
  await cid.send(id, "org.mindminder.sign_in", { code: own.body.confirm });
  const invited = invitation(cid);
  const strange = await signIn("a-strangers-browser");
  expect([await look("a-browser-of-cids", own.body), await look("a-strangers-browser", strange.body)]).toEqual([
    200, 200,
  ]);
  const direct = await invited;
  await cid.join(direct);
  const told = async () =>
    (await cid.history(direct))
      .filter((event) => event.sender === mindminder.botId && event.type === "m.room.message")
      .map(body);
  await expect
    .poll(told)
    .toEqual([expect.stringMatching(/opened in your name, in a browser that is new to me[^]*!circle signout/)]);
  // Of the browser that Cid's own client spoke up for, nothing is said; both are old enough by now.
  expect((await signIn("a-browser-of-cids")).body.confirm).toBeUndefined();

  expect(await cid.command(direct, "!circle signout")).toMatch(/nothing is open in your name/);
  expect([await look("a-browser-of-cids", own.body), await look("a-strangers-browser", strange.body)]).toEqual([
    401, 401,
  ]);
  expect(await signIn("a-strangers-browser")).toMatchObject({
    status: 403,
    body: { errcode: "ORG.MINDMINDER.SIGNED_OUT" },
  });
  expect((await signIn("another-strange-browser")).status).toBe(403);
  expect((await signIn("a-browser-of-cids")).status).toBe(200);
  expect(await told()).toHaveLength(2);
  await cid.close();
});

/**
 * With Ann, Bob and Dan at the meeting, Cid asked in before it and Eve after it; Dan is put out before it and let in
 * again.
 */
test.each(LONG ? ["world_readable", "shared", "invited", "joined"] : ["joined"])(
  "of what was said while the room's history was %s, nobody sees at the service what the homeserver does not show them",
  async (visibility) => {
    const others = await Promise.all(
      ["cid", "dan", "eve"].map((name) => person(`${name}-${visibility.replace("_", "-")}`, name)),
    );
    const [cid, dan, eve] = others as [MatrixPerson, MatrixPerson, MatrixPerson];
    const id = await roomWithBot(mindminder, ann, bob, dan);
    const ask = (what: string, { userId }: MatrixPerson) =>
      ann.ask("POST", `/rooms/${encodeURIComponent(id)}/${what}`, { user_id: userId });
    await ann.setState(id, "m.room.history_visibility", "", { history_visibility: visibility });
    await ask("kick", dan);
    await ask("invite", cid);
    await seated(id);
    await ann.command(id, "!circle start");
    const comment = await bob.say(id, "a walrus in the garden, please");
    expect(await ann.command(id, "!circle end")).toBe("✅");
    await ask("invite", eve);
    await ask("invite", dan);
    const seen: { [name: string]: unknown } = {};
    for (const who of [bob, cid, dan, eve]) {
      await who.join(id);
      const bySynapse = await who
        .ask("GET", `/rooms/${encodeURIComponent(id)}/event/${encodeURIComponent(comment)}`)
        .then(
          () => true,
          () => false,
        );
      // The homeserver tells the service a moment later that they are in.
      const widget = await vi.waitFor(() => WidgetPerson.open(mindminder.url, id, who), 60_000);
      const listed = async () => (await widget.ask("pastMeetings")).body.meetings.length > 0;
      const said = async () => JSON.stringify((await widget.ask("record")).body).includes("walrus");
      // Until the service has read the room's past, it shows nothing of it.
      await expect
        .poll(async () => [await listed(), await said()], { message: `${who.userId} at ${visibility}` })
        .toEqual([bySynapse, bySynapse]);
      seen[who.userId] = { listed: bySynapse };
    }
    const hidden = Object.values(seen).filter((each) => !(each as { listed: boolean }).listed).length;
    expect(hidden).toBe({ world_readable: 0, shared: 0, invited: 2, joined: 3 }[visibility]);
    await Promise.all(others.map((each) => each.close()));
  },
);

/** The room somebody is invited into next. */
async function invitation(who: MatrixPerson): Promise<string> {
  type Sync = { rooms?: { invite?: { [room: string]: { invite_state: { events: SeenEvent[] } } } } };
  for (let limit = 1; ; limit++) {
    // Synapse keeps its answer to a first sync for a while; another filter asks anew.
    const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit } } }));
    const { rooms } = await who.ask<Sync>("GET", `/sync?timeout=0&filter=${filter}`);
    const found = Object.entries(rooms?.invite ?? {}).find(
      ([
        ,
        {
          invite_state: { events },
        },
      ]) => events.some(({ sender, type }) => type === "m.room.member" && sender === mindminder.botId),
    );
    if (found) return found[0];
    // Looks again.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test("the room's language is chosen by its moderators, in whatever language they ask", async () => {
  const id = await room();
  expect(await bob.command(id, "!circle language ru")).toMatch(/Only a moderator/);
  expect(await ann.command(id, "!circle language ru")).toMatch(/Теперь я говорю здесь по-русски/);
  expect(await bob.command(id, "!circle status")).toMatch(/Встреча здесь не идёт/);
  expect(await bob.command(id, "!круг помощь всё")).toMatch(/!круг рука \[реплика \| вопрос \| порядок\]/);
  await seated(id);
  const began = ann.next(id, fromBot(/Круг 1 из 2: Как вы это видите\?/), "the circle in Russian");
  expect(await ann.command(id, "!круг начать council чай")).toBe("✅");
  await began;
  expect(await ann.command(id, "!круг рука громкая")).toMatch(/Нужно так: «!круг рука/);
  expect(await bob.command(id, "!круг слово Анне")).toMatch(/Такого участника в круге нет/);
  expect(await ann.command(id, "!круг слово bo")).toBe("✅");
  expect(await ann.command(id, "!круг хранитель Bob")).toBe("✅");
  expect(await ann.command(id, "!круг язык английский")).toMatch(/I speak English here from now on/);
});

test("ideas written in silence by chat and widget stand in the thread once all are shown; a stranger to the ring is refused", async () => {
  const id = await room();
  await seated(id);
  const eve = await person(`eve${Date.now()}`, "Eve");
  await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/invite`, { user_id: eve.userId });
  await eve.join(id);
  await ann.command(id, "!circle start brainstorm tea");
  expect(await eve.command(id, "!circle write coffee")).toMatch(/not in the circle/);
  expect(await eve.command(id, "!circle hand")).toMatch(/not in the circle/);
  expect(await ann.command(id, "!circle write")).toMatch(/Usage: /);
  expect(await ann.command(id, "!circle write green tea\nand black")).toMatch(/the others can see it/);
  const widget = await WidgetPerson.open(mindminder.url, id, bob);
  const shown = ann.next(id, fromBot(/^What was written\n/), "the texts");
  expect((await widget.command({ type: "write", text: "white tea", finished: true })).status).toBe(200);
  expect(body(await shown)).toBe("What was written\n• Ann: green tea\nand black\n• Bob: white tea");
  expect((await widget.command({ type: "write", text: "late", finished: true })).body.errcode).toBe(
    "ORG.MINDMINDER.NOT_WRITING",
  );
  expect((await widget.command({ type: "raise-hand", hand: "clarify" })).body.meeting?.hands).toEqual([
    { who: bob.userId, hand: "clarify" },
  ]);
  expect((await widget.command({ type: "hand-over", to: bob.userId })).body.errcode).toBe("ORG.MINDMINDER.NOT_KEEPER");
  for (const wrong of [
    { type: "raise-hand", hand: "loud" },
    { type: "take-position", position: "object", reason: "x".repeat(501) },
    { type: "write", text: 7 },
    { type: "give-word", to: bob.userId },
  ]) {
    expect((await widget.ask("command", wrong)).status).toBe(400);
  }
  await eve.close();
});
