/** Signs of one's turn outside the page. */
export const signsEn = {
  next: "You are next",
  word: "Your turn to speak",
  setting: "Tell me about my turn when I look elsewhere",
  settingHint: "In the tab’s title, and by vibration on a phone. Inside Element the tab is Element’s: there, the sound tells you.",
  notifications: "Show a notification",
  notificationsHint: "When you are in another window and your turn comes. Your browser asks you first.",
} as const;
