// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { meetingOf, turnOf } from "../meeting/made-up.ts";
import { sitDown } from "./made-up-sitting.tsx";

const meeting = meetingOf(["ann", "bob", "eve"]);

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const names = () => screen.getAllByRole("button").map((button) => button.getAttribute("data-testid")).filter(Boolean);

test("everybody sees who has the word, who is next, the theme, and the time that is left", () => {
  const { container } = sitDown(meeting, { me: "@eve:x" });
  expect(screen.getByTestId("speaker").textContent).toContain("ann");
  expect(screen.getByTestId("speaker").textContent).toContain("Next: bob");
  expect(screen.getByTestId("theme").textContent).toBe("What now?");
  expect(screen.getByTestId("countdown").textContent).toBe("0:50");
  expect(screen.getByTestId("my-turn").textContent).toBe("Your turn in about 2 minutes");
  const states = [...container.querySelectorAll("[data-participant]")].map((item) => item.getAttribute("data-state"));
  expect(states).toEqual(["speaking", "next", "waiting"]);
});

test("the one with the word passes it on, by the button or the space key", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { wishes } = sitDown(meeting);
  await act(async () => fireEvent.click(screen.getByRole("button", { name: /Pass the word/ })));
  expect(wishes).toEqual([{ type: "pass" }]);
  vi.advanceTimersByTime(1_000);
  await act(async () => fireEvent.keyDown(document.body, { code: "Space" }));
  expect(wishes).toHaveLength(2);
  vi.useRealTimers();
});

test("the space key does nothing in a field, on a button, or in the moment the word arrives", async () => {
  const { wishes } = sitDown(meeting);
  await act(async () => fireEvent.keyDown(document.body, { code: "Space" }));
  await act(async () => fireEvent.keyDown(screen.getByTestId("camera"), { code: "Space" }));
  expect(wishes).toEqual([]);
});

test("who does not have the word has no button that moves it", () => {
  sitDown(meeting, { me: "@bob:x" });
  expect(names()).not.toContain("pass");
  expect(names()).not.toContain("keeper-menu");
});

test("an offered word is taken by hand", async () => {
  const { wishes } = sitDown({ ...meeting, turn: turnOf("@ann:x", { status: "offered", runningSince: null, endsAt: null, graceEndsAt: null, lapsesAt: 1_008_000 }) });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Take the word" })));
  expect(wishes).toEqual([{ type: "accept" }]);
});

test("the keeper steers, and ends the meeting only when asked twice", async () => {
  const { wishes } = sitDown(meeting, { me: "@eve:x", mayKeep: true });
  const press = (name: string | RegExp) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
  for (const name of ["+30 seconds", "Pause", "Pass on for ann", "Skip ann, keep their turn"]) {
    await press("Steer");
    await press(name);
  }
  await press("Steer");
  await press("End the meeting");
  expect(wishes.map(({ type }) => type)).toEqual(["extend", "pause", "pass", "skip"]);
  await press("Really end the meeting?");
  expect(wishes.at(-1)).toEqual({ type: "end" });
});

test("in a circle the microphone is a lamp; on the open floor a switch", async () => {
  const { sitting, store } = sitDown(meeting, { me: "@bob:x", call: { status: "in", microphone: "muted" } });
  const setMicrophone = vi.spyOn(sitting.call, "setMicrophone").mockResolvedValue();
  await act(async () => fireEvent.click(screen.getByTestId("microphone")));
  expect(setMicrophone).not.toHaveBeenCalled();
  act(() => store.set({ meeting: { ...meeting, phase: "ended", turn: null } }));
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Open my microphone" })));
  expect(setMicrophone).toHaveBeenCalledWith(true);
});

test("a meeting is started with a topic by whoever is in", async () => {
  const { wishes } = sitDown({ ...meeting, phase: "gathering", turn: null, ring: [], circle: null }, { me: "@bob:x" });
  await act(async () => fireEvent.click(screen.getByTestId("start")));
  fireEvent.change(screen.getByLabelText("What is it about?"), { target: { value: " Spring " } });
  await act(async () => fireEvent.click(screen.getByTestId("start-now")));
  expect(wishes).toEqual([{ type: "start", scenario: "council", topic: "Spring" }]);
});

test("a refusal is shown in the service's words and can be put away", () => {
  const { notices } = sitDown(meeting);
  act(() => notices.show({ text: "bob has the word." }));
  const shown = screen.getByTestId("notices");
  expect(shown.textContent).toContain("bob has the word.");
  fireEvent.click(within(shown).getByRole("button", { name: "Dismiss" }));
  expect(shown.textContent).toBe("");
});

test("a listener hears who has the word, once it changes", () => {
  const { store } = sitDown(meeting, { me: "@bob:x", language: "ru" });
  expect(screen.getByTestId("announcement").textContent).toBe("Слово у: ann.");
  act(() => store.set({ meeting: { ...meeting, version: 6, turn: turnOf("@bob:x", { id: 2 }) } }));
  expect(screen.getByTestId("announcement").textContent).toBe("Слово у вас. Ваш микрофон открыт.");
});

test("a lost connection and an unreachable service are said for as long as they last", () => {
  const { container, store, sitting } = sitDown(meeting);
  act(() => { store.set({ reached: false, unreadable: true }); sitting.call.set({ status: "reconnecting" }); });
  const banners = () => [...container.querySelectorAll("[data-banner]")].map((banner) => banner.getAttribute("data-banner"));
  expect(banners()).toEqual(["reconnecting", "unreached", "unreadable"]);
  act(() => { store.set({ reached: true, unreadable: false }); sitting.call.set({ status: "in" }); });
  expect(banners()).toEqual([]);
});

test("minutes say who made them", () => {
  const madeBy = (method: "highlights" | "llm", model: string | null) => ({ plugin: "summary", version: "1", method, model, prompt: null, at: 1 });
  const summary = { form: "summary" as const, sentences: [{ text: "Ann brings apples.", from: ["1.1"] }] };
  sitDown({ ...meeting, phase: "ended", turn: null }, {
    record: { version: 1, turns: [], comments: [], utterances: [], minutes: [
      { about: { kind: "circle", circle: 0 }, result: summary, madeBy: madeBy("highlights", null) },
      { about: { kind: "meeting" }, result: summary, madeBy: madeBy("llm", "tiny") },
    ] },
  });
  const entries = screen.getAllByTestId("minutes-entry").map((entry) => entry.querySelector(".maker")?.textContent);
  expect(entries).toEqual(["Written by a language model (tiny)", "Highlights chosen from what was said"]);
});
