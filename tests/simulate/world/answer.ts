/** Answer of a homeserver; bytes where a file was asked for. */
export type Answer = { readonly status: number; readonly body: unknown };

export const ok = (body: unknown = {}): Answer => ({ status: 200, body });
export const refusal = (status: number, errcode: string): Answer => ({ status, body: { errcode, error: errcode } });
export const FORBIDDEN = refusal(403, "M_FORBIDDEN");
export const NOT_FOUND = refusal(404, "M_NOT_FOUND");
