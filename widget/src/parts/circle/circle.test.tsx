// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { REFUSALS } from "@mindminder/protocol/refusal.ts";
import { openCatalogue } from "../../language/open-catalogue.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { formatGuestId, type ParticipantId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob", "eve", "dan"]);
const [first, second] = meeting.circles;
if (!first || !second) throw new Error("the made-up meeting has two circles");
const circles = (change: Partial<typeof first>) => [{ ...first, ...change }, second];

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const press = (testId: string) => act(async () => fireEvent.click(screen.getByTestId(testId)));
const type = (testId: string, value: string) =>
  act(async () => fireEvent.change(screen.getByTestId(testId), { target: { value } }));
const textsOf = (testId: string) => screen.getAllByTestId(testId).map(({ textContent }) => textContent);

test("a hand goes up for one of three reasons, and down by the same button", async () => {
  const { wishes, store } = sitDown(meeting, { me: personId("@bob:x") });
  await press("hand");
  await press("hand-clarify");
  act(() =>
    store.set({
      meeting: {
        ...meeting,
        hands: [
          { who: personId("@eve:x"), hand: "point-of-order" },
          { who: personId("@bob:x"), hand: "clarify" },
        ],
      },
    }),
  );
  expect(screen.getByTestId("my-place").textContent).toBe("You are number 2 in the queue");
  await press("hand");
  expect(screen.getByTestId("hand-clarify").getAttribute("aria-pressed")).toBe("true");
  await press("lower-hand");
  expect(wishes).toEqual([{ type: "raise-hand", hand: "clarify" }, { type: "lower-hand" }]);
});

test("on the open floor the queue stands in order, and the keeper gives the word to any of it", async () => {
  const open = {
    ...meeting,
    stage: "floor" as const,
    stageEndsAt: 1_200_000,
    keeper: personId("@dan:x"),
    turn: turnOf(personId("@ann:x"), { hand: "reply" }),
    circles: circles({ kind: "open-floor" }),
    hands: [
      { who: personId("@ann:x"), hand: "reply" as const },
      { who: personId("@eve:x"), hand: "clarify" as const },
      { who: personId("@bob:x"), hand: "reply" as const },
    ],
  };
  const { wishes } = sitDown(open, { me: personId("@dan:x") });
  const queue = within(screen.getByTestId("floor-panel")).getAllByRole("listitem");
  expect(queue.map((item) => item.getAttribute("data-who"))).toEqual(["@eve:x", "@bob:x"]);
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Give the word to bob" })));
  expect(wishes).toEqual([{ type: "give-word", to: "@bob:x" }]);
  expect(screen.queryByTestId("my-turn")).toBeNull();
});

test("who is not the keeper gives nobody the word", () => {
  sitDown(
    {
      ...meeting,
      phase: "between",
      turn: null,
      nextCircleAt: null,
      hands: [{ who: personId("@eve:x"), hand: "reply" }],
    },
    { me: personId("@bob:x") },
  );
  expect(screen.getByTestId("what-happens").textContent).toBe(
    "The next circle starts when all raised hands have been heard.",
  );
  expect(screen.queryByTestId("give-word")).toBeNull();
});

test("between circles hands go up and are given the word from one line, beside no panel", async () => {
  const { wishes } = sitDown(
    {
      ...meeting,
      phase: "between",
      turn: null,
      keeper: personId("@bob:x"),
      hands: [{ who: personId("@eve:x"), hand: "reply" }],
    },
    { me: personId("@bob:x") },
  );
  expect(screen.queryByTestId("floor-panel")).toBeNull();
  await act(async () => fireEvent.click(within(screen.getByTestId("rest-hands")).getByTestId("give-word")));
  await act(async () => fireEvent.click(within(screen.getByTestId("rest-hands")).getByTestId("hand-clarify")));
  expect(wishes).toEqual([
    { type: "give-word", to: "@eve:x" },
    { type: "raise-hand", hand: "clarify" },
  ]);
});

test("consent and objection are offered alike", () => {
  sitDown({ ...meeting, circles: circles({ kind: "consent" }) }, { me: personId("@dan:x") });
  const [consent, object] = ["consent-position", "object-position"].map((id) =>
    screen.getByTestId(id).getAttribute("data-kind"),
  );
  expect(consent).toBe(object);
});

test("consent: everybody's answer stands with its reason, and an objection needs one", async () => {
  const { wishes } = sitDown(
    {
      ...meeting,
      circles: circles({
        kind: "consent",
        round: 2,
        stances: [
          { who: personId("@bob:x"), position: "consent", reason: "" },
          { who: personId("@eve:x"), position: "object", reason: "It whistles." },
        ],
      }),
    },
    { me: personId("@dan:x") },
  );
  expect(textsOf("stance")).toEqual([
    "Eeveobjects" + "It whistles.",
    "Bobobconsents",
    "Aannno answer yet",
    "Dayouno answer yet",
  ]);
  expect(screen.getByTestId("stance-count").textContent).toBe("Consent 1 · Objections 1 · No answer 2");
  expect(screen.getByTestId("consent-panel").textContent).toContain("Round 2");
  await press("object-position");
  expect(screen.getByTestId("send-objection").ariaDisabled).toBe("true");
  await type("objection-reason", " Too loud. ");
  await press("send-objection");
  await press("consent-position");
  expect(wishes).toEqual([
    { type: "take-position", position: "object", reason: "Too loud." },
    { type: "take-position", position: "consent" },
  ]);
});

test("the steps say which circle asks again, and what came of one that is over", () => {
  const asked = {
    ...first,
    kind: "consent" as const,
    status: "done" as const,
    stances: [{ who: personId("@eve:x"), position: "object" as const, reason: "No." }],
  };
  sitDown({ ...meeting, circle: 1, circles: [asked, { ...second, kind: "consent", status: "running", round: 2 }] });
  expect(
    within(screen.getByTestId("trail"))
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["!Circle 1: Consent, done, 1 objection", "Circle 2: Consent, again (2), now"]);
  expect(screen.getByTestId("circle-facts").textContent).toContain("Not decided: there are objections");
});

const writing = {
  ...meeting,
  turn: null,
  next: null,
  stage: "writing" as const,
  stageBeganAt: 900_000,
  stageEndsAt: 1_300_000,
  wrote: [personId("@eve:x")],
  circles: circles({ kind: "silent-writing" }),
};

test("writing: the text comes back from the service, is saved after a pause, and finished by hand", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { wishes } = sitDown(writing, { myText: { circle: 0, text: "tea", finished: false } });
  await act(async () => {});
  expect(screen.getByTestId("my-text")).toHaveProperty("value", "tea");
  expect(screen.getByTestId("writers-done").textContent).toBe("1 of 4 done");
  await type("my-text", "tea and cake");
  expect(screen.getByTestId("text-state").getAttribute("data-state")).toBe("unsaved");
  expect(wishes).toEqual([]);
  await act(async () => vi.advanceTimersByTime(10_000));
  expect(wishes).toEqual([{ type: "write", text: "tea and cake", finished: false }]);
  expect(screen.getByTestId("text-state").textContent).toBe("Saved");
  await press("finish-text");
  expect(wishes.at(-1)).toEqual({ type: "write", text: "tea and cake", finished: true });
});

test("one finishes right after the last letter, while that is still being saved", async () => {
  const { wishes } = sitDown(writing);
  await act(async () => {});
  await type("my-text", "cake");
  await act(async () => {
    fireEvent.blur(screen.getByTestId("my-text"));
  });
  expect(screen.getByTestId("finish-text")).toHaveProperty("disabled", false);
  await press("finish-text");
  expect(wishes).toEqual([
    { type: "write", text: "cake", finished: false },
    { type: "write", text: "cake", finished: true },
  ]);
});

test("what the service did not get is kept on the device over a reload", async () => {
  const one = sitDown(writing);
  await act(async () => {});
  await type("my-text", "cake");
  one.unmount();
  sitDown(writing, { myText: { circle: 0, text: "ca", finished: false } });
  await act(async () => {});
  expect(screen.getByTestId("my-text")).toHaveProperty("value", "cake");
});

test("who has nothing to write says so, and who is not asked watches", async () => {
  const { wishes, unmount } = sitDown(writing);
  await act(async () => {});
  expect(screen.getByTestId("finish-text").textContent).toBe("I have nothing to write");
  await press("finish-text");
  expect(wishes).toEqual([{ type: "write", text: "", finished: true }]);
  unmount();
  sitDown({ ...writing, ring: [personId("@eve:x")] });
  expect(screen.queryByTestId("my-text")).toBeNull();
});

test("all texts are shown together, the speaker's first", () => {
  sitDown({
    ...meeting,
    circles: circles({
      kind: "silent-writing",
      texts: [
        { who: personId("@bob:x"), text: "cake" },
        { who: personId("@ann:x"), text: "tea" },
      ],
    }),
  });
  expect(screen.getAllByTestId("written-text").map((text) => text.getAttribute("data-who"))).toEqual([
    "@ann:x",
    "@bob:x",
  ]);
});

test("whoever chose a language reads below each text what it says, marked as translated", async () => {
  preferences.set({ translateTo: "en" });
  sitDown(
    { ...meeting, circles: circles({ kind: "silent-writing", texts: [{ who: personId("@ann:x"), text: "чай" }] }) },
    { translate: async ({ texts }) => ({ texts: texts.map(() => "tea"), model: "llama", failed: null }) },
  );
  const text = within(screen.getByTestId("written-text"));
  expect((await text.findByTestId("translated")).textContent).toBe("tea Translated by llama");
  preferences.set({ translateTo: null });
});

test("the speaker asks for time; the ring sees it, votes, and sees who voted", async () => {
  const late = {
    ...meeting,
    rules: { extension: "ring" as const, skip: "self" as const },
    turn: turnOf(personId("@ann:x"), { endsAt: 1_008_000, runningSince: 948_000, extension: { asked: [], needed: 2 } }),
  };
  const speaker = sitDown(late);
  await press("ask-extension");
  expect(speaker.wishes).toEqual([{ type: "extend" }]);
  speaker.unmount();
  const wanted = {
    ...late,
    turn: { ...late.turn, wantsMore: true as const, extension: { asked: [personId("@eve:x")], needed: 2 } },
  };
  const { wishes, container } = sitDown(wanted, { me: personId("@bob:x") });
  expect(screen.getByTestId("extension").textContent).toContain("ann asks for more time");
  expect(screen.getByTestId("extension-votes").textContent).toBe("In favour: eve · 1 of 2 votes needed");
  expect(container.querySelector('[data-participant="@eve:x"] [data-mark="more"]')).not.toBeNull();
  await press("vote-extension");
  expect(wishes).toEqual([{ type: "extend" }]);
});

test("a guest asks for more time for their own turn, and has a vote on another's as all who listen", async () => {
  const guest = formatGuestId(new Uint8Array(16).fill(3));
  const heldBy = (speaker: ParticipantId) => ({
    ...meeting,
    people: [...meeting.people, { id: guest, name: "Gus (guest)", presence: "call" as const, spokenMs: 0 }],
    rules: { extension: "ring" as const, skip: "self" as const },
    turn: turnOf(speaker, { wantsMore: true as const, extension: { asked: [], needed: 2 } }),
  });
  const listening = sitDown(heldBy(personId("@ann:x")), { me: guest });
  expect(screen.getByTestId("extension").textContent).toContain("ann asks for more time");
  await press("vote-extension");
  expect(listening.wishes).toEqual([{ type: "extend" }]);
  listening.unmount();
  const { turn, ...rest } = heldBy(guest);
  const { wantsMore: _, ...quiet } = turn;
  const speaking = sitDown({ ...rest, turn: quiet }, { me: guest });
  await press("ask-extension");
  expect(speaking.wishes).toEqual([{ type: "extend" }]);
});

test("where only the keeper gives time, listeners see the wish and have no vote", () => {
  sitDown({ ...meeting, turn: turnOf(personId("@ann:x"), { wantsMore: true }) }, { me: personId("@bob:x") });
  expect(screen.getByTestId("extension").textContent).toContain("ann asks for more time");
  expect(screen.queryByTestId("vote-extension")).toBeNull();
});

test("the keeper's role goes to another by name, asked twice", async () => {
  const { wishes } = sitDown({ ...meeting, keeper: personId("@ann:x") });
  await press("keeper-menu");
  await press("hand-over");
  expect(document.activeElement?.getAttribute("data-testid")).toBe("keeper-back");
  expect(screen.getAllByTestId("hand-over-to").map((person) => person.getAttribute("data-who"))).toEqual([
    "@bob:x",
    "@eve:x",
    "@dan:x",
  ]);
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "eve" })));
  await press("hand-over-sure");
  expect(wishes).toEqual([{ type: "hand-over", to: "@eve:x" }]);
});

test("the keeper ends writing and the open floor before their time", async () => {
  const { wishes } = sitDown({ ...writing, keeper: personId("@ann:x") });
  await press("keeper-menu");
  expect(screen.getByTestId("next-circle").textContent).toBe("Show all texts now");
  await press("next-circle");
  expect(wishes).toEqual([{ type: "next-circle" }]);
});

test("a menu closes by Escape and gives the focus back", async () => {
  sitDown(meeting);
  await press("hand");
  await act(async () => fireEvent.keyDown(document, { key: "Escape" }));
  expect(screen.queryByTestId("hand-reply")).toBeNull();
  expect(document.activeElement).toBe(screen.getByTestId("hand"));
});

test("a scenario is chosen from those of the house and the room's own, seen through before it starts", async () => {
  const { wishes } = sitDown(
    { ...meeting, phase: "gathering", turn: null, ring: [], circle: null },
    { me: personId("@bob:x") },
  );
  await press("start");
  await screen.findAllByTestId("scenario");
  expect(textsOf("scenario").map((text) => text?.slice(0, 7))).toEqual(["Council", "Tea2 ci"]);
  await type("topic", "Spring");
  expect(screen.getByTestId("outline").textContent).toContain("What about Spring?");
  expect(screen.getByTestId("outline-topic").textContent).toBe("Spring");
  await act(async () => fireEvent.click(screen.getByRole("radio", { name: /Tea/ })));
  expect(screen.getByTestId("outline").textContent).toContain("5:00 to write, then 1:00 each");
  expect(screen.getByTestId("outline").textContent).toContain("back to circle 1 (at most 2×)");
  await press("start-now");
  expect(wishes).toEqual([{ type: "start", scenario: "tea", topic: "Spring" }]);
});

test.each([
  [
    "offered to me",
    {
      turn: turnOf(personId("@ann:x"), {
        status: "offered",
        runningSince: null,
        endsAt: null,
        graceEndsAt: null,
        lapsesAt: 1_008_000,
      }),
    },
    "Take the word within 8 seconds, or you will speak at the end.",
  ],
  [
    "offered to another",
    {
      turn: turnOf(personId("@bob:x"), {
        status: "offered",
        runningSince: null,
        endsAt: null,
        graceEndsAt: null,
        lapsesAt: 1_001_000,
      }),
    },
    "bob has 1 second to take the word, or will speak at the end.",
  ],
  [
    "dropped out",
    {
      turn: turnOf(personId("@bob:x"), {
        status: "held",
        runningSince: null,
        endsAt: null,
        graceEndsAt: null,
        lapsesAt: 1_015_000,
      }),
    },
    "bob lost the connection; their time is paused. In 15 seconds the word moves on, and they speak at the end.",
  ],
  [
    "grace",
    { turn: turnOf(personId("@ann:x"), { endsAt: 997_000, graceEndsAt: 1_002_000 }) },
    "Your time is up. The word moves on in 2 seconds.",
  ],
  [
    "time only shown",
    { turn: turnOf(personId("@bob:x"), { endsAt: 997_000, graceEndsAt: null }) },
    "Time is up, but nobody is cut off here: the word moves on when bob is done.",
  ],
  [
    "a turn at the end",
    { turn: turnOf(personId("@bob:x")), returns: [personId("@ann:x")] },
    "You will speak at the end of this circle.",
  ],
  [
    "between",
    { phase: "between" as const, turn: null, nextCircleAt: 1_021_000 },
    "The next circle starts in 21 seconds.",
  ],
  ["paused", { paused: true }, "Paused until the keeper resumes."],
  [
    "the call is away",
    { paused: true, waitsForCall: true as const },
    "The call’s server does not answer. The meeting stands still, and goes on by itself.",
  ],
])("%s: what comes by itself is said in words", (_, change, words) => {
  sitDown({ ...meeting, ...change });
  expect(screen.getByTestId("what-happens").textContent).toBe(words);
});

test("typed comments and spoken commands stand in the transcript, each as what it is", () => {
  const utterance = {
    id: "1.1",
    turn: 1,
    circle: 0,
    speaker: personId("@ann:x"),
    startedAt: 10,
    endedAt: 20,
    language: "en",
    text: "Reports are long.",
    engine: { id: "e", model: "m" },
    segments: [
      { kind: "speech" as const, text: "Reports are long." },
      {
        kind: "command" as const,
        text: "Task: cut them.",
        command: { type: "task" as const, text: "cut them", owner: null },
      },
    ],
  };
  sitDown(meeting, {
    record: {
      version: 1,
      turns: [],
      minutes: [],
      remaking: [],
      corrections: [],
      utterances: [utterance],
      comments: [{ id: "$1", circle: 0, turn: 1, who: personId("@guest:x"), name: "Guest", at: 15, text: "They are." }],
    },
  });
  expect(screen.getByTestId("said").querySelector(".said-text")?.textContent).toBe("Reports are long.");
  expect(screen.getByTestId("spoken-command").textContent).toBe("said to the facilitator: Task: cut them");
  expect(screen.getByTestId("comment").textContent).toContain("They are.");
});

test("every refusal has a sentence of the widget's own in both languages, and none sends anybody to the chat", async () => {
  for (const language of ["en", "ru"]) {
    const { t } = openCatalogue(language);
    const sentences = REFUSALS.map((code) => t(`circle.refused.${code}`, { name: "Tom" }));
    expect(sentences.filter((sentence) => sentence.includes("circle.refused") || sentence.includes("!"))).toEqual([]);
  }
  const { notices } = sitDown(meeting, { me: personId("@bob:x"), language: "ru" });
  act(() => notices.show({ refused: "not-your-turn" }));
  expect(screen.getByTestId("notices").textContent).toContain("Сейчас не ваша очередь: говорит ann.");
});
