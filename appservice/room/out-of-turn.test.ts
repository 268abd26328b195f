import { turnOf } from "../circle/meeting.ts";
import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import { noteOutOfTurn } from "../journal/out-of-turn.ts";
import type { RecordEvent } from "../record/event.ts";
import { recordOf } from "../record/view.ts";
import { translateTo } from "../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "./wording.ts";
import { NO_DRAFTS } from "../record/drafts.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

test("the room hears of a microphone that opens out of turn from the third time on, in one message of the circle's thread", () => {
  const meeting = new Play().gather("ann", "bob").start("ann").state;
  const record = new Recording();
  const told = (language: "en" | "ru") => {
    const posts = recordPosts(
      meeting,
      record.now,
      { made: [], failed: [], pending: true },
      wordingFor(meeting, record.now, translateTo(language)),
    );
    return posts
      .filter(({ key }) => key.startsWith("out-of-turn"))
      .map(({ key, thread, content }) => ({ key, thread, text: (content as { body: string }).body }));
  };
  const who = meeting.people[1]?.id ?? "";
  const again = () =>
    record.add({ type: "spoke-out-of-turn", at: 1, who: personId(who), what: "unmuted-out-of-turn", circle: 0 });
  again();
  again();
  expect(told("en")).toEqual([]);
  again();
  expect(told("en")).toEqual([
    { key: `out-of-turn:${who}`, thread: "circle:0", text: expect.stringMatching(/opened out of turn 3 times/) },
  ]);
  again();
  again();
  expect(told("en").map(({ text }) => text)).toEqual([expect.stringMatching(/out of turn 5 times/)]);
  expect(told("ru").map(({ text }) => text)).toEqual([
    expect.stringMatching(/вне очереди 5 раз и каждый раз был закрыт/),
  ]);
});

test("that somebody chose who hears them, the room is told at once, and their turn is not passed without a word", () => {
  const play = new Play().gather("ann", "bob").start("ann");
  const who = turnOf(play.state)?.speaker ?? "";
  const turn = turnOf(play.state)?.id ?? 0;
  const meetings = new MadeUpMeeting(play);
  for (const at of [2, 3])
    noteOutOfTurn(meetings, { place: play.state.roomId, who: personId(who), what: "sound-withheld", at });
  play.by(who.slice(1, who.indexOf(":")), "pass");
  meetings.record.add({ type: "turn-heard", turn, complete: true });
  const posts = (language: "en" | "ru") =>
    recordPosts(
      play.state,
      meetings.record.now,
      { made: [], failed: [], pending: true },
      wordingFor(play.state, meetings.record.now, translateTo(language)),
    ).map(({ key, content }) => ({ key, text: (content as { body: string }).body }));
  expect(posts("en").filter(({ key }) => key.startsWith("withheld"))).toEqual([
    { key: `withheld:${who}`, text: expect.stringMatching(/pass sound to some people and not to others/) },
  ]);
  expect(
    posts("ru")
      .filter(({ key }) => key.startsWith("withheld"))
      .map(({ text }) => text),
  ).toEqual([expect.stringMatching(/передавал звук одним и не передавал другим/)]);
  const said = posts("en").find(({ key }) => key === `turn:${turn}`)?.text ?? "";
  expect(said).toContain("not heard by everybody");
  expect(said).not.toContain("without a word");
  expect(recordOf(play.state, meetings.record.now).turns).toMatchObject([{ id: turn, withheld: true }]);
  // The keeper is told of each time, as of any other.
  expect(meetings.record.now.outOfTurn.get(personId(who))).toMatchObject({ times: 2 });
});

/** The one meeting there is, whose notes go into its record. */
class MadeUpMeeting {
  readonly record = new Recording();
  readonly #play: Play;

  constructor(play: Play) {
    this.#play = play;
  }

  of(): LiveMeeting {
    return { meeting: this.#play.state, record: this.record.now, drafts: NO_DRAFTS };
  }

  note(_meeting: string, event: RecordEvent): void {
    this.record.add(event);
  }
}
