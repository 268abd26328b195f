/** Use for which a set is made; what people allowed for it is in the set, and nothing else. */
export const DATASET_PURPOSES = ["improve", "publish"] as const;
export type DatasetPurpose = (typeof DATASET_PURPOSES)[number];

export const SPLITS = ["train", "validation", "test"] as const;
export type Split = (typeof SPLITS)[number];

/** A piece of speech with its text, as every form writes it. Names are pseudonyms. */
export type SpeechRow = {
  readonly id: string;
  readonly meeting: string;
  readonly speaker: string;
  readonly split: Split;
  /** As it stands, with the corrections of people. */
  readonly text: string;
  /** As the engine heard it. */
  readonly textHeard: string;
  /** ISO 639-1; "und" where the engine does not say. */
  readonly language: string;
  readonly seconds: number;
  readonly circleKind: string;
  readonly engine: string;
  readonly model: string;
  readonly corrections: number;
  /** Somebody corrected it, or somebody else said that it is right. */
  readonly verified: boolean;
  /** Number of names and numbers that pseudonyms stand for: there the text is not what the sound has. */
  readonly replaced: number;
  readonly rights: DatasetPurpose;
  readonly sound: { readonly path: string; readonly sha256: string; readonly bytes: number };
};

type Message = { readonly role: "system" | "user" | "assistant"; readonly content: string };

type Lesson = {
  readonly id: string;
  readonly meeting: string;
  readonly split: Split;
  readonly of: "summary" | "task" | "decision" | "question";
  readonly language: string;
  readonly plugin: string;
  readonly model: string | null;
};

/** A line for one way of training a language model; the fields are those that TRL reads. */
export type LessonRow =
  | { readonly way: "sft"; readonly line: Lesson & { readonly messages: readonly Message[] } }
  | {
      readonly way: "dpo";
      readonly line: Lesson & {
        readonly prompt: readonly Message[];
        readonly chosen: readonly Message[];
        readonly rejected: readonly Message[];
      };
    }
  | {
      readonly way: "kto";
      readonly line: Lesson & {
        readonly prompt: readonly Message[];
        readonly completion: readonly Message[];
        readonly label: boolean;
      };
    };

/** Utterances, and the tasks that people made of them. */
export type TaskRow = {
  readonly meeting: string;
  readonly split: Split;
  readonly language: string;
  readonly utterances: readonly { readonly id: string; readonly speaker: string; readonly text: string }[];
  readonly tasks: readonly {
    readonly title: string;
    readonly owner: string | null;
    readonly due: string | null;
    readonly status: string;
    readonly from: readonly string[];
  }[];
};

/** Consent of somebody in the set, and the sentence to which it was given. */
export type ConsentRow = {
  readonly speaker: string;
  readonly room: string;
  readonly purpose: string;
  readonly given_at: string;
  readonly text_version: number | null;
  readonly text_sha256: string | null;
};
