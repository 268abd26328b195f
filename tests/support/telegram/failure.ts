type Parameters = { readonly retry_after?: number; readonly migrate_to_chat_id?: number };

/** An answer of the Bot API that says no, in Telegram's own words. */
export class TelegramFailure extends Error {
  readonly code: number;
  readonly description: string;
  readonly parameters: Parameters | null;

  constructor(code: number, description: string, parameters: Parameters | null = null) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

export function badRequest(description: string): TelegramFailure {
  return new TelegramFailure(400, `Bad Request: ${description}`);
}
