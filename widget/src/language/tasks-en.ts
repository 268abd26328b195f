/** Tasks beyond their meeting; spread into the catalogue. */
export const tasksEn = {
  carried: "Still open from earlier meetings",
  since: "since {{date}}",
  goTo: "Tasks also go to",
  nowhere: "nowhere else",
  standing_one: "{{count}} stands there",
  standing_other: "{{count}} stand there",
  waiting_one: "{{count}} waits",
  waiting_other: "{{count}} wait",
  sendNow: "Send and look now",
  in: "in {{target}}",
} as const;
