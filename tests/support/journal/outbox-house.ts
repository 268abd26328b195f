import { Outbox } from "../../../appservice/journal/outbox.ts";
import type { Post } from "../../../appservice/journal/post.ts";
import { circleKey, type PostKey } from "../../../appservice/journal/post-key.ts";
import { ofMeeting, type Scope } from "../../../appservice/journal/scope.ts";
import type { MeetingId } from "../../../appservice/protocol/identity.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { eventId, meetingId, roomId } from "../protocol/ids.ts";

export const ROOM = roomId("!room:hs");
export const [FIRST, LATER] = [meetingId("mfirst00001"), meetingId("mlater00001")];
export const KEY = circleKey(0);
export const OTHER = circleKey(1);

type Words = { readonly ids: readonly string[]; readonly meeting?: MeetingId };
/** A message of the first meeting; `words`: those on which it rests. */
export const post = (body: string, words: Words | null, more: Partial<Post> = {}): Post => ({
  scope: ofMeeting(FIRST),
  key: KEY,
  room: ROOM,
  thread: null,
  type: "m.room.message",
  content: { body },
  ...(words && { rests: { meeting: words.meeting ?? FIRST, ids: words.ids } }),
  ...more,
});

/** An outbox, and the room as it is once all that waits was sent. */
export function outboxHouse() {
  const db = openDatabase(":memory:");
  const outbox = new Outbox(db);
  let count = 0;
  const send = () => {
    const sent: string[] = [];
    for (let next = outbox.next(ROOM); next; next = outbox.next(ROOM)) {
      if (sent.length > 100) throw new Error("it sends on and on");
      const id = eventId(`$${++count}`);
      sent.push(`${next.eventId ?? "new"} ${String(next.content.body ?? "gone")} as ${id}`);
      outbox.sent(next, id, count);
    }
    return sent;
  };
  const want = (...posts: Post[]) => {
    outbox.want(posts);
    return send();
  };
  const goes = () => {
    const gone: string[] = [];
    for (let next = outbox.standing.nextToGo(ROOM); next; next = outbox.standing.nextToGo(ROOM)) {
      if (gone.length > 100) throw new Error("it takes away on and on");
      gone.push(next.eventId);
      outbox.standing.went(next.eventId);
    }
    return gone.sort();
  };
  const takeBack = (...ids: string[]) => outbox.standing.learn(FIRST, ids);
  const review = (wanted: readonly PostKey[] = [KEY], isAtHand: (scope: Scope) => boolean = () => true) =>
    outbox.review(FIRST, wanted, { isAtHand, isMadeAnew: false });
  const madeAnew = () => outbox.review(FIRST, [KEY], { isAtHand: () => true, isMadeAnew: true });
  return { db, outbox, want, send, goes, takeBack, review, madeAnew };
}
