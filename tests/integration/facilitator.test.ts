import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DEVICE_HEADER } from "../../appservice/protocol/http-api.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const person = (name: string, displayName: string) => MatrixPerson.register(mindminder.synapse, name, displayName);
const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const notice = (text: RegExp) => (event: SeenEvent) => fromBot(event) && text.test(String(event.content["body"]));

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" }, log: "debug" },
  });
  [ann, bob] = await Promise.all([person("ann", "Ann"), person("bob", "Bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

/** A room with Ann (its creator), Bob and the bot, which has greeted. */
async function room(powers: object = { users: { [mindminder.botId]: 50 } }): Promise<string> {
  const id = await ann.createRoom({ invite: [bob.userId], power_level_content_override: powers });
  await bob.join(id);
  const greeted = ann.next(id, notice(/facilitator/), "a greeting");
  await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/invite`, { user_id: mindminder.botId });
  await greeted;
  return id;
}

describe("the bot comes in", () => {
  test("greets in one message, and puts the widget on top where it has the power", async () => {
    const id = await room();
    const widget = await ann.state<{ url: string; id: string; creatorUserId: string }>(
      id,
      "im.vector.modular.widgets",
      "org.mindminder",
    );
    expect(widget).toMatchObject({ id: "org.mindminder", creatorUserId: mindminder.botId });
    expect(widget?.url).toContain(`${mindminder.url}/widget/#/?widgetId=$matrix_widget_id`);
    expect(await ann.state(id, "io.element.widgets.layout")).toMatchObject({
      widgets: { "org.mindminder": { container: "top" } },
    });
    expect((await ann.history(id)).filter((event) => fromBot(event) && event.type === "m.room.message")).toHaveLength(
      1,
    );
  });

  test("has a picture, which clients show beside its name", async () => {
    const profile = () =>
      ann.ask<{ displayname: string; avatar_url?: string }>("GET", `/profile/${encodeURIComponent(mindminder.botId)}`);
    await expect.poll(async () => (await profile()).avatar_url).toMatch(/^mxc:/);
    const { displayname, avatar_url } = await profile();
    expect(displayname).toBe("Mindminder");
    expect((await ann.download(avatar_url!)).subarray(1, 4).toString()).toBe("PNG");
  });

  test("without the power says so, and adds the widget at once when it is given it", async () => {
    const id = await room({});
    expect(await ann.state(id, "im.vector.modular.widgets", "org.mindminder")).toBeNull();
    const added = ann.next(id, (event) => event.type === "im.vector.modular.widgets", "the widget");
    const power = await ann.state<{ users: object }>(id, "m.room.power_levels");
    await ann.setState(id, "m.room.power_levels", "", { ...power, users: { ...power?.users, [mindminder.botId]: 50 } });
    await added;
  });

  test("an Element call beside it is answered by where the circle is, once", async () => {
    const id = await room();
    const told = ann.next(id, notice(/^An Element call has started/), "where the circle is");
    const join = () =>
      ann.setState(id, "org.matrix.msc3401.call.member", `_${ann.userId}_PHONE_m.call`, {
        application: "m.call",
        call_id: "",
        device_id: "PHONE",
        scope: "m.room",
      });
    await join();
    await told;
    await ann.setState(id, "org.matrix.msc3401.call.member", `_${ann.userId}_PHONE_m.call`, {});
    await join();
    await ann.command(id, "!circle status");
    expect((await ann.history(id)).filter(notice(/^An Element call has started/))).toHaveLength(1);
  });

  test("says plainly that it cannot take part in an encrypted room", async () => {
    const id = await ann.createRoom({
      initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
    });
    const said = ann.next(id, notice(/encrypted/), "a word about encryption");
    await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/invite`, { user_id: mindminder.botId });
    await said;
  });

  test("leaves when everybody else has, and a kick ends its meeting", async () => {
    const id = await room();
    await ann.joinCircle(id);
    await ann.command(id, "!circle start council tea");
    const over = ann.next(
      id,
      (event) =>
        event.type === "m.room.member" &&
        event.state_key === mindminder.botId &&
        event.content["membership"] === "leave",
      "the bot to be gone",
    );
    await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/kick`, { user_id: mindminder.botId });
    await over;
    const back = ann.next(id, notice(/facilitator/), "a greeting again");
    await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/invite`, { user_id: mindminder.botId });
    await back;
    expect(await ann.command(id, "!circle status")).toMatch(/has ended/);
  });
});

describe("by chat alone", () => {
  test("a whole council runs, and the room has its record", async () => {
    const id = await room();
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    expect(await ann.command(id, "!circle start")).toMatch(/Nobody has joined/);
    expect(await ann.joinCircle(id)).toBe("✅");
    expect(await bob.joinCircle(id)).toBe("✅");
    expect(await bob.joinCircle(id)).toMatch(/already/);
    expect(await ann.command(id, "!circle start council the tea")).toBe("✅");
    expect(await bob.command(id, "!circle pass")).toBe("Ann has the word.");
    expect(await ann.command(id, "!circle status")).toMatch(/Circle 1 of 2: How do you see it\?\nAnn has the word/);

    const called = bob.next(
      id,
      (event) => event.content["msgtype"] === "m.text" && /Bob, you have the word/.test(String(event.content["body"])),
      "a call to the word",
    );
    expect(await ann.command(id, "!circle pass")).toBe("✅");
    expect((await called).content).toMatchObject({
      "m.mentions": { user_ids: [bob.userId] },
      "m.new_content": { "m.mentions": { user_ids: [bob.userId] } },
      "m.relates_to": { rel_type: "m.replace" },
    });
    expect(await bob.command(id, "!circle pass")).toBe("✅");
    expect(await bob.command(id, "!circle next")).toMatch(/keeper/);
    expect(await ann.command(id, "!circle next")).toBe("✅");
    await ann.command(id, "!circle pass");
    const summed = ann.next(id, notice(/^Council: the tea · /), "the meeting's root");
    await bob.command(id, "!circle pass");
    const root = await summed;
    expect(root.content).toMatchObject({ msgtype: "m.text", "m.mentions": {} });
    expect(root.content).not.toHaveProperty("m.relates_to");

    // The room's state has a way of its own beside the messages.
    await expect
      .poll(() => ann.state(id, "org.mindminder.meeting"))
      .toMatchObject({ format: 1, phase: "ended", topic: "the tea" });
    const roots = (await ann.history(id)).filter(
      (event) => fromBot(event) && "org.mindminder.circle" in event.content && !("m.relates_to" in event.content),
    );
    expect(roots).toHaveLength(2);
    const threads = async () =>
      (await ann.history(id)).filter(
        (event) => (event.content["m.relates_to"] as { rel_type?: string } | undefined)?.rel_type === "m.thread",
      );
    await expect.poll(async () => (await threads()).length).toBeGreaterThanOrEqual(4);
  });

  test("help lists every command; what is not known is answered, what is not meant for the bot is not", async () => {
    const id = await room();
    expect((await ann.command(id, "!circle help")).split("\n").length).toBeLessThan(10);
    const help = await ann.command(id, "!circle help all");
    for (const name of ["start", "status", "join", "leave", "pass", "skip", "pause", "resume", "end", "help"])
      expect(help).toContain(`!circle ${name}`);
    expect(await ann.command(id, "!circle fly")).toMatch(/“fly”/);
    const before = (await ann.history(id)).length;
    await ann.say(id, "!circles are round");
    await ann.send(id, "m.room.message", { msgtype: "m.notice", body: "!circle help" });
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    expect((await ann.history(id)).length).toBe(before + 4);
  });

  test("an emoji where the answer is cut off stays whole, and the room goes on", async () => {
    const id = await room();
    expect(await ann.command(id, `!circle ${"a".repeat(39)}🫖🫖`)).toMatch(/“a{39}…”/);
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
  });
});

describe("in the widget", () => {
  test("half a character, which no homeserver takes, is mended at the door", async () => {
    const id = await room();
    const widget = await WidgetPerson.open(mindminder.url, id, ann);
    await widget.joinCircle();
    const begun = ann.next(id, notice(/^Circle 1 of 2: How do you see it\?/), "the circle");
    expect((await widget.command({ type: "start", scenario: "council", topic: "the \ud83etea" })).status).toBe(200);
    await begun;
    await expect.poll(() => ann.state(id, "org.mindminder.meeting")).toMatchObject({ topic: "the \ufffdtea" });
    expect(await ann.command(id, "!circle end")).toBe("✅");
  });

  test("who is in the room gets a session, joins, starts and passes; two hands at once move the word once", async () => {
    const id = await room();
    const [a, b] = await Promise.all([
      WidgetPerson.open(mindminder.url, id, ann),
      WidgetPerson.open(mindminder.url, id, bob),
    ]);
    expect(a.session.me).toMatchObject({ id: ann.userId, name: "Ann", mayKeep: true });
    expect(b.session.me).toMatchObject({ mayKeep: false });
    await a.joinCircle();
    await b.joinCircle();
    const started = await a.command({ type: "start", topic: "tea" });
    expect(started.body.meeting).toMatchObject({ phase: "circle", topic: "tea", turn: { speaker: ann.userId } });
    const expectedVersion = started.body.meeting?.version ?? 0;
    const both = await Promise.all([
      a.command({ type: "pass", expectedVersion }),
      a.command({ type: "pass", expectedVersion }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toEqual({
      errcode: "ORG.MINDMINDER.STALE",
      error: expect.stringMatching(/moved on/),
    });
    expect((await b.meeting()).meeting?.turn?.speaker).toBe(bob.userId);
  });

  test("each is shown who gets their words, and what they type is taken once they agree, at whatever door", async () => {
    const id = await room();
    const [a, b] = await Promise.all([
      WidgetPerson.open(mindminder.url, id, ann),
      WidgetPerson.open(mindminder.url, id, bob),
    ]);
    const { shown } = (await a.ask("agreement")).body;
    expect(shown?.items).toContainEqual({ what: "comments" });
    const unread = { agreed: true, shown: { wording: 1, items: [] } };
    expect(await a.command({ type: "join", agreement: unread })).toMatchObject({
      status: 409,
      body: { errcode: "ORG.MINDMINDER.SHOWN_CHANGED" },
    });
    expect(
      (await a.command({ type: "join", agreement: { agreed: false, shown: shown! } })).body.meeting?.people,
    ).toMatchObject([{ id: ann.userId, agreed: false }]);

    // By a page from before people were asked.
    const question = bob.next(id, notice(/^Bob: may your words be written down\?/), "the question");
    await b.command({ type: "join" });
    await question;
    await b.command({ type: "start", topic: "tea" });
    await ann.say(id, "Ann keeps this for herself");
    await bob.say(id, "Bob says yes later");
    expect(await bob.command(id, "!circle status")).not.toBe("");
    expect((await a.record()).record?.comments).toEqual([]);
    expect((await b.command({ type: "agree", agreed: true, shown: shown! })).status).toBe(200);
    await expect
      .poll(async () => (await a.record()).record?.comments.map(({ text }) => text))
      .toEqual(["Bob says yes later"]);
    expect((await b.ask("agreement")).body.agreed).toBe(true);
    expect(await ann.command(id, "!circle end")).toBe("✅");
  });

  test("people's pictures come through the service, to those in the room alone", async () => {
    const id = await room();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const upload = await fetch(`${mindminder.synapse.url}/_matrix/media/v3/upload?filename=bob.png`, {
      method: "POST",
      headers: { Authorization: `Bearer ${bob.accessToken}`, "Content-Type": "image/png" },
      body: png,
    });
    const { content_uri } = (await upload.json()) as { content_uri: string };
    const shown = ann.next(
      id,
      ({ type, state_key, content }) =>
        type === "m.room.member" && state_key === bob.userId && content["avatar_url"] === content_uri,
      "Bob's picture",
    );
    await bob.ask("PUT", `/profile/${encodeURIComponent(bob.userId)}/avatar_url`, { avatar_url: content_uri });
    await shown;
    const a = await WidgetPerson.open(mindminder.url, id, ann);
    const pictureOf = (person: string, token?: string) => a.ask("picture", { person }, { ...(token && { token }) });
    await expect
      .poll(async () => (await pictureOf(bob.userId)).body.picture)
      .toMatch(/^data:image\/(png|jpeg|webp);base64,.{20}/);
    expect((await pictureOf(ann.userId)).body).toEqual({ picture: null });
    expect((await pictureOf("@nobody:nowhere")).body).toEqual({ picture: null });
    expect((await pictureOf(bob.userId, "made-up")).status).toBe(401);
  });

  test("nobody else: no token, a made-up one, another room's, a stranger, or someone who was put out", async () => {
    const [id, other] = [await room(), await room()];
    const b = await WidgetPerson.open(mindminder.url, id, bob);
    const onlyAnError = { errcode: expect.any(String) as string, error: expect.any(String) as string };
    expect(await b.ask("meeting", {}, { token: "" })).toEqual({ status: 401, body: onlyAnError });
    expect(await b.ask("meeting", {}, { token: "made-up" })).toEqual({ status: 401, body: onlyAnError });
    expect(await b.ask("meeting", {}, { room: other })).toEqual({ status: 403, body: onlyAnError });

    const eve = await person("eve", "Eve");
    await expect(WidgetPerson.open(mindminder.url, id, eve)).rejects.toThrow(/403/);
    await eve.close();
    const forged = await fetch(`${mindminder.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [DEVICE_HEADER]: "a-tab-of-a-browser" },
      body: JSON.stringify({ roomId: id, openid: { access_token: "forged", matrix_server_name: "localhost" } }),
    });
    expect(forged.status).toBe(401);

    // A token that was carried off is worth nothing in another browser.
    const elsewhere = (device: object) =>
      fetch(`${mindminder.url}/api/v1/rooms/${encodeURIComponent(id)}/meeting`, {
        headers: { ...b.headers, ...device },
      });
    expect((await elsewhere({})).status).toBe(200);
    expect((await elsewhere({ [DEVICE_HEADER]: "another-tab-altogether" })).status).toBe(401);
    expect((await elsewhere({ [DEVICE_HEADER]: "" })).status).toBe(401);

    const gone = ann.next(
      id,
      (event) => event.type === "m.room.member" && event.content["membership"] === "leave",
      "Bob to be gone",
    );
    await ann.ask("POST", `/rooms/${encodeURIComponent(id)}/kick`, { user_id: bob.userId });
    await gone;
    await expect.poll(async () => (await b.ask("meeting")).status).toBeGreaterThanOrEqual(401);
  });

  test("a room that is not ready says why: encrypted, without the bot, or one that the bot may not write into", async () => {
    const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
    const encrypted = await ann.createRoom({ initial_state: [encryption] });
    const said = ann.next(encrypted, notice(/encrypted/), "a word about encryption");
    await ann.ask("POST", `/rooms/${encodeURIComponent(encrypted)}/invite`, { user_id: mindminder.botId });
    await said;
    await expect(WidgetPerson.open(mindminder.url, encrypted, ann)).rejects.toThrow(/403.*ENCRYPTED_ROOM/);
    await expect(WidgetPerson.open(mindminder.url, await ann.createRoom({}), ann)).rejects.toThrow(/403.*BOT_ABSENT/);
    const [powerless, powerful] = [await room({}), await room()];
    expect((await WidgetPerson.open(mindminder.url, powerless, ann)).session.botMayWrite).toBe(false);
    expect((await WidgetPerson.open(mindminder.url, powerful, ann)).session.botMayWrite).toBe(true);
  });

  test("a malformed event is ignored and counted, and the homeserver's door takes nobody else", async () => {
    const id = await room();
    // A call is told by the room's state; this one is a message.
    await ann.send(id, "org.matrix.msc3401.call", { body: "!circle help" });
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    const metrics = await (await fetch(`${mindminder.url}/metrics`)).text();
    expect(metrics).toMatch(/mindminder_malformed_events_total\{type="org.matrix.msc3401.call"\} [1-9]/);

    const intruder = await fetch(`${mindminder.url}/_matrix/app/v1/transactions/1`, {
      method: "PUT",
      headers: { Authorization: "Bearer wrong", "Content-Type": "application/json" },
      body: JSON.stringify({ events: [] }),
    });
    expect(intruder.status).toBe(403);
    expect(await intruder.json()).toEqual({ errcode: "M_FORBIDDEN", error: expect.any(String) });
  });

  test("an event over which its reader stumbles stops nobody, nor the service when it starts again", async () => {
    const id = await room();
    const trap = { length: { toString: 1 } };
    await ann.send(id, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: trap, key: "x" } });
    await ann.send(id, "m.room.message", {
      msgtype: "m.text",
      body: "x",
      "m.relates_to": { "m.in_reply_to": { event_id: trap } },
    });
    expect(await ann.command(id, "!circle status")).toMatch(/No meeting/);
    await mindminder.killService();
    await mindminder.startService();
    expect(await bob.command(id, "!circle status")).toMatch(/No meeting/);
  });

  test("no secret is in the log at its most talkative, in the metrics, or in what is answered to nonsense", async () => {
    const id = await room();
    const openid = await bob.openIdToken();
    const b = await WidgetPerson.open(mindminder.url, id, bob);
    const { token: callToken } = await b.call();
    const { as_token, hs_token } = parse(await readFile(join(mindminder.dir, "registration.yaml"), "utf8")) as {
      as_token: string;
      hs_token: string;
    };
    const secrets = {
      as_token,
      hs_token,
      livekit: mindminder.livekit.apiSecret,
      session: b.session.token,
      openid: openid.access_token,
      callToken,
      matrix: bob.accessToken,
    };

    // Mistakes that people and programs make with these secrets.
    const wrong = await Promise.all([
      fetch(`${mindminder.url}/api/v1/session?access_token=${secrets.openid}`, {
        method: "POST",
        body: JSON.stringify({ openid }),
      }),
      fetch(`${mindminder.url}/api/v1/rooms/${b.session.token}/meeting`, { headers: b.headers }),
      fetch(`${mindminder.url}/_matrix/app/v1/transactions/x?access_token=${hs_token}`, { method: "PUT", body: "{" }),
      fetch(`${mindminder.url}/livekit/webhook`, { method: "POST", headers: { Authorization: callToken }, body: "{}" }),
      fetch(`${mindminder.url}/${as_token}`),
    ]);
    const told = await Promise.all(
      wrong.map(async (answer) => `${JSON.stringify([...answer.headers])} ${await answer.text()}`),
    );
    const metrics = await (await fetch(`${mindminder.url}/metrics`)).text();
    const log = await readFile(mindminder.log, "utf8");
    expect(log).toContain("Mindminder is up");
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(10);
      for (const [where, text] of [
        ["log", log],
        ["metrics", metrics],
        ["answers", told.join("\n")],
      ] as const)
        expect(text.includes(secret), `${name} in the ${where}`).toBe(false);
    }
  });
});
