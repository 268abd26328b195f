import { type Meeting, turnOf } from "../../circle/meeting.ts";
import { type Post, TAKEN_AWAY } from "../../journal/post.ts";
import { TELL_ROOM_FROM } from "../../record/evolve-out-of-turn.ts";
import type { RecordState } from "../../record/state.ts";
import { circleKey, type PostKey } from "../../journal/post-key.ts";
import { agreementMessage } from "../messages/agreement-message.ts";
import { notice } from "../messages/message.ts";
import type { Wording } from "../wording.ts";
import { post } from "./post.ts";

const AGREEMENT: PostKey = { kind: "agreement" };

/** Asked once, of all whom nothing else asks; ✅ is there to be tapped while somebody has not answered. */
export function agreementPosts(meeting: Meeting, { t, nameOf }: Wording): Post[] {
  const content = agreementMessage(meeting, t, nameOf);
  if (!content) return [];
  const ended = meeting.phase === "ended" ? { [TAKEN_AWAY]: true } : {};
  return [
    post(meeting, AGREEMENT, content, null),
    {
      ...post(meeting, { kind: "agreement-sign", sign: "✅" }, { key: "✅", ...ended }, AGREEMENT),
      type: "m.reaction",
    },
  ];
}

/** Notice, said once, of things that people may miss afterwards, and where they find them. */
export function takenUpPosts(meeting: Meeting, { t }: Wording): Post[] {
  if (!meeting.takenUp || meeting.phase === "gathering") return [];
  return [post(meeting, { kind: "taken-up" }, notice([t("taken-up")]), null)];
}

/** Notice, said once, when text has to wait; changed when it has come. */
export function latePosts(meeting: Meeting, record: RecordState, { t, nameOf }: Wording): Post[] {
  const turn = turnOf(meeting);
  const turns = [...meeting.ended, ...(turn ? [turn] : [])];
  const late = turns.filter(({ id }) => record.late.has(id));
  if (late.length === 0) return [];
  const waits = late.filter(({ id }) => !record.heard.has(id));
  const people = [...new Set((waits.length > 0 ? waits : late).map(({ speaker }) => nameOf(speaker)))].join(", ");
  return [
    post(meeting, { kind: "late" }, notice([t(waits.length > 0 ? "late.waits" : "late.came", { people })]), null),
  ];
}

/**
 * Messages on people out of turn, one each, in the thread of the circle, and only where it happens again and again: no
 * one is put on show for a slip.
 */
export function outOfTurnPosts(meeting: Meeting, record: RecordState, { t, nameOf }: Wording): Post[] {
  return [...record.outOfTurn].flatMap(([who, { times, circle }]) =>
    times < TELL_ROOM_FROM || circle === null
      ? []
      : [
          post(
            meeting,
            { kind: "out-of-turn", who },
            notice([t("out-of-turn", { name: nameOf(who), count: times })]),
            circleKey(circle),
          ),
        ],
  );
}

/**
 * Messages on people who chose who hears them, at the first time: no client does so by itself, and listeners have
 * missed words that others heard.
 */
export function withheldPosts(meeting: Meeting, record: RecordState, { t, nameOf }: Wording): Post[] {
  return [...record.withheld].flatMap(([who, { circle }]) =>
    circle === null
      ? []
      : [post(meeting, { kind: "withheld", who }, notice([t("withheld", { name: nameOf(who) })]), circleKey(circle))],
  );
}
