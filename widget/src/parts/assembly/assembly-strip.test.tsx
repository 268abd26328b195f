// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { assemblyOf } from "../../../../tests/browser/fake-service/assembly.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

const ME = personId("@ann:x");
const meeting = meetingOf(["ann", "bob", "eve"]);
const assembly = assemblyOf(5, ME, 1_000_000);

beforeAll(() => {
  // A dialog is more than jsdom knows of.
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});
afterEach(cleanup);

async function openMap(change: Partial<typeof assembly> = {}, language = "en") {
  const sitting = sitDown(meeting, { assembly: { ...assembly, ...change }, language });
  fireEvent.click(await screen.findByTestId("open-map"));
  return { ...sitting, map: await screen.findByTestId("ring-map") };
}

const ring = (number: number) => within(screen.getByTestId(`ring-on-map-${number}`));

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
  expect(within(map).getAllByRole("listitem")).toHaveLength(5);
  expect(map.querySelectorAll('[data-mine="true"]')).toHaveLength(1);
  expect(ring(2).getByText("your group")).toBeTruthy();
  const third = assembly.rings[2];
  const speaker = third?.people.find(({ id }) => id === third.speaker);
  expect(ring(3).getByText(`${speaker?.name} speaks`)).toBeTruthy();
  expect(ring(3).getByText(`${third?.turns?.done} of ${third?.turns?.of} turns`)).toBeTruthy();
  for (const { name } of third?.people ?? [])
    expect(screen.getByTestId("ring-on-map-3").textContent).toContain(name.split(" ")[0]);
});

test("whoever keeps the assembly sits elsewhere by a press, and moves those who asked", async () => {
  const { seats } = await openMap();
  expect(screen.queryByTestId("sit-in-2")).toBeNull();
  await act(async () => fireEvent.click(screen.getByTestId("sit-in-4")));
  await act(async () => fireEvent.click(screen.getByTestId("move-who-asked")));
  expect(seats).toEqual([{ to: 4 }, { who: assembly.rings[0]?.people[1]?.id, to: 3 }]);
});

test("all others ask for it, and see that they did; in Russian, too", async () => {
  const { seats } = await openMap({ keeper: null, asked: [{ who: ME, to: 1 }] }, "ru");
  expect(ring(1).getByText("Вы попросились сюда")).toBeTruthy();
  expect(screen.queryByTestId("move-who-asked")).toBeNull();
  await act(async () => fireEvent.click(ring(3).getByText("Попроситься сюда")));
  expect(seats).toEqual([{ to: 3 }]);
});
