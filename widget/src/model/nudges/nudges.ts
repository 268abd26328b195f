import { NudgeAddress } from "@mindminder/protocol/nudges.ts";
import type { ServiceClient } from "../service/service-client.ts";

/** The part of the service by which a browser is told that its person is next. */
export type NudgeClient = Pick<ServiceClient, "nudges" | "changeNudges">;

/** True where a browser can be told: by a page of its own, with a service worker. */
export function nudgesCanBeHad(): boolean {
  return (
    window.parent === window &&
    "serviceWorker" in navigator &&
    "PushManager" in window &&
    typeof Notification !== "undefined" &&
    Notification.permission !== "denied"
  );
}

/** Asks the browser, for a click of the person's alone, and has the service tell it. False where either says no. */
export async function haveNudges(client: NudgeClient): Promise<boolean> {
  const { key } = await client.nudges();
  if (key === null || (await Notification.requestPermission()) !== "granted") return false;
  const { pushManager } = await navigator.serviceWorker.ready;
  const address = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return tell(client, address);
}

/** Has nothing of the kind any more, neither at the service nor in the browser. */
export async function endNudges(client: NudgeClient): Promise<void> {
  await client.changeNudges({ address: null });
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

/** Goes on where a tab was opened anew in a browser that is told: a nudge lasts no longer than its tab's session. */
export async function renewNudges(client: NudgeClient): Promise<void> {
  if (!nudgesCanBeHad()) return;
  const worker = await navigator.serviceWorker.getRegistration();
  const address = await worker?.pushManager.getSubscription();
  if (address) await tell(client, address);
}

async function tell(client: NudgeClient, address: PushSubscription): Promise<boolean> {
  const { on } = await client.changeNudges({ address: NudgeAddress.parse(address.toJSON()) });
  return on;
}
