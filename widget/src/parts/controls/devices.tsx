import { useTranslation } from "react-i18next";
import { screenCanBeShown } from "../../model/call/call-state.ts";
import { rightsOf } from "../../model/meeting/rights.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCall, useCallPart } from "../../sitting/call.ts";
import { Button, Lamp, RoundButton } from "../../look/button.tsx";
import { usePushToTalk } from "./push-to-talk.ts";

export type ButtonLook = "round" | "menu";

/**
 * Microphone control: on the open floor and in one's own turn a switch, or a button to hold; else a lamp that shows
 * what the server did.
 */
export function MicrophoneButton() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { call } = useCall();
  const meeting = useMeetingSnapshot();
  const microphone = useCallPart((state) => state.microphone);
  const talk = usePushToTalk();
  const { floorOpen, hasWord } = rightsOf(meeting, me);
  const open = microphone === "open";
  const icon = open ? "microphone" : "microphoneOff";
  const caption = t("frame.caption.microphone");
  if (talk) {
    return (
      <RoundButton
        icon={icon}
        kind="live"
        label={t("act.holdToTalk")}
        caption={caption}
        pressed={open}
        data-testid="microphone"
        data-microphone={microphone}
        aria-keyshortcuts="M"
        onPointerDown={talk.press}
        onPointerUp={talk.release}
        onPointerLeave={talk.release}
        onKeyDown={(event) => {
          if (event.code === "Space" && !event.repeat) talk.press();
        }}
        onKeyUp={talk.release}
      />
    );
  }
  if (microphone === "none" || !(floorOpen || (hasWord && !meeting?.paused))) {
    const label = t(`act.microphoneByServer.${microphone}`);
    return (
      <Lamp
        icon={icon}
        label={label}
        caption={caption}
        open={open}
        data-testid="microphone"
        data-microphone={microphone}
      />
    );
  }
  const label = open ? t("act.microphoneOpen") : t("act.microphoneMuted");
  return (
    <RoundButton
      icon={icon}
      kind="live"
      label={label}
      caption={caption}
      pressed={open}
      data-testid="microphone"
      data-microphone={microphone}
      onClick={() => void call.setMicrophone(!open)}
    />
  );
}

/** Allows the speaker to show their screen, and anybody on the open floor; one who shows it may always stop. */
export function useMayShowScreen(): boolean {
  const { me, shell } = useMeeting();
  const meeting = useMeetingSnapshot();
  const screen = useCallPart((state) => state.screen);
  const { floorOpen, hasWord } = rightsOf(meeting, me);
  // Apps that hold a page in a frame of their own do not let it see the screen.
  return screen === "on" || (!shell && screenCanBeShown() && (floorOpen || (hasWord && !meeting?.paused)));
}

export function ScreenButton({ look }: { look: ButtonLook }) {
  const { t } = useTranslation();
  const { call } = useCall();
  const screen = useCallPart((state) => state.screen);
  const on = screen === "on";
  const label = on ? t("act.screenOn") : t("act.screenOff");
  const facts = { disabled: screen === "starting", "data-testid": "screen", onClick: () => void call.setScreen(!on) };
  if (look === "menu")
    return (
      <Button kind="ghost" icon="screen" {...facts}>
        {label}
      </Button>
    );
  return <RoundButton icon="screen" label={label} caption={t("frame.caption.screen")} pressed={on} {...facts} />;
}

export function CameraButton({ look }: { look: ButtonLook }) {
  const { t } = useTranslation();
  const { call } = useCall();
  const camera = useCallPart((state) => state.camera);
  const on = camera === "on";
  const label = on ? t("act.cameraOn") : t("act.cameraOff");
  const icon = on ? "camera" : "cameraOff";
  const facts = { disabled: camera === "starting", "data-testid": "camera", onClick: () => void call.setCamera(!on) };
  if (look === "menu")
    return (
      <Button kind="ghost" icon={icon} {...facts}>
        {label}
      </Button>
    );
  return <RoundButton icon={icon} label={label} caption={t("frame.caption.camera")} pressed={on} {...facts} />;
}
