import { expect, test } from "vitest";
import config from "../vitest.config.ts";
import { ROUNDS } from "./test-projects.ts";

test("npm test runs each project once", () => {
  const projects = (config.test?.projects ?? []).map((project) =>
    typeof project === "object" && "test" in project ? project.test?.name : project,
  );
  expect(projects.length).toBeGreaterThan(3);
  expect(
    ROUNDS.flat()
      .flatMap(({ projects: each }) => each)
      .sort(),
  ).toEqual(projects.sort());
});
