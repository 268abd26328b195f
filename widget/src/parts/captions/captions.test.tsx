/** @vitest-environment jsdom */
import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const partial = { "lk.segment_id": "1", "lk.transcription_final": "false" };
const meeting = meetingOf(["ann", "bob"]);

test("who is in the call sees what the speaker says under their name, and no reader is made to say it again", () => {
  const { sitting } = sitDown(meeting, { me: personId("@bob:x") });
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "I would like"));
  const captions = screen.getByTestId("captions");
  expect(captions.textContent).toContain("ann I would like");
  expect(captions.getAttribute("aria-live")).toBe("off");
});

test("words that come late of somebody who sits elsewhere by now stand under their name", () => {
  const { sitting } = sitDown(meeting, { me: personId("@bob:x") });
  const named = { ...partial, "org.mindminder.name": "Нина" };
  act(() => sitting.captions.hear(personId("@person-8:x"), named, "как я и сказала"));
  expect(screen.getByTestId("captions").textContent).toContain("Нина как я и сказала");
  act(() => sitting.captions.hear(personId("@ann:x"), { ...partial, "org.mindminder.name": "Ann Other" }, "I would"));
  expect(screen.getByTestId("captions").textContent, "as they are called in this circle").toContain("ann I would");
});

test("whoever does not want them switches them off, and on again", () => {
  const { sitting } = sitDown(meeting, { me: personId("@bob:x") });
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "I would like"));
  act(() => preferences.set({ captions: false }));
  expect(screen.queryByTestId("captions")).toBeNull();
  act(() => preferences.set({ captions: true }));
  expect(screen.getByTestId("caption").textContent).toBe("I would like ");
});

test("what was said last does not lie over what there is to do between two circles", () => {
  const { sitting, store } = sitDown(meeting, { me: personId("@bob:x") });
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "I would like"));
  act(() => store.set({ meeting: { ...meeting, version: 9, phase: "between", turn: null } }));
  expect(screen.queryByTestId("captions")).toBeNull();
});

test("outside the call there are none", () => {
  sitDown(meeting, { call: { status: "out" } });
  expect(screen.queryByTestId("captions")).toBeNull();
});

test("who asks for it is told each piece once, when it is complete", () => {
  preferences.set({ captionsAloud: true, captions: false });
  const { sitting } = sitDown(meeting, { me: personId("@bob:x") });
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "I would"));
  const captions = screen.getByTestId("captions");
  expect(captions.getAttribute("aria-live")).toBe("polite");
  const growing = screen.getByTestId("caption");
  expect(growing.getAttribute("aria-hidden")).toBe("true");
  act(() =>
    sitting.captions.hear(personId("@ann:x"), { ...partial, "lk.transcription_final": "true" }, "I would like tea."),
  );
  const final = screen.getByTestId("caption");
  expect(final.getAttribute("aria-hidden")).toBe("false");
  expect(final).not.toBe(growing);
  preferences.set({ captionsAloud: false, captions: true });
});

test("whoever chose a language reads below them what stands in the record of this turn, marked as translated", async () => {
  const speaker = personId("@ann:x");
  const piece = (turn: number, text: string) => ({
    id: `${turn}.1`,
    turn,
    circle: 0,
    speaker,
    startedAt: 10,
    endedAt: 12,
    language: "ru",
    text,
    segments: [],
    engine: { id: "e", model: "m" },
  });
  const turn = meeting.turn?.id ?? 0;
  sitDown(meeting, {
    me: personId("@bob:x"),
    record: {
      version: 1,
      turns: [],
      utterances: [piece(turn + 1, "Из другого хода."), piece(turn, "Чайник кипит.")],
      comments: [],
      minutes: [],
      remaking: [],
      corrections: [],
    },
    translate: async ({ texts }) => ({
      texts: texts.map((text) => (text === "Чайник кипит." ? "The kettle boils." : "Of another turn.")),
      model: "llama",
      failed: null,
    }),
  });
  const captions = within(screen.getByTestId("captions"));
  expect(captions.queryByTestId("translated")).toBeNull();
  await act(async () => preferences.set({ translateTo: "en" }));
  expect((await captions.findByTestId("translated")).textContent).toBe("The kettle boils. Translated by llama");
  preferences.set({ translateTo: null });
});

test("whoever chose a language reads what is being spoken, too, as far as it was translated, marked as such", async () => {
  const asked: string[] = [];
  const { sitting } = sitDown(meeting, {
    me: personId("@bob:x"),
    translate: async ({ texts }) => {
      asked.push(...texts);
      return { texts: texts.map(() => "We would like"), model: "llama", failed: null };
    },
  });
  await act(async () => preferences.set({ translateTo: "en" }));
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "Мы хотели бы"));
  const captions = within(screen.getByTestId("captions"));
  expect((await captions.findByTestId("translated-growing")).textContent).toBe("We would like Translated by llama");
  act(() => sitting.captions.hear(personId("@ann:x"), partial, "Мы хотели бы чаю"));
  expect(captions.getByTestId("translated-growing").textContent).toContain("We would like");
  expect(asked).toEqual(["Мы хотели бы"]);
  act(() =>
    sitting.captions.hear(personId("@ann:x"), { ...partial, "lk.transcription_final": "true" }, "Мы хотели бы чаю."),
  );
  expect(captions.queryByTestId("translated-growing")).toBeNull();
  preferences.set({ translateTo: null });
});
