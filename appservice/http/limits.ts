import { createHash } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, type Options, rateLimit } from "express-rate-limit";
import { z } from "zod";
import { ApiFailure } from "./api-failure.ts";

/** The section `service.limits` of the configuration. */
export const LimitOptions = z.strictObject({
  sessions: z.number().int().min(1).default(240).describe("Sessions opened from one address; an office often has but one"),
  requests: z.number().int().min(1).default(300).describe("Requests of one session"),
  failures: z.number().int().min(1).default(300).describe("Requests from one address that are refused, wrong tokens among them"),
});
export type LimitOptions = z.infer<typeof LimitOptions>;

const MINUTE = 60_000;

/** How much one address or one session may ask for. What they hold is counted in memory: a restart forgives. */
export function limits(most: LimitOptions) {
  return {
    sessions: limit({ limit: most.sessions, keyGenerator: addressOf }),
    requests: limit({ limit: most.requests, keyGenerator: (request) => sessionOf(request) ?? addressOf(request) }),
    /** Guessing tokens, or hammering with what is refused, is slowed down; whoever is in order is not. */
    failures: limit({ limit: most.failures, keyGenerator: addressOf, skipSuccessfulRequests: true }),
  } satisfies Record<string, RequestHandler>;
}

function limit(options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: MINUTE, standardHeaders: "draft-8", legacyHeaders: false,
    // `Retry-After` tells clients when; the library sets it before this is called.
    handler: (_request, _response, next) => next(new ApiFailure(429, "M_LIMIT_EXCEEDED", "That was too much at once. Try again in a minute.")),
    ...options,
  });
}

/** One home has a whole /56 of IPv6. */
function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? "");
}

/** A digest: the token itself is kept nowhere. */
function sessionOf(request: Request): string | null {
  const { authorization } = request.headers;
  return authorization ? createHash("sha256").update(authorization).digest("base64") : null;
}
