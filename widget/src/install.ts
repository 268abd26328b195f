/**
 * Lets the page be put on a phone's screen, with a word of its own where there is no connection. In a client's frame,
 * and in an app that shows the page, it is that client's page and not one of the phone's.
 */
export function beInstallable(apart: boolean): void {
  if (!apart || window.parent !== window || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("./sw.js").catch((failure: unknown) => {
    console.info("Without a connection the browser's own page is shown.", failure);
  });
}
