import type { SpeechForm } from "../form.ts";
import { audiofolder } from "./audiofolder.ts";
import { commonVoice } from "./common-voice.ts";
import { lhotse } from "./lhotse.ts";
import { nemo } from "./nemo.ts";
import { stm } from "./stm.ts";

/** All forms in which speech is written, one file each; Parquet, which holds the sound itself, is `parquet.ts`. */
export const SPEECH_FORMS: readonly SpeechForm[] = [audiofolder, nemo, lhotse, stm, commonVoice];
