import fc from "fast-check";
import { AssemblyId } from "../protocol/identity.ts";
import { expect, test } from "vitest";
import { parsePostKey } from "./parse-post-key.ts";
import type { About } from "../protocol/meeting-record.ts";
import { formatPostKey, type ItemKey, type PostKey, type SummaryOf } from "./post-key.ts";
import { formatScope, ofMeeting, ofRoom, parseScope } from "./scope.ts";
import { eventId, meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const MEETING = meetingId("m00000001");
const GUEST = personId(`guest:${"0f".repeat(16)}`);
const ANN = personId("@ann:example.org:8448");

/** Keys as rows of the outbox have them since its first version: a spelling that changes loses messages in rooms. */
const GOLDEN: readonly (readonly [PostKey, string])[] = [
  [{ kind: "circle", circle: 0 }, "circle:0"],
  [{ kind: "guest", who: GUEST, at: 1700 }, `guest:1700:${GUEST}`],
  [{ kind: "guest-sign", who: GUEST, at: 1700, sign: "✅" }, `guest-sign:1700:✅:${GUEST}`],
  [{ kind: "telegram-person", meeting: MEETING, who: personId("telegram:7") }, `telegram-person:${MEETING}:telegram:7`],
  [{ kind: "telegram-chat", at: 1700, what: "lost" }, "telegram-chat:1700:lost"],
  [{ kind: "circle-summary", circle: 2 }, "circle-summary:2"],
  [{ kind: "control", circle: 1, sign: "✋" }, "control:1:✋"],
  [{ kind: "turn", turn: 7, part: 1 }, "turn:7"],
  [{ kind: "turn", turn: 7, part: 2 }, "turn:7:2"],
  [{ kind: "texts", circle: 0, part: 1 }, "texts:0"],
  [{ kind: "comments", circle: 0, part: 3 }, "comments:0:3"],
  [
    { kind: "summary", of: { kind: "participant", circle: 0, participant: ANN }, plugin: "participant-summary" },
    `summary:0:${ANN}:participant-summary`,
  ],
  [
    { kind: "summary", of: { kind: "person", participant: ANN }, plugin: "person-summary" },
    `summary:person:${ANN}:person-summary`,
  ],
  [{ kind: "summary", of: { kind: "turn", turn: 3 }, plugin: "p" }, "summary:turn:3:p"],
  [
    { kind: "note", plugin: "figures", about: { kind: "turn", circle: 0, turn: 3, participant: ANN } },
    `note:figures:{"kind":"turn","circle":0,"turn":3,"participant":"${ANN}"}`,
  ],
  [{ kind: "note", plugin: "figures", about: { kind: "meeting" } }, 'note:figures:{"kind":"meeting"}'],
  [{ kind: "agreement" }, "agreement"],
  [{ kind: "agreement-sign", sign: "✅" }, "agreement:✅"],
  [{ kind: "taken-up" }, "taken-up"],
  [{ kind: "late" }, "late"],
  [{ kind: "meeting-lost", meeting: MEETING }, `meeting-lost:${MEETING}`],
  [{ kind: "speech-full", meeting: MEETING }, `speech-full:${MEETING}`],
  [{ kind: "meeting" }, "meeting"],
  [{ kind: "picture" }, "picture"],
  [{ kind: "call-away", outage: 3 }, "call-away:3"],
  [{ kind: "scribe-away", absence: 2 }, "scribe-away:2"],
  [{ kind: "scribe-back", absence: 2 }, "scribe-back:2"],
  [{ kind: "out-of-turn", who: ANN }, `out-of-turn:${ANN}`],
  [{ kind: "withheld", who: ANN }, `withheld:${ANN}`],
  [{ kind: "carried-list" }, "carried"],
  [{ kind: "carried", meeting: MEETING, task: "$x:hs:0" }, `carried:${MEETING}:$x:hs:0`],
  [{ kind: "decision", id: "1.1:0" }, "decision:1.1:0"],
  [{ kind: "question", id: "q1" }, "question:q1"],
  [{ kind: "task", id: "t1" }, "task:t1"],
  [{ kind: "mark", on: { kind: "decision", id: "1.1:0" }, sign: "✅" }, "mark:decision:1.1:0:✅"],
  [
    { kind: "control-refused", circle: 0, by: ANN, sign: "➡️", code: "not-your-turn" },
    `refused:circle:0:${ANN}:➡️:not-your-turn`,
  ],
  [{ kind: "mark-refused", item: "t1", by: ANN, code: "not-yours" }, `refused:t1:${ANN}:not-yours`],
  [{ kind: "state" }, "state"],
  [{ kind: "answer", event: eventId("$e:hs") }, "answer:$e:hs"],
  [{ kind: "refused", event: eventId("$e") }, "refused:$e"],
  [{ kind: "greeting", event: eventId("$e") }, "greeting:$e"],
  [{ kind: "widget", event: eventId("$e") }, "widget:$e"],
  [{ kind: "power-lost", event: eventId("$e") }, "power-lost:$e"],
  [{ kind: "unread", event: eventId("$e") }, "unread:$e"],
  [{ kind: "replaced", event: eventId("$e") }, "replaced:$e"],
  [{ kind: "encrypted", event: eventId("$e") }, "encrypted:$e"],
  [{ kind: "open-sign", event: eventId("$e") }, "open-sign:$e"],
  [{ kind: "assembly", assembly: AssemblyId.parse("a0123456789abcdef") }, "assembly:a0123456789abcdef"],
  [
    { kind: "assembly-news", assembly: AssemblyId.parse("a0123456789abcdef"), what: "told", at: 1700 },
    "assembly-news:a0123456789abcdef:1700:told",
  ],
  [{ kind: "own-call", meeting: null }, "own-call"],
  [{ kind: "own-call", meeting: MEETING }, `own-call:${MEETING}`],
  [{ kind: "powerless", meeting: null }, "powerless:"],
  [{ kind: "powerless", meeting: MEETING }, `powerless:${MEETING}`],
  [{ kind: "comments-full", meeting: MEETING, of: null }, `comments-full:${MEETING}`],
  [{ kind: "comments-full", meeting: MEETING, of: { circle: 1, who: ANN } }, `comments-full:${MEETING}:1:${ANN}`],
  [
    { kind: "task-refused", target: "board", meeting: MEETING, task: "t1", code: "rejected" },
    `tasks:board:${MEETING}:t1:rejected`,
  ],
  [{ kind: "target-fails", target: "board", since: 1_700, help: "waits" }, "tasks:board:1700:waits"],
];

test.each(GOLDEN)("%j stands in the database as %s", (key, spelling) => {
  expect(formatPostKey(key)).toBe(spelling);
  expect(parsePostKey(spelling)).toEqual(key);
});

const number = fc.nat(10_000);
const part = fc.integer({ min: 1, max: 99 });
const word = fc.stringMatching(/^[a-z][a-z-]{0,9}$/);
const meeting = fc.stringMatching(/^m[0-9a-z]{8}$/).map(meetingId);
const participant = fc.stringMatching(/^@[a-z0-9._=/+-]{1,9}:[a-z0-9.:-]{1,9}$/).map(personId);
const event = fc.stringMatching(/^\$[\w-]{1,9}(:[a-z.]{1,5})?$/);
const item = fc.oneof(event, fc.stringMatching(/^[\w.-]{1,9}:[0-9]$/), fc.uuid());
const sign = fc.constantFrom("✋", "➡️", "⏭️", "⏸️", "✅", "☑️", "❌");
const kind = <const Kind extends PostKey["kind"]>(...kinds: Kind[]) => fc.constantFrom(...kinds);

const about: fc.Arbitrary<About> = fc.oneof(
  fc.record({ kind: fc.constant("turn" as const), circle: number, turn: part, participant }),
  fc.record({ kind: fc.constant("participant" as const), circle: number, participant }),
  fc.record({ kind: fc.constant("person" as const), participant }),
  fc.record({ kind: fc.constant("circle" as const), circle: number }),
  fc.record({ kind: fc.constant("meeting" as const) }),
);
const summaryOf: fc.Arbitrary<SummaryOf> = fc.oneof(
  fc.record({ kind: fc.constant("participant" as const), circle: number, participant }),
  fc.record({ kind: fc.constant("person" as const), participant }),
  fc.record({ kind: fc.constant("turn" as const), turn: number }),
);
const itemKey: fc.Arbitrary<ItemKey> = fc.record({ kind: kind("decision", "question", "task"), id: item });

const key: fc.Arbitrary<PostKey> = fc.oneof(
  fc.record({ kind: kind("circle", "circle-summary"), circle: number }),
  fc.record({ kind: kind("control"), circle: number, sign }),
  fc.record({ kind: kind("turn"), turn: number, part }),
  fc.record({ kind: kind("texts", "comments"), circle: number, part }),
  fc.record({ kind: kind("summary"), of: summaryOf, plugin: word }),
  fc.record({ kind: kind("note"), plugin: word, about }),
  fc.record({ kind: kind("agreement", "taken-up", "late", "meeting", "carried-list", "state") }),
  fc.record({ kind: kind("agreement-sign"), sign }),
  fc.record({ kind: kind("call-away"), outage: number }),
  fc.record({ kind: kind("out-of-turn", "withheld"), who: participant }),
  fc.record({ kind: kind("carried"), meeting, task: item }),
  itemKey,
  fc.record({ kind: kind("mark"), on: itemKey, sign }),
  fc.record({ kind: kind("control-refused"), circle: number, by: participant, sign, code: word }),
  fc.record({ kind: kind("mark-refused"), item, by: participant, code: word }),
  fc.record({
    kind: kind("answer", "refused", "greeting", "widget", "power-lost", "replaced", "encrypted", "unread", "open-sign"),
    event: event.map(eventId),
  }),
  fc.record({ kind: kind("telegram-person"), meeting, who: fc.nat().map((user) => personId(`telegram:${user}`)) }),
  fc.record({ kind: kind("telegram-chat"), at: fc.nat(), what: fc.constantFrom("bound", "unbound", "lost", "away") }),
  fc.record({ kind: kind("own-call", "powerless"), meeting: fc.option(meeting) }),
  fc.record({
    kind: kind("comments-full"),
    meeting,
    of: fc.option(fc.record({ circle: number, who: participant })),
  }),
  fc.record({ kind: kind("task-refused"), target: word, meeting, task: item, code: word }),
  fc.record({ kind: kind("target-fails"), target: word, since: number, help: fc.constantFrom("mend", "waits") }),
);

test("every key is read from its spelling as it was", () => {
  fc.assert(
    fc.property(key, (each) => void expect(parsePostKey(formatPostKey(each))).toEqual(each)),
    { numRuns: 3_000 },
  );
});

test("no two keys have one spelling", () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      if (formatPostKey(one) === formatPostKey(other)) expect(one).toEqual(other);
    }),
    { numRuns: 3_000 },
  );
});

test("whatever stands in the database is written back as it stands", () => {
  const odd = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom("circle", "refused", "mark", "tasks", "summary", "turn", "0", "01", "@a:b", "", "✋"), {
        maxLength: 7,
      })
      .map((parts) => parts.join(":")),
  );
  fc.assert(
    fc.property(odd, (text) => void expect(formatPostKey(parsePostKey(text))).toBe(text)),
    { numRuns: 3_000 },
  );
  expect(parsePostKey("circle:01")).toEqual({ kind: "unknown", text: "circle:01" });
});

test("a mark on something that has none, or news that there are not, are unknown, and are taken for nothing else", () => {
  for (const text of ["mark:late:✋", "mark:circle:1:✋", "tasks:board:1700:mended"])
    expect(parsePostKey(text)).toEqual({ kind: "unknown", text });
});

test("a scope is a meeting or a room, and is read as what it was", () => {
  for (const scope of [ofMeeting(MEETING), ofRoom(roomId("!room:example.org")), ofRoom(roomId("!AbC"))])
    expect(parseScope(formatScope(scope))).toEqual(scope);
});
