import type { HostKind } from "./host-kind.ts";

/** A Matrix client that shows the widget in a frame (Element and all that speak the widget API). */
export const matrixClient: HostKind = {
  isHere: ({ widgetId, parentUrl }) => Boolean(widgetId && parentUrl),
  open: async (parameters) => {
    const early = keepMessages();
    // People at other doors need nothing of the widget API.
    const { openInMatrixClient } = await import("./open-in-matrix-client.ts");
    return openInMatrixClient(parameters, early.tell);
  },
};

/** Keeps what a client says before anybody listens: some speak as soon as the page has loaded, and say it once. */
function keepMessages(): { readonly tell: () => void } {
  const kept: MessageEvent[] = [];
  const keep = (message: MessageEvent) => void kept.push(message);
  window.addEventListener("message", keep);
  return {
    tell() {
      window.removeEventListener("message", keep);
      for (const { data, origin, source } of kept)
        window.dispatchEvent(new MessageEvent("message", { data, origin, source }));
    },
  };
}
