import type { TFunction } from "i18next";
import type { ComponentType } from "react";
import type { OutlinedCircle } from "@mindminder/protocol/http-api.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { IconName } from "../../../look/icons.tsx";

export type KindProps = { readonly meeting: MeetingSnapshot; readonly circle: CircleSnapshot };

/** A small sign on a person's seat. */
export type SeatSign = { readonly name: string; readonly icon: IconName; readonly words: string };

/** A stage of a kind's own, while nobody in particular has the word. */
export type StageView = {
  /** Words in the middle of the ring. */
  readonly title: (t: TFunction) => string;
  readonly icon: IconName;
  /** Words on the button by which the keeper goes on. */
  readonly onward: (t: TFunction) => string;
};

/** Outcome of a circle that is over: a sign and a few words on its step. */
export type Came = { readonly verdict: "consented" | "objected" | "open"; readonly words: string | null };

/**
 * A kind of circle as the page shows it; all of it that is different from others. Found in `kinds.ts`, by the name of
 * the kind on the service's side.
 */
export type KindView = {
  /** Beside the ring, while such a circle runs. */
  readonly Panel?: ComponentType<KindProps>;
  readonly stages: Readonly<Record<string, StageView>>;
  /**
   * Announcement for those who listen to the page: first the pressing things, at the end those to read. Empty: nothing.
   */
  readonly announce?: (t: TFunction, props: KindProps, me: ParticipantId) => string;
  readonly announceLast?: (t: TFunction, props: KindProps) => string;
  readonly sign?: (t: TFunction, props: KindProps, who: ParticipantId) => SeatSign | null;
  /** Its time, in the outline of a scenario. */
  readonly time?: (t: TFunction, circle: OutlinedCircle, time: { each: string; whole: string | null }) => string | null;
  readonly came?: (t: TFunction, circle: CircleSnapshot) => Came | null;
  /** Facts of a circle that is over, shown in the record. */
  readonly Facts?: ComponentType<KindProps>;
  readonly hasFacts?: (circle: CircleSnapshot) => boolean;
};
