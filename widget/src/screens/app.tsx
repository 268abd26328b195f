import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../look/button.tsx";
import type { Host } from "../model/host/host.ts";
import { Screen, type ScreenName } from "../parts/trouble/screen.tsx";
import { browserWillDo, screenFor, wordsOn } from "../parts/trouble/why-not-open.ts";
import { openSitting } from "../sitting/open-sitting.ts";
import { type Sitting, SittingProvider } from "../sitting/sitting.tsx";
import { SittingRoom } from "./sitting-room.tsx";
import type { GuestDoor } from "../model/host/guest-door.ts";

const GuestScreen = lazy(async () => ({ default: (await import("../parts/guest/guest-screen.tsx")).GuestScreen }));

type State =
  | { readonly at: "opening"; readonly door?: GuestDoor | undefined }
  | { readonly at: "open"; readonly sitting: Sitting }
  | { readonly at: "failed"; readonly screen: ScreenName; readonly words?: string };

type Props = { openHost: () => Promise<Host>; base: URL };

/** Leads from an address to a seat in the circle, or to the screen that says what is in the way. */
export function App({ openHost, base }: Props) {
  const { t, i18n } = useTranslation();
  const [state, setState] = useState<State>({ at: "opening" });
  const [attempt, setAttempt] = useState(0);
  const [goesOn, setGoesOn] = useState(false);

  // Another language is no reason to open anew: that would take a person out of the call.
  const language = useRef(i18n.language);
  language.current = i18n.language;

  useEffect(() => {
    let current = true;
    setState({ at: "opening" });
    open().then((next) => {
      if (current) setState(next);
    });
    return () => {
      current = false;
    };

    async function open(): Promise<State> {
      if (!browserWillDo()) return { at: "failed", screen: "unsupportedBrowser" };
      try {
        const host = await openHost();
        if (current && host.door) setState({ at: "opening", door: host.door });
        return { at: "open", sitting: await openSitting({ host, base, language: () => language.current }) };
      } catch (failure) {
        console.info("The widget could not open.", failure);
        return { at: "failed", screen: screenFor(failure), words: wordsOn(failure) };
      }
    }
  }, [attempt, openHost, base]);

  if (state.at === "open" && (state.sitting.session.botMayWrite || goesOn)) {
    return (
      <SittingProvider sitting={state.sitting}>
        <SittingRoom />
      </SittingProvider>
    );
  }
  return <main className="alone">{what()}</main>;

  function what(): ReactNode {
    if (state.at === "opening" && state.door)
      return (
        <Suspense fallback={<Screen name="opening" />}>
          <GuestScreen door={state.door} />
        </Suspense>
      );
    if (state.at === "opening") return <Screen name="opening" />;
    if (state.at === "open") return withoutPower(state.sitting);
    const hopeless = [
      "outsideClient",
      "unsupportedBrowser",
      "linkUsed",
      "guestLinkOver",
      "turnedAway",
      "telegramAgain",
    ].includes(state.screen);
    return (
      <Screen name={state.screen} words={state.words ?? ""}>
        {!hopeless && (
          <Button kind="word" data-testid="again" onClick={() => setAttempt(attempt + 1)}>
            {t("screen.again")}
          </Button>
        )}
      </Screen>
    );
  }

  function withoutPower(sitting: Sitting): ReactNode {
    const lookAgain = () => {
      sitting.close();
      setAttempt(attempt + 1);
    };
    return (
      <Screen name="botWithoutPower">
        <Button data-testid="go-on" onClick={() => setGoesOn(true)}>
          {t("screen.botWithoutPower.goOn")}
        </Button>
        <Button kind="word" data-testid="again" onClick={lookAgain}>
          {t("screen.again")}
        </Button>
      </Screen>
    );
  }
}
