import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../store/database.ts";
import { ExportedTasks } from "../../store/exported-tasks.ts";
import { KnownRooms } from "../../store/known-rooms.ts";
import { exportTasks } from "./export-tasks.ts";
import { ExportOptions } from "./registry.ts";
import type { RoomId } from "../../protocol/identity.ts";
import { roomId } from "../../../tests/support/protocol/ids.ts";

const [KITCHEN, STREET] = [roomId("!kitchen:example.org"), roomId("!street:example.org")];

test("a task manager that is open to some rooms is not there for others, whoever keeps a meeting in them, also when they had chosen it before", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-rooms-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const db = openDatabase(":memory:");
  const knownRooms = new KnownRooms(db);
  const options = ExportOptions.parse({
    targets: { house: { type: "csv", file: "house.csv", rooms: [KITCHEN] }, town: { type: "csv", file: "town.csv" } },
  });
  const tasks = exportTasks(options, {
    folder,
    log: pino({ level: "silent" }),
    now: () => 0,
    knownRooms,
    sent: new ExportedTasks(db),
    languageOf: () => "en",
    tell: () => {},
    onStands: () => {},
    meetings: {
      past: async () => [],
      readNow: () => null,
      readByAndBy: async () => null,
      correct: () => {
        throw new Error("there is nothing to correct");
      },
    },
  });
  const namesIn = (room: RoomId) => tasks.ofRoom(room).targets.map(({ name }) => name);
  expect([namesIn(KITCHEN), namesIn(STREET)]).toEqual([["house", "town"], ["town"]]);
  for (const room of [KITCHEN, STREET]) knownRooms.chooseTaskTarget(roomId(room), "house");
  expect([tasks.ofRoom(KITCHEN).chosen, tasks.ofRoom(STREET).chosen]).toEqual(["house", null]);
});

test("a room is named by its id", () => {
  expect(() =>
    ExportOptions.parse({ targets: { house: { type: "csv", file: "x.csv", rooms: ["#kitchen:example.org"] } } }),
  ).toThrow(/a room's id begins with !/);
});
