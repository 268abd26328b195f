/** The two rooms of the page: the circle's, and one to look at meanwhile. */
export type RoomName = "circle" | "other";

/** Place in which a person put the widget in its room. */
export type Place = "top" | "maximised" | "panel" | "minimised";

/** Place in which the widget is drawn: in its room, as a small picture in the corner, or nowhere, which ends it. */
export type ShownPlace = Exclude<Place, "minimised"> | "picture" | "gone";

type View = { readonly room: RoomName; readonly place: Place; readonly staysOnScreen: boolean };

/**
 * Place as Element decides it: out of its place a widget lives on only where it may stay on the screen, and asked to.
 */
export function shownWhere({ room, place, staysOnScreen }: View): ShownPlace {
  if (room === "circle" && place !== "minimised") return place;
  return staysOnScreen ? "picture" : "gone";
}
