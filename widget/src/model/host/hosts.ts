import { matrixClient } from "./element.ts";
import { guestLink } from "./guest-link.ts";
import { HostFailure, type Host } from "./host.ts";
import type { HostKind } from "./host-kind.ts";
import { personalLink } from "./link.ts";
import { telegram } from "./telegram.ts";
import type { UrlParameters } from "./parameters.ts";

/** Places that the widget can be opened in; the first that is at home here opens it. */
const HOSTS: readonly HostKind[] = [telegram, personalLink, guestLink, matrixClient];

export async function openHost(parameters: UrlParameters): Promise<Host> {
  const here = HOSTS.find((each) => each.isHere(parameters));
  if (!here) throw new HostFailure("outside-client");
  return here.open(parameters);
}
