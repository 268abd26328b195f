import type { Metric } from "./metric.ts";

/** Figures of the bot in Telegram's chats. */
export const TELEGRAM_METRICS = {
  telegramWaiting: {
    kind: "gauge",
    name: "mindminder_telegram_messages_waiting",
    help: "Messages and edits that should stand in chats of Telegram and do not yet",
    panel: { title: "Messages waiting for Telegram", query: "mindminder_telegram_messages_waiting", unit: "short" },
    alerts: [
      {
        name: "MindminderTelegramBehind",
        when: "mindminder_telegram_messages_waiting > 100",
        for: "15m",
        severity: "warning",
        summary: "The chats in Telegram lag behind the meetings",
        remedy:
          "A group takes 20 messages a minute, so some minutes are usual after a long meeting. “npx --no mindminder telegram check” says whether Telegram answers; the log names the chat and the reason. Nothing is lost.",
      },
    ],
  },
  telegramRepeated: {
    kind: "counter",
    name: "mindminder_telegram_repeated_total",
    help: "Messages and topics that were sent to Telegram once more, since nobody knew whether they had arrived",
    panel: {
      title: "Messages repeated in Telegram",
      query: "increase(mindminder_telegram_repeated_total[1h])",
      unit: "short",
    },
  },
  telegramLost: {
    kind: "counter",
    name: "mindminder_telegram_chats_lost_total",
    help: "Chats in Telegram that could not be written into any more, by the reason",
    labels: ["reason"],
    panel: {
      title: "Chats lost in Telegram",
      query: "sum by (reason) (increase(mindminder_telegram_chats_lost_total[1d]))",
      unit: "short",
      legend: "{{reason}}",
    },
  },
} as const satisfies Readonly<Record<string, Metric>>;
