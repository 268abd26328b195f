// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { meetingOf, turnOf } from "../../dev/made-up-meeting.ts";
import { preferences } from "../model/preferences/preferences.ts";
import { sitDown } from "../../dev/made-up-sitting.tsx";
import { personId } from "../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob", "eve"]);

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const names = () =>
  screen
    .getAllByRole("button")
    .map((button) => button.getAttribute("data-testid"))
    .filter(Boolean);

test("everybody sees who has the word, who is next, the theme, and the time that is left", () => {
  const { container } = sitDown(meeting, { me: personId("@eve:x") });
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

test("the second half of a double click on Start skips nobody; a click that is meant does", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { wishes } = sitDown(meeting);
  vi.advanceTimersByTime(300);
  await act(async () => fireEvent.click(screen.getByTestId("skip-me")));
  expect(wishes).toEqual([]);
  vi.advanceTimersByTime(300);
  await act(async () => fireEvent.click(screen.getByTestId("skip-me")));
  expect(wishes).toEqual([{ type: "skip" }]);
  vi.useRealTimers();
});

test("who does not have the word has no button that moves it", () => {
  sitDown(meeting, { me: personId("@bob:x") });
  expect(names()).not.toContain("pass");
  expect(names()).not.toContain("keeper-menu");
});

test("an offered word is taken by hand", async () => {
  const { wishes } = sitDown({
    ...meeting,
    turn: turnOf(personId("@ann:x"), {
      status: "offered",
      runningSince: null,
      endsAt: null,
      graceEndsAt: null,
      lapsesAt: 1_008_000,
    }),
  });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Take the word" })));
  expect(wishes).toEqual([{ type: "accept" }]);
});

test("the keeper steers, and ends the meeting only when asked twice", async () => {
  const { wishes } = sitDown(meeting, { me: personId("@eve:x"), mayKeep: true });
  const press = (name: string | RegExp) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
  for (const name of ["+30 seconds", "Pause", "End ann’s turn", "Move ann to the end"]) {
    await press("Facilitate");
    await press(name);
  }
  await press("Facilitate");
  await press("End the meeting");
  expect(wishes.map(({ type }) => type)).toEqual(["extend", "pause", "pass", "skip"]);
  await press("End the meeting?");
  expect(wishes.at(-1)).toEqual({ type: "end" });
});

test("in a circle the microphone is a lamp; on the open floor a switch", async () => {
  const { sitting, store } = sitDown(meeting, { me: personId("@bob:x"), call: { status: "in", microphone: "muted" } });
  const setMicrophone = vi.spyOn(sitting.call, "setMicrophone").mockResolvedValue();
  await act(async () => fireEvent.click(screen.getByTestId("microphone")));
  expect(setMicrophone).not.toHaveBeenCalled();
  act(() => store.set({ meeting: { ...meeting, phase: "ended", turn: null } }));
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Unmute" })));
  expect(setMicrophone).toHaveBeenCalledWith(true);
});

test("whoever is about to start a meeting reads what it would lack, and may start it all the same", async () => {
  const lack = "Speech recognition is full right now.";
  sitDown(
    { ...meeting, phase: "gathering", turn: null, ring: [], circle: null },
    { me: personId("@bob:x"), scenarios: { preferred: "council", scenarios: [], lack } },
  );
  await act(async () => fireEvent.click(screen.getByTestId("start")));
  expect(await screen.findByText(lack)).toBeTruthy();
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("start-now").disabled).toBe(false));
});

test("a meeting is started with a topic by whoever is in", async () => {
  const { wishes } = sitDown(
    { ...meeting, phase: "gathering", turn: null, ring: [], circle: null },
    { me: personId("@bob:x") },
  );
  await act(async () => fireEvent.click(screen.getByTestId("start")));
  fireEvent.change(await screen.findByLabelText("What is it about?"), { target: { value: " Spring " } });
  // Nothing can be started before the scenarios have come.
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("start-now").disabled).toBe(false));
  await act(async () => fireEvent.click(screen.getByTestId("start-now")));
  await waitFor(() => expect(wishes).toEqual([{ type: "start", scenario: "council", topic: "Spring" }]));
});

test("a refusal is shown in the service's words and can be put away", () => {
  const { notices } = sitDown(meeting);
  act(() => notices.show({ text: "bob has the word." }));
  const shown = screen.getByTestId("notices");
  expect(shown.textContent).toContain("bob has the word.");
  fireEvent.click(within(shown).getByRole("button", { name: "Dismiss" }));
  expect(shown.textContent).toBe("");
});

test("a listener hears who has the word, and that they are next, once it changes", () => {
  const { store } = sitDown(meeting, { me: personId("@bob:x"), language: "ru" });
  expect(screen.getByTestId("announcement").textContent).toBe("Говорит ann. Следующее слово ваше.");
  act(() => store.set({ meeting: { ...meeting, version: 6, turn: turnOf(personId("@bob:x"), { id: 2 }) } }));
  expect(screen.getByTestId("announcement").textContent).toBe("Слово у вас. Ваш микрофон открыт.");
});

test("an unreachable service and a state that cannot be read are said for as long as they last", () => {
  const { container, store, sitting } = sitDown(meeting);
  act(() => {
    store.set({ reached: false, unreadable: true });
    sitting.call.set({
      voices: new Map([[personId("@ann:x"), { speaking: false, microphone: "open", picture: null, weak: true }]]),
    });
  });
  const banners = () =>
    [...container.querySelectorAll("[data-banner]")].map((banner) => banner.getAttribute("data-banner"));
  expect(banners()).toEqual(["weak", "unreached", "unreadable"]);
  act(() => {
    store.set({ reached: true, unreadable: false });
    sitting.call.set({ voices: new Map() });
  });
  expect(banners()).toEqual([]);
});

test("a link that has gone quiet is said once, and in the place of a weak one", () => {
  const { container, store, sitting } = sitDown(meeting);
  const banners = () =>
    [...container.querySelectorAll("[data-banner]")].map((banner) => banner.getAttribute("data-banner"));
  const weak = { speaking: false, microphone: "open", picture: null, weak: true } as const;
  act(() => sitting.call.set({ status: "in", quiet: true, voices: new Map([[personId("@ann:x"), weak]]) }));
  expect(banners()).toEqual(["quiet"]);
  act(() => store.set({ reached: false }));
  expect(banners()).toEqual(["unreached"]);
  act(() => {
    store.set({ reached: true });
    sitting.call.set({ quiet: false });
  });
  expect(banners()).toEqual(["weak"]);
});

test("a call that breaks or moves to another window says so, and how to come back", async () => {
  const { container, sitting } = sitDown(meeting);
  const comeBack = vi.spyOn(sitting.call, "comeBack").mockResolvedValue();
  const rejoin = vi.spyOn(sitting.call, "rejoin").mockResolvedValue(true);
  const shown = () => container.querySelector("[data-screen]")?.getAttribute("data-screen");
  act(() => sitting.call.set({ status: "reconnecting" }));
  expect(shown()).toBe("reconnecting");
  act(() => sitting.call.set({ status: "lost" }));
  expect(shown()).toBe("callLost");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(comeBack).toHaveBeenCalledOnce();
  act(() => sitting.call.set({ status: "out", takenOver: true }));
  expect(shown()).toBe("otherTab");
  fireEvent.click(screen.getByTestId("sit-here"));
  expect(rejoin).toHaveBeenCalledOnce();
  act(() => sitting.call.set({ takenOver: false }));
  expect(shown()).toBeUndefined();
});

test("an offered word is taken with the space key, too, and not passed on by the same press", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const offered = turnOf(personId("@ann:x"), {
    status: "offered",
    runningSince: null,
    endsAt: null,
    graceEndsAt: null,
    lapsesAt: 1_008_000,
  });
  const { wishes, store } = sitDown({ ...meeting, turn: offered });
  vi.advanceTimersByTime(1_000);
  const press = () => act(async () => fireEvent.keyDown(document.body, { code: "Space" }));
  await press();
  act(() => store.set({ meeting: { ...meeting, version: 6 } }));
  await press();
  expect(wishes).toEqual([{ type: "accept" }]);
  vi.useRealTimers();
});

test("push to talk: in my turn the microphone is closed, and open while I hold the key", async () => {
  preferences.set({ pushToTalk: true });
  const { sitting, store } = sitDown(meeting, { call: { status: "in", microphone: "open" } });
  const setMicrophone = vi
    .spyOn(sitting.call, "setMicrophone")
    .mockImplementation(async (open) => sitting.call.set({ microphone: open ? "open" : "muted" }));
  act(() => sitting.call.set({ microphone: "muted" }));
  act(() => sitting.call.set({ microphone: "open" }));
  expect(setMicrophone.mock.calls).toEqual([[false]]);
  act(() => void fireEvent.keyDown(document.body, { code: "KeyM" }));
  expect(sitting.call.get().microphone).toBe("open");
  act(() => void fireEvent.keyUp(document.body, { code: "KeyM" }));
  expect(sitting.call.get().microphone).toBe("muted");
  act(() => store.set({ meeting: { ...meeting, version: 6, turn: turnOf(personId("@bob:x"), { id: 2 }) } }));
  act(() => void fireEvent.keyDown(document.body, { code: "KeyM" }));
  expect(sitting.call.get().microphone).toBe("muted");
  preferences.set({ pushToTalk: false });
});

test("raised hands stand at their seats, in the order in which they get the word", () => {
  const { container } = sitDown(
    {
      ...meeting,
      stage: "floor",
      turn: null,
      hands: [
        { who: personId("@eve:x"), hand: "point-of-order" },
        { who: personId("@ann:x"), hand: "reply" },
      ],
    },
    { me: personId("@bob:x") },
  );
  const hands = [...container.querySelectorAll("[data-participant]")].map(
    (seat) => seat.querySelector("[data-hand]")?.textContent ?? "",
  );
  expect(hands).toEqual(["2", "", "1"]);
  expect(screen.getByTestId("stage").textContent).toContain("The floor is open");
});

test("minutes say who made them", () => {
  const madeBy = (method: "highlights" | "llm", model: string | null) => ({
    plugin: "summary",
    version: "1",
    method,
    model,
    prompt: null,
    at: 1,
  });
  const summary = { form: "summary" as const, sentences: [{ text: "Ann brings apples.", from: ["1.1"] }] };
  sitDown(
    { ...meeting, phase: "ended", turn: null },
    {
      record: {
        version: 1,
        turns: [],
        comments: [],
        utterances: [],
        remaking: [],
        corrections: [],
        minutes: [
          { about: { kind: "circle", circle: 0 }, result: summary, madeBy: madeBy("highlights", null) },
          { about: { kind: "meeting" }, result: summary, madeBy: madeBy("llm", "tiny") },
        ],
      },
    },
  );
  const entries = screen.getAllByTestId("minutes-entry").map((entry) => entry.querySelector(".maker")?.textContent);
  expect(entries).toEqual(["Written by a language model (tiny)", "Excerpts, word for word (no AI)"]);
});
