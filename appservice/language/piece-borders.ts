import { normalise } from "./normalise.ts";

/** Words with which nobody begins a sentence, but goes on with one. */
const GOES_ON = new RegExp(
  `^(?:${[
    "чтобы|чтоб|что|котор\\p{L}+|потому что|поскольку|или|либо|причем|лишь бы|ли",
    "because|that(?! is|'s)|which|whose|whom|than|or|to|of|from|with",
  ].join("|")})(?![\\p{L}\\p{N}'])`,
  "u",
);
/** Words with which nobody ends a sentence: what they belong to comes after the pause. */
const DANGLING = new RegExp(
  `(?:^|\\s)(?:${[
    "и|а|но|или|что|чтобы|если|когда|где|как|потому|который|которая|которое|которые|в|во|на|с|со|к|ко|у|о|об|от|до|из|за|по|для|про|без|через|не|ни|мой|наш|эм|э|ну|это",
    "and|but|or|so|then|because|that|which|who|if|when|where|the|a|an|my|our|your|their|his|to|of|in|on|at|by|for|from|with|about|i|we|he|she|they|not|um|uh|er|ask|tell|give|send|need|want",
  ].join("|")})$`,
  "u",
);

/** Tells whether a sentence goes on after a pause; a pause is its end unless the words around it say otherwise. */
export function goesOnAfterPause(before: string, after: string): boolean {
  const end = normalise(before.trimEnd().slice(-40));
  if (/(?:[,;:—–-]|\.\.\.|…)$/u.test(end)) return !/^\p{Lu}/u.test(after) || /[,—–-]$/u.test(end);
  if (/[.!?]["»”')]*$/u.test(end)) return false;
  // An engine that writes stops put none here, and one there.
  if (/^\s*\p{Lu}/u.test(before) && /^\p{Ll}/u.test(after) && /[.!?]["»”')]*\s*$/u.test(after)) return true;
  return DANGLING.test(end) || GOES_ON.test(normalise(after.slice(0, 40)));
}
