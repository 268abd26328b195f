/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import type { Player } from "../../model/sound/sound-store.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

afterEach(cleanup);

const meeting = meetingOf(["ann", "bob"], { phase: "ended", turn: null, endedAt: 2_000_000 });
const said = (turn: number, speaker: ParticipantId, ...texts: string[]): MeetingRecord["utterances"] =>
  texts.map((text, at) => ({
    places: [{ letter: 5, ms: 1_500 }],
    id: `${turn}.${at + 1}`,
    turn,
    circle: 0,
    speaker,
    startedAt: turn * 10 + at,
    endedAt: turn * 10 + at + 3_000,
    language: "en",
    text,
    segments: [{ kind: "speech", text }],
    engine: { id: "e", model: "m" },
  }));
const turn = (id: number, speaker: ParticipantId) => ({
  id,
  circle: 0,
  speaker,
  startedAt: id * 10,
  endedAt: id * 10 + 5,
  spokenMs: 5,
  reason: "passed",
  heard: true,
});
const record: MeetingRecord = {
  version: 1,
  turns: [turn(1, personId("@ann:x")), turn(2, personId("@bob:x"))],
  utterances: [...said(1, personId("@ann:x"), "One. Uno.", "Two."), ...said(2, personId("@bob:x"), "Three.")],
  comments: [],
  minutes: [],
  remaking: [],
  corrections: [],
};

/** Sounds that end when the test says so. */
function hand() {
  const played: { utterance: string; ms: number; at: (ms: number) => void; end: () => void; stopped: boolean }[] = [];
  const play: Player = (sound, ms, at) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const one = { utterance: sound.type, ms, at, end: resolve, stopped: false };
    played.push(one);
    return {
      ended: promise,
      stop: () => {
        one.stopped = true;
        resolve();
      },
    };
  };
  return { play, played };
}

const openRecord = () => act(async () => fireEvent.click(screen.getByRole("tab", { name: "Transcript" })));
const settle = () => act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole("button", { name })));

test("what is kept can be heard from the transcript, utterance after utterance, and stopped; what is not offers nothing", async () => {
  const { play, played } = hand();
  sitDown(meeting, { record, hearable: ["1.1", "1.2"], play });
  await openRecord();
  await screen.findByTestId("hear");
  expect(screen.getAllByTestId("hear")).toHaveLength(1);
  await press("Play what ann said");
  await settle();
  expect(played).toHaveLength(1);
  await act(async () => played[0]?.end());
  await settle();
  expect(played.map(({ utterance }) => utterance)).toEqual(["1.1", "1.2"]);
  await press("Stop playing ann");
  expect(played[1]?.stopped).toBe(true);
  expect(screen.getByRole("button", { name: "Play what ann said" })).toBeTruthy();
});

test("while a turn is heard its sentences stand there; the one that is heard is marked, and each can be played", async () => {
  const { play, played } = hand();
  sitDown(meeting, { record, hearable: ["1.1", "1.2"], play });
  await openRecord();
  await screen.findByTestId("hear");
  expect(screen.queryByRole("button", { name: "Uno." })).toBeNull();
  await press("Play what ann said");
  await settle();
  const marked = () => screen.queryAllByRole("button", { current: true }).map(({ textContent }) => textContent);
  expect(marked()).toEqual(["One."]);
  await act(async () => played[0]?.at(1_600));
  expect(marked()).toEqual(["Uno."]);
  await press("Two.");
  await settle();
  expect(played[0]?.stopped).toBe(true);
  expect([played[1]?.utterance, played[1]?.ms]).toEqual(["1.2", 0]);
  await press("Uno.");
  await settle();
  expect([played[2]?.utterance, played[2]?.ms]).toEqual(["1.1", 1_500]);
  await act(async () => played[2]?.end());
  await settle();
  expect(played[3]?.utterance).toBe("1.2");
});

test("where no sound is kept, nothing is offered", async () => {
  sitDown(meeting, { record });
  await openRecord();
  await settle();
  expect(screen.queryByTestId("hear")).toBeNull();
});
