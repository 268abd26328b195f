import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { translateTo } from "../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "./wording.ts";
import { Recording } from "../../tests/support/record/recording.ts";

function said(play: Play, language: "en" | "ru" = "en"): [string, unknown][] {
  const record = new Recording();
  return recordPosts(
    play.state,
    record.now,
    { made: [], failed: [], pending: true },
    wordingFor(play.state, record.now, translateTo(language)),
  )
    .filter(({ key }) => key.startsWith("call-away:"))
    .map(({ key, thread, content }) => [key, thread === null ? content["body"] : "in a thread"]);
}
const outage = (play: Play, seconds: number) =>
  play.send({ type: "call-lost", at: play.at }).wait(seconds).send({ type: "call-back", at: play.at }).wait(1);

test("the room is told that the call is away and why the meeting stands still, and afterwards for how long it did", () => {
  const play = new Play().gather("ann", "bob").start("ann").wait(5);
  play.send({ type: "call-lost", at: play.at });
  expect(said(play)).toEqual([
    [
      "call-away:0",
      "The call’s server does not answer, so the meeting stands still. It goes on by itself when the server is back.",
    ],
  ]);
  expect(said(play, "ru")).toEqual([
    [
      "call-away:0",
      "Сервер звонка не отвечает, поэтому встреча приостановлена. Она продолжится сама, когда сервер ответит.",
    ],
  ]);
  play.wait(75).send({ type: "call-back", at: play.at });
  expect(said(play)).toEqual([
    ["call-away:0", "The meeting stood still for 1:15, since the call’s server did not answer."],
  ]);
});

test("a pause of people's own is theirs to speak of; a meeting that ends while it waits waits no more", () => {
  const play = new Play().gather("ann", "bob").start("ann").by("ann", "pause").wait(30).by("ann", "resume");
  expect(said(play)).toEqual([]);
  play.send({ type: "call-lost", at: play.at }).wait(20).by("ann", "end").wait(60);
  expect(said(play)).toEqual([
    ["call-away:0", "The meeting stood still for 0:20, since the call’s server did not answer."],
  ]);
});

test("a call that comes and goes all the time does not fill the room", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  for (let seconds = 1; seconds <= 20; seconds++) outage(play, seconds);
  expect(said(play).map(([key]) => key)).toEqual(["call-away:0", "call-away:1", "call-away:2", "call-away:3"]);
  expect(said(play).at(-1)?.[1]).toContain("0:20");
});
