/** Paths that only the homeserver, LiveKit and Prometheus ask for, with the method they use. */
export const INNER = [
  { path: "/metrics", method: "GET" },
  { path: "/livekit/webhook", method: "POST" },
  { path: "/_matrix/app/v1/ping", method: "POST" },
  { path: "/_matrix/app/v1/transactions/1", method: "PUT" },
] as const;

/** Ways to write a path that some reader of paths takes for the path itself. */
export function oddSpellings(path: string): string[] {
  const [, first = "", ...rest] = path.split("/");
  const after = rest.map((part) => `/${part}`).join("");
  const escaped = (letter: string) => `%${letter.charCodeAt(0).toString(16)}`;
  const capital = first.charAt(0).toUpperCase() + first.slice(1);
  const odd = [
    path.toUpperCase(),
    `/${capital}${after}`,
    `${path.toUpperCase()}/`,
    `/${first}${after.toUpperCase()}`,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `//${path}/`,
    `///${path}`,
    `/${first}/${after}/`,
    `/${escaped(first.charAt(0))}${first.slice(1)}${after}`,
    `/${first.slice(0, -1)}${escaped(first.slice(-1))}${after}`,
    `/${[...first].map(escaped).join("")}${after}`,
    `/%${escaped(first.charAt(0)).slice(1).padStart(4, "25")}${first.slice(1)}${after}`,
    `/.${path}`,
    `/./.${path}`,
    `${path}/.`,
    `${path}/./`,
    `${path}/x/..`,
    `/x/..${path}`,
    `/widget/..${path}`,
    `/widget/../..${path}`,
    `/api/v1/..%2f..${path}`,
    `/%2e${path}`,
    `/widget/%2e%2e${path}`,
    `/widget/.%2e${path}`,
    `/widget/%2E%2E%2F${path.slice(1)}`,
    `/widget/..%2f${path.slice(1)}`,
    `/widget/..%5c${path.slice(1)}`,
    `/widget/..\\${path.slice(1)}`,
    `/widget/..;${path}`,
    `/;x${path}`,
    `${path};x`,
    `${path};x=1`,
    `/${first};x${after}`,
    `${path}/;x`,
    `/%2f${path.slice(1)}`,
    `/%2f${path}`,
    path.replace(/\/(?=.)/g, "%2f").replace("%2f", "/"),
    `${path}%2f`,
    `${path}%2F`,
    `${path}%5c`,
    `${path}\\`,
    `/\\${path.slice(1)}`,
    path.replaceAll("/", "\\").replace("\\", "/"),
    `${path}\\#`,
    `${path}%00`,
    `${path}%20`,
    `${path}%09`,
    `${path}%0a`,
    `${path}%23`,
    `${path}%3f`,
    `${path}.`,
    `${path}..`,
    `${path}.json`,
    `${path}~`,
    `${path}*`,
    `${path}\t`,
    `${path}\f`,
    `${path}\u00A0`,
    `${path}#`,
    `${path}#x`,
    `/x/..${path}#`,
    `${path}\u00FF`,
    `${path}%u002f`,
    `${path}%c0%af`,
    `http://127.0.0.1${path.toUpperCase()}`,
    `http://127.0.0.1/${path}`,
  ];
  return odd.filter((each) => each !== path);
}

/** The same with a question behind it, which changes nothing. */
export const allSpellings = (path: string) =>
  oddSpellings(path).flatMap((odd) => (odd.includes("#") ? [odd] : [odd, `${odd}?x=/widget/`]));
