import { describe, expect, test } from "vitest";
import type { Floor } from "../circle/floor.ts";
import { offenceOf, wanted, type GatePerson, type Track } from "./gate-rules.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const annsTurn: Floor = { mode: "speaker", speaker: personId("@ann:x") };
const closed: Floor = { mode: "closed" };
const open: Floor = { mode: "open" };

const microphone = (isOpen: boolean, sid = "mic"): Track => ({
  sid,
  kind: "audio",
  source: "microphone",
  open: isOpen,
});
const person = (id: ParticipantId, more: Partial<GatePerson> = {}): GatePerson => ({
  id,
  mayPublish: true,
  cameToListen: false,
  tracks: [],
  offence: null,
  shutOut: false,
  opened: new Set(),
  toClose: new Set(),
  perhapsOpen: new Set(),
  ...more,
});

describe("what the gate does", () => {
  test("the speaker's microphone is opened for them", () => {
    expect(wanted(annsTurn, person(personId("@ann:x"), { tracks: [microphone(false)] }))).toEqual([
      { type: "unmute", track: "mic" },
    ]);
  });

  test("a speaker who mutes themselves to cough is left alone", () => {
    expect(
      wanted(annsTurn, person(personId("@ann:x"), { tracks: [microphone(false)], opened: new Set(["mic"]) })),
    ).toEqual([]);
  });

  test("everybody else's is closed", () => {
    expect(
      wanted(
        annsTurn,
        person(personId("@bob:x"), {
          tracks: [microphone(true), microphone(true, "second"), microphone(false, "third")],
        }),
      ),
    ).toEqual([
      { type: "mute", track: "mic" },
      { type: "mute", track: "second" },
    ]);
  });

  test("in a pause all are closed", () => {
    expect(wanted(closed, person(personId("@ann:x"), { tracks: [microphone(true)] }))).toEqual([
      { type: "mute", track: "mic" },
    ]);
  });

  test("on an open floor nobody's microphone is touched", () => {
    expect(
      wanted(open, person(personId("@ann:x"), { tracks: [microphone(true), microphone(false, "second")] })),
    ).toEqual([]);
  });

  test("a shown screen is closed with the microphone, and opened by nobody but its owner", () => {
    const screen = (isOpen: boolean): Track => ({ sid: "screen", kind: "video", source: "screen", open: isOpen });
    expect(wanted(closed, person(personId("@ann:x"), { tracks: [screen(true)] }))).toEqual([
      { type: "mute", track: "screen" },
    ]);
    expect(wanted(annsTurn, person(personId("@ann:x"), { tracks: [screen(false)] }))).toEqual([]);
    expect(wanted(annsTurn, person(personId("@ann:x"), { tracks: [screen(true)] }))).toEqual([]);
  });

  test("cameras are nobody's business", () => {
    expect(
      wanted(
        closed,
        person(personId("@ann:x"), { tracks: [{ sid: "cam", kind: "video", source: "camera", open: true }] }),
      ),
    ).toEqual([]);
  });

  test("who was silenced may publish again when the word comes, before anything else", () => {
    const ann = person(personId("@ann:x"), { mayPublish: false });
    expect(wanted(annsTurn, ann)).toEqual([{ type: "grant" }]);
    expect(wanted(open, ann)).toEqual([{ type: "grant" }]);
    expect(wanted(closed, ann)).toEqual([]);
  });

  test("who is shut out in their own turn stays out until the next one", () => {
    expect(wanted(annsTurn, person(personId("@ann:x"), { mayPublish: false, shutOut: true }))).toEqual([]);
  });

  test("an offence is answered by revoking", () => {
    const bob = person(personId("@bob:x"), { tracks: [microphone(true)], offence: "unmuted-out-of-turn" });
    expect(wanted(annsTurn, bob)).toEqual([{ type: "revoke", offence: "unmuted-out-of-turn" }]);
  });
});

describe("what counts as an offence", () => {
  test.each([
    ["opening a microphone out of turn", annsTurn, microphone(true), "unmuted", [], "unmuted-out-of-turn"],
    ["publishing an open microphone out of turn", closed, microphone(true), "published", [], "published-out-of-turn"],
    [
      "a second open microphone out of turn",
      closed,
      microphone(true),
      "published",
      [microphone(false, "first")],
      "second-microphone",
    ],
    [
      "sound that poses as a camera",
      open,
      { ...microphone(true), source: "camera" },
      "published",
      [],
      "unexpected-source",
    ],
    [
      "a picture that is not from a camera",
      open,
      { sid: "v", kind: "video", source: "other", open: true },
      "published",
      [],
      "unexpected-source",
    ],
    [
      "showing a screen out of turn",
      closed,
      { sid: "s", kind: "video", source: "screen", open: true },
      "published",
      [],
      "published-out-of-turn",
    ],
    [
      "showing a screen on an open floor",
      open,
      { sid: "s", kind: "video", source: "screen", open: true },
      "published",
      [],
      null,
    ],
    ["publishing a muted microphone", closed, microphone(false), "published", [], null],
    ["speaking on an open floor", open, microphone(true), "unmuted", [], null],
    ["turning a camera on", closed, { sid: "v", kind: "video", source: "camera", open: true }, "published", [], null],
  ] as const)("%s", (_what, floor, track, how, others, offence) => {
    expect(offenceOf(floor, person(personId("@bob:x"), { tracks: [...others, track] }), track, how)).toBe(offence);
  });

  test("the speaker may do with their microphone what they like", () => {
    expect(offenceOf(annsTurn, person(personId("@ann:x")), microphone(true), "unmuted")).toBeNull();
  });
});

test("more tracks than a person can have use for are an offence, whatever they are", () => {
  const cameras = Array.from(
    { length: 7 },
    (_, place): Track => ({ sid: `camera${place}`, kind: "video", source: "camera", open: true }),
  );
  expect(
    offenceOf(open, person(personId("@bob:x"), { tracks: cameras.slice(1) }), cameras[1]!, "published"),
  ).toBeNull();
  expect(offenceOf(open, person(personId("@bob:x"), { tracks: cameras }), cameras[0]!, "published")).toBe(
    "too-many-tracks",
  );
});

test("whoever came to listen gets a microphone with their turn, and none on the open floor", () => {
  const listener = person(personId("@ann:x"), { mayPublish: false, cameToListen: true });
  expect(wanted(open, listener)).toEqual([]);
  expect(wanted(closed, listener)).toEqual([]);
  expect(wanted(annsTurn, listener)).toEqual([{ type: "grant" }]);
});
