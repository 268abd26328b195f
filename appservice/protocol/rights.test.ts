import { expect, test } from "vitest";
import { type Actor, type Door, GUEST, TELEGRAM } from "./actor.ts";
import { authorsOf, may, mayBeKeeper, maySend, type Right, RIGHTS, type RuledMeeting } from "./rights.ts";
import { formatGuestId, type ParticipantId } from "./identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const GUEST_ID = formatGuestId(new Uint8Array(16).fill(7));
const MEETING: RuledMeeting = {
  phase: "circle",
  keeper: personId("@keeper:x"),
  people: [
    ...["keeper", "sits", "says", "has"].map((name) => ({ id: personId(`@${name}:x`), presence: "call" as const })),
    { id: personId("@left:x"), presence: "left" },
    { id: personId("telegram:7"), presence: "room" },
    { id: GUEST_ID, presence: "call" },
  ],
};
const actor = (id: ParticipantId, change: Partial<Actor> = {}): Actor => ({
  id,
  issuer: "matrix",
  name: id,
  door: "widget",
  rights: { admitted: true, moderates: false },
  ...change,
});
const inside = (id: ParticipantId, door: Door) => actor(id, { door, rights: { admitted: false, moderates: false } });

/** People who could ask, by a word of three letters: as the columns of the table below. */
const PEOPLE = {
  kee: actor(personId("@keeper:x")),
  mod: actor(personId("@mod:x"), { rights: { admitted: true, moderates: true } }),
  sit: actor(personId("@sits:x")),
  say: actor(personId("@says:x")),
  own: actor(personId("@has:x")),
  /** Person of Telegram who sits in the circle; keeping it or moderating would be of no use to them. */
  tel: actor(personId("telegram:7"), { issuer: TELEGRAM, rights: { admitted: true, moderates: true } }),
  /** Guest who sits in the circle, and even where they kept it could not keep it. */
  gst: actor(GUEST_ID, { issuer: GUEST }),
  /** Sits in no circle, but is in the room. */
  str: actor(personId("@stranger:x")),
  /** Person who is not in the room any more, though they keep the meeting, had power and said it all. */
  out: actor(personId("@keeper:x"), { rights: { admitted: false, moderates: true } }),
  tsk: inside(personId("export:board"), "export"),
  srv: inside(personId("@bot:x"), "service"),
};
type Column = keyof typeof PEOPLE;

const ABOUT = { authors: [personId("@says:x")], owner: personId("@has:x") };

/** People who may, for each right, in a meeting that runs. */
const TABLE: { readonly [R in Right]: string } = {
  steer: "kee mod srv",
  "end-meeting": "kee mod srv",
  arrange: "kee mod",
  "mute-all": "kee mod",
  "pass-word": "kee mod say",
  "skip-by-keeper": "kee mod",
  "skip-by-self": "kee mod say",
  "skip-by-anyone": "kee mod sit say own tel",
  "give-time": "kee mod",
  "ask-time": "kee sit say own tel gst",
  "see-out-of-turn": "kee mod",
  "send-scribe-away": "kee mod sit say own tel str",
  "ask-scribe-back": "kee mod say",
  "correct-utterance": "kee mod say",
  "take-back-utterance": "mod say",
  "speak-anew": "say",
  "correct-summary": "kee mod say",
  "correct-task": "kee mod say own tsk",
  "correct-decision": "kee mod say",
  "correct-question": "kee mod say",
  "remake-minutes": "kee mod",
  "set-up-room": "kee mod",
  "choose-export": "kee mod",
  "choose-language": "mod",
  "take-call-keys": "kee mod sit say own str",
  "take-link": "kee mod sit say own tel str",
  "take-own-data": "kee mod sit say own tel str",
  "erase-words": "say",
  "host-guests": "kee mod",
  "see-own-account": "kee mod sit say own tel str",
  "share-pot": "kee mod",
  "object-to-pot": "kee mod sit say own tel str",
};

const whoMay = (right: Right, meeting: RuledMeeting | null = MEETING, about: Parameters<typeof may>[3] = ABOUT) =>
  (Object.keys(PEOPLE) as Column[]).filter((column) => may(right, PEOPLE[column], meeting, about)).join(" ");

test.each(Object.keys(RIGHTS) as Right[])(
  "the right to %s is theirs whom the table names, and nobody else's",
  (right) => {
    expect(whoMay(right)).toBe(TABLE[right]);
  },
);

test("before the start everybody who takes part arranges, until somebody keeps the meeting", () => {
  const gathering = { ...MEETING, phase: "gathering", keeper: null } as const;
  expect(whoMay("arrange", gathering)).toBe("kee mod sit say own");
  expect(whoMay("arrange", { ...gathering, keeper: personId("@has:x") })).toBe("mod own");
  expect(may("arrange", actor(personId("@left:x")), gathering)).toBe(false);
});

test("guests are received by all who take part before the start, and by nobody else once somebody keeps the meeting", () => {
  const gathering = { ...MEETING, phase: "gathering", keeper: null } as const;
  expect(whoMay("host-guests", gathering)).toBe("kee mod sit say own");
  expect(whoMay("host-guests", { ...gathering, keeper: personId("@has:x") })).toBe("mod own");
});

test("when the meeting is over its keeper corrects its record, and does not set up the room any more", () => {
  const ended = { ...MEETING, phase: "ended" } as const;
  expect(whoMay("correct-summary", ended)).toBe("kee mod say");
  expect(whoMay("set-up-room", ended)).toBe("mod");
  expect(whoMay("choose-export", ended)).toBe("mod");
});

test("what nobody has yet is taken up by anybody who takes part, and by nobody else", () => {
  const free = { authors: [personId("@says:x")], owner: null };
  expect(whoMay("correct-task", MEETING, free)).toBe("kee mod sit say own tel tsk");
});

test("where there is no meeting, the room's moderators and the service alone may do anything", () => {
  const own: readonly Right[] = ["take-call-keys", "take-link", "take-own-data", "see-own-account", "object-to-pot"];
  const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => !own.includes(right));
  const some = new Set(rights.flatMap((right) => whoMay(right, null, {}).split(" ")).filter(Boolean));
  expect([...some].sort()).toEqual(["mod", "srv", "tsk"]);
});

test("letters alone make nobody of another issuer", () => {
  const same = actor(personId("telegram:@keeper:x"), { issuer: "telegram" });
  expect((Object.keys(RIGHTS) as Right[]).filter((right) => may(right, same, MEETING, ABOUT))).toEqual([
    "send-scribe-away",
    "take-link",
    "take-own-data",
    "see-own-account",
    "object-to-pot",
  ]);
});

test("words are their speaker's, a typed comment its writer's", () => {
  const record = {
    utterances: [
      { id: "1.1", speaker: personId("@ann:x") },
      { id: "1.2", speaker: personId("@bob:x") },
    ],
    comments: [{ id: "$c", who: personId("@cid:x") }],
  };
  expect(authorsOf(record, ["1.2", "$c", "9.9"])).toEqual(["@bob:x", "@cid:x"]);
});

test("a guest passes on and skips what is their own, decides on more time with the others, has their own words erased, and has no other right, whatever they said or own", () => {
  const guest = actor(GUEST_ID, { issuer: GUEST, rights: { admitted: true, moderates: true } });
  const theirs = { authors: [GUEST_ID], owner: GUEST_ID };
  const kept = { ...MEETING, keeper: GUEST_ID };
  const rights = (about: Parameters<typeof may>[3]) =>
    (Object.keys(RIGHTS) as Right[]).filter((right) => may(right, guest, kept, about));
  expect(rights(theirs)).toEqual(["pass-word", "skip-by-self", "skip-by-anyone", "ask-time", "erase-words"]);
  expect(rights(ABOUT)).toEqual(["ask-time"]);
  expect(mayBeKeeper(GUEST_ID)).toBe(false);
});

test("the service begins and ends a meeting in whoever's name it must, and a guest or somebody of Telegram gains nothing by it", () => {
  for (const id of [GUEST_ID, personId("telegram:7")]) {
    const asked = inside(id, "service");
    for (const type of ["start", "pause", "resume", "end"]) expect(maySend(asked, type, false)).toBe(true);
    const rights = (Object.keys(RIGHTS) as Right[]).filter((right) =>
      may(right, asked, { ...MEETING, keeper: id }, ABOUT),
    );
    expect(rights).toEqual(["steer", "end-meeting"]);
  }
});

test("of commands a guest may send those of a seat, their turn, a hand, their consent, and what a circle asks of each", () => {
  const refused = ["start", "pause", "resume", "end", "give-word", "hand-over", "take-out", "set-theme"];
  expect(refused.filter((type) => maySend(PEOPLE.gst, type, false))).toEqual([]);
  const allowed = ["join", "leave", "accept", "pass", "skip", "raise-hand", "lower-hand", "agree", "extend"];
  expect(allowed.filter((type) => maySend(PEOPLE.gst, type, false))).toEqual(allowed);
  expect(maySend(PEOPLE.gst, "take-position", true)).toBe(true);
  expect(maySend(PEOPLE.sit, "pause", false)).toBe(true);
});

test("somebody of Telegram asks for time and sends the scribe away besides, and steers nothing, whatever power they are said to have", () => {
  const id = personId("telegram:7");
  const refused = ["start", "pause", "resume", "end", "give-word", "hand-over", "take-out", "more-time", "set-theme"];
  expect(refused.filter((type) => maySend(PEOPLE.tel, type, false))).toEqual([]);
  const allowed = ["join", "leave", "accept", "pass", "skip", "agree", "extend", "send-scribe-away", "ask-scribe-back"];
  expect(allowed.filter((type) => maySend(PEOPLE.tel, type, false))).toEqual(allowed);
  expect(mayBeKeeper(id)).toBe(false);
  const kept = { ...MEETING, keeper: id };
  expect((Object.keys(RIGHTS) as Right[]).filter((right) => may(right, PEOPLE.tel, kept))).toEqual([
    "skip-by-anyone",
    "ask-time",
    "send-scribe-away",
    "take-link",
    "take-own-data",
    "see-own-account",
    "object-to-pot",
  ]);
});
