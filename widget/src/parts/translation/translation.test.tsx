/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import type { ServiceClient } from "../../model/service/service-client.ts";

afterEach(() => {
  cleanup();
  preferences.set({ translateTo: null });
});

const ANN = personId("@ann:x");
const recordOf = (text: string): MeetingRecord => ({
  version: 1,
  turns: [{ id: 1, circle: 0, speaker: ANN, startedAt: 10, endedAt: 15, spokenMs: 5, reason: "passed", heard: true }],
  utterances: [
    {
      id: "1.1",
      turn: 1,
      circle: 0,
      speaker: ANN,
      startedAt: 10,
      endedAt: 12,
      language: "ru",
      text,
      segments: [{ kind: "speech", text }],
      engine: { id: "e", model: "m" },
    },
  ],
  comments: [],
  minutes: [],
  remaking: [],
  corrections: [],
});
const meeting = meetingOf(["ann", "bob"], { phase: "ended", turn: null, endedAt: 2_000_000 });
type Translate = ServiceClient["translate"];
const openTranscript = () => act(async () => fireEvent.click(screen.getByRole("tab", { name: "Transcript" })));

test("whoever chose a language reads the translation beside the original, marked as one; others ask for none", async () => {
  const asked: Parameters<Translate>[0][] = [];
  const translate: Translate = async (of) => {
    asked.push(of);
    return { texts: of.texts.map(() => "Tea is hot."), model: "llama", failed: null };
  };
  sitDown(meeting, { record: recordOf("Чай горячий."), translate });
  await openTranscript();
  expect(asked).toEqual([]);
  await act(async () => preferences.set({ translateTo: "en" }));
  const shown = await screen.findByTestId("translated");
  expect(shown.textContent).toBe("Tea is hot. Translated by llama");
  expect(shown.getAttribute("lang")).toBe("en");
  expect(screen.getByTestId("said").textContent).toContain("Чай горячий.");
  expect(asked).toEqual([{ meeting: meeting.id, to: "en", texts: ["Чай горячий."] }]);
});

test("what somebody typed is translated as well, with its lines", async () => {
  const comment = { id: "$1", circle: 0, turn: 1, who: ANN, name: "ann", text: "Чай.\nС мёдом.", at: 12 };
  const asked: (readonly string[])[] = [];
  const translate: Translate = async ({ texts }) => {
    asked.push(texts);
    return {
      texts: texts.map((text) => (text === comment.text ? "Tea.\nWith honey." : null)),
      model: "llama",
      failed: null,
    };
  };
  sitDown(meeting, { record: { ...recordOf("Tea."), comments: [comment] }, translate });
  await openTranscript();
  await act(async () => preferences.set({ translateTo: "en" }));
  const shown = await screen.findByTestId("translated");
  expect(screen.getByTestId("comment").contains(shown)).toBe(true);
  expect(shown.textContent).toBe("Tea.\nWith honey. Translated by llama");
  expect(asked.flat()).toContain(comment.text);
});

test("where nothing can be translated, the original stands there and it is said why", async () => {
  const translate: Translate = async ({ texts }) => ({
    texts: texts.map(() => null),
    model: null,
    failed: "encrypted",
  });
  sitDown(meeting, { record: recordOf("Кофе холодный."), translate });
  await openTranscript();
  await act(async () => preferences.set({ translateTo: "en" }));
  await screen.findByText("Encrypted rooms are not translated here.");
  expect(screen.getByTestId("said").textContent).toContain("Кофе холодный.");
  expect(screen.queryByTestId("translated")).toBeNull();
});
