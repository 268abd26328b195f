import { z } from "zod";
import type { ParticipantId } from "../../protocol/identity.ts";

/**
 * The words of a kind of circle, as they cross a wire or stand in the journal. They belong to the protocol: they import
 * nothing else, and the widget may import them.
 */
export type KindWords = {
  /** Folder of this kind, here and in the widget. */
  readonly folder: string;
  /** Stages of its own, besides `round`. */
  readonly stages: Readonly<Record<string, StageWords>>;
  /** The commands that it adds, as a widget asks for them. */
  readonly requests: readonly z.ZodObject[];
  /** The events that it adds to the journal. */
  readonly events: readonly z.ZodObject[];
  /** Fields of a circle's snapshot that it fills. */
  readonly shown: z.ZodRawShape;
  /** The same fields in a circle in which there is nothing of it to show. */
  readonly nothing: Readonly<Record<string, unknown>>;
  /** Reasons of its own to refuse a command; each has a sentence in the catalogues of service and widget. */
  readonly refusals: readonly string[];
  /** Fields of what somebody alone may see of their own while such a circle runs. */
  readonly mine: z.ZodRawShape;
  /** Data of its own as a circle of this kind begins. */
  readonly empty: object;
  /** A sentence for the page about scenarios, in English; left out where it differs in nothing but its name. */
  readonly page?: string;
};

/** Texts of the last circle in which people wrote. */
export type TextsBefore = { readonly circle: number; readonly texts: readonly WrittenText[] };

export type StageWords = {
  /** People who get the word in it: the next in the ring, those who raised a hand, or nobody. */
  readonly word: "ring" | "hands" | "nobody";
  /** True where people who sit in the ring, or sit down in it, have a turn to come in this circle. */
  readonly seats: boolean;
};

/** The room's message that these words were typed in; left out where they came by another door. */
export const typedMessage = z.string().max(255).optional();

/** Words that somebody gave to a circle. */
type Given = { readonly who: ParticipantId; readonly message?: string };

/**
 * Name by which words are taken back: that of the message in which they were typed, or their writer's where there is
 * none.
 */
export function sourceOf({ message, who }: Given): string {
  return message ?? who;
}

/** A text that somebody wrote in a circle. */
export type WrittenText = {
  readonly who: ParticipantId;
  readonly text: string;
  readonly finished: boolean;
  readonly message?: string;
};
