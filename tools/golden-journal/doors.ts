import type { CircleEvent } from "../../appservice/circle/event.ts";
import { formatGuestId, formatTelegramId, type ParticipantId } from "../../appservice/protocol/identity.ts";
import type { RecordEvent } from "../../appservice/record/event.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";

const GRETA = formatGuestId(new Uint8Array(16).fill(7));
const TANYA = formatTelegramId(4_294_967_299);
const NAMES = new Map([
  [GRETA, "Greta (guest)"],
  [TANYA, "Tanya (Telegram)"],
]);

/** One that people of three doors sat in: of Matrix, of a link for guests, of Telegram. */
export function fromThreeDoors(): { readonly circle: CircleEvent[]; readonly record: RecordEvent[] } {
  const table = new Play();
  const by = (who: ParticipantId) => {
    const actor = madeActor(who, { name: NAMES.get(who) ?? who });
    return { actor, at: table.at, expectedVersion: null } as const;
  };
  table.send({ type: "gather", id: meetingId("mgolden0031"), roomId: roomId("!room"), language: "en", at: table.at });
  table.join("ann").connect("ann");
  for (const [who, name] of NAMES) {
    table.send({ type: "join", name, ...by(who) }).send({ type: "connected", who, at: table.at });
  }
  table.start("ann", council({ circles: [{ theme: "Say", accept: "by-next", order: "joined" }] }), "doors");
  table.wait(1).by("ann", "accept").wait(5).by("ann", "pass");
  for (const who of [GRETA, TANYA]) {
    table
      .wait(1)
      .send({ type: "accept", ...by(who) })
      .wait(5);
    table.send({ type: "raise-hand", hand: "reply", ...by(who) }).send({ type: "pass", ...by(who) });
  }
  table.ask("ann", { type: "take-out", who: GRETA }).wait(20);
  return { circle: table.journal, record: [...NAMES.keys()].flatMap(said) };
}

function said(who: ParticipantId, n: number): RecordEvent[] {
  const turn = n + 2;
  const engine = { id: "sherpa", model: "base" };
  const utterance = { id: `${turn}.1`, turn, circle: 0, speaker: who, startedAt: 1_006_000, endedAt: 1_010_000 };
  return [
    {
      type: "utterance-heard",
      utterance: { ...utterance, language: "en", text: "I came by another door", segments: [], engine },
    },
    { type: "turn-heard", turn, complete: true },
    {
      type: "corrected",
      at: 1_020_000,
      by: id("ann"),
      name: "Ann",
      door: "chat",
      change: { of: "utterance", id: `${turn}.1`, text: "I came by a door of my own" },
    },
  ];
}
