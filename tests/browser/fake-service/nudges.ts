import type { Express } from "express";
import type { NudgesResponse } from "../../../appservice/protocol/nudges.ts";
import { ROUTES } from "../../../appservice/protocol/routes.ts";

/** A public key for browsers; nobody has the private one. */
const KEY = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";

/** Browsers that want to be told that their person is next, by rooms. */
export function nudgeRoutes(app: Express): void {
  const told = new Set<string>();
  const answer = (room: string): NudgesResponse => ({ key: KEY, on: told.has(room) });
  app.get(ROUTES.nudges.path, (request, response) => void response.json(answer(request.params.room)));
  app.post(ROUTES.changeNudges.path, (request, response) => {
    const { room } = request.params;
    const { address } = request.body as { address: unknown };
    if (address === null) told.delete(room);
    else told.add(room);
    response.json(answer(room));
  });
}
