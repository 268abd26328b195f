import { useEffect, useState } from "react";
import type { HeldMicrophone } from "../../model/service/held-microphone.ts";

export type MicrophoneCheck = {
  readonly state: "asking" | "hearing" | "refused";
  /** Loudness from 0 to 1. */
  readonly level: number;
};

/**
 * Opens the real microphone to show that it works, and lets it go when the check is over. `held`: it is kept for the
 * call.
 */
export function useMicrophoneCheck(
  deviceId: string | null,
  attempt: number,
  held: HeldMicrophone | null,
): MicrophoneCheck {
  const [check, setCheck] = useState<MicrophoneCheck>({ state: "asking", level: 0 });
  useEffect(() => {
    const over = new AbortController();
    listen(
      () => opened(deviceId, held),
      over.signal,
      (change) => setCheck((old) => ({ ...old, ...change })),
    ).catch(() => {
      if (!over.signal.aborted) setCheck((old) => ({ ...old, state: "refused", level: 0 }));
    });
    return () => over.abort();
  }, [deviceId, attempt, held]);
  return check;
}

async function opened(deviceId: string | null, held: HeldMicrophone | null): Promise<MediaStream> {
  if (held) return new MediaStream([await held.copy(deviceId)]);
  return navigator.mediaDevices.getUserMedia({ audio: deviceId ? { deviceId: { exact: deviceId } } : true });
}

async function listen(
  open: () => Promise<MediaStream>,
  over: AbortSignal,
  report: (change: Partial<MicrophoneCheck>) => void,
): Promise<void> {
  report({ state: "asking", level: 0 });
  const stream = await open();
  const letGo = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (over.aborted) return letGo();

  report({ state: "hearing" });

  const context = new AudioContext();
  const ear = context.createAnalyser();
  ear.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  const timer = setInterval(() => {
    ear.getFloatTimeDomainData(samples);
    report({ level: loudness(samples) });
  }, 100);
  over.addEventListener("abort", () => {
    clearInterval(timer);
    letGo();
    void context.close();
  });
}

/** From silence (-60 dB) to as loud as it gets, as an ear hears it. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibel = 20 * Math.log10(Math.sqrt(sum / Math.max(1, samples.length)) || 1e-6);
  return Math.max(0, Math.min(1, (decibel + 60) / 55));
}
