import { z } from "zod";

/** Stream on which a person tells what happens. */
export const TOLD_ON = 3;

/** Requests to a person in a process of their own. */
export const Order = z.discriminatedUnion("does", [
  z.object({ does: z.literal("join"), url: z.string(), token: z.string(), tone: z.number() }),
  /** A request over HTTP, as their page would send it. */
  z.object({
    does: z.literal("ask"),
    url: z.string(),
    method: z.enum(["GET", "POST"]),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional(),
  }),
  /** Answered once everybody named is received. */
  z.object({ does: z.literal("receive"), whom: z.array(z.string()) }),
  /** Listens to somebody; answered at once. The next sound of theirs is told as `heard`, and the silence after it. */
  z.object({ does: z.literal("listen"), whom: z.string() }),
  z.object({ does: z.literal("deaf") }),
  /** Says a recorded voice; answered when it is said. */
  z.object({ does: z.literal("say"), file: z.string() }),
  z.object({ does: z.literal("leave") }),
]);
export type Order = z.infer<typeof Order>;

/** Times in milliseconds since 1970, by this machine's one clock. */
export const Told = z.discriminatedUnion("tells", [
  z.object({
    tells: z.literal("done"),
    order: z.number(),
    at: z.number(),
    sentAt: z.number(),
    status: z.number().optional(),
    body: z.string().optional(),
  }),
  z.object({ tells: z.literal("failed"), order: z.number(), error: z.string() }),
  z.object({ tells: z.literal("heard"), whom: z.string(), at: z.number() }),
  z.object({ tells: z.literal("connection"), state: z.string(), at: z.number() }),
  z.object({ tells: z.literal("caption"), whom: z.string(), final: z.boolean(), text: z.string(), at: z.number() }),
]);
export type Told = z.infer<typeof Told>;
