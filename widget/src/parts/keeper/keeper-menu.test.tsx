// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";

afterEach(cleanup);

const kept = meetingOf(["ann", "bob", "eve", "dan"], {
  keeper: personId("@ann:x"),
  done: [personId("@dan:x")],
  ring: [personId("@dan:x"), personId("@ann:x"), personId("@bob:x"), personId("@eve:x")],
  turn: turnOf(personId("@ann:x")),
});
const press = (id: string, which = 0) =>
  act(async () => {
    const found = screen.getAllByTestId(id)[which];
    if (!found) throw new Error(`no ${id}`);
    fireEvent.click(found);
  });
const whose = (id: string) => screen.getAllByTestId(id).map((each) => each.getAttribute("data-who"));

async function openMenu(meeting = kept, me = personId("@ann:x")) {
  const { wishes } = sitDown(meeting, { me });
  await press("keeper-menu");
  if (screen.queryByTestId("change-circle")) await press("change-circle");
  return wishes;
}

test("this circle is ended when asked twice", async () => {
  const wishes = await openMenu();
  await press("end-circle");
  expect(wishes).toEqual([]);
  await press("end-circle-sure");
  expect(wishes).toEqual([{ type: "end-circle" }]);
});

test("those who wait are put in order, and nobody else", async () => {
  const wishes = await openMenu();
  await press("order");
  expect(whose("order-of")).toEqual(["@bob:x", "@eve:x"]);
  await press("move-up");
  expect(whose("order-of")).toEqual(["@eve:x", "@bob:x"]);
  await press("order-set");
  expect(wishes).toEqual([{ type: "reorder", order: ["@eve:x", "@bob:x"] }]);
});

test("lots are drawn", async () => {
  const wishes = await openMenu();
  await press("order");
  await press("draw-order");
  expect(wishes).toEqual([{ type: "draw-order" }]);
});

test("a second turn is for who has spoken", async () => {
  const wishes = await openMenu();
  await press("give-turn");
  expect(whose("give-turn-to")).toEqual(["@dan:x"]);
  await press("give-turn-to");
  expect(wishes).toEqual([{ type: "give-turn", to: "@dan:x" }]);
});

test("somebody else is taken out, when asked twice", async () => {
  const wishes = await openMenu();
  await press("take-out");
  expect(whose("take-out-to")).toEqual(["@bob:x", "@eve:x", "@dan:x"]);
  await press("take-out-to");
  expect(wishes).toEqual([]);
  await press("take-out-sure");
  expect(wishes).toEqual([{ type: "take-out", who: "@bob:x" }]);
});

test("more time for all, and another theme for the circle that runs", async () => {
  const wishes = await openMenu();
  await press("more-time");
  await press("keeper-menu");
  await press("change-circle");
  await press("change-theme");
  await act(async () => fireEvent.change(screen.getByTestId("theme-text"), { target: { value: " What is left? " } }));
  await press("theme-set");
  expect(wishes).toEqual([{ type: "more-time" }, { type: "set-theme", theme: "What is left?", circle: 0 }]);
});

test("between two circles it is the next one's theme", async () => {
  const circles = kept.circles.map((circle, index) => ({
    ...circle,
    status: index === 0 ? ("done" as const) : ("waiting" as const),
  }));
  const wishes = await openMenu({ ...kept, phase: "between", stage: null, turn: null, circles });
  await press("change-theme");
  expect(screen.getByTestId("theme-text")).toHaveProperty("value", "And then?");
  await press("theme-set");
  expect(wishes).toEqual([{ type: "set-theme", theme: "And then?", circle: 1 }]);
});

test("while people gather, whoever takes part sets the order, and takes nobody out", async () => {
  const gathering = meetingOf(["ann", "bob"], {
    phase: "gathering",
    turn: null,
    ring: [],
    circle: null,
    stage: null,
    circles: [],
    startedAt: null,
  });
  await openMenu(gathering, personId("@bob:x"));
  expect(
    screen
      .getAllByRole("button")
      .map((button) => button.getAttribute("data-testid"))
      .filter((id) => ["order", "take-out", "mute-all", "end"].includes(id ?? "")),
  ).toEqual(["order"]);
});

test("after the meeting its keeper mutes everybody", async () => {
  const wishes = await openMenu({ ...kept, phase: "ended", turn: null, stage: null });
  await press("mute-all");
  expect(wishes).toEqual([{ type: "mute-all" }]);
});

test("who is in the call and not in the ring may take a seat", async () => {
  const people = kept.people.map((person) =>
    person.id === "@bob:x" ? { ...person, presence: "left" as const } : person,
  );
  const { wishes } = sitDown({ ...kept, people }, { me: personId("@bob:x") });
  await press("seat-again");
  expect(wishes).toEqual([{ type: "join" }]);
});

test("the keeper of an assembly finds its guests in the menu, and nothing of another's group; its keeper finds none", async () => {
  const { store } = sitDown(kept, { me: personId("@bob:x") });
  await act(async () => store.fromService({ serverTime: 1, meeting: kept, record: 0, assembly: true, hosts: true }));
  await press("keeper-menu");
  expect(screen.queryByTestId("guests")).not.toBeNull();
  expect(screen.queryByTestId("change-circle")).toBeNull();
  cleanup();
  const own = sitDown(kept);
  await act(async () =>
    own.store.fromService({ serverTime: 1, meeting: kept, record: 0, assembly: true, hosts: false }),
  );
  await press("keeper-menu");
  expect(screen.queryByTestId("guests")).toBeNull();
});

test("who hosts a circle beside an assembly is offered no link that they would be refused, and told why", async () => {
  const link = {
    id: "0".repeat(32),
    once: true,
    lobby: true,
    places: 2,
    madeAt: 0,
    url: "https://circle.example/#guest",
  };
  const guests = { mayMake: false, links: [link], waiting: [], seated: [] };
  const { store } = sitDown(kept, { guests });
  await act(async () => store.fromService({ serverTime: 1, meeting: kept, record: 0, assembly: true, hosts: true }));
  await press("keeper-menu");
  await press("guests");
  await screen.findByTestId("guest-no-new-link");
  expect(screen.queryByTestId("guest-close-link")).not.toBeNull();
  expect(screen.queryByTestId("guest-make-link")).toBeNull();
});
