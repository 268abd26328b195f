import { type Metric, p95 } from "./metric.ts";

/** Figures of speech that becomes text. */
export const SPEECH_METRICS = {
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
  utilisation: {
    kind: "gauge",
    name: "mindminder_speech_utilisation",
    help: "Seconds of speech that arrive, by those that can be decoded meanwhile; of all services where a fleet decodes",
    panel: {
      title: "Speech against what decodes it",
      query: "max(mindminder_speech_utilisation)",
      unit: "percentunit",
    },
    alerts: [
      {
        name: "MindminderSpeechFull",
        when: "max(mindminder_speech_utilisation) > 1",
        for: "5m",
        severity: "warning",
        summary: "More is said than can be made into text",
        remedy: "Start more workers (docs/scale.md). Text comes late meanwhile; nothing is lost.",
      },
    ],
  },
  workers: {
    kind: "gauge",
    name: "mindminder_speech_workers",
    help: "Workers of the fleet within reach; 0 where the service decodes by itself",
    panel: { title: "Speech workers", query: "max(mindminder_speech_workers)", unit: "short" },
  },
  waitingMeetings: {
    kind: "gauge",
    name: "mindminder_scribe_meetings_waiting",
    help: "Meetings of which speech is no text yet",
    panel: { title: "Meetings whose speech waits", query: "mindminder_scribe_meetings_waiting", unit: "short" },
  },
} as const satisfies Readonly<Record<string, Metric>>;
