import { useEffect, useRef } from "react";
import { usePreferences } from "../preferences/preferences.ts";
import { signOf } from "../signs/sign.ts";
import { useCallState, useMeetingState, useServerTime, useSitting } from "../sitting/sitting.ts";
import { countdownOf } from "./countdown.ts";

type Note = { readonly hertz: number; readonly at: number; readonly lasts: number };

/** One high note for whoever is next, two upwards when the word comes, a low one when the time is nearly over: quiet, and made here. */
const NEXT: readonly Note[] = [{ hertz: 783.99, at: 0, lasts: 0.25 }];
const COMES: readonly Note[] = [{ hertz: 523.25, at: 0, lasts: 0.35 }, { hertz: 783.99, at: 0.14, lasts: 0.5 }];
const NEARLY_OVER: readonly Note[] = [{ hertz: 392, at: 0, lasts: 0.4 }];

const LOUDNESS = 0.08;

/** By itself: its clock ticks, and nothing else need be drawn anew for it. */
export function TurnSounds(): null {
  useTurnSounds();
  return null;
}

/** Plays what concerns me alone, once each, while I am in the call: only then has the browser let us make a sound. */
export function useTurnSounds(play: (notes: readonly Note[]) => void = ring): void {
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const { status } = useCallState();
  const { sounds } = usePreferences();
  const now = useServerTime(500);
  const turn = meeting?.turn?.speaker === me.id ? meeting.turn : null;
  const late = turn?.status === "speaking" && countdownOf(meeting, now)?.mark === "last";
  const sign = signOf(meeting, me.id);
  const nextAfter = sign?.of === "next" ? sign.turn : null;
  const heard = useRef({ next: nextAfter, comes: turn?.id ?? null, late: late ? turn.id : null });
  const audible = sounds && status === "in";

  useEffect(() => {
    if (nextAfter === null || heard.current.next === nextAfter) return;
    heard.current.next = nextAfter;
    if (audible) play(NEXT);
  }, [nextAfter, audible, play]);
  useEffect(() => {
    if (!turn || heard.current.comes === turn.id) return;
    heard.current.comes = turn.id;
    if (audible) play(COMES);
  }, [turn, audible, play]);
  useEffect(() => {
    if (!turn || !late || heard.current.late === turn.id) return;
    heard.current.late = turn.id;
    if (audible) play(NEARLY_OVER);
  }, [turn, late, audible, play]);
}

let context: AudioContext | null = null;

function ring(notes: readonly Note[]): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  void context.resume();
  for (const { hertz, at, lasts } of notes) {
    const start = context.currentTime + at;
    const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + lasts);
  }
}
