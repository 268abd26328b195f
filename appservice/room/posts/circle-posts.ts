import { KINDS } from "../../circle/kinds/kinds.ts";
import { isOver, type Meeting } from "../../circle/meeting.ts";
import type { EndedCircle } from "../../circle/circle.ts";
import { type Post, TAKEN_AWAY } from "../../journal/post.ts";
import type { RecordState } from "../../record/state.ts";
import { circleKey } from "../../journal/post-key.ts";
import { CONTROLS, controlsServe } from "../controls.ts";
import { circleMessage } from "../messages/circle-message.ts";
import { commentsMessages } from "../messages/comments-message.ts";
import { textsMessages } from "../messages/texts-message.ts";
import { transcriptMessages } from "../messages/transcript-message.ts";
import { restsOfCircle } from "../rests.ts";
import type { MinutesState, Wording } from "../wording.ts";
import { circleSummaryPosts, notePosts, summaryPosts } from "./minutes-posts.ts";
import { type InThread, numbered, post } from "./post.ts";

export function* circlePosts(
  meeting: Meeting,
  record: RecordState,
  minutes: MinutesState,
  worth: MinutesState,
  circle: EndedCircle,
  wording: Wording,
): Generator<Post[]> {
  const { index } = circle;
  const root = circleKey(index);
  const inThread: InThread = (key, content, ids) => post(meeting, key, content, root, ids);
  yield [
    post(
      meeting,
      root,
      circleMessage(meeting, circle, minutes, wording),
      null,
      restsOfCircle(circle, meeting, minutes, wording),
    ),
    ...controlPosts(meeting, index),
    ...writtenPosts(meeting, circle, wording, inThread),
  ];
  for (const turn of meeting.ended) {
    if (turn.circle !== index || turn.startedAt === null || !record.heard.has(turn.id)) continue;
    const utterances = record.utterances.filter((utterance) => utterance.turn === turn.id);
    const typed = record.comments.some(
      ({ turn: during, who, removed }) => during === turn.id && who === turn.speaker && !removed,
    );
    const { complete, unheardSeconds = 0 } = record.heard.get(turn.id) ?? { complete: true };
    yield numbered(
      (part) => ({ kind: "turn", turn: turn.id, part }),
      transcriptMessages(
        turn,
        utterances,
        { complete, unheardSeconds, typed, withheld: record.withheldTurns.has(turn.id) },
        wording,
      ),
      inThread,
    );
  }
  yield commentPosts(meeting, record, index, wording, inThread);
  yield [
    ...circleSummaryPosts(worth, index, inThread, wording),
    ...summaryPosts(
      worth,
      (about) => about.kind !== "circle" && "circle" in about && about.circle === index,
      inThread,
      wording,
    ),
    ...notePosts(minutes, (about) => "circle" in about && about.circle === index, inThread),
  ];
}

/** The bot's own signs on the circle's message; taken away where they would do nothing any more. */
function controlPosts(meeting: Meeting, index: number): Post[] {
  const content = controlsServe(meeting, index) ? {} : { [TAKEN_AWAY]: true };
  return CONTROLS.map((key) => ({
    ...post(meeting, { kind: "control", circle: index, sign: key }, { key, ...content }, circleKey(index)),
    type: "m.reaction" as const,
  }));
}

function writtenPosts(
  meeting: Meeting,
  { index, kind, data }: EndedCircle,
  wording: Wording,
  inThread: InThread,
): Post[] {
  const texts = KINDS[kind].texts?.(data, isOver(meeting, index));
  return texts
    ? numbered((part) => ({ kind: "texts", circle: index, part }), textsMessages(index, texts, wording), inThread)
    : [];
}

/** Comments, once the circle has ended: while it runs, people see one another's messages in the room anyway. */
function commentPosts(
  meeting: Meeting,
  record: RecordState,
  index: number,
  wording: Wording,
  inThread: InThread,
): Post[] {
  const comments = record.comments.filter(({ circle }) => circle === index);
  if (comments.length === 0 || !isOver(meeting, index)) return [];
  return numbered(
    (part) => ({ kind: "comments", circle: index, part }),
    commentsMessages(index, comments, wording),
    inThread,
  );
}
