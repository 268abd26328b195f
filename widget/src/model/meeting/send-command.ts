import type { CommandRequest } from "@mindminder/protocol/http-api.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { errcodeOf, REFUSALS, type CircleRefusal } from "@mindminder/protocol/refusal.ts";
import { ServiceFailure } from "../service/failure.ts";
import type { ServiceClient } from "../service/service-client.ts";
import type { MeetingStore } from "./meeting-store.ts";
import type { NoticeStore } from "./notices.ts";

type Versioned = Extract<CommandRequest, { expectedVersion: number }>;

/** A command as a button knows it: the version it was decided on is put in when it is sent. */
export type CommandWish = WithoutVersion<Versioned> | Exclude<CommandRequest, Versioned>;
type WithoutVersion<T> = T extends Versioned ? Omit<T, "expectedVersion"> : never;

export type SendCommand = (wish: CommandWish, options?: { quiet?: boolean }) => Promise<boolean>;

type Options = { readonly client: ServiceClient; readonly store: MeetingStore; readonly notices: NoticeStore };

/** Sends what a person asked for; a refusal is said in words and stops nothing. True when it was done. */
export function commandSender({ client, store, notices }: Options): SendCommand {
  return async (wish, { quiet = false } = {}) => {
    const seen = store.get().meeting;
    try {
      await send(wish);
      return true;
    } catch (failure) {
      const code = refusalOf(failure);
      // Most often somebody else was quicker: look again at once.
      if (failure instanceof ServiceFailure && failure.kind === "refused") await lookAgain();
      if (code === "stale" && sameMoment(seen, store.get().meeting) && (await againNow(wish))) return true;
      if (!quiet) notices.show(noticeOf(failure, code));
      return false;
    }
  };

  async function send(wish: CommandWish): Promise<void> {
    store.fromService(await client.command(asRequest(wish, store.get().meeting?.version ?? 0)));
  }

  function lookAgain(): Promise<void> {
    return client
      .meeting()
      .then((answer) => store.fromService(answer))
      .catch(() => undefined);
  }

  function againNow(wish: CommandWish): Promise<boolean> {
    return send(wish).then(
      () => true,
      () => false,
    );
  }
}

/**
 * True when only other things have changed meanwhile (a hand, somebody's text), not those that the person saw when they
 * pressed.
 */
function sameMoment(seen: MeetingSnapshot | null, now: MeetingSnapshot | null): boolean {
  const moment = (of: MeetingSnapshot | null) =>
    of && [of.id, of.phase, of.circle, of.stage, of.paused, of.turn?.id, of.turn?.status, of.turn?.limitMs, of.next];
  return JSON.stringify(moment(seen)) === JSON.stringify(moment(now));
}

const VERSIONED = {
  accept: 1,
  pass: 1,
  skip: 1,
  pause: 1,
  resume: 1,
  extend: 1,
  "next-circle": 1,
  end: 1,
  "give-word": 1,
  "end-circle": 1,
  reorder: 1,
  "draw-order": 1,
  "more-time": 1,
} satisfies Record<Versioned["type"], 1>;

function asRequest(wish: CommandWish, expectedVersion: number): CommandRequest {
  return (wish.type in VERSIONED ? { ...wish, expectedVersion } : wish) as CommandRequest;
}

function refusalOf(failure: unknown): CircleRefusal | null {
  if (!(failure instanceof ServiceFailure)) return null;
  return REFUSALS.find((code) => errcodeOf(code) === failure.errcode) ?? null;
}

/** True when it was done; a failure is told. */
export async function doneOrTold(notices: NoticeStore, what: () => Promise<void>): Promise<boolean> {
  try {
    await what();
    return true;
  } catch (failure) {
    notices.show(noticeOf(failure));
    return false;
  }
}

/** Words a refusal by the circle in the reader's language; the service's own sentence is in the room's. */
export function noticeOf(failure: unknown, refused = refusalOf(failure)): Parameters<NoticeStore["show"]>[0] {
  if (refused) return { refused };
  if (!(failure instanceof ServiceFailure)) return { key: "notDone" };
  if (failure.sentence) return { text: failure.sentence };
  return { key: failure.kind === "away" ? "serviceAway" : "notDone" };
}
