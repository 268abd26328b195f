// @vitest-environment jsdom
import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

afterEach(cleanup);

test("a group of an assembly is offered no Start, also before the map of the assembly has come", async () => {
  const gathering = meetingOf(["ann", "bob"], { phase: "gathering", turn: null, ring: [], startedAt: null });
  const { store } = sitDown(gathering, { call: { status: "in" } });
  const start = () => screen.queryByTestId("start");
  expect(start()).not.toBeNull();
  await act(async () => store.set({ ring: 2 }));
  expect(store.get().inAssembly).toBe(false);
  expect(start()).toBeNull();
});
