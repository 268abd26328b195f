import { ENGINES } from "../appservice/scribe/engine-list.ts";

/** Speech engines as `docs/transcripts.md` lists them, by the list that the configuration is made from. */
export function enginesTable(): string {
  const rows = Object.entries(ENGINES).map(([name, { use, about }]) => `| \`${name}\` | ${KEYS[use]} | ${about} |`);
  return ["| engine | chosen by | what it is |", "|---|---|---|", ...rows].join("\n");
}

const KEYS = { record: "`speech.engine`", captions: "`speech.captions`" } as const;
