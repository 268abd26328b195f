/**
 * True when a person can be asked for notifications here: browsers let only a page of its own ask, never one in another
 * site's frame.
 */
export function notificationsCanBeAsked(): boolean {
  return typeof Notification !== "undefined" && window.parent === window && Notification.permission !== "denied";
}

/** Asks, if nobody has yet; for a click of the person's alone. */
export async function askForNotifications(): Promise<boolean> {
  return notificationsCanBeAsked() && (await Notification.requestPermission()) === "granted";
}

/** Shows it where that was allowed; returns what takes it away. */
export function notify(text: string): () => void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return () => undefined;
  try {
    const shown = new Notification(text, { tag: "mindminder-turn" });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return () => shown.close();
  } catch {
    // Phones want a service worker for it; they have been told by vibration.
    return () => undefined;
  }
}
