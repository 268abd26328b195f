// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { assemblyOf, placingOf } from "../../../../tests/browser/fake-service/assembly.ts";
import { recordOfParts, ringThatSaid } from "../../../../tests/browser/fake-service/assembly-record.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { record as recordOf } from "../../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../../tests/support/minutes/utterance.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { dialogsInJsdom } from "../../../dev/dialogs-in-jsdom.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

const ME = personId("@ann:x");
const meeting = meetingOf(["ann", "bob", "eve"]);
const assembly = assemblyOf(5, ME, 1_000_000);

beforeAll(dialogsInJsdom);
afterEach(cleanup);

async function openMap(change: Partial<typeof assembly> = {}, language = "en") {
  const sitting = sitDown(meeting, { assembly: { ...assembly, ...change }, language });
  fireEvent.click(await screen.findByTestId("open-map"));
  return { ...sitting, map: await screen.findByTestId("ring-map") };
}

const spoken = (text: string) => utterance({ text, speaker: ME });
const recordWith = (...utterances: ReturnType<typeof spoken>[]) => recordOf({ utterances });
/** Shows a group in full, as a press on it does. */
function chosen(number: number) {
  fireEvent.click(screen.getByTestId(`ring-on-map-${number}`));
  return within(screen.getByTestId("ring-details"));
}

async function press(button: HTMLElement) {
  await act(async () => void fireEvent.click(button));
}

test("above one's own ring stands how far the assembly is, and only while one runs", async () => {
  sitDown(meeting, { assembly });
  const strip = await screen.findByTestId("assembly-strip");
  expect(strip.textContent).toContain("Group 2");
  expect(strip.textContent).toContain("Part 1 of 3");
  expect(strip.textContent).toContain("What should the garden be in five years?");
  expect(within(strip).getByRole("timer").textContent).toBe("7:17");
  cleanup();
  sitDown(meeting);
  await act(async () => {});
  expect(screen.queryByTestId("assembly-strip")).toBeNull();
});

test("the map shows each group: who sits there, who speaks, how far it is, and which is one's own", async () => {
  const { map } = await openMap();
  expect(within(map).getAllByRole("tab")).toHaveLength(5);
  expect(map.querySelectorAll('[data-mine="true"]')).toHaveLength(1);
  expect(within(screen.getByTestId("ring-details")).getByText("your group")).toBeTruthy();
  const third = assembly.rings[2];
  const speaker = third?.people.find(({ id }) => id === third.speaker);
  const turns = `${third?.turns?.done} of ${third?.turns?.of} turns`;
  const name = `Group 3, ${speaker?.name} speaks, ${turns}, ${third?.people.length} people`;
  expect(within(map).getByRole("tab", { name })).toBe(screen.getByTestId("ring-on-map-3"));
  const details = chosen(3);
  expect(details.getByText(`${speaker?.name} speaks`)).toBeTruthy();
  expect(details.getByText(turns, { exact: false })).toBeTruthy();
  const names = details.getAllByRole("listitem").map(({ textContent }) => textContent);
  for (const { name } of third?.people ?? []) expect(names.join()).toContain(name);
});

test("the map is walked through by the keyboard: the arrows lead from group to group", async () => {
  const { map } = await openMap();
  const own = screen.getByTestId("ring-on-map-2");
  expect(
    within(map)
      .getAllByRole("tab")
      .map(({ tabIndex }) => tabIndex),
  ).toEqual([-1, 0, -1, -1, -1]);
  own.focus();
  fireEvent.keyDown(own, { key: "ArrowRight" });
  expect(document.activeElement).toBe(screen.getByTestId("ring-on-map-3"));
  expect(within(screen.getByTestId("ring-details")).getByRole("heading").textContent).toBe("Group 3");
  fireEvent.keyDown(screen.getByTestId("ring-on-map-3"), { key: "End" });
  fireEvent.keyDown(screen.getByTestId("ring-on-map-5"), { key: "ArrowRight" });
  expect(screen.getByTestId("ring-on-map-5").getAttribute("aria-selected")).toBe("true");
});

test("whoever keeps the assembly sits elsewhere by a press, moves those who asked, and anybody else", async () => {
  const { seats } = await openMap();
  expect(screen.queryByTestId("sit-in-2")).toBeNull();
  await press(chosen(4).getByTestId("sit-in-4"));
  await press(screen.getByTestId("move-who-asked"));
  const somebody = assembly.rings[0]?.people[2]?.id;
  fireEvent.change(chosen(5).getByTestId("bring-whom"), { target: { value: somebody } });
  await press(screen.getByTestId("bring-here"));
  expect(seats).toEqual([{ to: 4 }, { who: assembly.rings[0]?.people[1]?.id, to: 3 }, { who: somebody, to: 5 }]);
});

test("a group that gathers says for whom it waits, and when it begins without them", async () => {
  const placing = placingOf(5, ME, 1_000_000);
  const absent = (number: number) =>
    placing.rings[number - 1]?.people.filter(({ here }) => !here).map(({ name }) => name) ?? [];
  sitDown(meeting, { assembly: placing });
  const strip = await screen.findByTestId("assembly-strip");
  expect(strip.textContent).toContain(`Waiting for ${absent(2).join(", ")} · begins in 0:13 at the latest`);
  fireEvent.click(screen.getByTestId("open-map"));
  await screen.findByTestId("ring-map");
  expect(chosen(1).getByTestId("waiting-for").textContent).toContain(absent(1).join(", "));
  expect(chosen(1).getAllByText("not here yet")).toHaveLength(absent(1).length);
  expect(chosen(3).queryByTestId("waiting-for")).toBeNull();
});

test("all others ask for it, and see that they did; in Russian, too", async () => {
  const { seats } = await openMap({ keeper: null, asked: [{ who: ME, to: 1 }] }, "ru");
  expect(chosen(1).getByText("Вы попросились сюда")).toBeTruthy();
  expect(screen.queryByTestId("move-who-asked")).toBeNull();
  await press(chosen(3).getByText("Попроситься сюда"));
  expect(seats).toEqual([{ to: 3 }]);
});

test("a group calls the keeper, takes the empty chair, and says who speaks for it", async () => {
  const choosing = {
    ...assembly,
    keeper: assembly.rings[0]?.people[0]?.id ?? null,
    phase: { ...assembly.phase, choosing: true },
  };
  const mine = choosing.rings[1];
  if (!mine) throw new Error("there is no own ring");
  const own = { ...choosing, rings: choosing.rings.with(1, { ...mine, delegate: null }) };
  const { assemblyAsked } = sitDown(meeting, { assembly: own });
  await press(await screen.findByTestId("call-keeper"));
  fireEvent.change(screen.getByTestId("name-delegate"), { target: { value: ME } });
  expect(assemblyAsked, "a choice alone says nothing yet").toHaveLength(1);
  await press(screen.getByTestId("say-delegate"));
  expect(assemblyAsked).toEqual([{ type: "call-keeper" }, { type: "name-delegate", who: ME }]);
  cleanup();
  const listening = {
    ...own,
    phase: { ...own.phase, kind: "delegates" as const, choosing: false },
    rings: [{ ...mine, people: mine.people.map((person) => ({ ...person, seated: person.id !== ME })) }],
  };
  const { assemblyAsked: fromChair } = sitDown(meeting, { assembly: listening });
  await press(await screen.findByTestId("take-chair"));
  expect(fromChair).toEqual([{ type: "take-chair" }]);
});

test("the keeper sees who calls, listens in, speaks to all and gives all more time", async () => {
  const calls = [{ ring: 4, by: assembly.rings[3]?.people[0]?.id ?? ME }];
  const { assemblyAsked } = await openMap({ calls });
  const tools = within(screen.getByTestId("keeper-tools"));
  await press(screen.getByTestId("come-to-4"));
  fireEvent.change(tools.getByRole("textbox"), { target: { value: "Lunch at one" } });
  await press(tools.getByText("Say"));
  await press(tools.getByTestId("more-for-all"));
  await press(chosen(3).getByTestId("listen-in-3"));
  expect(assemblyAsked).toEqual([
    { type: "visit", to: 4 },
    { type: "tell-all", text: "Lunch at one" },
    { type: "more-time", byMs: 60_000 },
    { type: "visit", to: 3 },
  ]);
});

test("whoever takes no part sees the map, chooses where to listen, and may take part", async () => {
  const others = (ring: (typeof assembly.rings)[number]) => ring.people.filter(({ id }) => id !== ME);
  const rings = assembly.rings.map((ring) => ({ ...ring, people: others(ring) }));
  const { assemblyAsked } = await openMap({ keeper: null, asked: [], rings });
  await press(chosen(4).getByTestId("listen-in-4"));
  await press(screen.getByTestId("join-assembly"));
  expect(assemblyAsked).toEqual([{ type: "visit", to: 4 }, { type: "join" }]);
  cleanup();
  const visitors = [{ id: ME, name: "Ann" }];
  const heard = rings.map((ring) => (ring.number === 4 ? { ...ring, visitors } : ring));
  await openMap({ keeper: null, asked: [], rings: heard });
  expect(screen.getByTestId("in-gallery").textContent).toBe("You listen in group 4");
  const details = within(screen.getByTestId("ring-details"));
  expect(details.getByText("Ann listens here")).toBeTruthy();
  expect(details.queryByTestId("listen-in-4")).toBeNull();
});

test("words to all stand above the ring for a while, and the last seconds are said to those who do not look", async () => {
  const now = 1_000_000;
  const soon = { ...assembly.phase, endsAt: now + 55_000 };
  sitDown(meeting, { assembly: { ...assembly, phase: soon, told: { by: "Ann", text: "Lunch at one", at: now } } });
  expect((await screen.findByTestId("told-to-all")).textContent).toContain("Ann to all: Lunch at one");
  expect(screen.getByText("60 seconds left")).toBeTruthy();
});

test("what came out stands with its groups, and a sentence opens the words that it rests on", async () => {
  const read = { meeting: meeting.id, utterance: "1.1", turn: 1 };
  const sentence = { text: "Apple trees first.", speaker: null, from: [read] };
  const ofRing = [1, 3].map((number) => ({ part: 1, ring: number }));
  const assemblyRecord = {
    ...recordOfParts([{ number: 1, kind: "rings", title: "", rings: [ringThatSaid(meeting.id, sentence)] }]),
    summary: [{ ...sentence, rings: ofRing }],
  };
  const said = { ...spoken("We should plant apple trees before anything else."), id: "1.1" };
  const past = [{ meeting, record: recordWith(said) }];
  sitDown(meeting, { assembly, assemblyRecord, past });
  await press(await screen.findByTestId("open-outcome"));
  const outcome = within(await screen.findByTestId("outcome"));
  expect(outcome.getByText("Group 1, Group 3")).toBeTruthy();
  await press(outcome.getByText("Apple trees first."));
  expect((await screen.findByTestId("words-behind")).textContent).toContain("before anything else");
});

test("all are told that they hear the keeper, who can end it; the keeper begins it in the map", async () => {
  const voice = { by: ME, name: "Ann", endsAt: 2_000_000 };
  const mine = sitDown(meeting, { assembly: { ...assembly, keeper: ME, voice } });
  const line = await screen.findByTestId("voice-to-all");
  expect(line.textContent).toContain("All groups hear you");
  fireEvent.click(within(line).getByTestId("stop-speaking"));
  await expect.poll(() => mine.assemblyAsked).toContainEqual({ type: "stop-speaking" });
  cleanup();
  sitDown(meeting, { assembly: { ...assembly, voice: { ...voice, by: personId("@bob:x"), name: "Bob" } } });
  const heard = await screen.findByTestId("voice-to-all");
  expect(heard.textContent).toContain("Bob speaks to all groups");
  expect(within(heard).queryByTestId("stop-speaking")).toBeNull();
  cleanup();
  const { assemblyAsked } = await openMap({ keeper: ME });
  fireEvent.click(screen.getByTestId("speak-to-all"));
  await expect.poll(() => assemblyAsked).toContainEqual({ type: "speak-to-all" });
});
