import type { PersonVoice } from "../../model/call/call-state.ts";
import { Avatar } from "../../look/avatar.tsx";
import type { Size } from "./layout.ts";
import { Video } from "./video.tsx";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

type Props = { id: ParticipantId; name: string; size: Size; voice: PersonVoice | undefined; mine: boolean };

/** On a tile that is no circle the letters leave room round them. */
const ON_TILE = 0.5;

/**
 * A person's camera picture where there is one, else their initials; a circle, or a tile where pictures share the
 * place.
 */
export function Face({ id, name, size: { width, height }, voice, mine }: Props) {
  const shorter = Math.min(width, height);
  const tile = width !== height || shorter > 420;
  return (
    <span
      className="face"
      data-tile={tile || undefined}
      data-speaking={voice?.speaking ?? false}
      style={{ width, height }}
    >
      {voice?.picture ? (
        <Video picture={voice.picture} mirrored={mine} />
      ) : (
        <Avatar id={id} name={name} size={Math.round(tile ? shorter * ON_TILE : shorter)} />
      )}
    </span>
  );
}
