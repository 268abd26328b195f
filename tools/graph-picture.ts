import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pictureOfMeeting } from "../appservice/export/graph-picture/picture-of-meeting.ts";
import { asPng } from "../appservice/export/graph-picture/png.ts";
import { buildGraph } from "../appservice/minutes/graph/build.ts";
import { findTasks } from "../appservice/minutes/tasks/find-tasks.ts";
import { council } from "../tests/support/minutes/council.ts";

/** Draws `docs/graph.png`: the council of seven that the tests know, as its room would see it. */
const FILE = resolve(import.meta.dirname, "../docs/graph.png");

const { meeting, record } = council();
const tasks = findTasks({ utterances: record.utterances, people: meeting.people, timeZone: "UTC" });
const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: meeting.at } as const;
const graph = buildGraph(meeting, {
  ...record,
  minutes: [{ about: { kind: "meeting" }, madeBy, result: { form: "tasks", tasks } }],
});
const { bytes, width, height } = await asPng(pictureOfMeeting(graph, meeting).svg);
writeFileSync(FILE, bytes);
console.log(`wrote ${FILE}: ${width} × ${height}, ${bytes.length} bytes, ${graph.nodes.length} nodes`);
