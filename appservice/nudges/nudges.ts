import type { Logger } from "pino";
import { nextSpeaker } from "../circle/next-speaker.ts";
import { pausedSince, turnOf } from "../circle/meeting.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import { translateTo } from "../language/translate.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import type { NudgeAddress } from "../protocol/nudges.ts";
import type { NudgeAddresses } from "../store/nudge-addresses.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import type { NudgeOutcome, SendNudge } from "./send-nudge.ts";

export type NudgesDeps = {
  readonly meetings: Pick<Meetings, "listen">;
  readonly addresses: Pick<NudgeAddresses, "toTell" | "forget">;
  readonly send: SendNudge;
  readonly unit: Pick<UnitOfWork, "afterCommit">;
  readonly languageOf: (room: RoomId) => Language;
  readonly onOutcome: (outcome: NudgeOutcome) => void;
  readonly log: Logger;
};

/** Tells browsers that asked for it when their person is next: once for each turn that somebody else has. */
export function nudgeWhoIsNext({ meetings, ...deps }: NudgesDeps): void {
  meetings.listen((live, happened) => {
    if (happened.some(({ kind }) => kind === "circle")) tellNext(live, deps);
  });
}

function tellNext({ meeting }: LiveMeeting, deps: Omit<NudgesDeps, "meetings">): void {
  const turn = turnOf(meeting);
  const next = nextSpeaker(meeting);
  if (!turn || next === null || next === turn.speaker || pausedSince(meeting) !== null) return;
  const { addresses, languageOf, unit } = deps;
  const t = translateTo(languageOf(meeting.roomId));
  const text = { title: t("nudge.title"), body: t("nudge.body") };
  for (const address of addresses.toTell(meeting.roomId, next, `${meeting.id} ${turn.id}`))
    unit.afterCommit(() => void tell(address, text, deps));
}

async function tell(
  address: NudgeAddress,
  text: Parameters<SendNudge>[1],
  { addresses, send, onOutcome, log }: Omit<NudgesDeps, "meetings">,
): Promise<void> {
  const { host } = new URL(address.endpoint);
  const outcome = await send(address, text).catch((error: unknown) => {
    // The address itself is as good as a key to the browser, and stays out of the log.
    log.warn({ host, err: error }, "a push service was not reached; somebody was not told that they are next");
    return "failed" as const;
  });
  if (outcome === "gone") addresses.forget(address.endpoint);
  onOutcome(outcome);
}
