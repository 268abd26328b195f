import type { Host } from "./host.ts";
import type { UrlParameters } from "./parameters.ts";

/** A kind of place that the widget can be opened in. */
export type HostKind = {
  /** True when the page's address says that this is such a place. */
  isHere(parameters: UrlParameters): boolean;
  /** Throws `HostFailure`. */
  open(parameters: UrlParameters): Promise<Host>;
};
