/**
 * Words of a notification by the browser, in English. It passes through others' hands, so it says nothing of the
 * meeting.
 */
export const nudgesEn = {
  "nudge.title": "You are next",
  "nudge.body": "The word comes to you after this turn. Come back to the circle.",
} as const;
