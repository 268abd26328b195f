import type { Voice } from "../call/call-state.ts";
import { Avatar } from "../look/avatar.tsx";
import { Video } from "./video.tsx";

type Props = { id: string; name: string; size: number; voice: Voice | undefined; mine: boolean };

/** A person's camera picture where there is one, else their initials. */
export function Face({ id, name, size, voice, mine }: Props) {
  return (
    <span className="face" data-speaking={voice?.speaking ?? false} style={{ width: size, height: size }}>
      {voice?.picture ? <Video picture={voice.picture} mirrored={mine} /> : <Avatar id={id} name={name} size={size} />}
    </span>
  );
}
