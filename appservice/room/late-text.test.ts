import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { translateTo } from "../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "./wording.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";

test("a turn under way whose scribe fails is named, too; what nobody heard is said in its transcript", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const record = new Recording();
  const posts = (language: "en" | "ru") =>
    recordPosts(
      play.state,
      record.now,
      { made: [], failed: [], pending: true },
      wordingFor(play.state, record.now, translateTo(language)),
    );
  record.add({ type: "turn-waits", turn: 1 });
  expect(
    posts("en")
      .filter(({ key }) => key === "late")
      .map(({ content }) => (content as { body: string }).body),
  ).toEqual([expect.stringMatching(/is not responding.*What ann said is kept/i)]);
  play.by("ann", "pass");
  record.add({ type: "turn-heard", turn: 1, complete: false, unheardSeconds: 7 });
  const bodies = (language: "en" | "ru") =>
    posts(language)
      .filter(({ key }) => key.startsWith("turn:1"))
      .map(({ content }) => (content as { body: string }).body);
  expect(bodies("en")).toEqual([expect.stringContaining("7 s of this turn were not heard")]);
  expect(bodies("ru")).toEqual([expect.stringContaining("7 с этой очереди ведущий не услышал")]);
});

test("who types in their turn has not passed without a word", () => {
  const meeting = new Play().gather("ann", "bob").start("ann").by("ann", "pass").state;
  const record = new Recording();
  record.add({ type: "turn-heard", turn: 1, complete: true });
  const said = (language: "en" | "ru") =>
    recordPosts(
      meeting,
      record.now,
      { made: [], failed: [], pending: true },
      wordingFor(meeting, record.now, translateTo(language)),
    )
      .filter(({ key }) => key.startsWith("turn:1"))
      .map(({ content }) => (content as { body: string }).body)
      .join();
  const comment = (id: string, who: ParticipantId) =>
    record.add({
      type: "comment-made",
      comment: { id, circle: 0, turn: 1, who, name: who, at: 1, text: "We never have a clear agenda" },
    });
  comment("$bob", personId("@bob:hs"));
  expect(said("en")).toContain("passed without a word");
  comment("$ann", personId("@ann:hs"));
  expect(said("en")).toContain("did not speak, and wrote in the chat");
  expect(said("ru")).toContain("писал(а) в чате");
  record.add({ type: "comment-removed", id: "$ann" });
  expect(said("en")).toContain("passed without a word");
});

test("the room is told once that text comes later, and the same message says that it has come", () => {
  const meeting = new Play().gather("ann", "bob").start("ann").by("ann", "pass").state;
  const record = new Recording();
  const late = (language: "en" | "ru") => {
    const posts = recordPosts(
      meeting,
      record.now,
      { made: [], failed: [], pending: true },
      wordingFor(meeting, record.now, translateTo(language)),
    );
    return posts
      .filter(({ key }) => key === "late")
      .map(({ content, thread }) => [(content as { body: string }).body, thread]);
  };
  expect(late("en")).toEqual([]);
  record.add({ type: "turn-waits", turn: 1 });
  expect(late("en")).toEqual([[expect.stringMatching(/is not responding.*will appear here/), null]]);
  record.add({ type: "turn-heard", turn: 1, complete: true });
  expect(late("en")).toEqual([[expect.stringMatching(/now written down/), null]]);
  expect(late("ru")).toEqual([[expect.stringMatching(/Всё сказанное записано/), null]]);
});
