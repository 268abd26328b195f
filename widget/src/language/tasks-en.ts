/** Tasks beyond their meeting; spread into the catalogue. */
export const tasksEn = {
  carried: "Still open from earlier meetings",
  since: "since {{date}}",
  goTo: "Also send tasks to",
  nowhere: "Nowhere",
  standing_one: "{{count}} synced",
  standing_other: "{{count}} synced",
  waiting_one: "{{count}} pending",
  waiting_other: "{{count}} pending",
  sendNow: "Sync now",
  in: "in {{target}}",
} as const;
