/** Projects of Vitest that run one after another; `yields`: to those beside them, which get the processors first. */
export type List = { readonly projects: readonly string[]; readonly yields?: boolean };

/**
 * Projects in rounds, one round after another; a round's lists run beside each other. Real voices and calls have a
 * round without other servers: sound, recognition and microphones that come late are heard otherwise. They wait much of
 * the time, which the unit tests use, and then pages on a made-up service.
 */
export const ROUNDS: readonly (readonly List[])[] = [
  [{ projects: ["integration"] }, { projects: ["browser", "simulation"] }],
  [{ projects: ["voices", "calls"] }, { projects: ["unit", "screens"], yields: true }],
];
