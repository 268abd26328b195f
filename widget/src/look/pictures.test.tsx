/** @vitest-environment jsdom */
import { cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { meetingOf } from "../../dev/made-up-meeting.ts";
import { sitDown } from "../../dev/made-up-sitting.tsx";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { Avatar, TwinsContext } from "./avatar.tsx";

afterEach(cleanup);

const PICTURE = "data:image/png;base64,AAAA";
const meeting = meetingOf(["ann", "bob", "eve"]);
const faceOf = (container: HTMLElement, who: string) => container.querySelector(`[data-participant="${who}"] .face`);

test("whoever has a picture is seen by it, each asked for once; the others have their letter", async () => {
  const pictureOf = vi.fn(async (who: string) => (who === "@bob:x" ? PICTURE : null));
  const { container } = sitDown(meeting, { pictureOf });
  await waitFor(() => expect(faceOf(container, "@bob:x")?.querySelector("img")?.src).toBe(PICTURE));
  expect(faceOf(container, "@eve:x")?.textContent).toBe("E");
  const asked = pictureOf.mock.calls.map(([who]) => who);
  expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
});

test("two people of one colour have two letters of their own names, without what stands behind them in brackets", () => {
  const names = ["Boris (guest)", "Anna Petrova (гость)", "(Eve)"];
  const { container } = render(
    <TwinsContext value={new Set(names)}>
      {names.map((name) => (
        <Avatar key={name} id={personId(name)} name={name} size={40} />
      ))}
    </TwinsContext>,
  );
  expect([...container.querySelectorAll(".initials")].map(({ textContent }) => textContent)).toEqual([
    "Bo",
    "AP",
    "Ev",
  ]);
});

test("a picture that cannot be drawn or had gives way to the letter", async () => {
  const { container } = sitDown(meeting, {
    pictureOf: async (who) => {
      if (who === "@eve:x") throw new Error("away");
      return PICTURE;
    },
  });
  await waitFor(() => expect(faceOf(container, "@bob:x")?.querySelector("img")).not.toBeNull());
  fireEvent.error(faceOf(container, "@bob:x")!.querySelector("img")!);
  await waitFor(() => expect(faceOf(container, "@bob:x")?.textContent).toBe("B"));
  expect(faceOf(container, "@eve:x")?.textContent).toBe("E");
});
