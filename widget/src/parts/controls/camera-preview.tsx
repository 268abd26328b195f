import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/** Shows me as others will see me, before they do. */
export function CameraPreview({ deviceId }: { deviceId: string | null }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let over = false;
    const letGo = () => stream?.getTracks().forEach((track) => track.stop());
    setRefused(false);
    navigator.mediaDevices.getUserMedia({ video: deviceId ? { deviceId: { exact: deviceId } } : true }).then(
      (opened) => {
        stream = opened;
        if (over) letGo();
        else if (video.current) video.current.srcObject = opened;
      },
      () => {
        if (!over) setRefused(true);
      },
    );
    return () => {
      over = true;
      letGo();
    };
  }, [deviceId]);
  if (refused)
    return (
      <p className="small" role="alert">
        {t("notice.cameraFailed")}
      </p>
    );
  return (
    <video
      ref={video}
      className="camera-preview video"
      data-mirrored="true"
      aria-label={t("check.preview")}
      autoPlay
      playsInline
      muted
      data-testid="camera-preview"
    />
  );
}
