/** A figure of `/metrics`, how it is drawn, and when somebody should look: Grafana's board, the alert rules and the page about them are made from this list. */
export type Metric = {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds, in seconds. */
  readonly buckets?: readonly number[];
  readonly panel: Panel;
  readonly alerts?: readonly Alert[];
};

export type Panel = {
  readonly title: string;
  /** PromQL. */
  readonly query: string;
  /** Grafana's name of it. */
  readonly unit: "short" | "s" | "ops" | "bytes" | "percentunit";
  readonly legend?: string;
};

export type Alert = {
  readonly name: string;
  /** PromQL; it is true when something is wrong. */
  readonly when: string;
  /** Time for which it has to last, as Prometheus writes it. */
  readonly for: string;
  readonly severity: "critical" | "warning";
  readonly summary: string;
  readonly remedy: string;
};

const p95 = (name: string, by = "") => `histogram_quantile(0.95, sum by (le${by}) (rate(${name}_bucket[5m])))`;

export const METRICS = {
  commands: {
    kind: "counter",
    name: "mindminder_commands_total",
    help: "Commands to a meeting, by what became of them",
    labels: ["type", "outcome"],
    panel: {
      title: "Commands, by what became of them",
      query: "sum by (outcome) (rate(mindminder_commands_total[5m]))",
      unit: "ops",
      legend: "{{outcome}}",
    },
  },
  meetings: {
    kind: "gauge",
    name: "mindminder_meetings",
    help: "Meetings by phase",
    labels: ["phase"],
    panel: { title: "Meetings", query: "sum by (phase) (mindminder_meetings)", unit: "short", legend: "{{phase}}" },
  },
  requests: {
    kind: "histogram",
    name: "mindminder_http_request_seconds",
    help: "Time to answer a request, by route, method and class of status",
    labels: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    panel: {
      title: "Time to answer, 95 % of requests",
      query: p95("mindminder_http_request_seconds", ", route"),
      unit: "s",
      legend: "{{route}}",
    },
    alerts: [
      {
        name: "MindminderRequestsFail",
        when: 'sum(rate(mindminder_http_request_seconds_count{status="5xx"}[5m])) > 0.1',
        for: "5m",
        severity: "critical",
        summary: "Requests to Mindminder fail",
        remedy:
          "Look for “a request failed” in the log; each such line has the request's id, which the person was shown, and the cause.",
      },
      {
        name: "MindminderSlow",
        when: `${p95("mindminder_http_request_seconds")} > 0.5`,
        for: "10m",
        severity: "warning",
        summary: "One request in twenty takes more than half a second, and so does a pass",
        remedy:
          "Look at the event loop's delay and at what else the machine does; docs/scale.md says what a machine carries.",
      },
    ],
  },
  messagesWaiting: {
    kind: "gauge",
    name: "mindminder_room_messages_waiting",
    help: "Messages that should stand in a room and do not yet",
    panel: { title: "Messages waiting for the homeserver", query: "mindminder_room_messages_waiting", unit: "short" },
    alerts: [
      {
        name: "MindminderRoomsBehind",
        when: "mindminder_room_messages_waiting > 50",
        for: "10m",
        severity: "warning",
        summary: "The rooms lag behind the meetings",
        remedy:
          "Is the homeserver up, and does it answer with 429? The log names the room and the reason. Nothing is lost: they are sent when it answers again.",
      },
    ],
  },
  webhooks: {
    kind: "counter",
    name: "mindminder_livekit_webhooks_total",
    help: "Webhooks that came from LiveKit, or in its name",
    labels: ["outcome"],
    panel: {
      title: "Webhooks of LiveKit",
      query: "sum by (outcome) (rate(mindminder_livekit_webhooks_total[5m]))",
      unit: "ops",
      legend: "{{outcome}}",
    },
    alerts: [
      {
        name: "MindminderWebhooksRefused",
        when: 'increase(mindminder_livekit_webhooks_total{outcome="refused"}[15m]) > 0',
        for: "0m",
        severity: "warning",
        summary: "Webhooks with a wrong signature were refused",
        remedy:
          "Compare webhook.api_key of LiveKit with livekit.apiKey of Mindminder. If they agree, somebody else sends them.",
      },
      {
        name: "MindminderNoWebhooks",
        when: 'sum(mindminder_meetings{phase=~"circle|between"}) > 0 and sum(increase(mindminder_livekit_webhooks_total{outcome="accepted"}[1h])) == 0',
        for: "15m",
        severity: "warning",
        summary: "Meetings run, but LiveKit sends no webhooks",
        remedy:
          "Set webhook.urls in LiveKit's configuration to https://…/livekit/webhook; `mindminder doctor` tries it.",
      },
    ],
  },
  livekitAway: {
    kind: "gauge",
    name: "mindminder_livekit_away",
    help: "1 while LiveKit does not answer or refuses us, and meetings stand still",
    panel: { title: "LiveKit away", query: "mindminder_livekit_away", unit: "short" },
    alerts: [
      {
        name: "MindminderLiveKitAway",
        when: "mindminder_livekit_away > 0",
        for: "1m",
        severity: "critical",
        summary: "LiveKit does not answer, or refuses us: meetings stand still",
        remedy:
          "Is LiveKit up, and does livekit.internalUrl lead to it? `/ready` and the log say whether it refuses the key, or us because the clocks differ. Meetings go on by themselves.",
      },
    ],
  },
  outOfTurn: {
    kind: "counter",
    name: "mindminder_out_of_turn_total",
    help: "Microphones that were opened out of turn and closed by the gate, by how it was tried",
    labels: ["kind"],
    panel: {
      title: "Spoken out of turn, and silenced",
      query: "sum by (kind) (rate(mindminder_out_of_turn_total[5m]))",
      unit: "ops",
      legend: "{{kind}}",
    },
    alerts: [
      {
        name: "MindminderOutOfTurn",
        when: "sum(increase(mindminder_out_of_turn_total[10m])) > 20",
        for: "0m",
        severity: "warning",
        summary: "Somebody tries again and again to speak out of turn",
        remedy:
          "The log names the room and the person. They are silenced each time; the room's moderators may want to know.",
      },
    ],
  },
  malformedEvents: {
    kind: "counter",
    name: "mindminder_malformed_events_total",
    help: "Events from the homeserver that could not be read and were ignored",
    labels: ["type"],
    panel: {
      title: "Events that could not be read",
      query: "sum by (type) (rate(mindminder_malformed_events_total[5m]))",
      unit: "ops",
      legend: "{{type}}",
    },
  },
  unreadEvents: {
    kind: "counter",
    name: "mindminder_unread_events_total",
    help: "Encrypted events that could not be read, by the reason",
    labels: ["reason"],
    panel: {
      title: "Encrypted events that could not be read",
      query: "sum by (reason) (rate(mindminder_unread_events_total[5m]))",
      unit: "ops",
      legend: "{{reason}}",
    },
    alerts: [
      {
        name: "MindminderCannotRead",
        when: 'sum(increase(mindminder_unread_events_total{reason="no-key"}[15m])) > 10',
        for: "5m",
        severity: "warning",
        summary: "People's messages in encrypted rooms cannot be read",
        remedy:
          "“npx --no mindminder crypto status” says whether the bot's device is known to the homeserver and signed; docs/admin.md has the rest.",
      },
    ],
  },
  transcribedAudio: {
    kind: "counter",
    name: "mindminder_transcribed_seconds_total",
    help: "Seconds of speech made into text",
    panel: {
      title: "Speech made into text, seconds a second",
      query: "rate(mindminder_transcribed_seconds_total[5m])",
      unit: "short",
    },
  },
  transcriptDelay: {
    kind: "histogram",
    name: "mindminder_transcript_delay_seconds",
    help: "Time from the end of a turn until all its text was there",
    buckets: [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60],
    panel: {
      title: "From the end of a turn to its text, 95 %",
      query: p95("mindminder_transcript_delay_seconds"),
      unit: "s",
    },
    alerts: [
      {
        name: "MindminderTextLate",
        when: `${p95("mindminder_transcript_delay_seconds")} > 30`,
        for: "15m",
        severity: "warning",
        summary: "The text of turns comes late",
        remedy:
          "The scribe has too much to do: fewer meetings at once, a smaller model, more cores, or a transcription server (docs/transcripts.md).",
      },
    ],
  },
  piecesWaiting: {
    kind: "gauge",
    name: "mindminder_scribe_pieces_waiting",
    help: "Finished pieces of speech that are no text yet; late: of turns that could not wait for them",
    labels: ["state"],
    panel: {
      title: "Pieces of speech waiting",
      query: "sum by (state) (mindminder_scribe_pieces_waiting)",
      unit: "short",
      legend: "{{state}}",
    },
  },
  secondsWaiting: {
    kind: "gauge",
    name: "mindminder_scribe_seconds_waiting",
    help: "Seconds of speech that are no text yet",
    labels: ["state"],
    panel: {
      title: "Speech waiting",
      query: "sum by (state) (mindminder_scribe_seconds_waiting)",
      unit: "s",
      legend: "{{state}}",
    },
    alerts: [
      {
        name: "MindminderScribeBehind",
        when: "sum(mindminder_scribe_seconds_waiting) > 600",
        for: "10m",
        severity: "warning",
        summary: "More than ten minutes of speech wait to become text",
        remedy:
          "Is the transcription server up? With the built-in engine: more cores, or a smaller model. Nothing is lost: the pieces lie on the disk.",
      },
    ],
  },
  stalls: {
    kind: "counter",
    name: "mindminder_stalls_total",
    help: "Times that the thread which guards the microphones was held up for more than a tenth of a second, by its own work or by the machine",
    labels: ["cause"],
    panel: {
      title: "Held up for more than 100 ms",
      query: "sum by (cause) (increase(mindminder_stalls_total[5m]))",
      unit: "short",
      legend: "{{cause}}",
    },
    alerts: [
      {
        name: "MindminderStalls",
        when: 'increase(mindminder_stalls_total{cause="work"}[10m]) > 5',
        for: "0m",
        severity: "warning",
        summary: "Microphones are guarded late: something keeps the service thinking",
        remedy:
          "The log says “the loop was held up”, for how long and during what. Please report it with these lines; restarting does not help.",
      },
    ],
  },
  waitingMeetings: {
    kind: "gauge",
    name: "mindminder_scribe_meetings_waiting",
    help: "Meetings of which speech is no text yet",
    panel: { title: "Meetings whose speech waits", query: "mindminder_scribe_meetings_waiting", unit: "short" },
  },
} as const satisfies Readonly<Record<string, Metric>>;

/** Figures of the process itself, which `prom-client` adds by itself (`mindminder_process_…`, `mindminder_nodejs_…`). */
export const OF_PROCESS: readonly Pick<Metric, "name" | "help" | "panel" | "alerts">[] = [
  {
    name: "up",
    help: "Prometheus reaches the service",
    panel: { title: "Up", query: 'up{job="mindminder"}', unit: "short" },
    alerts: [
      {
        name: "MindminderDown",
        when: 'up{job="mindminder"} == 0',
        for: "1m",
        severity: "critical",
        summary: "Mindminder does not answer",
        remedy:
          "Its last log lines say why it ended. Running meetings go on where they were as soon as it starts again.",
      },
    ],
  },
  {
    name: "mindminder_nodejs_eventloop_lag_p99_seconds",
    help: "How long what is due has to wait for the process",
    panel: { title: "Event loop delay, 99 %", query: "mindminder_nodejs_eventloop_lag_p99_seconds", unit: "s" },
    alerts: [
      {
        name: "MindminderBusy",
        when: "mindminder_nodejs_eventloop_lag_p99_seconds > 0.2",
        for: "5m",
        severity: "warning",
        summary: "The service cannot keep up; passes come late",
        remedy: "Speech recognition or another program takes the cores: give it cores of its own, or fewer meetings.",
      },
    ],
  },
  {
    name: "mindminder_process_resident_memory_bytes",
    help: "Memory of the service, without the scribe",
    panel: { title: "Memory", query: "mindminder_process_resident_memory_bytes", unit: "bytes" },
  },
  {
    name: "mindminder_process_cpu_seconds_total",
    help: "Processor time of the service, without the scribe",
    panel: {
      title: "Processor, of one core",
      query: "rate(mindminder_process_cpu_seconds_total[5m])",
      unit: "percentunit",
    },
  },
];

export const ALL_METRICS: readonly Pick<Metric, "name" | "help" | "panel" | "alerts">[] = [
  ...OF_PROCESS,
  ...Object.values(METRICS),
];
