/** Signs of one's turn outside the page. */
export const signsEn = {
  next: "You are next",
  word: "Your turn to speak",
  setting: "Tell me when my turn comes while I look elsewhere",
  settingHint:
    "In the tab’s title, and by vibration on a phone. Inside Element the tab belongs to Element, so the sound tells you.",
  notifications: "Show a notification",
  notificationsHint: "When your turn comes and you are in another window. Your browser will ask you first.",
} as const;
