import { expect, test } from "vitest";
import { HOMESERVER_SILENT, ROOM_NOT_READY, SIGNED_OUT, UNKNOWN_HOMESERVER } from "@mindminder/protocol/http-api.ts";
import { HostFailure } from "../../model/host/host.ts";
import { ServiceFailure } from "../../model/service/failure.ts";
import { screenFor } from "./why-not-open.ts";

test.each([
  [new HostFailure("outside-client"), "outsideClient"],
  [new HostFailure("identity-refused"), "identityRefused"],
  [new HostFailure("link-used"), "linkUsed"],
  [new ServiceFailure("unproven", { errcode: "M_UNKNOWN_TOKEN" }), "identityRefused"],
  [new ServiceFailure("forbidden", { errcode: "M_FORBIDDEN" }), "notMember"],
  [new ServiceFailure("forbidden", { errcode: ROOM_NOT_READY.encrypted }), "encryptedRoom"],
  [new ServiceFailure("forbidden", { errcode: ROOM_NOT_READY.botAbsent }), "botAbsent"],
  [new ServiceFailure("forbidden", { errcode: UNKNOWN_HOMESERVER }), "otherHomeserver"],
  [new ServiceFailure("away", { errcode: HOMESERVER_SILENT }), "homeserverSilent"],
  [new ServiceFailure("forbidden", { errcode: SIGNED_OUT }), "signedOut"],
  [new ServiceFailure("away"), "serviceAway"],
  [new ServiceFailure("refused", { errcode: "M_BAD_JSON" }), "serviceAway"],
  [new TypeError("a fault of ours"), "broken"],
])("%s is said by a screen of its own", (failure, screen) => {
  expect(screenFor(failure)).toBe(screen);
});
