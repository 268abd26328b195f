import { setTimeout as wait } from "node:timers/promises";
import { wordErrors } from "../../voices/word-errors.ts";
import { type Clip, clips } from "../voices.ts";
import type { DistantCircle } from "./distant-circle.ts";

const PATIENCE_MS = 120_000;
/** Part of a turn's words that may be misheard; a real loss takes a whole piece of speech. */
const MISHEARD = 0.5;

export type Words = { readonly lost: readonly string[]; readonly wrong: number };

/**
 * A round in which each says something known; captions that did not come, and turns whose words are not in the record.
 */
export async function round(circle: DistantCircle): Promise<Words> {
  const voices = (await clips()).filter(({ language, circle: of }) => language === "en" && of > 0);
  const captions = new Map<string, Set<string>>();
  const deaf = circle.people.map((person) =>
    person.listen((told) => {
      if (told.tells === "caption" && told.final)
        captions.set(told.whom, (captions.get(told.whom) ?? new Set()).add(person.name));
    }),
  );
  const said = new Map<string, { turn: number; clip: Clip }>();
  while (said.size < circle.people.length - 1) {
    const { speaker, now } = await circle.midway();
    const clip = voices[said.size % voices.length];
    if (!clip || said.has(speaker.id)) break;
    await speaker.order({ does: "say", file: clip.file });
    said.set(speaker.id, { turn: now.turn?.id ?? 0, clip });
    await speaker.press((await circle.meeting.now()).version);
  }
  const { texts, missing } = await written(circle, said);
  for (const end of deaf) end();
  const lost = [...missing];
  let errors = 0;
  let words = 0;
  for (const [id, { turn, clip }] of said) {
    const found = wordErrors(clip.text, texts.get(turn) ?? "");
    errors += found.errors;
    words += found.of;
    if (found.errors / found.of > MISHEARD) lost.push(`${id}: “${texts.get(turn) ?? ""}” of “${clip.text}”`);
    for (const each of circle.others(circle.person(id)))
      if (!captions.get(id)?.has(each.name)) lost.push(`${each.name} was shown no words of ${id}`);
  }
  return { lost, wrong: errors / words };
}

/** The text of each turn, once all of it has arrived. */
async function written(circle: DistantCircle, said: ReadonlyMap<string, { turn: number }>) {
  const deadline = performance.now() + PATIENCE_MS;
  const [keeper] = circle.meeting.people;
  for (;;) {
    const { record } = await keeper!.widget.record();
    const texts = new Map<number, string>();
    for (const { turn, text } of record?.utterances ?? []) texts.set(turn, `${texts.get(turn) ?? ""} ${text}`.trim());
    const missing = [...said].filter(
      ([, { turn }]) => !record?.turns.some(({ id, heard }) => id === turn && heard) || !texts.has(turn),
    );
    if (missing.length === 0 || performance.now() > deadline)
      return { texts, missing: missing.map(([id]) => `no words of ${id} in the record`) };
    // Asked again at the pace of a look.
    await wait(500);
  }
}
