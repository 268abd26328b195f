import { z } from "zod";
import { Language, ParticipantId } from "./identity.ts";

const InRing = z.number().int().min(1).max(20);

/** Fewest and most people of a group, where whoever begins wishes others than the scenario has. */
export const WishedSize = z.strictObject({ least: InRing, most: InRing }).refine(({ least, most }) => least <= most);
export type WishedSize = z.infer<typeof WishedSize>;

/** Wish of people about one another; `either`: they have none any more. */
export const CompanyWish = z.enum(["together", "apart", "either"]);
export type CompanyWish = z.infer<typeof CompanyWish>;

/** An assembly that has not begun: who takes part, their wishes, and the scenarios that it may follow. */
export const GatheringAssembly = z.object({
  people: z.array(z.object({ id: ParticipantId, name: z.string(), language: Language.nullable() })),
  wishes: z.array(z.object({ wish: z.enum(["together", "apart"]), people: z.array(ParticipantId) })),
  scenarios: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      about: z.string(),
      /** Sizes of its groups; null: they differ from part to part, and stay as they are. */
      size: z.object({ least: InRing, most: InRing }).nullable(),
    }),
  ),
  /** True where the one who asks may begin it. */
  mayStart: z.boolean(),
  /** True where the one who asks may call it off. */
  mayCallOff: z.boolean(),
});
export type GatheringAssembly = z.infer<typeof GatheringAssembly>;
