/** Tasks: how they go on after the meeting, and how they go to task managers outside, in English. */
export const tasksEn = {
  "command.word.export": "export",
  "command.usage.export": "list | use NAME | off | now",
  "command.help.export": "also send this room’s tasks to a task manager that the admin has set up (keeper)",
  "word.export.list": "list",
  "word.export.use": "use",
  "word.export.off": "off",
  "word.export.now": "now",

  "tasks.none-set-up":
    "No task manager is set up on this server. The admin can add one in the configuration, under “export”.",
  "tasks.list": "Task managers on this server",
  "tasks.list-how": "“!circle export use NAME” sends this room’s tasks there.",
  "tasks.chosen-here": "this room’s",
  "tasks.goes-nowhere": "This room’s tasks are kept in the room only.",
  "tasks.unknown-target": "There is no “{{target}}” here. Available: {{known}}.",
  "tasks.use":
    "From now on, this room’s confirmed tasks also go to {{target}}, including those still open from earlier meetings.",
  "tasks.off": "Nothing more will be sent. What has been sent stays where it is.",
  "tasks.now": "Syncing everything now.",
  "tasks.count": "{{standing}} synced, {{waiting}} pending.",
  "tasks.said-in": "From the meeting “{{meeting}}”, {{date}}",
  "tasks.outside": "in {{target}}",
  "tasks.assigned": "Assigned to {{owner}}",

  "tasks.problem.refused":
    "{{target}} does not let me in: the admin needs to correct the token or password. The tasks wait until then; “!circle export now” tries at once.",
  "tasks.problem.misset":
    "{{target}} is not set up correctly: the reason is in the admin’s log. The tasks wait until then; “!circle export now” tries at once.",
  "tasks.problem.rejected":
    "{{target}} does not accept the task “{{title}}”: the reason is in the admin’s log. I try again when the task changes, or on “!circle export now”.",
  "tasks.problem.gone":
    "“{{title}}” was deleted in {{target}}. Here it stays as it is; “!circle export now” sends it again.",
  "tasks.problem.busy": "{{target}} asks me to slow down. The tasks wait and will be sent by themselves.",
  "tasks.problem.slow": "{{target}} does not answer in time. The tasks wait and will be sent by themselves.",
  "tasks.problem.failing": "{{target}} is having problems. The tasks wait and will be sent by themselves.",
  "tasks.problem.unreachable": "{{target}} cannot be reached. The tasks wait and will be sent by themselves.",

  "word.task.title": "title|task|name",
  "word.task.nobody": "nobody|no one|unassigned",
  "word.task.no-date": "no date|no due date|whenever",
  "word.task.done": "done|finished",
  "word.task.open": "yes|confirm|open|reopen|a task",
  "word.task.drop": "no|no task|not a task|drop",
  "task.edit.several": "Which {{name}} do you mean: {{choices}}? Write more of the name, or mention them.",
  "task.edit.unknown":
    "I do not understand “{{words}}”; the task stays as it is. A reply to a task can say who (“Ann”, “nobody”), by when (“by Friday”, “no date”), “title: …”, “yes”, “no task” or “done”.",
  "task.confirmed": "confirmed by {{name}}",

  "carried.title_one": "{{count}} task is still open from an earlier meeting",
  "carried.title_other": "{{count}} tasks are still open from earlier meetings",
  "carried.how": "✅ on one of them finishes it; a reply says who and by when.",
  "carried.more_one": "And {{count}} more, in the thread of its meeting.",
  "carried.more_other": "And {{count}} more, in the threads of their meetings.",
  "carried.from": "from {{date}}",
  "item.dropped-by": "dismissed by {{name}}",
} as const;
