import { useEffect, useRef } from "react";
import type { VideoPicture } from "../../model/call/call-state.ts";

export function Video({ picture, mirrored }: { picture: VideoPicture; mirrored: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    picture.attach(video);
    return () => void picture.detach(video);
  }, [picture]);
  return <video ref={element} className="video" data-mirrored={mirrored} autoPlay playsInline muted />;
}
