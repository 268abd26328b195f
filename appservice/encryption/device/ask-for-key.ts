import { z } from "zod";
import { randomUuid } from "../../time/chance.ts";
import type { EncryptedEvent } from "../acts.ts";
import type { OlmDevice } from "./machine.ts";

const Asked = z.object({
  algorithm: z.string(),
  session_id: z.string(),
  sender_key: z.string().optional(),
  device_id: z.string().optional(),
});

/** Asks the sender's devices for a room key that did not come (Client-Server API, "Key requests"). */
export async function askForKey(event: EncryptedEvent, { requests, machine }: OlmDevice): Promise<void> {
  const content = Asked.safeParse(event.content).data;
  if (!content) return;
  const request = {
    action: "request",
    request_id: randomUuid(),
    requesting_device_id: machine.deviceId.toString(),
    body: {
      algorithm: content.algorithm,
      room_id: event.room_id,
      session_id: content.session_id,
      ...(content.sender_key === undefined ? {} : { sender_key: content.sender_key }),
    },
  };
  const body = JSON.stringify({ messages: { [event.sender]: { [content.device_id ?? "*"]: request } } });
  await requests.ask("PUT", `/sendToDevice/m.room_key_request/${encodeURIComponent(request.request_id)}`, body);
}
