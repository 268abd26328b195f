import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import type { Listener } from "../journal/live-meeting.ts";
import type { Post } from "../journal/post.ts";
import type { SpeechLoad } from "../protocol/speech-load.ts";
import { NO_DRAFTS } from "../record/drafts.ts";
import { fullSpeechIsTold } from "./full-speech-is-told.ts";

/** Lets people gather while speech recognition has so much to do; returns what the room is told. */
function gathering(first: SpeechLoad | null) {
  let load = first;
  const said: Post[] = [];
  let happens: Listener = () => {};
  fullSpeechIsTold({
    meetings: { listen: (listener) => void (happens = listener) },
    speechLoad: () => load,
    languageOf: () => "en",
    outbox: { want: (posts) => (said.push(...posts), []) },
    poster: { wake: () => {} },
  });
  const play = new Play().gather("ann", "bob");
  const tell = () => happens({ meeting: play.state, record: new Recording().now, drafts: NO_DRAFTS }, []);
  tell();
  return {
    said: () => said.map(({ content }) => String(content["body"])),
    tell,
    play,
    now: (next: SpeechLoad) => (load = next),
  };
}

const FLEET = { decodes: 8, waiting: 0, workers: 2 };

test("people who gather are told what their meeting would lack, once, and only while it would", () => {
  expect(gathering({ ...FLEET, arriving: 3 }).said()).toEqual([]);
  const rarer = gathering({ ...FLEET, arriving: 5.5 });
  rarer.tell();
  expect(rarer.said()).toEqual([expect.stringMatching(/Captions here may come late.*record will be whole/)]);
  expect(gathering({ ...FLEET, arriving: 7.5 }).said()).toEqual([
    expect.stringMatching(/full right now.*written down later: nothing is lost/),
  ]);
  expect(gathering({ ...FLEET, decodes: 0, workers: 0, arriving: 0 }).said()).toHaveLength(1);
});

test("nobody is told anything where nothing is known of it, or nothing is written down", () => {
  expect(gathering(null).said()).toEqual([]);
  expect(gathering({ arriving: 0, decodes: null, waiting: 0, workers: null }).said()).toEqual([]);
});

test("a meeting that runs is not told of it: it is served as before", () => {
  const { said, play, tell, now } = gathering({ ...FLEET, arriving: 0 });
  now({ ...FLEET, arriving: 20 });
  play.start("ann");
  tell();
  expect(said()).toEqual([]);
});
