import type { RingNumber } from "../protocol/identity.ts";
import type { AssemblyCourse, GalleryListener } from "./assembly.ts";
import type { AssemblyEvent, PlacedRing } from "./event.ts";

type Gallery = Pick<AssemblyCourse, "gallery">;
type Came = Extract<AssemblyEvent, { type: "listener-came" }>;

export function withListener({ gallery }: Gallery, { who: id, name, ring }: Came): readonly GalleryListener[] {
  return [...gallery.filter((each) => each.id !== id), { id, name, ring }];
}

/** Listeners go with the people to whom they listened. */
export function galleryMerged({ gallery }: Gallery, ring: RingNumber, into: RingNumber): readonly GalleryListener[] {
  return gallery.map((each) => (each.ring === ring ? { ...each, ring: into } : each));
}

/** The gallery of the next phase: whoever listened in a ring that is not any more hears the first. */
export function galleryIn({ gallery }: Gallery, rings: readonly PlacedRing[]): readonly GalleryListener[] {
  const [first] = rings;
  const stands = (ring: RingNumber) => rings.some(({ number }) => number === ring);
  return gallery.map((each) => (first && !stands(each.ring) ? { ...each, ring: first.number } : each));
}
