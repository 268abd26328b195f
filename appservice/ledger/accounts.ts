import { createHash } from "node:crypto";
import { lastDecisions } from "../circle/decisions.ts";
import { circlesThatRan, type Meeting, themeOf } from "../circle/meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import { type AccountResponse, type Quarter, quarterOf } from "../protocol/account.ts";
import type { Actor } from "../protocol/actor.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { POT_WAITS_MS, type Pot, type PotTold, type PotWish } from "../protocol/pot.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { accountOf } from "./account.ts";
import type { Ledger } from "./ledger.ts";
import { sharesOf } from "./shares.ts";

type AccountsDeps = {
  readonly ledger: Pick<Ledger, "at">;
  readonly meetings: Pick<Meetings, "of" | "readByAndBy" | "showPot" | "objectToPot">;
  /** Meetings of a room, oldest first. */
  readonly meetingsIn: (room: RoomId) => readonly MeetingId[];
  readonly now: () => number;
};

export type Accounts = ReturnType<typeof createAccounts>;

/** Statements of account, and the pots that are shared by them. */
export function createAccounts({ ledger, meetings, meetingsIn, now }: AccountsDeps) {
  return {
    async of(room: RoomId, who: ParticipantId, quarter: Quarter | null): Promise<AccountResponse> {
      const at = now();
      return accountOf(who, quarter ?? quarterOf(at), await ledger.at(room, at, who));
    },

    /** `asked`: the message that asks; asked twice, it is one pot. */
    async showPot(room: RoomId, wish: PotWish, actor: Actor, asked: string): Promise<PotTold | Refusal> {
      const at = now();
      const { counted } = await ledger.at(room, at);
      const live = meetings.of(room);
      const consented = live && lastDecisions(live.meeting).findLast(({ verdict }) => verdict === "consented");
      if (!live || !consented) return { code: "no-consent", detail: {} };
      const { amount, unit, rule } = wish;
      const quarter = wish.quarter ?? quarterOf(at);
      const shares = sharesOf({ amount, rule, quarter }, counted);
      if (shares.length === 0) return { code: "no-shares", detail: {} };
      const id = createHash("sha256").update(asked).digest("hex").slice(0, 16);
      const terms = { circle: consented.circle, rule, unit, amount, quarter, shares, countsAt: at + POT_WAITS_MS };
      const pot = { id, ...terms };
      const ruling = meetings.showPot(live, pot, { actor, at });
      return ruling.accepted ? { pot, theme: themeIn(live.meeting, pot.circle) } : ruling.refusal;
    },

    /** Objects to the pot that was shown last and does not count yet. */
    async objectToPot(room: RoomId, actor: Actor): Promise<Pot | Refusal> {
      const at = now();
      for (const id of meetingsIn(room).toReversed()) {
        const live = await meetings.readByAndBy(room, id);
        const shown = live?.record.pots.findLast(({ pot, objectedBy }) => objectedBy === null && pot.countsAt > at);
        if (!live || !shown) continue;
        const ruling = meetings.objectToPot(live, shown.pot.id, { actor, at });
        return ruling.accepted ? shown.pot : ruling.refusal;
      }
      return { code: "no-pot", detail: {} };
    },
  };
}

function themeIn(meeting: Meeting, circle: number): string {
  const ran = circlesThatRan(meeting).find(({ index }) => index === circle);
  return ran ? themeOf(meeting, ran) : "";
}
