import { useTranslation } from "react-i18next";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCallPart } from "../../sitting/call.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { Video } from "./video.tsx";

/** Shows the speaker's screen in the ring's place; the ring makes itself small below it. */
export function ShownScreen() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const voices = useCallPart((state) => state.voices);
  const [id, voice] = [...voices].find(([, { screen }]) => screen) ?? [];
  if (!id || !voice?.screen) return null;
  const label = id === me.id ? t("ring.yourScreen") : t("ring.screenOf", { name: nameOf(meeting, id) });
  return (
    <figure className="shown-screen" data-testid="shown-screen">
      <Video picture={voice.screen} mirrored={false} />
      <figcaption className="pill">
        <bdi>{label}</bdi>
      </figcaption>
    </figure>
  );
}
