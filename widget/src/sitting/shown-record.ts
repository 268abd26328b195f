import { useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import {
  type Corrigible,
  correctionsOf,
  type Correction,
  type CorrectionMade,
} from "@mindminder/protocol/correction.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { languageNamed } from "../language/i18n.ts";
import { inLanguage } from "../model/meeting/in-language.ts";
import { useMeetingState } from "./meeting.ts";
import { useRecord } from "./record.ts";

export type ShownRecord = {
  readonly meeting: MeetingSnapshot | null;
  readonly record: MeetingRecord | null;
  /** A meeting of the past, not the one that one sits in. */
  readonly past: boolean;
};

/** The record that the panel shows: of the present meeting, or of the past one that was opened. */
export function useShownRecord(): ShownRecord {
  const { i18n } = useTranslation();
  const { past: known } = useRecord();
  const { past } = useSyncExternalStore(known.subscribe, known.get);
  const { meeting, record } = useMeetingState();
  const opened = useMemo(
    () => past && { record: past.record, meeting: inLanguage(past.meeting, languageNamed(i18n.language)), past: true },
    [past, i18n.language],
  );
  return opened ?? { meeting, record, past: false };
}

/** Corrections made to a thing, and the way to correct it. */
export function useCorrecting(thing: Corrigible): {
  made: readonly CorrectionMade[];
  correct: (change: Correction) => Promise<boolean>;
} {
  const { corrector } = useRecord();
  const { meeting, record } = useShownRecord();
  const made = correctionsOf(record?.corrections ?? [], thing);
  return { made, correct: async (change) => meeting !== null && corrector.correct(meeting.id, change, made.length) };
}
