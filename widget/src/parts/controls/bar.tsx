import { Fragment, type ReactNode, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { AskForTime, mayAskForTime } from "../circle/extension.tsx";
import { HandButton, mayRaiseHand } from "../circle/hand-button.tsx";
import { HandChoice } from "../circle/hand-choice.tsx";
import { useSize } from "../../look/use-size.ts";
import type { FrameShape } from "../../look/frame-shape.ts";
import { MyTurnNote } from "./my-turn-note.tsx";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCall } from "../../sitting/call.ts";
import { Button, RoundButton } from "../../look/button.tsx";
import { CameraButton, MicrophoneButton, ScreenButton, useMayShowScreen } from "./devices.tsx";
import { hasRoomForCaptions, type Ranked, roomFor, stays } from "./fitting.ts";
import { KeeperMenu } from "./keeper-menu.tsx";
import { useMainAction } from "./main-action.ts";
import { MainButton } from "./main-button.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { SkipButton } from "./skip-button.tsx";
import "./bar.css";

type Props = {
  ref?: Ref<HTMLElement>;
  shape: FrameShape;
  /** True when a question is laid over the ring, which asks first. */
  asking: boolean;
  onJoin: () => void;
  onStart: () => void;
  recordShown: boolean;
  onRecord: () => void;
  onDialog: (name: "settings" | "help") => void;
};

type Control = Ranked & { readonly round: ReactNode; readonly item: ReactNode };

/** Width in pixels of the row from which a speaker's requests are buttons with words. */
const WORDS_FROM = 1160;

/**
 * The row of controls at the foot: the main button always in its place, then devices, hand and keeper in one order;
 * what has no room goes into a menu.
 */
export function Bar({ ref, shape, asking, onJoin, onStart, recordShown, onRecord, onDialog }: Props) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { leave } = useCall();
  const meeting = useMeetingSnapshot();
  const { action, rights, inCall, joined } = useMainAction(asking);
  const mayShowScreen = useMayShowScreen();
  const [row, { width }] = useSize<HTMLDivElement>({ width: 1200, height: 60 });
  const inWords = shape.stacked ? shape.tall : !shape.tiny && width >= WORDS_FROM;
  const joinsToo = !joined && action !== "join" && !asking;

  const all: (Control | false)[] = [
    inCall && { key: "microphone", rank: 1, folds: false, round: <MicrophoneButton />, item: null },
    inCall && {
      key: "camera",
      rank: 5,
      folds: true,
      round: <CameraButton look="round" />,
      item: <CameraButton look="menu" />,
    },
    inCall &&
      mayShowScreen && {
        key: "screen",
        rank: 8,
        folds: true,
        round: <ScreenButton look="round" />,
        item: <ScreenButton look="menu" />,
      },
    joinsToo && {
      key: "join",
      rank: 2,
      folds: false,
      round: <RoundButton icon="circle" label={t("act.join")} data-testid="join" onClick={onJoin} />,
      item: null,
    },
    !inWords &&
      mayAskForTime(meeting, me.id) && {
        key: "extend",
        rank: 6,
        folds: true,
        round: <AskForTime look="round" />,
        item: <AskForTime look="menu" />,
      },
    !inWords &&
      rights.maySkipSelf && {
        key: "skip",
        rank: 7,
        folds: true,
        round: <SkipButton look="round" />,
        item: <SkipButton look="menu" />,
      },
    mayRaiseHand(meeting, rights) && {
      key: "hand",
      rank: shape.tiny ? 9 : 4,
      folds: true,
      round: <HandButton />,
      item: meeting && <HandChoice meeting={meeting} kind="ghost" onDone={() => undefined} />,
    },
    rights.hasMenu && { key: "keeper", rank: 3, folds: false, round: <KeeperMenu />, item: null },
    joined && {
      key: "leave",
      rank: 0,
      folds: false,
      round: (
        <RoundButton
          icon="leave"
          label={t("act.leave")}
          caption={t("frame.caption.leave")}
          kind="grave"
          data-testid="leave"
          onClick={() => void leave()}
        />
      ),
      item: null,
    },
  ];
  const controls = all.filter((each) => each !== false);
  const kept = stays(controls, roomFor(shape, width), shape.slim || shape.tiny);
  const folded = controls.filter(({ key }) => !kept.has(key));
  const hasMenu = folded.length > 0 || shape.slim || shape.tiny;
  const shown = controls.filter(({ key }) => kept.has(key));
  const drawn = (group: readonly Control[]) => group.map(({ key, round }) => <Fragment key={key}>{round}</Fragment>);
  return (
    <section className="bar" aria-label={t("act.label")} ref={ref} tabIndex={-1} data-testid="bar">
      <div className="bar-row" ref={row} data-captions={!hasMenu && hasRoomForCaptions(shape, width, controls)}>
        <MainButton action={action} onJoin={onJoin} onStart={onStart} />
        {!joined && action !== null && !shape.tiny && <MyTurnNote />}
        {inWords && rights.maySkipSelf && (
          <div className="word-buttons">
            <AskForTime />
            <SkipButton look="text" />
          </div>
        )}
        <div className="bar-devices">
          {drawn(shown.filter(({ key }) => key !== "leave"))}
          {hasMenu && (
            <MoreMenu>
              {folded.map(({ key, item }) => (
                <Fragment key={key}>{item}</Fragment>
              ))}
              {shape.tiny && (
                <Button
                  kind="ghost"
                  icon="record"
                  data-testid="toggle-record"
                  aria-pressed={recordShown}
                  onClick={onRecord}
                >
                  {recordShown ? t("act.hideRecord") : t("act.showRecord")}
                </Button>
              )}
              {shape.slim && (
                <Button kind="ghost" icon="help" data-testid="open-help" onClick={() => onDialog("help")}>
                  {t("act.help")}
                </Button>
              )}
              {shape.slim && (
                <Button kind="ghost" icon="settings" data-testid="open-settings" onClick={() => onDialog("settings")}>
                  {t("act.settings")}
                </Button>
              )}
            </MoreMenu>
          )}
          {drawn(shown.filter(({ key }) => key === "leave"))}
        </div>
      </div>
    </section>
  );
}
