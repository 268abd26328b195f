import { openDatabase } from "../../store/database.ts";
import { Links } from "../../store/links.ts";
import { SignIns } from "../../store/sign-ins.ts";
import type { Admissions } from "../admission.ts";
import type { GuestAdmissionDeps } from "../guest.ts";
import { issuers } from "../issuers.ts";
import type { MatrixDeps } from "../matrix.ts";
import { openIdHomeservers } from "../openid-homeservers.ts";

const NO_GUESTS: GuestAdmissionDeps = {
  guests: { find: () => null, known: () => null },
  guestLinks: { find: () => null },
  meetingsIn: () => [],
  isEncrypted: async () => false,
};

/** Issuers for tests, with made-up rooms, to which nobody has signed in and no link was given. */
export function madeIssuers(
  { rooms, sight }: Pick<MatrixDeps, "rooms" | "sight">,
  guests: GuestAdmissionDeps = NO_GUESTS,
): Admissions {
  const db = openDatabase(":memory:");
  return issuers({
    rooms,
    sight,
    signIns: new SignIns(db),
    links: new Links(db),
    homeservers: openIdHomeservers(new Map(), null),
    ...guests,
    telegramPeople: { find: () => null },
    telegramChats: { ofRoom: () => null },
    telegramDoor: null,
    stillInChat: async () => true,
    now: () => 0,
  });
}
