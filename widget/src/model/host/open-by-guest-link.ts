import { GuestDoor, GuestRefused, refusalOf } from "./guest-door.ts";
import { deviceOfTab, thisBrowser } from "../service/device.ts";
import { ServiceFailure } from "../service/failure.ts";
import { knock } from "../service/knock.ts";
import { apiBeside } from "../service/service-client.ts";
import { type Host, HostFailure } from "./host.ts";
import type { UrlParameters } from "./parameters.ts";

/** Opens the door of a meeting for somebody who says a name and may have to wait. */
export function openByGuestLink({ guest: code, roomId, theme, language }: UrlParameters): Host {
  if (!code || !roomId) throw new HostFailure("outside-client");
  // The same in each tab of this browser: fifty tabs are one guest.
  const browser = thisBrowser() ?? deviceOfTab();
  const base = apiBeside(location.href);
  const door = new GuestDoor({ knock: (name) => knock(base, deviceOfTab(), { code, browser, name }) });
  return {
    issuer: "guest",
    parameters: { roomId, userId: null },
    look: { theme, language },
    door,
    refusal: (cause) => {
      const refused = cause instanceof ServiceFailure ? refusalOf(cause) : null;
      return refused && new HostFailure(refused, cause);
    },
    proof: async () => {
      await door.through().catch((cause: unknown) => {
        throw cause instanceof GuestRefused ? new HostFailure(cause.kind, cause) : cause;
      });
      return { issuer: "guest", code, browser };
    },
  };
}
