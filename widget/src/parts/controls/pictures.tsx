import { useTranslation } from "react-i18next";
import { speakerCanBeChosen } from "../../model/call/call-state.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import { useDeviceList } from "../../sitting/use-device-list.ts";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { CameraPreview } from "./camera-preview.tsx";
import { DeviceSelect } from "./device-select.tsx";

const NO_CAMERA = "none";

/** The camera stays off until somebody wants it; the loudspeaker is asked for where the browser lets a page choose. */
export function Pictures({
  cameraOn,
  onCamera,
  seen,
}: {
  cameraOn: boolean;
  onCamera: (on: boolean) => void;
  seen: unknown;
}) {
  const { t } = useTranslation();
  const { camera, speaker } = usePreferences();
  const { cameras, speakers } = useDeviceList(`${String(seen)}${cameraOn}`);
  const chooseCamera = (id: string | null) => {
    onCamera(id !== NO_CAMERA);
    if (id !== NO_CAMERA) preferences.set({ camera: id });
  };
  return (
    <>
      <div className="other-devices">
        {cameras.length > 0 && (
          <DeviceSelect
            label={t("check.camera")}
            usual={t("check.defaultCamera")}
            off={{ label: t("check.cameraNone"), value: NO_CAMERA }}
            devices={cameras}
            value={cameraOn ? camera : NO_CAMERA}
            onChange={chooseCamera}
            data-testid="choose-camera"
          />
        )}
        {speakerCanBeChosen() && speakers.length > 0 && (
          <DeviceSelect
            label={t("check.speaker")}
            usual={t("check.defaultSpeaker")}
            devices={speakers}
            value={speaker}
            onChange={(id) => preferences.set({ speaker: id })}
          />
        )}
      </div>
      {cameraOn && <CameraPreview deviceId={camera} />}
    </>
  );
}
