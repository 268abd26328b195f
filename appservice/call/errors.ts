import { ServiceError } from "../protocol/mindminder-error.ts";

/** LiveKit does not answer, or refuses what we ask: nobody can be let into the call right now. */
export class CallUnavailable extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super("CALL_UNAVAILABLE", message, options);
  }
}

/** A webhook that LiveKit did not sign with our key, or whose body is not what was signed. */
export class WebhookRefused extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super("WEBHOOK_REFUSED", message, options);
  }
}
