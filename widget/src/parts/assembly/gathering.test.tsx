// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { assemblyOf, gatheringOf, topicsOf } from "../../../../tests/browser/fake-service/assembly.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { dialogsInJsdom } from "../../../dev/dialogs-in-jsdom.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

const ME = personId("@ann:x");
const meeting = meetingOf(["ann", "bob", "eve"]);

beforeAll(dialogsInJsdom);
afterEach(cleanup);

async function press(button: HTMLElement) {
  await act(async () => void fireEvent.click(button));
}

async function openGathering(mayStart: boolean, language = "en") {
  const gathering = gatheringOf(6, ME, mayStart);
  const sitting = sitDown(meeting, { gathering, language });
  await press(await screen.findByTestId("open-gathering"));
  return { ...sitting, gathering, dialog: within(await screen.findByTestId("gathering")) };
}

test("while an assembly gathers, a line says how many are there, and whoever is not may take part", async () => {
  const gathering = gatheringOf(6, personId("@zoe:x"), false);
  const { assemblyAsked } = sitDown(meeting, { gathering, language: "ru" });
  expect((await screen.findByTestId("assembly-strip")).textContent).toContain("пока 6 человек");
  await press(screen.getByTestId("join-assembly"));
  expect(assemblyAsked).toEqual([{ type: "join" }]);
});

test("one wishes to sit with somebody, or apart, and takes one's own wish back; those of others stay", async () => {
  const { assemblyAsked, gathering, dialog } = await openGathering(false);
  const [, other, friend] = gathering.people;
  expect(dialog.queryByTestId("wish-one")).toBeNull();
  expect(dialog.queryByTestId("start-assembly")).toBeNull();
  await press(dialog.getByTestId("wish-together"));
  fireEvent.change(dialog.getByTestId("wish-other"), { target: { value: other?.id } });
  await press(dialog.getByTestId("wish-together"));
  await press(dialog.getByTestId("wish-apart"));
  expect(dialog.getAllByTestId("wish-away")).toHaveLength(1);
  await press(dialog.getByTestId("wish-away"));
  expect(assemblyAsked).toEqual([
    { type: "wish", wish: "together", people: [ME, other?.id] },
    { type: "wish", wish: "apart", people: [ME, other?.id] },
    { type: "wish", wish: "either", people: [ME, friend?.id] },
  ]);
});

test("whoever may begin it chooses a course and how large groups are, where the course leaves that open", async () => {
  const { assemblyAsked, dialog } = await openGathering(true);
  fireEvent.change(dialog.getByTestId("assembly-topic"), { target: { value: "our garden" } });
  fireEvent.change(dialog.getByTestId("size-most"), { target: { value: "3" } });
  await press(dialog.getByTestId("start-assembly"));
  expect(dialog.getByRole("alert").textContent).toContain("From 1 to 20");
  expect(assemblyAsked).toEqual([]);
  fireEvent.change(dialog.getByTestId("size-least"), { target: { value: "2" } });
  await press(dialog.getByTestId("start-assembly"));
  await press(dialog.getByTestId("course-1-2-4-all"));
  expect(dialog.queryByTestId("size-most")).toBeNull();
  await press(dialog.getByTestId("start-assembly"));
  await press(dialog.getByTestId("course-world-cafe"));
  await press(dialog.getByTestId("start-assembly"));
  await press(dialog.getByTestId("call-off"));
  expect(assemblyAsked).toEqual([
    { type: "start", scenario: "assembly", topic: "our garden", size: { least: 2, most: 3 } },
    { type: "start", scenario: "1-2-4-all", topic: "our garden" },
    { type: "start", scenario: "world-cafe", topic: "our garden" },
    { type: "end" },
  ]);
});

test("whoever may begin it and not call it off is not offered that", async () => {
  const gathering = { ...gatheringOf(6, ME, true), mayCallOff: false };
  sitDown(meeting, { gathering });
  await press(await screen.findByTestId("open-gathering"));
  expect(await screen.findByTestId("start-assembly")).toBeTruthy();
  expect(screen.queryByTestId("call-off")).toBeNull();
});

test("the language of one's group is chosen in one step, in which one's place stays", async () => {
  const { assemblyAsked, dialog } = await openGathering(false, "ru");
  await act(async () => void fireEvent.change(dialog.getByTestId("group-language"), { target: { value: "ru" } }));
  expect(assemblyAsked).toEqual([{ type: "join", language: "ru" }]);
  await act(async () => void fireEvent.change(dialog.getByTestId("group-language"), { target: { value: "" } }));
  expect(assemblyAsked.at(-1), "any, said as such").toEqual({ type: "join", language: null });
});

test("before a circle begins there is the way to many at once", async () => {
  const { assemblyAsked, store } = sitDown(null, { mayKeep: true });
  await press(await screen.findByTestId("start"));
  await press(await screen.findByTestId("open-assembly"));
  expect(assemblyAsked).toEqual([{ type: "open" }, { type: "join" }]);
  expect(store.get().assembly).toBe(true);
});

test("topics are proposed and chosen on the page", async () => {
  const { assemblyAsked } = sitDown(meeting, { assembly: { ...topicsOf(ME, 1_000_000), keeper: null } });
  const open = await screen.findByTestId("open-map");
  expect(open.textContent).toBe("Topics");
  expect(screen.queryByTestId("in-gallery"), "whoever takes part is no listener").toBeNull();
  await press(open);
  const topics = within(await screen.findByTestId("topics"));
  await press(topics.getByTestId("topic-3"));
  fireEvent.change(topics.getByTestId("topic-text"), { target: { value: "Salt" } });
  await press(topics.getByTestId("propose-topic"));
  expect(assemblyAsked).toEqual([
    { type: "choose-topic", topic: 3 },
    { type: "propose-topic", text: "Salt" },
  ]);
});

test("words that were refused stay in their field, and are sent once however often somebody presses", async () => {
  let answer = Promise.withResolvers<void>();
  const { assemblyAsked, notices } = sitDown(meeting, {
    assembly: { ...topicsOf(ME, 1_000_000), keeper: ME },
    assemblyAnswers: () => answer.promise,
  });
  await press(await screen.findByTestId("open-map"));
  for (const [panel, sent] of [
    ["topics", { type: "propose-topic", text: "Salt" }],
    ["keeper-tools", { type: "tell-all", text: "Lunch" }],
  ] as const) {
    const field = within(await screen.findByTestId(panel)).getByRole("textbox");
    const value = () => (field as HTMLInputElement).value;
    const enter = () => act(async () => void fireEvent.submit(field));
    const before = assemblyAsked.length;
    fireEvent.change(field, { target: { value: sent.text } });
    await enter();
    await enter();
    expect(assemblyAsked.slice(before)).toEqual([sent]);
    await act(async () => answer.reject(new Error("it was refused")));
    expect(value()).toBe(sent.text);
    expect(notices.get().shown).not.toEqual([]);
    answer = Promise.withResolvers<void>();
    await enter();
    await act(async () => answer.resolve());
    expect(assemblyAsked.slice(before)).toEqual([sent, sent]);
    expect(value()).toBe("");
    answer = Promise.withResolvers<void>();
  }
});

test("a group that nobody keeps says that it is ready to go on, and sees how many are", async () => {
  const whole = assemblyOf(5, ME, 1_000_000);
  const other = personId("@zoe:x");
  const of = (ready: (typeof other)[]) => ({
    ...whole,
    keeper: other,
    rings: whole.rings.map((ring) => ({ ...ring, keeper: null, ready })),
  });
  const { assemblyAsked } = sitDown(meeting, { assembly: of([other]) });
  await press(await screen.findByTestId("ready-to-go-on"));
  expect(assemblyAsked).toEqual([{ type: "ready" }]);
  cleanup();
  sitDown(meeting, { assembly: of([other, ME]), language: "ru" });
  expect(await screen.findByText("Готовы идти дальше: 2 из 5")).toBeTruthy();
  expect(screen.queryByTestId("ready-to-go-on")).toBeNull();
});
