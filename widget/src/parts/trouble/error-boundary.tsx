import { Component, type ReactNode } from "react";
import { Translation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Screen } from "./screen.tsx";

/** A fault in drawing must not leave an empty frame: it says so and offers to load again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="alone">
        <Screen name="broken">
          <Button kind="word" onClick={() => location.reload()}>
            <Translation>{(t) => t("screen.reload")}</Translation>
          </Button>
        </Screen>
      </main>
    );
  }
}
