import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CorrectionRequest } from "../../appservice/protocol/http-api.ts";
import type { Task } from "../../appservice/protocol/meeting-record.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Radicale, startRadicale } from "../support/stack/radicale.ts";
import { mapIn } from "../../tools/demo/room-record.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { personId } from "../support/protocol/ids.ts";

let mindminder: Mindminder;
let radicale: Radicale;
let ann: MatrixPerson;
let bob: MatrixPerson;
let eve: MatrixPerson;
let room: string;
let task: SeenEvent;
let picture: SeenEvent;
let decision: SeenEvent;
const widgets = new Map<MatrixPerson, WidgetPerson>();

const TASK = "org.mindminder.task";
const DECISION = "org.mindminder.decision";
const taskOf = (content: Readonly<Record<string, unknown>>) => content[TASK] as Task;
/** The edit of the task's message, as the room shows it. */
const edited = (event: SeenEvent) =>
  (event.content["m.relates_to"] as { rel_type?: string; event_id?: string } | undefined)?.rel_type === "m.replace" &&
  (event.content["m.relates_to"] as { event_id?: string }).event_id === task.event_id;
const fresh = (event: SeenEvent) => event.content["m.new_content"] as Record<string, unknown>;
/** The same of a message that stands as it was sent first. */
const standing = (event: SeenEvent) => fresh(event) ?? event.content;
const idOf = (event: SeenEvent) =>
  (event.content["m.relates_to"] as { event_id?: string } | undefined)?.event_id ?? event.event_id;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
  radicale = await startRadicale({ dir: join(dir, "radicale") });
  await writeFile(join(dir, "dav-password"), radicale.password);
  const calendar = {
    type: "caldav",
    url: radicale.calendar,
    username: radicale.username,
    passwordFile: "dav-password",
  };
  mindminder = await startMindminder({ dir, config: { speech: { engine: "off" }, export: { targets: { calendar } } } });
  const person = (name: string, displayName: string) => MatrixPerson.register(mindminder.synapse, name, displayName);
  [ann, bob, eve] = await Promise.all([person("ann", "Ann"), person("bob", "Bob"), person("eve", "Eve")]);
  room = await roomWithBot(mindminder, ann, bob, eve);
  for (const each of [ann, bob, eve]) widgets.set(each, await WidgetPerson.open(mindminder.url, room, each));
  await meetingWithTask();
});
afterAll(async () => {
  await Promise.all([ann, bob, eve].map((person) => person?.close()));
  await Promise.all([mindminder?.stop(), radicale?.stop()]);
});

/** A council of Ann and Bob in which Bob types a task and a decision; what came of it stands in the room. */
async function meetingWithTask(): Promise<void> {
  await ann.joinCircle(room);
  await bob.joinCircle(room);
  await ann.command(room, "!circle start council the roofs");
  await bob.say(room, "task: water the roofs");
  await bob.say(room, "decision: we water at night");
  const decided = ann.next(
    room,
    (event) => DECISION in event.content && !("m.new_content" in event.content),
    "the decision",
  );
  const posted = ann.next(room, (event) => TASK in event.content && !("m.new_content" in event.content), "the task");
  const drawn = ann.next(room, (event) => mapIn(event.content) !== null, "the picture of the graph");
  await ann.command(room, "!circle end");
  [task, decision, picture] = await Promise.all([posted, decided, drawn]);
}

const widget = (person: MatrixPerson) => widgets.get(person)!;
const meetingId = async () => (await widget(ann).meeting()).meeting?.id ?? "";
async function correct(person: MatrixPerson, change: CorrectionRequest["change"], seen: number) {
  return widget(person).ask("correct", { meeting: await meetingId(), seen, change });
}

const newPicture = (event: SeenEvent) => ![null, mapIn(picture.content)].includes(mapIn(event.content));

test("the graph stands in the meeting's message as a picture, and says in words what it shows", async () => {
  const content = standing(picture) as {
    formatted_body: string;
    "org.mindminder.graph": { picture: { mxc: string; width: number; height: number; size: number; mimetype: string } };
  };
  const { mxc, ...info } = content["org.mindminder.graph"].picture;
  expect(content.formatted_body).toContain(
    `<img src="${mxc}" alt="Map of “Council: the roofs”: 2 people, 1 circle, 1 theme, 1 decision, 1 task." `,
  );
  expect(content).toMatchObject({
    "org.mindminder.graph": {
      counts: { decision: 1, task: 1 },
      central: expect.arrayContaining([taskOf(task.content).title]),
    },
  });
  expect(idOf(picture)).toBe((task.content["m.relates_to"] as { event_id: string }).event_id);
  const file = await fetch(`${mindminder.synapse.url}/_matrix/client/v1/media/download/${mxc.replace("mxc://", "")}`, {
    headers: { Authorization: `Bearer ${bob.accessToken}` },
  });
  const bytes = Buffer.from(await file.arrayBuffer());
  expect([file.headers.get("content-type"), bytes.subarray(1, 4).toString(), bytes.length]).toEqual([
    info.mimetype,
    "PNG",
    info.size,
  ]);
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([info.width, info.height]);
});

test("a task that is corrected in the widget changes in the room, with who changed it; a second one who saw the old is told", async () => {
  const { id } = taskOf(task.content);
  const change = {
    of: "task",
    id,
    title: "Water the roses",
    owner: personId(bob.userId),
    due: "2027-05-01",
    status: "open",
  } as const;
  const inRoom = ann.next(room, edited, "the corrected task");
  const redrawn = ann.next(room, newPicture, "the picture made anew");
  const answer = await correct(bob, change, 0);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      record: {
        corrections: [
          {
            of: "task",
            by: bob.userId,
            name: "Bob",
            before: { title: taskOf(task.content).title },
            after: { title: "Water the roses" },
          },
        ],
      },
    },
  });
  const content = fresh(await inRoom);
  expect(content["body"]).toBe("☐ Water the roses · Bob · Sat 1 May 2027 · corrected by Bob");
  expect(taskOf(content)).toMatchObject({
    title: "Water the roses",
    owner: personId(bob.userId),
    due: "2027-05-01",
    status: "open",
  });

  expect((await redrawn).content["m.relates_to"]).toEqual({ rel_type: "m.replace", event_id: idOf(picture) });

  expect(await correct(ann, { of: "task", id, title: "Water the roots" }, 0)).toMatchObject({
    status: 409,
    body: { errcode: "ORG.MINDMINDER.CORRECTED_MEANWHILE", error: expect.stringContaining("Bob") as string },
  });
  expect(await correct(eve, { of: "task", id, status: "done" }, 1)).toMatchObject({
    status: 409,
    body: { errcode: "ORG.MINDMINDER.NOT_YOURS_TO_CORRECT" },
  });
  expect((await correct(ann, { of: "task", id, due: "2027-02-31" }, 1)).status).toBe(400);
  expect((await widget(ann).ask("correct", { meeting: "m00000000", seen: 0, change })).status).toBe(404);
});

test("a ✅ on a task that somebody confirmed finishes it, in the room and in the record; so does a reply that corrects its words", async () => {
  const done = ann.next(room, edited, "the finished task");
  await bob.send(room, "m.reaction", {
    "m.relates_to": { rel_type: "m.annotation", event_id: task.event_id, key: "✅" },
  });
  expect(fresh(await done)["body"]).toMatch(/^☑ Water the roses/);

  const renamed = ann.next(
    room,
    (event) => edited(event) && /roses and the beans/.test(String(fresh(event)["body"])),
    "the renamed task",
  );
  await ann.send(room, "m.room.message", {
    msgtype: "m.text",
    body: "!circle correct roses => roses and the beans",
    "m.relates_to": { "m.in_reply_to": { event_id: task.event_id } },
  });
  expect(taskOf(fresh(await renamed))).toMatchObject({ title: "Water the roses and the beans", status: "done" });
});

test("a task stands in the calendar that the room chose, and what is finished there is finished in the room", async () => {
  const opened = ann.next(
    room,
    (event) => edited(event) && /^☐/.test(String(fresh(event)["body"])),
    "the task, open again",
  );
  expect((await correct(bob, { of: "task", id: taskOf(task.content).id, status: "open" }, 3)).status).toBe(200);
  await opened;
  const stands = ann.next(
    room,
    (event) => edited(event) && String(fresh(event)["body"]).includes("in calendar"),
    "the task with where it stands",
  );
  expect(await ann.command(room, "!circle export use calendar")).toContain("also go to calendar");
  await stands;
  const [[href, object] = ["", ""], ...others] = await radicale.objects();
  expect(others).toEqual([]);
  expect(object).toContain("SUMMARY:Water the roses and the beans");
  expect(object).toContain("DUE;VALUE=DATE:20270501");

  const { body: outside } = await widget(eve).ask("tasksOutside");
  expect(outside).toMatchObject({
    targets: [{ name: "calendar", type: "caldav" }],
    chosen: "calendar",
    mayChoose: false,
    standing: 1,
    waiting: 0,
    problem: null,
    items: [{ meeting: await meetingId(), task: taskOf(task.content).id }],
  });
  expect(JSON.stringify(outside)).not.toMatch(new RegExp(`${radicale.password}|127\\.0\\.0\\.1`));
  expect((await widget(eve).ask("sendTasks", { use: null })).status).toBe(403);
  expect((await widget(ann).ask("sendTasks", { use: "board" })).status).toBe(404);

  await radicale.ask("PUT", href, object.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"), {
    "Content-Type": "text/calendar",
  });
  const done = ann.next(
    room,
    (event) => edited(event) && /^☑/.test(String(fresh(event)["body"])),
    "the task that was finished outside",
  );
  await ann.command(room, "!circle export now");
  expect(fresh(await done)["body"]).toContain("calendar");
  expect((await widget(ann).record()).record?.corrections.at(-1)).toMatchObject({
    by: "export:calendar",
    name: "calendar",
    door: "export",
    after: { status: "done" },
  });
});

test("a decision is a message in the meeting's thread; ❌ by whoever said it takes it back, in the room and in the record", async () => {
  expect(decision.content["body"]).toBe("◆ We water at night · Bob · decision");
  expect(decision.content["m.relates_to"]).toMatchObject({
    rel_type: "m.thread",
    event_id: (task.content["m.relates_to"] as { event_id: string }).event_id,
  });
  const dropped = ann.next(
    room,
    (event) =>
      (event.content["m.relates_to"] as { event_id?: string } | undefined)?.event_id === decision.event_id &&
      "m.new_content" in event.content,
    "the decision taken back",
  );
  await bob.send(room, "m.reaction", {
    "m.relates_to": { rel_type: "m.annotation", event_id: decision.event_id, key: "❌" },
  });
  expect(fresh(await dropped)["body"]).toBe("☒ We water at night · Bob · dismissed by Bob");
  expect(
    (await widget(ann).record()).record?.minutes.flatMap(({ result }) =>
      result.form === "decisions" ? result.decisions : [],
    ),
  ).toMatchObject([{ status: "dropped", confirmedBy: bob.userId }]);
});

test("minutes made anew leave the task that people changed as it is", async () => {
  const meeting = await meetingId();
  expect(await widget(bob).ask("redo", { meeting })).toMatchObject({
    status: 409,
    body: { errcode: "ORG.MINDMINDER.NOT_KEEPER" },
  });
  const before =
    (await widget(ann).record()).record?.minutes.find(({ result }) => result.form === "tasks")?.madeBy.at ?? 0;
  expect((await widget(ann).ask("redo", { meeting })).status).toBe(200);
  const tasksAnew = async () =>
    (await widget(ann).record()).record?.minutes.find(({ result }) => result.form === "tasks");
  await expect.poll(async () => (await tasksAnew())?.madeBy.at).toBeGreaterThan(before);
  expect((await tasksAnew())?.result).toMatchObject({
    tasks: [{ title: "Water the roses and the beans", status: "done" }],
  });
});

test("the room's past meetings are listed and can be read, also after a restart and when newer ones have run; by those in the room alone", async () => {
  const first = await meetingId();
  const { id } = taskOf(task.content);
  expect((await correct(bob, { of: "task", id, status: "open" }, 5)).status).toBe(200);
  await ann.joinCircle(room);
  const back = ann.next(
    room,
    (event) => TASK in event.content && event.event_id !== task.event_id,
    "the open task, back in the next meeting",
  );
  await ann.command(room, "!circle start council the second one");
  const carried = await back;
  expect(carried.content["body"]).toMatch(/^☐ Water the roses and the beans · Bob · Sat 1 May 2027 · from /);
  expect((await widget(eve).ask("openTasks")).body.tasks).toMatchObject([
    { meeting: first, owner: "Bob", seen: 6, task: { id, status: "open" } },
  ]);
  expect(carried.content[TASK]).toMatchObject({ id, meeting: first });
  const done = ann.next(
    room,
    (event) => edited(event) && /^☑/.test(String(fresh(event)["body"])),
    "the task, finished where it began",
  );
  await bob.send(room, "m.reaction", {
    "m.relates_to": { rel_type: "m.annotation", event_id: carried.event_id, key: "✅" },
  });
  await done;
  const second = ann.next(
    room,
    (event) => mapIn(event.content) !== null && String(event.content["body"]).includes("second"),
    "its picture",
  );
  await ann.command(room, "!circle end");
  await second;
  await mindminder.stopService();
  await mindminder.startService();
  const { body } = await widget(eve).ask("pastMeetings");
  expect(body.meetings.map(({ topic, people }) => [topic, people])).toEqual([
    ["the second one", expect.arrayContaining(["Ann"])],
    ["the roofs", ["Ann", "Bob"]],
  ]);
  const past = await widget(eve).ask("pastMeeting", { meeting: first });
  const maps = (await ann.history(room))
    .filter(({ content }) => mapIn(content) !== null)
    .map(
      ({ content }) =>
        /alt="Map of “Council: ([^”]*)”/.exec(String(standing({ content } as SeenEvent)["formatted_body"]))?.[1],
    );
  expect([...new Set(maps)]).toEqual(["the roofs", "the second one"]);
  expect(past.body).toMatchObject({
    meeting: { id: first, topic: "the roofs", phase: "ended" },
    record: {
      comments: [{ text: "task: water the roofs" }, { text: "decision: we water at night" }],
      corrections: { length: 8 },
    },
  });

  const ofRoom = await widget(eve).ask("roomGraph");
  expect(ofRoom.body.graph.meetings.map(({ title }) => title)).toEqual(["the second one", "the roofs"]);
  expect(
    ofRoom.body.graph.nodes
      .filter(({ kind }) => kind === "participant")
      .map(({ text, meetings }) => `${text} ${meetings.length}`),
  ).toEqual(["Ann 2", "Bob 1"]);
  const ofFirst = await widget(eve).ask("graph", { meeting: first });
  expect(ofFirst.body.graph.nodes.find(({ kind }) => kind === "task")).toMatchObject({
    text: "Water the roses and the beans",
    knownBy: "people",
    people: [bob.userId],
  });
  expect((await widget(eve).ask("roomGraphFile", { format: "mermaid" })).body).toMatchObject({
    name: "room.mmd",
    content: expect.stringMatching(/^flowchart LR\n/) as string,
  });
  expect((await widget(eve).ask("roomGraphFile", { format: "png" })).status).toBe(404);

  const elsewhere = await eve.createRoom({
    invite: [mindminder.botId],
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
  });
  const greeted = eve.next(
    elsewhere,
    (event) => event.sender === mindminder.botId && event.type === "m.room.message",
    "a greeting",
  );
  await greeted;
  const stranger = await WidgetPerson.open(mindminder.url, elsewhere, eve);
  expect((await stranger.ask("pastMeeting", { meeting: first })).status).toBe(404);
  expect((await stranger.ask("graph", { meeting: first })).status).toBe(404);
  expect((await stranger.ask("roomGraph")).body.graph.nodes).toEqual([]);
});

test("a typed task whose message is edited afterwards is another task, in its place, without anybody asking for it", async () => {
  const garden = await roomWithBot(mindminder, ann, bob);
  await ann.joinCircle(garden);
  await ann.command(garden, "!circle start council the fence");
  const typed = await bob.say(garden, "task: paint the fense");
  expect(await bob.command(garden, "!circle agree")).toBe("✅");
  const isTask = (event: SeenEvent) => TASK in event.content && !("m.new_content" in event.content);
  const posted = ann.next(garden, isTask, "the task");
  await ann.command(garden, "!circle end");
  const first = await posted;
  expect(taskOf(first.content).title).toMatch(/fense/);

  // As it was, the task may come once more: into the thread, which begins a moment after the end.
  const asMeant = (event: SeenEvent) => isTask(event) && /fence/.test(taskOf(event.content).title);
  const changed = ann.next(garden, asMeant, "the task as it is meant");
  const body = "task: paint the fence";
  await bob.send(garden, "m.room.message", {
    msgtype: "m.text",
    body: `* ${body}`,
    "m.new_content": { msgtype: "m.text", body },
    "m.relates_to": { rel_type: "m.replace", event_id: typed },
  });
  expect(taskOf((await changed).content)).toMatchObject({
    id: taskOf(first.content).id,
    status: "open",
  });
  // The bot's own message with the words that are not meant any more is gone.
  await expect.poll(async () => (await ann.history(garden)).filter(isTask).length).toBe(1);
});
