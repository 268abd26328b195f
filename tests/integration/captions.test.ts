import { afterAll, beforeAll, expect, test } from "vitest";
import { CAPTION_NAME, CAPTION_TOPIC, CaptionAttributes } from "../../appservice/protocol/captions.ts";
import { findVoice } from "../voices/voices.ts";
import { wordErrors } from "../voices/word-errors.ts";
import { ScribeStage, SPEAKER_NAME, until } from "../support/scribe/scribe-stage.ts";
import { personId } from "../support/protocol/ids.ts";

const SUE = personId("@sue:example.org");

let stage: ScribeStage;
beforeAll(async () => {
  stage = await ScribeStage.open();
});
afterAll(() => stage?.close());

type Seen = {
  readonly from: string;
  readonly text: string;
  readonly at: number;
  readonly attributes: CaptionAttributes;
};

test("another LiveKit client is shown what the speaker says while they say it, in the speaker's name, then the final text", async () => {
  const [{ file, text }, sue, bob] = await Promise.all([
    findVoice("Sue", 1),
    stage.join(SUE),
    stage.join("@bob:example.org", { publish: false }),
  ]);
  const seen: Seen[] = [];
  bob.room.registerTextStreamHandler(CAPTION_TOPIC, (reader, { identity }) => {
    void reader.readAll().then((said) =>
      seen.push({
        from: identity,
        text: said,
        at: performance.now(),
        attributes: CaptionAttributes.parse(reader.info.attributes),
      }),
    );
  });
  await stage.hear(1, SUE);
  // On a busy machine the first caption is long in coming: she speaks until one is there.
  let times = 0;
  do {
    await sue.say(file);
    times += 1;
  } while (seen.length === 0);
  const spokenAt = performance.now();
  stage.stop(1);
  await stage.drained(1);
  const isFinal = ({ attributes }: Seen) => attributes["lk.transcription_final"] === "true";
  await until("the final caption", () => seen.filter(isFinal).length === stage.finals(1).length);

  expect(new Set(seen.map(({ from }) => from))).toEqual(new Set([SUE]));
  expect(new Set(seen.map(({ attributes }) => attributes[CAPTION_NAME])), "by name, too").toEqual(
    new Set([SPEAKER_NAME]),
  );
  const microphone = [...(sue.room.localParticipant?.trackPublications.values() ?? [])][0]?.sid;
  expect(new Set(seen.map(({ attributes }) => attributes["lk.transcribed_track_id"]))).toEqual(new Set([microphone]));

  const early = seen.filter((caption) => !isFinal(caption) && caption.at < spokenAt);
  expect(early.length, JSON.stringify(seen)).toBeGreaterThan(0);
  const segments = new Map(seen.map((caption) => [caption.attributes["lk.segment_id"], caption]));
  const written = [...segments.values()];
  expect(written.every(isFinal), "the last state of each segment is its final").toBe(true);
  const { errors, of: words } = wordErrors(`${text} `.repeat(times), written.map((caption) => caption.text).join(" "));
  expect(errors / words).toBeLessThan(0.3);
});
