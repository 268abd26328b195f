import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeAuthority } from "../support/stack/certificates.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { inviteBot, roomWithBot } from "../support/stack/room-with-bot.ts";
import { startSynapse, type Synapse } from "../support/stack/synapse.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { DEVICE_HEADER } from "../../appservice/protocol/http-api.ts";
import { ROUTES } from "../../appservice/protocol/routes.ts";

/** Two homeservers that federate over TLS by an authority made for this test; the facilitator is on the first. */
let dir: string;
let here: Mindminder;
let there: Synapse;
let ann: MatrixPerson;
let bea: MatrixPerson;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-federation-"));
  const authority = await makeAuthority();
  [here, there] = await Promise.all([
    startMindminder({
      dir: join(dir, "here"),
      authority,
      config: { homeserver: { openidNetworks: ["127.0.0.0/8"] }, speech: { engine: "off" } },
    }),
    startSynapse({ dir: join(dir, "there"), authority }),
  ]);
  [ann, bea] = await Promise.all([
    MatrixPerson.register(here.synapse, "ann", "Ann"),
    MatrixPerson.register(there, "bea", "Bea"),
  ]);
});
afterAll(async () => {
  await Promise.all([ann?.close(), bea?.close()]);
  await Promise.all([here?.stop(), there?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

/** Answer to a session that somebody asks for with a token that says `server` gave it. */
async function refusal(room: string, openid: object): Promise<{ status: number; errcode: string }> {
  const response = await fetch(`${here.url}${ROUTES.openSession.path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", [DEVICE_HEADER]: "a-browser-of-somebody" },
    body: JSON.stringify({ roomId: room, openid }),
  });
  return { status: response.status, errcode: ((await response.json()) as { errcode: string }).errcode };
}

/** The invitation arrives when the servers have talked. */
const joined = (person: MatrixPerson, room: string) =>
  person.join(room).then(
    () => "joined",
    (error: unknown) => String(error),
  );

test("somebody of another homeserver sits in the circle, is put out, comes back, and goes on while their server is away", async () => {
  const room = await roomWithBot(here, ann, bea);
  expect(await ann.joinCircle(room)).toBe("✅");
  const theirs = await WidgetPerson.open(here.url, room, bea);
  expect(theirs.session.me).toEqual({ id: bea.userId, name: "Bea", mayKeep: false });
  expect((await theirs.joinCircle()).status).toBe(200);
  expect(await ann.command(room, "!circle start")).toBe("✅");
  const seats = (await theirs.meeting()).meeting?.people.map(({ id }) => id);
  expect(seats?.toSorted()).toEqual([ann.userId, bea.userId].toSorted());

  const outside = await ann.ask("POST", `/rooms/${encodeURIComponent(room)}/kick`, { user_id: bea.userId });
  expect(outside).toEqual({});
  await expect.poll(async () => (await theirs.ask("meeting")).status).toBe(401);
  expect(await refusal(room, await bea.openIdToken())).toMatchObject({ status: 403 });

  // Her own server hears of it later: an invitation that overtakes it would be taken back by it.
  const rooms = async () => (await bea.ask<{ joined_rooms: string[] }>("GET", "/joined_rooms")).joined_rooms;
  await expect.poll(rooms).not.toContain(room);
  await ann.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: bea.userId });
  await expect.poll(() => joined(bea, room)).toBe("joined");
  await expect.poll(async () => (await refusal(room, await bea.openIdToken())).status).toBe(200);
  const again = await WidgetPerson.open(here.url, room, bea);
  expect((await again.meeting()).meeting?.phase).toBe("circle");

  const token = await bea.openIdToken();
  await there.stop();
  expect((await again.meeting()).meeting?.phase).toBe("circle");
  expect(await refusal(room, token)).toEqual({ status: 502, errcode: "ORG.MINDMINDER.HOMESERVER_SILENT" });
  await there.restart();
});

test("their name and picture are in the ring, their turn calls them by a mention, and their server that hangs holds up nobody", async () => {
  const upload = await fetch(`${there.url}/_matrix/media/v3/upload?filename=bea.png`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bea.accessToken}`, "Content-Type": "image/png" },
    body: Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  });
  const { content_uri } = (await upload.json()) as { content_uri: string };
  await bea.ask("PUT", `/profile/${encodeURIComponent(bea.userId)}/avatar_url`, { avatar_url: content_uri });
  const room = await roomWithBot(here, ann, bea);
  const [mine, theirs] = await Promise.all([ann, bea].map((person) => WidgetPerson.open(here.url, room, person)));
  await mine!.joinCircle();
  await theirs!.joinCircle();
  const picture = async () => (await mine!.ask("picture", { person: bea.userId })).body.picture;
  await expect.poll(picture).toMatch(/^data:image\/(png|jpeg|webp);base64,.{20}/);
  expect((await mine!.meeting()).meeting?.people.map(({ name }) => name).toSorted()).toEqual(["Ann", "Bea"]);

  const called = bea.next(
    room,
    ({ sender, content }) =>
      sender === here.botId &&
      ((content["m.mentions"] as { user_ids?: string[] } | undefined)?.user_ids ?? []).includes(bea.userId),
    "a mention",
  );
  expect(await ann.command(room, "!circle start")).toBe("✅");
  const turn = async () => (await mine!.meeting()).meeting?.turn;
  await expect.poll(async () => (await turn())?.speaker).toBeTruthy();
  if ((await turn())?.speaker === ann.userId) await mine!.steer("pass");
  await called;
  expect((await turn())?.speaker).toBe(bea.userId);

  process.kill(there.pid, "SIGSTOP");
  try {
    // Their page is the service's, and needs their server for nothing.
    const told = ann.next(room, ({ sender, type }) => sender === here.botId && type === "org.mindminder.meeting");
    expect((await theirs!.steer("pass")).status).toBe(200);
    await told;
  } finally {
    process.kill(there.pid, "SIGCONT");
  }
  const over = bea.next(room, ({ content }) => "org.mindminder.meeting_record" in content, "the record");
  expect((await mine!.steer("end")).status).toBe(200);
  await over;
});

test("whoever comes from another homeserver later finds as much of the past as the room shows them", async () => {
  const held = async (visibility: string) => {
    const room = await ann.createRoom({
      power_level_content_override: { users: { [here.botId]: 50 } },
      initial_state: [
        { type: "m.room.history_visibility", state_key: "", content: { history_visibility: visibility } },
      ],
    });
    await inviteBot(here, ann, room);
    await ann.joinCircle(room);
    expect(await ann.command(room, "!circle start")).toBe("✅");
    expect(await ann.command(room, "!circle end")).toBe("✅");
    await ann.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: bea.userId });
    await expect.poll(() => joined(bea, room)).toBe("joined");
    const widget = await vi.waitFor(() => WidgetPerson.open(here.url, room, bea), 60_000);
    return async () => (await widget.ask("pastMeetings")).body.meetings?.length;
  };
  // Until the service has read the room's past, it shows nothing of it.
  await expect.poll(await held("shared")).toBe(1);
  expect(await (await held("joined"))()).toBe(0);
});

test("a server of nobody in the room is not asked, whoever names it, and neither is one that is not in the room any more", async () => {
  const room = await roomWithBot(here, ann);
  const token = await bea.openIdToken();
  expect(await refusal(room, token)).toMatchObject({ status: 403, errcode: "M_FORBIDDEN" });
  const { access_token } = await ann.openIdToken();
  for (const matrix_server_name of ["127.0.0.1:22", "evil.example.org", "[::1]:443", "localhost"]) {
    expect(await refusal(room, { access_token, matrix_server_name })).toMatchObject({ status: 403 });
  }
});

test("whoever made a room on another homeserver keeps its meetings: creators stand above all power (room version 12)", async () => {
  const room = await bea.createRoom({ room_version: "12", invite: [ann.userId] });
  await ann.join(room);
  await inviteBot(here, bea, room);
  const theirs = await WidgetPerson.open(here.url, room, bea);
  expect(theirs.session.me.mayKeep).toBe(true);
  expect((await WidgetPerson.open(here.url, room, ann)).session.me.mayKeep).toBe(false);
});
