import type { Session, SessionRequest } from "@mindminder/protocol/http-api.ts";

export type Theme = "light" | "dark" | "light-high-contrast" | "dark-high-contrast";

/** What the widget is told by the place it was opened in. `userId` only greets; who somebody is, is proven. */
export type HostParameters = { readonly roomId: string; readonly userId: string | null };

/** `theme` is null where nobody says how the page is to look: then the browser does. */
export type Look = { readonly theme: Theme | null; readonly language: string };

export type OpenIdToken = SessionRequest["openid"];

/**
 * The only way to whatever the widget was opened in: a Matrix client today, a personal link or a messenger later. What
 * a host cannot do, it leaves out.
 */
export type Host = {
  readonly parameters: HostParameters;
  readonly look: Look;
  getOpenIdToken(): Promise<OpenIdToken>;
  /** Where a personal link opened the widget: the session its code was worth, in place of a proof. */
  openSession?(redeem: (code: string) => Promise<Session>): Promise<Session>;
  /** Says the code of a new session in the room, as the person. Where it cannot, they are told of the session instead. */
  confirmSignIn?(code: string): void;
  /** The room's meeting event, now and on each change, as it came: the one who asks checks it. */
  observeMeetingState?(report: (content: unknown) => void): void;
  observeLook?(report: (change: Partial<Look>) => void): void;
  /** Keeps the widget alive while its person looks elsewhere in the client. False where that was not allowed. */
  stayOnScreen?(on: boolean): Promise<boolean>;
};

export class HostFailure extends Error {
  readonly kind: "outside-client" | "identity-refused" | "link-used";

  constructor(kind: HostFailure["kind"], cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
  }
}
