import { GuestDoor } from "../guest/guest-door.ts";
import { deviceOfTab, thisBrowser } from "../service/device.ts";
import { knock } from "../service/knock.ts";
import { apiBeside } from "../service/service-client.ts";
import { HostFailure } from "./host.ts";
import type { HostKind } from "./host-kind.ts";

/** A browser that a link for guests was opened in: somebody without an account, who says a name and may have to wait. */
export const guestLink: HostKind = {
  isHere: ({ guest }) => guest !== null && guest !== "",
  open: async ({ guest: code, roomId, theme, language }) => {
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
      proof: async () => {
        await door.through();
        return { issuer: "guest", code, browser };
      },
    };
  },
};
