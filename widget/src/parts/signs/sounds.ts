import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import { useEffect, useRef } from "react";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { signOf } from "./sign.ts";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";
import { useCallPart } from "../../sitting/call.ts";
import { countdownOf } from "../../model/meeting/countdown.ts";

type Note = { readonly hertz: number; readonly at: number; readonly lasts: number };

/**
 * Notes of the signs: one high note for the person who is next, two upwards when the word comes, a low one when the
 * time is nearly over: quiet, and made here.
 */
const NEXT: readonly Note[] = [{ hertz: 783.99, at: 0, lasts: 0.25 }];
const COMES: readonly Note[] = [
  { hertz: 523.25, at: 0, lasts: 0.35 },
  { hertz: 783.99, at: 0.14, lasts: 0.5 },
];
const NEARLY_OVER: readonly Note[] = [{ hertz: 392, at: 0, lasts: 0.4 }];

/**
 * Notes for the keeper when a hand goes up, a short, higher pair; and for all when writing is over, a falling pair:
 * nobody looks up from a text.
 */
const HAND: readonly Note[] = [
  { hertz: 880, at: 0, lasts: 0.15 },
  { hertz: 880, at: 0.12, lasts: 0.2 },
];
const WRITTEN: readonly Note[] = [
  { hertz: 659.26, at: 0, lasts: 0.3 },
  { hertz: 523.25, at: 0.14, lasts: 0.4 },
];

const LOUDNESS = 0.08;

/** By itself: its clock ticks, and nothing else need be drawn anew for it. */
export function TurnSounds(): null {
  useTurnSounds();
  return null;
}

/** Plays what concerns me, once each, while I am in the call: only then has the browser let us make a sound. */
export function useTurnSounds(play: (notes: readonly Note[]) => void = ring): void {
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const status = useCallPart((state) => state.status);
  const { sounds } = usePreferences();
  const now = useServerTime(500);
  const turn = meeting?.turn?.speaker === me.id ? meeting.turn : null;
  const late = turn?.status === "speaking" && countdownOf(meeting, now)?.mark === "last";
  const sign = signOf(meeting, me.id);
  const nextAfter = sign?.of === "next" ? sign.turn : null;
  const sound: Sound = { audible: sounds && status === "in", play };
  useFresh(nextAfter, NEXT, sound);
  useFresh(turn?.id ?? null, COMES, sound);
  useFresh(turn && late ? turn.id : null, NEARLY_OVER, sound);
  useHands(meeting?.keeper === me.id ? meeting.hands.map(({ who }) => who).filter((who) => who !== me.id) : [], sound);
  useEnd(meeting?.stage != null && stageWords(meeting.stage).word === "nobody", WRITTEN, sound);
}

type Sound = { readonly audible: boolean; readonly play: (notes: readonly Note[]) => void };

/** Once for each turn that it is true of. What was so when the page opened makes no sound. */
function useFresh(turn: number | null, notes: readonly Note[], { audible, play }: Sound): void {
  const heard = useRef(turn);
  useEffect(() => {
    if (turn === null || heard.current === turn) return;
    heard.current = turn;
    if (audible) play(notes);
  }, [turn, notes, audible, play]);
}

function useHands(up: readonly string[], { audible, play }: Sound): void {
  const known = useRef<readonly string[]>(up);
  useEffect(() => {
    const fresh = up.some((who) => !known.current.includes(who));
    known.current = up;
    if (fresh && audible) play(HAND);
  }, [up, audible, play]);
}

function useEnd(lasts: boolean, notes: readonly Note[], { audible, play }: Sound): void {
  const before = useRef(lasts);
  useEffect(() => {
    const ended = before.current && !lasts;
    before.current = lasts;
    if (ended && audible) play(notes);
  }, [lasts, notes, audible, play]);
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
