import { HOMESERVER_SILENT, ROOM_NOT_READY, SIGNED_OUT, UNKNOWN_HOMESERVER } from "@mindminder/protocol/http-api.ts";
import { HostFailure } from "../../model/host/host.ts";
import { ServiceFailure } from "../../model/service/failure.ts";
import type { ScreenName } from "./screen.tsx";

/** The screen that says why the widget could not open. */
export function screenFor(failure: unknown): ScreenName {
  if (failure instanceof HostFailure) return AT_THE_HOST[failure.kind];
  if (!(failure instanceof ServiceFailure)) return "broken";
  switch (failure.kind) {
    case "unproven":
      return "identityRefused";
    case "forbidden":
      return IN_THE_ROOM[failure.errcode] ?? "notMember";
    default:
      return failure.errcode === HOMESERVER_SILENT ? "homeserverSilent" : "serviceAway";
  }
}

/** The service's own sentence on it, where it says more than the screen. */
export function wordsOn(failure: unknown): string {
  const { cause } = failure instanceof HostFailure ? failure : {};
  return failure instanceof HostFailure && failure.kind === "telegram-shut" && cause instanceof ServiceFailure
    ? cause.sentence
    : "";
}

const IN_THE_ROOM: Readonly<Record<string, ScreenName>> = {
  [ROOM_NOT_READY.botAbsent]: "botAbsent",
  [ROOM_NOT_READY.encrypted]: "encryptedRoom",
  [UNKNOWN_HOMESERVER]: "otherHomeserver",
  [SIGNED_OUT]: "signedOut",
};

const AT_THE_HOST: Record<HostFailure["kind"], ScreenName> = {
  "outside-client": "outsideClient",
  "identity-refused": "identityRefused",
  "link-used": "linkUsed",
  "guest-link-over": "guestLinkOver",
  "turned-away": "turnedAway",
  "telegram-again": "telegramAgain",
  "telegram-shut": "telegramShut",
};

/** Checks that the browser can hold a call; on an insecure address it lacks the devices as well. */
export function browserWillDo(): boolean {
  return typeof RTCPeerConnection === "function" && typeof navigator.mediaDevices?.getUserMedia === "function";
}
