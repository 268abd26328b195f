import type { ErrorRequestHandler, RequestHandler, Router } from "express";
import { LIVEKIT_ROUTES } from "../protocol/routes/outside.ts";
import { ApiFailure } from "./api-failure.ts";
import { bind, NO_VISITOR } from "./bind.ts";

/** Takes a webhook's raw body with its signature; throws where that is not LiveKit's. */
export type ReceiveWebhook = (body: string, authorization: string | undefined) => Promise<void>;

/** LiveKit's side of the service. A body that LiveKit has not signed counts as a guess at a proof: `refused`. */
export function livekitApi(receive: ReceiveWebhook, refused: RequestHandler): Router {
  const countUnsigned: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (!(error instanceof ApiFailure) || error.code !== "UNSIGNED") return next(error);
    void refused(request, response, (tooMuch?: unknown) => next(tooMuch ?? error));
  };
  const livekitWebhook = async (asked: { readonly body: string; readonly authorization: string | undefined }) => {
    await receive(asked.body, asked.authorization).catch((cause: unknown) => {
      throw new ApiFailure("UNSIGNED", { cause });
    });
    return {};
  };
  return bind(LIVEKIT_ROUTES, { livekitWebhook }, NO_VISITOR, "").use(countUnsigned);
}
