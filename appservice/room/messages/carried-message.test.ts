import { expect, test } from "vitest";
import { council, Play } from "../../../tests/support/circle/play.ts";
import type { CarriedTask } from "../../journal/carried-tasks.ts";
import { translateTo } from "../../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "../wording.ts";
import { Recording } from "../../../tests/support/record/recording.ts";
import { meetingId, personId } from "../../../tests/support/protocol/ids.ts";

const carried = (id: string): CarriedTask => ({
  meeting: meetingId("m00000001"),
  at: Date.parse("2026-11-16T10:00:00Z"),
  corrections: [],
  people: [{ id: personId("@tom:hs"), name: "Tom" }],
  task: { id, title: "Полить крыши", owner: personId("@tom:hs"), due: "2026-12-01", from: ["1.1"], status: "open" },
});

function posts(count: number) {
  const { state } = new Play().gather("ann", "bob").start("ann", council());
  const record = new Recording();
  const minutes = { made: [], failed: [], pending: true };
  const all = recordPosts(
    state,
    record.now,
    minutes,
    wordingFor({ ...state, language: "ru" }, record.now, translateTo("ru")),
    Array.from({ length: count }, (_, i) => carried(`t${i}`)),
  );
  return all.filter(({ key }) => key.startsWith("carried"));
}

test("open tasks of earlier meetings stand in the first circle's thread, each with its owner, whom this meeting need not know", () => {
  const [head, one] = posts(2);
  expect(head).toMatchObject({
    thread: "circle:0",
    content: {
      body: "С прежних встреч открыты 2 задачи\n✅ на задаче завершает её; в ответе можно написать, кто и к какому сроку.",
    },
  });
  expect(one).toMatchObject({
    key: "carried:m00000001:t0",
    thread: "circle:0",
    content: {
      body: "☐ Полить крыши · Tom · вт 1 дек. 2026 г. · со встречи пн 16 нояб. 2026 г.",
      "org.mindminder.task": { id: "t0", meeting: "m00000001" },
    },
  });
});

test("where there are none nothing is said, and where there are very many not all are listed", () => {
  expect(posts(0)).toEqual([]);
  expect(posts(40)).toHaveLength(16);
  expect(posts(40)[0]?.content["body"]).toContain("И ещё 25");
});
