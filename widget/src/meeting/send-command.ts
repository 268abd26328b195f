import type { CommandRequest } from "../../../appservice/protocol/http-api.ts";
import { ServiceFailure } from "../service/failure.ts";
import type { ServiceClient } from "../service/service-client.ts";
import type { MeetingStore } from "./meeting-store.ts";
import type { NoticeStore } from "./notices.ts";

/** A command as a button knows it: the version it was decided on is put in when it is sent. */
export type Wish =
  | { readonly type: "join" | "leave" }
  | { readonly type: "start"; readonly scenario?: string; readonly topic?: string }
  | { readonly type: "accept" | "pass" | "skip" | "pause" | "resume" | "extend" | "next-circle" | "end" };

export type SendCommand = (wish: Wish, options?: { quiet?: boolean }) => Promise<boolean>;

type Options = { readonly client: ServiceClient; readonly store: MeetingStore; readonly notices: NoticeStore };

/** Sends what a person asked for; a refusal is shown in the service's words and stops nothing. True when it was done. */
export function commandSender({ client, store, notices }: Options): SendCommand {
  return async (wish, { quiet = false } = {}) => {
    try {
      store.fromService(await client.command(asRequest(wish, store.get().meeting?.version ?? 0)));
      return true;
    } catch (failure) {
      if (failure instanceof ServiceFailure && failure.kind === "refused") {
        // Most often somebody else was quicker: look again at once.
        client.meeting().then((answer) => store.fromService(answer)).catch(() => undefined);
      }
      if (!quiet) notices.show(noticeOf(failure));
      return false;
    }
  };
}

function asRequest(wish: Wish, expectedVersion: number): CommandRequest {
  switch (wish.type) {
    case "join":
    case "leave":
    case "start":
      return wish as CommandRequest;
    default:
      return { type: wish.type, expectedVersion };
  }
}

function noticeOf(failure: unknown): { text: string } | { key: "serviceAway" | "notDone" } {
  if (!(failure instanceof ServiceFailure)) return { key: "notDone" };
  if (failure.sentence) return { text: failure.sentence };
  return { key: failure.kind === "away" ? "serviceAway" : "notDone" };
}
