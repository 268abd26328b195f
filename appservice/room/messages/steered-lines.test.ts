import { expect, test } from "vitest";
import { council, id, Play } from "../../../tests/support/circle/play.ts";
import { translateTo } from "../../language/translate.ts";
import type { Language } from "../../protocol/identity.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import { recordPostsAsStored as recordPosts } from "../../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "../wording.ts";
import { EMPTY_RECORD } from "../../record/state.ts";
import { Recording } from "../../../tests/support/record/recording.ts";

function content(play: Play, key: string, record = EMPTY_RECORD, language: Language = "en") {
  const wording = wordingFor(play.state, record, translateTo(language));
  return recordPosts(play.state, record, { made: [], failed: [], pending: false }, wording).find(
    (post) => post.key === key,
  )?.content;
}

const steered = () =>
  new Play()
    .gather("ann", "bob", "eve")
    .start("ann", council({ betweenSeconds: 60 }))
    .ask("ann", { type: "set-theme", theme: "what is left", circle: null })
    .ask("ann", { type: "take-out", who: id("eve") })
    .wait(20)
    .ask("ann", { type: "end-circle" });

test("a circle that was changed on the way says what was changed, to people and to machines", () => {
  const { body, [CONTENT_KEY.circle]: data } = content(steered(), "circle:0") ?? {};
  expect(body).toContain("what is left");
  expect(body).toContain("The theme was “first” at first.");
  expect(body).toContain("Removed from the circle by the keeper: eve");
  expect(body).toContain("Ended by the keeper. Not heard: bob");
  expect(data).toMatchObject({
    theme: "what is left",
    themeChanged: true,
    takenOut: [id("eve")],
    cutShort: { by: id("ann"), unheard: [id("bob")] },
  });
  expect(content(steered(), "circle:0", EMPTY_RECORD, "ru")?.["body"]).toContain(
    "Круг закончил хранитель. Не успели сказать: bob",
  );
});

test("an untouched circle says nothing of it", () => {
  const { [CONTENT_KEY.circle]: data } = content(new Play().gather("ann", "bob").start("ann"), "circle:0") ?? {};
  expect(Object.keys(data as object)).not.toEqual(expect.arrayContaining(["cutShort"]));
});

test("who was moved on by the keeper did not pass in silence, and who passed did", () => {
  const play = new Play().gather("ann", "bob", "eve").start("ann").wait(3).by("mod", "pass").wait(3).by("bob", "pass");
  const record = new Recording();
  for (const turn of [1, 2]) record.add({ type: "turn-heard", turn, complete: true });
  expect(content(play, "turn:1", record.now)?.["body"]).toContain("moved on by the keeper");
  expect(content(play, "turn:2", record.now)?.["body"]).toContain("passed without a word");
});

test("who of the circle passed the word on for somebody is named", () => {
  const play = new Play().gather("ann", "bob").start("bob").handOver("bob", "ann").wait(3).by("ann", "pass");
  play.wait(3).by("ann", "pass");
  const record = new Recording();
  for (const turn of [1, 2]) record.add({ type: "turn-heard", turn, complete: true });
  expect(content(play, "turn:1", record.now)?.["body"]).toContain("passed without a word");
  expect(content(play, "turn:2", record.now)?.["body"]).toContain("moved on by ann");
});

test("nothing is said of how evenly time was shared where all were moved on at once", () => {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "one" }] }))
    .wait(2)
    .by("mod", "pass")
    .wait(3)
    .by("mod", "pass");
  expect(play.state.phase).toBe("ended");
  const { body, [CONTENT_KEY.meeting]: data } = content(play, "meeting") ?? {};
  expect(body).not.toMatch(/balance|evenly/i);
  expect(data).toMatchObject({ unevenness: null });
});
