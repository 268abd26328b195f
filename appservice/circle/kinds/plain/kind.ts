import { kind, openRound } from "../contract.ts";

/** The word goes round, and nothing else happens. */
export default kind<"statement">({ open: openRound, stages: {}, decide: {}, evolve: {} });
