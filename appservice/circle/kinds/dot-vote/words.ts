import { z } from "zod";
import { Instant, ParticipantId } from "../../../protocol/identity.ts";
import { type KindWords, typedMessage, type WrittenText } from "../kind-words.ts";

/** Dots that each has to give. */
export const DOTS = 3;
/** Letters of a group's name. */
export const MOST_NAME = 80;

/** Texts that belong together, by their numbers, the lowest first: that one is the group's number. */
export type TextGroup = {
  readonly name: string;
  readonly texts: readonly number[];
  /** The message in which its name was typed. */
  readonly message?: string;
  /** Person who named it; left out where only the room's state tells of it. */
  readonly by?: ParticipantId;
  /** Number of dots on it, where only the room's state tells: whose they were is lost. */
  readonly known?: number;
};

/** `texts`: a text's number is its place here, from 1. `dots`: on each group's number as many as it is listed. */
export type DotVoteData = {
  readonly texts: readonly Pick<WrittenText, "who" | "text" | "message">[];
  readonly groups: readonly TextGroup[];
  readonly dots: readonly { readonly who: ParticipantId; readonly on: readonly number[] }[];
};
const empty: DotVoteData = { texts: [], groups: [], dots: [] };

const number = z.number().int().positive();
const grouped = z.array(number).min(1).max(200);
const given = z.array(number).max(DOTS);

/** Texts written in silence before are put into groups by the person who has the word; then each gives three dots. */
export const dotVoteWords = {
  folder: "dot-vote",
  stages: { grouping: { word: "ring", seats: true }, voting: { word: "nobody", seats: false } },
  requests: [
    /** Group of these texts from now on, and in no other; one alone stands by itself. */
    z.object({ type: z.literal("group-texts"), texts: grouped, name: z.string().max(MOST_NAME).default("") }),
    /** Dots of one person, all of them; fewer than before take some back. */
    z.object({ type: z.literal("give-dots"), on: given }),
  ],
  events: [
    z.object({
      type: z.literal("texts-grouped"),
      at: Instant,
      by: ParticipantId,
      texts: grouped,
      name: z.string(),
      message: typedMessage,
    }),
    z.object({ type: z.literal("voting-opened"), at: Instant, endsAt: Instant }),
    z.object({ type: z.literal("dots-given"), at: Instant, who: ParticipantId, on: given }),
  ],
  refusals: ["not-voting", "no-such-text", "too-many-dots"],
  shown: {
    /** Groups of texts: by number, and by dots once the circle is over. `dots`: null before that. */
    vote: z
      .array(
        z.object({
          name: z.string(),
          texts: z.array(z.object({ number, who: ParticipantId, text: z.string() })),
          dots: z.number().int().nonnegative().nullable(),
        }),
      )
      .optional(),
  },
  nothing: { vote: undefined },
  mine: {
    /** Groups on which one's dots lie, by the groups' numbers. */
    dots: z.object({ circle: z.number().int().nonnegative(), on: given }).optional(),
  },
  empty,
  page: "in `dot-vote` whoever has the word puts the texts of the last `silent-writing` into groups, then each gives three dots, unseen by the others until the end, in `circleSeconds` or until all have given theirs",
} as const satisfies KindWords;
