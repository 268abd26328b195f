/** LiveKit does not answer, or refuses what we ask: nobody can be let into the call right now. */
export class CallUnavailable extends Error {
  override readonly name = "CallUnavailable";
  readonly code = "call-unavailable";
}

/** A webhook that LiveKit did not sign with our key, or whose body is not what was signed. */
export class WebhookRefused extends Error {
  override readonly name = "WebhookRefused";
  readonly code = "webhook-refused";
}
