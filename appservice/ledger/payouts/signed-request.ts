import { askWith } from "../../export/tasks/http.ts";
import { signatureOf } from "../../export/tasks/webhook-signature.ts";
import { AdminError } from "../../protocol/mindminder-error.ts";
import { listId } from "./order.ts";
import type { PayoutTarget } from "./payout-target.ts";

/** Thrown where orders cannot be sent as they were asked for. */
export class PayoutNotSent extends AdminError {
  constructor(message: string) {
    super("PAYOUT_NOT_SENT", message);
  }
}

const TIMEOUT_MS = 30_000;

/**
 * Sends all orders in one request of signed JSON, signed as the webhook of tasks is. The same list has the same
 * `X-Mindminder-Delivery`, so that one that is sent again is not paid twice.
 */
export const signedRequest: PayoutTarget = {
  name: "signed-request",
  takes: "an address (https), with --secret-file",
  async write({ room, quarter, orders }, { to, secret, now, print }) {
    if (to === undefined || !/^https?:$/.test(URL.parse(to)?.protocol ?? ""))
      throw new PayoutNotSent(
        "--to has to be the address that takes the orders, such as https://books.example.org/orders.",
      );
    if (secret === undefined)
      throw new PayoutNotSent("--secret-file has to name the file with the secret by which they are signed.");
    const body = JSON.stringify({ type: "payout-orders", room, quarter, orders });
    const timestamp = String(Math.floor(now() / 1000));
    const headers = {
      "Content-Type": "application/json",
      "X-Mindminder-Delivery": listId(orders),
      "X-Mindminder-Timestamp": timestamp,
      "X-Mindminder-Signature": signatureOf(secret, timestamp, body),
    };
    await askWith({ timeoutMs: TIMEOUT_MS, now })(
      { method: "POST", url: to, headers, body },
      new AbortController().signal,
    );
    print(`${orders.length} orders were taken.\n`);
  },
};
