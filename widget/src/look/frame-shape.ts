/** The shape of the frame, which decides what stands where; the style sheet draws it by the same numbers. */
export type FrameShape = {
  /** A client's small picture, or a page made four times as large: one line of controls, the rest behind a button. */
  readonly tiny: boolean;
  /** The main button has a line of its own. */
  readonly stacked: boolean;
  /** The frame at the top of a room: everything that can be folded is. */
  readonly low: boolean;
  /** The frame of a phone: a speaker's requests are buttons with words. */
  readonly tall: boolean;
  /** The record finds a place beside the ring. */
  readonly wide: boolean;
  /** The round buttons have words under them. */
  readonly captions: boolean;
  /** Help and settings have no place at the top. */
  readonly slim: boolean;
};

export function frameShape({ width, height }: { readonly width: number; readonly height: number }): FrameShape {
  const tiny = width < 420 && height < 330;
  return {
    tiny,
    stacked: width < 480 && !tiny,
    low: height < 520,
    tall: height >= 600,
    wide: width >= 720,
    slim: width < 420,
    captions: width >= 900 && height >= 600,
  };
}

/** Room enough to show the record beside the ring from the start. */
export const RECORD_FROM_START = "(min-width: 960px) and (min-height: 520px)";
