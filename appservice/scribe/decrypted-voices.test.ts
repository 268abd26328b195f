import { EventEmitter } from "node:events";
import { E2eeStateChanged, EncryptionState, FfiEvent, RoomEvent } from "@livekit/rtc-ffi-bindings";
import { Room } from "@livekit/rtc-node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DecryptedVoices } from "./decrypted-voices.ts";

const native = new EventEmitter();
const sound = new Float32Array(1_600).fill(0.5);
const silence = new Float32Array(1_600);
let lost: string[];
let voices: DecryptedVoices;

beforeEach(() => {
  vi.stubGlobal("_ffiClientInstance", native);
  lost = [];
  const room = new Room();
  Reflect.set(room, "ffiHandle", { handle: 7n });
  voices = new DecryptedVoices(room, (speaker) => lost.push(speaker));
  voices.begins("ann");
});
afterEach(() => {
  voices.end();
  vi.unstubAllGlobals();
});

function tells(state: EncryptionState, participantIdentity = "ann", roomHandle = 7n): void {
  const value = new E2eeStateChanged({ participantIdentity, state });
  const event = new RoomEvent({ roomHandle, message: { case: "e2eeStateChanged", value } });
  native.emit("ffi_event", new FfiEvent({ message: { case: "roomEvent", value: event } }));
}

test("a voice is heard from 0.1 s after its first packet was decrypted, and by a new track again", () => {
  expect(voices.isClear("ann", sound)).toBe(false);
  tells(EncryptionState.OK);
  expect([1, 2, 3].map(() => voices.isClear("ann", sound))).toEqual([false, true, true]);
  tells(EncryptionState.DECRYPTION_FAILED);
  tells(EncryptionState.OK);
  expect(voices.isClear("ann", sound)).toBe(true);
  voices.begins("ann");
  expect(voices.isClear("ann", sound)).toBe(false);
});

test("what is never decrypted is never heard, whatever else the library tells, and its track is given up once", () => {
  tells(EncryptionState.DECRYPTION_FAILED);
  tells(EncryptionState.OK, "bob");
  tells(EncryptionState.OK, "ann", 8n);
  for (let i = 0; i < 100; i++) expect(voices.isClear("ann", sound)).toBe(false);
  expect(lost).toEqual(["ann"]);
});

test("somebody who is silent is waited for", () => {
  for (let i = 0; i < 100; i++) voices.isClear("ann", silence);
  expect(lost).toEqual([]);
});
