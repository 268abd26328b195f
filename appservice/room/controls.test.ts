import { turnOf } from "../circle/meeting.ts";
import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { translateTo } from "../language/translate.ts";
import { CONTROLS } from "./controls.ts";
import { recordPostsAsStored as recordPosts } from "../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "./wording.ts";
import { Recording } from "../../tests/support/record/recording.ts";

test("the bot's signs stand on the circle that runs, or waits for the next one, and are taken away where they would do nothing", () => {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "How?" }, { theme: "What?" }] }));
  const shown = () => {
    const record = new Recording();
    const posts = recordPosts(
      play.state,
      record.now,
      { made: [], failed: [], pending: false },
      wordingFor(play.state, record.now, translateTo("en")),
    );
    const controls = posts.filter(({ key }) => key.startsWith("control:"));
    return [0, 1].map(
      (index) =>
        controls.filter(
          ({ key, content }) => key.startsWith(`control:${index}:`) && content["taken-away"] === undefined,
        ).length,
    );
  };
  const all = CONTROLS.length;
  expect(shown()).toEqual([all, 0]);
  const speaker = () => turnOf(play.state)!.speaker.slice(1).split(":")[0]!;
  play.by(speaker(), "pass");
  play.by(speaker(), "pass");
  expect(play.state.phase).toBe("between");
  expect(shown()).toEqual([all, 0]);
  play.by("ann", "next-circle");
  expect(shown()).toEqual([0, all]);
  play.by("ann", "end");
  expect(shown()).toEqual([0, 0]);
});
