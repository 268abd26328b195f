export type Subject = {
  readonly topic: string;
  /** Themes of the circles it is about. */
  readonly themes: readonly string[];
  /** Name of the participant, where it is about one. */
  readonly participant: string | null;
};

export type Prompts = {
  /** Version, a part of `MadeBy.prompt`; it grows with every change of the texts. */
  readonly version: string;
  /**
   * Words by which what is taken from an example can be told: names of people and things that no meeting speaks of.
   * Models give examples back as if they had been said.
   */
  readonly exampleWords: readonly string[];
  /** `sections`: headings that the room wants the sentences to stand below. */
  readonly summary: (subject: Subject, sentences: number, sections: readonly string[]) => string;
  /** Headings of "what was said, agreed, open". */
  readonly outcome: readonly string[];
  readonly tasks: (people: readonly string[]) => string;
  readonly decisions: string;
  readonly questions: string;
  /** Asks for lines in this language. */
  readonly translation: string;
  /** Makes the message with the lines. They are data; it says so once more. */
  readonly transcript: (lines: string) => string;
};
