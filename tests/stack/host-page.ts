import { randomBytes } from "node:crypto";
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

const WIDGET_DIST = resolve(import.meta.dirname, "../../widget/dist");

/** Serves the page that hosts the widget as a Matrix client would, on loopback. */
export async function serveHostPage(): Promise<HostPage> {
  const guests = new Map<string, Guest>();
  const app = express();
  app.get("/host-page/credentials", (request, response) => {
    const guest = guests.get(String(request.query["code"]));
    response
      .set("Cache-Control", "no-store")
      .status(guest ? 200 : 404)
      .json(guest ?? { error: "This link is not known here any more." });
  });
  app.use(express.static(WIDGET_DIST));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    linkFor: (guest) => {
      const code = randomBytes(12).toString("base64url");
      guests.set(code, guest);
      return `${url}/host-page/#code=${code}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
