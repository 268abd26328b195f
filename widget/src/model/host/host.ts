import type { GuestDoor } from "./guest-door.ts";
import type { KeptSession } from "./kept-session.ts";
import type { HeldMicrophone } from "../service/held-microphone.ts";
import type { ShellButtons } from "./shell-buttons.ts";
import type { Session } from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import type { RoomId } from "@mindminder/protocol/identity.ts";

export type ColourTheme = "light" | "dark" | "light-high-contrast" | "dark-high-contrast";

/** Parameters from the place that opened the widget. `userId` only greets: a proof says who somebody is. */
export type HostParameters = { readonly roomId: RoomId; readonly userId: string | null };

/** `theme` is null where nobody says how the page is to look: then the browser does. */
export type ClientLook = { readonly theme: ColourTheme | null; readonly language: string };

/**
 * The only way to whatever the widget was opened in: a Matrix client, a link, a messenger. What
 * a host cannot do, it leaves out.
 */
export type Host = {
  readonly parameters: HostParameters;
  readonly look: ClientLook;
  /** The issuer by whose word the person before the screen is who they are. */
  readonly issuer: SessionRequest["issuer"] | "telegram";
  /** Shows the service who that is. */
  proof(): Promise<SessionRequest>;
  /** Storage for the session, where a proof is worth only one: loading the page anew does not lose the seat. */
  readonly kept?: KeptSession<Session>;
  /** Door before which a guest says their name and waits; `proof` waits with them. */
  readonly door?: GuestDoor;
  /** Says why a proof was not taken, where the host knows more of it than the service. */
  refusal?(cause: unknown): HostFailure | null;
  /**
   * Says the code of a new session in the room, as the person. Where it cannot, they are told of the session instead.
   */
  confirmSignIn?(code: string): void;
  /** The room's meeting event, now and on each change, as it came: the one who asks checks it. */
  observeMeetingState?(report: (content: unknown) => void): void;
  observeLook?(report: (change: Partial<ClientLook>) => void): void;
  /** Keeps the widget alive while its person looks elsewhere in the client. False where that was not allowed. */
  stayOnScreen?(on: boolean): Promise<boolean>;
  /** Buttons of its own and the like, in the place of the page's. */
  readonly shell?: ShellButtons;
  /** The one microphone of a sitting, where each request for it is a question to the person. */
  readonly held?: HeldMicrophone;
};

export class HostFailure extends Error {
  readonly kind:
    | "outside-client"
    | "identity-refused"
    | "link-used"
    | "guest-link-over"
    | "turned-away"
    | "telegram-again"
    | "telegram-shut";

  constructor(kind: HostFailure["kind"], cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
  }
}
