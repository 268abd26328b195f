import { z } from "zod";

export const Credentials = z.object({
  homeserverUrl: z.url(),
  accessToken: z.string().min(1),
  userId: z.string(),
  roomId: z.string(),
  /** As the room's state event has it, with the client's `$` parameters still in it. */
  widgetUrl: z.url(),
  title: z.string(),
});
export type Credentials = z.infer<typeof Credentials>;

/** The page's link holds a code behind the `#`; what it is worth is told by the page's own server alone. */
export async function fetchCredentials(page: URL): Promise<Credentials> {
  const code = new URLSearchParams(page.hash.slice(1)).get("code") ?? "";
  const response = await fetch(`./credentials?code=${encodeURIComponent(code)}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`credentials: ${response.status}`);
  return Credentials.parse(await response.json());
}
