import { expect, test, vi } from "vitest";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { longMeeting, ROOM } from "../../tests/support/long-meeting/long-meeting.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { Journal } from "../journal/journal.ts";
import { DeviceId } from "../protocol/identity.ts";
import { Accesses } from "../store/accesses.ts";
import { openDatabase } from "../store/database.ts";
import { SEES_ALL } from "../store/sight.ts";
import { recordHandlers } from "./record-api.ts";

test("a meeting that is long over is put right without being read in one piece", async () => {
  const db = openDatabase(":memory:");
  const journal = new Journal(db);
  const { entries, meeting } = longMeeting({ utterances: 90, comments: 10 });
  journal.append(meeting.id, ROOM, 0, entries, 0);
  const gathered = entries.filter(({ kind }) => kind === "circle").slice(0, 1);
  journal.append(meetingId("mlater0001"), ROOM, 0, gathered, meeting.at);
  const now = () => meeting.at + 100 * 86_400_000;
  const handlers = recordHandlers({
    meetings: openedMeetings(journal, { wording: 1, items: [] }, now),
    now,
    accesses: new Accesses(db),
    refusalText: ({ code }) => code,
    recordFile: () => Promise.reject(new Error("no file")),
    graphOf: () => Promise.reject(new Error("no graph")),
    roomGraph: () => Promise.reject(new Error("no graph")),
    roomGraphFile: () => {
      throw new Error("no graph");
    },
    languageOf: () => "en",
    captionsOf: () => [],
    translate: () => Promise.reject(new Error("no model")),
  });
  const inOnePiece = vi.spyOn(journal, "read");
  const asking = {
    actor: madeActor(personId("@ann:hs")),
    room: ROOM,
    place: ROOM,
    sight: SEES_ALL,
    device: DeviceId.parse("a-tab-of-a-browser"),
  };
  const [spoken] = entries.flatMap(({ event }) => (event.type === "utterance-heard" ? [event.utterance] : []));
  const change = { of: "utterance" as const, id: spoken?.id ?? "", text: "Put right." };
  const body = { meeting: meeting.id, seen: 0, change };
  const answer = await handlers.correct({ asking, params: {}, body, reads: () => null });
  const right = expect.objectContaining({ id: spoken?.id, text: "Put right." });
  expect(answer).toMatchObject({ record: { utterances: expect.arrayContaining([right]) } });
  expect(inOnePiece).not.toHaveBeenCalled();
});
