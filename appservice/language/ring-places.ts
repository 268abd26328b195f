import type { AssemblyPart, RingOfPart } from "../protocol/assembly-record.ts";
import type { Translate } from "./translate.ts";

type Parts = readonly Pick<AssemblyPart, "number" | "kind">[];

/** Rings in which something was said, for people: "Groups 1, 3", with the part where there were rings in several. */
export function ringPlaces(rings: readonly RingOfPart[], parts: Parts, t: Translate): string {
  const inRings = parts.filter(({ kind }) => kind === "rings");
  const byPart = Map.groupBy(rings, ({ part }) => part);
  return [...byPart]
    .map(([part, all]) => {
      const kind = parts.find(({ number }) => number === part)?.kind ?? "rings";
      if (kind !== "rings") return t(kind === "delegates" ? "assembly.of-delegates" : "assembly.of-all");
      const numbers = [...new Set(all.map(({ ring }) => ring))].join(", ");
      const said = t(all.length === 1 ? "assembly.of-group" : "assembly.of-groups", { numbers });
      return inRings.length > 1 ? t("assembly.in-part", { said, part }) : said;
    })
    .join("; ");
}
