/** Signs of one's turn outside the page. */
export const signsEn = {
  next: "You are next",
  word: "Your turn to speak",
  setting: "Tell me when my turn comes while I look elsewhere",
  settingHint:
    "In the tab’s title, and by vibration on a phone. Inside Element the tab belongs to Element, so the sound tells you.",
  notifications: "Show a notification",
  notificationsHint: "When your turn comes and you are in another window. Your browser will ask you first.",
  nudges: "Notify me when I am next, also while my phone is locked",
  nudgesHint:
    "In this tab’s circle. The notification passes through the maker of your browser, encrypted; it says nothing of the meeting.",
  nudgesRefused: "Your browser does not allow it. Allow notifications for this page next to the address bar.",
} as const;
