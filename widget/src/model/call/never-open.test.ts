import { expect, test } from "vitest";
import { neverOpen } from "./never-open.ts";

test("the library's worker is never told to let somebody's media through undecrypted; all else reaches it as it was", () => {
  const sent: unknown[][] = [];
  const worker = { postMessage: (...message: unknown[]) => void sent.push(message) };
  neverOpen(worker);
  const decode = { kind: "decode", data: { trackId: "1", readableStream: {} } };
  const transfer: Transferable[] = [];
  worker.postMessage({ kind: "enable", data: { enabled: false, participantIdentity: "@tom:x" } });
  worker.postMessage({ kind: "enable", data: { enabled: true, participantIdentity: "@ann:x" } });
  worker.postMessage(decode, transfer);
  expect(sent.slice(0, 2)).toEqual([
    [{ kind: "enable", data: { enabled: true, participantIdentity: "@tom:x" } }],
    [{ kind: "enable", data: { enabled: true, participantIdentity: "@ann:x" } }],
  ]);
  expect(sent[2]?.[0]).toBe(decode);
  expect(sent[2]?.[1]).toBe(transfer);
});
