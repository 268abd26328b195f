import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, type Options, rateLimit } from "express-rate-limit";
import { z } from "zod";
import type { ParticipantId } from "../protocol/identity.ts";
import { ApiFailure } from "./api-failure.ts";

/** The section `service.limits` of the configuration. */
export const LimitOptions = z.strictObject({
  sessions: z
    .number()
    .int()
    .min(1)
    .default(240)
    .describe("Sessions asked for from one address; an office often has but one"),
  guests: z
    .number()
    .int()
    .min(1)
    .default(1200)
    .describe("Requests by links for guests from one address: each who waits asks every 2 seconds"),
  personSessions: z.number().int().min(1).default(60).describe("Sessions opened by one person"),
  requests: z.number().int().min(1).default(600).describe("Requests of one person, in all their windows together"),
  files: z.number().int().min(1).default(60).describe("Graphs and files of the record that one person asks for"),
  translations: z
    .number()
    .int()
    .min(1)
    .default(120)
    .describe("Requests of one person for translations: captions ask every few seconds in each of their windows"),
  failures: z
    .number()
    .int()
    .min(1)
    .default(300)
    .describe("Requests from one address by nobody who is known here: wrong tokens, unsigned webhooks"),
});
export type LimitOptions = z.infer<typeof LimitOptions>;

/** Proofs in a request of who sends it; a request without one is counted by its address. */
export type Known = {
  readonly homeserver: (request: Request) => boolean;
  /** Person whose session the request brings, if any. */
  readonly person: (request: Request) => ParticipantId | null;
};

export const NOBODY_KNOWN: Known = { homeserver: () => false, person: () => null };

const MINUTE = 60_000;

/**
 * Limits of requests in a minute. A person who is known has a measure of their own, and is never refused for requests
 * of strangers at the same address. Counts are held in memory: a restart forgives.
 */
export function limits(most: LimitOptions, known: Known) {
  /** Several measures ask of one request in the same moment, and the database is asked once. */
  const found = new WeakMap<Request, { readonly person: ParticipantId | null }>();
  const find = (request: Request) => {
    const it = found.get(request) ?? { person: known.person(request) };
    found.set(request, it);
    return it.person;
  };
  const personOf = (request: Request) => find(request) ?? "";
  const isPerson = (request: Request) => find(request) !== null;
  /** Guessing tokens is slowed down, by whatever door. */
  const refused = measure({ limit: most.failures, keyGenerator: addressOf });
  return {
    sessions: measure({ limit: most.sessions, keyGenerator: addressOf }),
    guests: measure({ limit: most.guests, keyGenerator: addressOf }),
    requests: unless((request) => !isPerson(request), measure({ limit: most.requests, keyGenerator: personOf })),
    files: unless((request) => !isPerson(request), measure({ limit: most.files, keyGenerator: personOf })),
    translations: unless(
      (request) => !isPerson(request),
      measure({ limit: most.translations, keyGenerator: personOf }),
    ),
    refused,
    strangers: unless(isPerson, refused),
    strangersToHomeserver: unless(known.homeserver, refused),
  } satisfies Record<string, RequestHandler>;
}

function unless(isTrue: (request: Request) => boolean, handler: RequestHandler): RequestHandler {
  return (request, response, next) => (isTrue(request) ? next() : void handler(request, response, next));
}

function measure(options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // `Retry-After` tells clients when; the library sets it before this is called.
    handler: (_request, _response, next) => next(new ApiFailure("TOO_MUCH")),
    ...options,
  });
}

/** Address to count by: one home has a whole /56 of IPv6. */
function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? "");
}
