import { expect, test, vi } from "vitest";
import { HeldMicrophone } from "./held-microphone.ts";

/** A microphone as far as it is lent: it lives until it is stopped, and so does each copy. */
function microphone() {
  const track = {
    readyState: "live" as MediaStreamTrackState,
    stop: () => void (track.readyState = "ended"),
    clone: () => microphone(),
  };
  return track as unknown as MediaStreamTrack;
}

function held() {
  const opened: MediaStreamTrack[] = [];
  const ask = vi.fn(async () => {
    const track = microphone();
    opened.push(track);
    return track;
  });
  return { ask, opened, microphone: new HeldMicrophone(ask) };
}

test("the check and the call, and the call once more, are one request; a closed copy closes nothing else", async () => {
  const { ask, opened, microphone: one } = held();
  const [check, atOnce] = await Promise.all([one.copy(null), one.copy(null)]);
  check.stop();
  atOnce.stop();
  const call = await one.copy(null);
  expect(ask).toHaveBeenCalledTimes(1);
  expect([call.readyState, opened[0]?.readyState]).toEqual(["live", "live"]);
});

test("one that the system has ended, and another device, are asked for anew", async () => {
  const { ask, opened, microphone: one } = held();
  await one.copy(null);
  opened[0]?.stop();
  await one.copy(null);
  await one.copy("usb");
  expect(ask.mock.calls).toEqual([[true], [true], [{ deviceId: { exact: "usb" } }]]);
  expect(opened[1]?.readyState).toBe("ended");
});

test("a refusal is told, and may be asked again", async () => {
  const ask = vi.fn().mockRejectedValueOnce(new DOMException("no", "NotAllowedError")).mockResolvedValue(microphone());
  const one = new HeldMicrophone(ask);
  await expect(one.copy(null)).rejects.toThrow("no");
  expect((await one.copy(null)).readyState).toBe("live");
});

test("whoever leaves lets it go", async () => {
  const { opened, microphone: one } = held();
  await one.copy(null);
  one.letGo();
  await expect.poll(() => opened[0]?.readyState).toBe("ended");
});
