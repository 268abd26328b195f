import type { Config } from "./config.ts";
import type { Problem } from "./problems.ts";
import type { Registration } from "./registration.ts";

/** Names that are kept for examples (RFC 2606): nobody has them. */
const EXAMPLE = /(^|\.)example(\.(org|com|net))?$/;

/**
 * Settings that can hardly be meant so, found without asking another server: the service would start, and people would
 * not get in. `registration`: null
 * where it could not be read.
 */
export function doubtsAbout(config: Partial<Config>, registration: Registration | null, file: string): Problem[] {
  const { homeserver, service, livekit } = config;
  const doubts = [...leftFromTheSample(config)];
  const doubt = (key: string, problem: string, remedy: string) => void doubts.push({ key, problem, remedy });
  if (homeserver && /[/@\s]/.test(homeserver.serverName))
    doubt(
      "homeserver.serverName",
      `“${homeserver.serverName}” is no server's name.`,
      "It is what stands behind the colon of its people's ids, such as example.org in @ann:example.org.",
    );
  if (homeserver && new URL(homeserver.url).pathname !== "/")
    doubt(
      "homeserver.url",
      "there is a path behind the address.",
      "Name the address alone, such as http://127.0.0.1:8008.",
    );
  if (service && isOpenTo(service.publicUrl, "http:"))
    doubt(
      "service.publicUrl",
      "browsers give a page no microphone that does not come by https.",
      "Put a proxy with TLS before the service, and name its https address.",
    );
  if (livekit && isOpenTo(livekit.url, "ws:"))
    doubt(
      "livekit.url",
      "browsers let no page from https speak to ws://.",
      "Put a proxy with TLS before LiveKit, and name its wss:// address; internalUrl may stay without.",
    );
  if (registration && registration.url === null)
    doubt(
      "homeserver.registration",
      "the registration names no url: the homeserver would send nothing.",
      "Set its url to where the homeserver reaches this service, and restart the homeserver.",
    );
  if (registration && registration.as_token === registration.hs_token)
    doubt(
      "homeserver.registration",
      "as_token and hs_token are the same.",
      "Make another with “npx --no mindminder registration --force”, and give it to the homeserver, too.",
    );
  if (service && registration?.url && URL.canParse(registration.url)) {
    const { hostname, port, protocol } = new URL(registration.url);
    const leadsTo = Number(port || (protocol === "https:" ? 443 : 80));
    if (isThisMachine(hostname) && leadsTo !== service.port) {
      doubt(
        "service.port",
        `the service listens on ${service.port}, and the registration's url leads the homeserver to ${registration.url}.`,
        "Set one of them to the other; after a change of the registration restart the homeserver.",
      );
    }
  }
  return doubts.map((each) => ({ file, ...each }));
}

function leftFromTheSample({ homeserver, service, livekit }: Partial<Config>): Omit<Problem, "file">[] {
  const given = {
    "homeserver.url": homeserver?.url,
    "service.publicUrl": service?.publicUrl,
    "livekit.url": livekit?.url,
    "livekit.internalUrl": livekit?.internalUrl,
  };
  const hosts = Object.entries(given).flatMap(([key, address]) =>
    address ? [[key, new URL(address).hostname] as const] : [],
  );
  if (homeserver) hosts.unshift(["homeserver.serverName", homeserver.serverName.replace(/:\d+$/, "").toLowerCase()]);
  return hosts
    .filter(([, host]) => EXAMPLE.test(host))
    .map(([key, host]) => ({ key, problem: `${host} still stands there from the sample.`, remedy: "Set your own." }));
}

/**
 * True for an address without encryption whose host is not this machine: browsers allow calls there only on their own
 * machine.
 */
function isOpenTo(address: string, protocol: string): boolean {
  const url = new URL(address);
  return url.protocol === protocol && !isThisMachine(url.hostname);
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
