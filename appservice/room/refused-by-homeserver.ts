import { MatrixError } from "matrix-bot-sdk";

/** Problem and remedy, as an admin reads them. */
export type InWords = { readonly problem: string; readonly remedy: string };

export const UNKNOWN_TOKEN: InWords = {
  problem: "The homeserver does not know the registration's as_token.",
  remedy: "Give the homeserver this very registration file (Synapse: app_service_config_files) and restart it.",
};

/**
 * Words for the reason that a homeserver gives when it was asked to reach us and could not (Application Service API,
 * "ping"); null: none that is known.
 */
export function notReached(errcode: string, url: string | null): InWords | null {
  switch (errcode) {
    case "M_URL_NOT_SET":
      return {
        problem: "The registration names no address.",
        remedy: "Set its url to where the homeserver reaches this service, and restart the homeserver.",
      };
    case "M_CONNECTION_FAILED":
    case "M_CONNECTION_TIMEOUT":
      return {
        problem: `The homeserver cannot reach ${url ?? "this service"}.`,
        remedy:
          "Mend url in the registration, for both; in containers 127.0.0.1 is the container itself. Restart the homeserver.",
      };
    case "M_BAD_STATUS":
      return {
        problem: `Something else answers the homeserver at ${url ?? "our address"}, or its hs_token is another.`,
        remedy: "Give the homeserver this very registration file and restart it; check what listens at that address.",
      };
    default:
      return null;
  }
}

/** Reason why a homeserver that answers takes nothing of us; null: it is away, or it will have us soon. */
export function refusedByHomeserver(error: unknown, url: string | null): InWords | null {
  if (!(error instanceof MatrixError)) return null;
  return error.statusCode === 401 || error.errcode === "M_UNKNOWN_TOKEN"
    ? UNKNOWN_TOKEN
    : notReached(error.errcode, url);
}
