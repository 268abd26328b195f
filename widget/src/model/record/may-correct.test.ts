import { expect, test } from "vitest";
import type { MeetingRecord, Task } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { mayChangeTask, mayCorrectSummary, mayCorrectUtterance } from "./may-correct.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob"], { keeper: personId("@ann:x") });
const me = (name: string, mayKeep = false) => ({ id: personId(`@${name}:x`), name, mayKeep });
const who = (may: (of: ReturnType<typeof me>) => boolean) =>
  [me("ann"), me("bob"), me("eve"), me("mod", true)].filter(may).map(({ name }) => name);

test("the keeper and moderators correct everything, the others what is theirs", () => {
  expect(who((of) => mayCorrectUtterance({ speaker: personId("@bob:x") }, meeting, of))).toEqual(["ann", "bob", "mod"]);
  expect(
    who((of) =>
      mayCorrectSummary({ about: { kind: "participant", circle: 0, participant: personId("@bob:x") } }, meeting, of),
    ),
  ).toEqual(["ann", "bob", "mod"]);
  expect(who((of) => mayCorrectSummary({ about: { kind: "circle", circle: 0 } }, meeting, of))).toEqual(["ann", "mod"]);
});

test("a task is its owner's and its speaker's; without an owner it is everybody's who took part", () => {
  const record = { utterances: [{ id: "1.1", speaker: personId("@bob:x") }], comments: [] } as unknown as MeetingRecord;
  const task = (owner: ParticipantId | null, from: string): Task => ({
    id: "t",
    title: "t",
    owner,
    due: null,
    from: [from],
    status: "open",
  });
  const changes = (of: Task) => who((person) => mayChangeTask(of, meeting, record, person));
  expect(changes(task(personId("@eve:x"), "9.9"))).toEqual(["ann", "eve", "mod"]);
  expect(changes(task(personId("@ann:x"), "1.1"))).toEqual(["ann", "bob", "mod"]);
  expect(changes(task(null, "9.9"))).toEqual(["ann", "bob", "mod"]);
});
