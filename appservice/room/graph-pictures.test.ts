import pino from "pino";
import { expect, test, vi } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import type { DrawnGraph } from "../record/event.ts";
import { translateTo } from "../language/translate.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { GraphPictures, type WantedPicture } from "./graph-pictures.ts";
import type { Uploaded } from "./media.ts";
import { recordPostsAsStored as recordPosts } from "../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "./wording.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const facts = { counts: { participant: 2, task: 1 }, central: ["Water the roofs"] };
const png = { bytes: new Uint8Array(3), width: 1600, height: 700 };

/** The homeserver's media are made up; the rest is real. */
function pictures(answer: () => Promise<Uploaded>) {
  const drawn: DrawnGraph[] = [];
  const beside: string[] = [];
  const record = { takenBack: 0 };
  const upload = vi.fn(answer);
  const made = new GraphPictures({
    homeserver: { upload },
    log: pino({ level: "silent" }),
    now: () => 50,
    isOutdated: ({ takenBack }) => record.takenBack > takenBack,
    onDrawn: (_, each) => void drawn.push(each),
    onEncrypted: (_, { mxc }) => void beside.push(mxc),
  });
  const wanted = (given: Partial<WantedPicture> = {}): WantedPicture => ({
    meeting: meetingId("mtest00001"),
    room: roomId("!room:x"),
    state: "a",
    madeAt: 10,
    takenBack: record.takenBack,
    drawn: drawn.at(-1) ?? null,
    facts,
    draw: async () => png,
    ...given,
  });
  return { made, record, drawn, beside, upload, wanted };
}

test("each state of a graph is uploaded once", async () => {
  const { made, drawn, upload, wanted } = pictures(async () => ({ mxc: "mxc://x/1" }));
  made.project(wanted());
  made.project(wanted());
  await expect.poll(() => drawn).toHaveLength(1);
  made.project(wanted());
  expect(upload).toHaveBeenCalledTimes(1);
  expect(drawn[0]?.picture).toEqual({ mxc: "mxc://x/1", mimetype: "image/png", width: 1600, height: 700, size: 3 });
  made.project(wanted({ state: "b" }));
  await expect.poll(() => drawn.map(({ state }) => state)).toEqual(["a", "b"]);
});

test("a picture with words that are taken back while it is uploaded is shown nowhere; the next one is", async () => {
  let uploaded = (_: Uploaded) => {};
  const { made, record, drawn, upload, wanted } = pictures(() => new Promise((resolve) => (uploaded = resolve)));
  made.project(wanted());
  await expect.poll(() => upload).toHaveBeenCalledTimes(1);
  record.takenBack++;
  uploaded({ mxc: "mxc://x/1" });
  made.project(wanted({ state: "b" }));
  await expect.poll(() => upload).toHaveBeenCalledTimes(2);
  uploaded({ mxc: "mxc://x/2" });
  await expect.poll(() => drawn.map(({ state }) => state)).toEqual(["b"]);
});

test("a picture that stands encrypted beside the message is not missing", async () => {
  const { made, drawn, beside, wanted } = pictures(async () => ({ mxc: "mxc://x/1", encrypted: true }));
  made.project(wanted());
  await expect.poll(() => drawn).toHaveLength(1);
  expect(drawn[0]).toEqual({ ...facts, state: "a", at: 50, picture: null });
  expect(beside).toEqual(["mxc://x/1"]);
});

test("a homeserver that is away is tried again; one that refuses is not, until the minutes are made anew", async () => {
  const answers: (() => Promise<Uploaded>)[] = [
    async () => Promise.reject(new Error("away")),
    async () => ({ refused: 413, errcode: "M_TOO_LARGE" }),
  ];
  const { made, drawn, upload, wanted } = pictures(() => (answers.shift() ?? (async () => ({ mxc: "mxc://x/2" })))());
  made.project(wanted());
  await expect.poll(() => drawn).toMatchObject([{ picture: null, failed: true }]);
  made.project(wanted());
  expect(upload).toHaveBeenCalledTimes(2);
  made.project(wanted({ madeAt: 60 }));
  await expect.poll(() => drawn.at(-1)?.picture?.mxc).toBe("mxc://x/2");
});

test("a picture that cannot be drawn or uploaded leaves the words, and takes no older picture away", () => {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "Tea?", kind: "statement" }] }));
  play.by("ann", "pass").by("bob", "pass");
  const record = new Recording();
  const made: MinutesEntry[] = [
    {
      about: { kind: "meeting" },
      result: { form: "graph", same: [] },
      madeBy: { plugin: "graph", version: "1", method: "rules", model: null, prompt: null, at: 1 },
    },
  ];
  const graph = () =>
    recordPosts(
      play.state,
      record.now,
      { made, failed: [], pending: false },
      wordingFor(play.state, record.now, translateTo("en")),
    ).find(({ key }) => key === "meeting")?.content;
  expect(graph()).not.toHaveProperty("org.mindminder.graph");
  record.add({ type: "graph-drawn", drawn: { ...facts, state: "a", at: 1, picture: null } });
  expect(graph(), "an encrypted picture stands beside the message: nothing is missing").toMatchObject({
    body: expect.stringMatching(/\nMap of “Council”: 2 people, 1 task\.$/),
  });
  record.add({ type: "graph-drawn", drawn: { ...facts, state: "a", at: 1, picture: null, failed: true } });
  expect(graph()).toMatchObject({
    body: expect.stringMatching(
      /\nMap of “Council”: 2 people, 1 task\. The picture cannot be shown in this message; you can see and save it in the widget\.$/,
    ),
    "org.mindminder.graph": { counts: { participant: 2, task: 1 } },
  });
  record.add({
    type: "graph-drawn",
    drawn: {
      ...facts,
      state: "b",
      at: 2,
      picture: { mxc: "mxc://x/1", mimetype: "image/png", width: 1, height: 1, size: 1 },
    },
  });
  record.add({ type: "graph-drawn", drawn: { ...facts, state: "c", at: 3, picture: null } });
  expect(graph()).toMatchObject({
    formatted_body: expect.stringContaining('<img src="mxc://x/1" alt="Map of “Council”: 2 people, 1 task."'),
    "org.mindminder.graph": { picture: { mxc: "mxc://x/1" } },
  });
});
