import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import express from "express";

export type Guest = {
  readonly homeserverUrl: string;
  readonly accessToken: string;
  readonly userId: string;
  readonly roomId: string;
  /** The widget's address as the room's state has it, with the client's `$` parameters still in it. */
  readonly widgetUrl: string;
  readonly title: string;
};

export type HostPage = {
  readonly url: string;
  /** A link that opens the page as this person. The code in it is worth nothing outside this machine and this run. */
  readonly linkFor: (guest: Guest) => string;
  readonly stop: () => Promise<void>;
};

/** Guests by their codes, and the answer to the page that asks for one. */
export type Guests = { readonly codeFor: (guest: Guest) => string; readonly answer: RequestListener };

const DIST = resolve(import.meta.dirname, "../../../widget/dev/dist");

export function keepGuests(): Guests {
  const guests = new Map<string, Guest>();
  return {
    codeFor: (guest) => {
      const code = randomBytes(12).toString("base64url");
      guests.set(code, guest);
      return code;
    },
    answer: (request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://host-page");
      const guest = guests.get(searchParams.get("code") ?? "");
      response.writeHead(guest ? 200 : 404, { "Cache-Control": "no-store", "Content-Type": "application/json" });
      response.end(JSON.stringify(guest ?? { error: "This link is not known here any more." }));
    },
  };
}

/** Serves the page that hosts the widget as a Matrix client would, by default on loopback. */
export async function serveHostPage(host = "127.0.0.1"): Promise<HostPage> {
  const { codeFor, answer } = keepGuests();
  const app = express();
  app.get("/host-page/credentials", answer);
  app.use(express.static(DIST));
  const server = app.listen(0, host);
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    linkFor: (guest) => `${url}/host-page/#code=${codeFor(guest)}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
