import { AskedQuarter, MyAccountResponse } from "../account.ts";
import { route } from "./route.ts";

/** Everybody's own statement of what they gave and allowed. */
export const ACCOUNT_ROUTES = {
  myAccount: route({
    method: "GET",
    path: "/api/v1/rooms/:room/my-account/:quarter",
    params: {
      quarter: {
        schema: AskedQuarter,
        otherwise: "NO_SUCH_QUARTER",
      },
    },
    access: "session",
    measure: "files",
    answer: MyAccountResponse,
    right: "see-own-account",
  }),
};
