import { useTranslation } from "react-i18next";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import type { AssemblyCommandRequest } from "@mindminder/protocol/assembly-map.ts";
import { Language } from "@mindminder/protocol/identity.ts";
import { LANGUAGE_NAMES } from "../../language/language-names.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Button } from "../../look/button.tsx";
import { Dialog } from "../../look/dialog.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { StartAssembly } from "./start-assembly.tsx";
import { WishForm } from "./wish-form.tsx";

type Props = {
  gathering: GatheringAssembly;
  ask: (command: AssemblyCommandRequest) => Promise<boolean>;
  onClose: () => void;
};

/** An assembly that gathers: who is there, the wishes about company, and its beginning by whoever may begin it. */
export function GatheringDialog({ gathering, ask, onClose }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const { people, mayStart } = gathering;
  const mine = people.find(({ id }) => id === me.id);
  return (
    <Dialog title={t("gathers", { count: people.length })} name="gathering" onClose={onClose}>
      <div className="gathering-own">
        {mine ? (
          <>
            <LanguageChoice chosen={mine.language} ask={ask} />
            <Button data-testid="leave-assembly" onClick={() => void ask({ type: "leave" })}>
              {t("takeNoPart")}
            </Button>
          </>
        ) : (
          <Button data-testid="join-from-dialog" onClick={() => void ask({ type: "join" })}>
            {t("takePart")}
          </Button>
        )}
      </div>
      {mine && people.length > 1 && <WishForm gathering={gathering} ask={ask} />}
      {mayStart && <StartAssembly gathering={gathering} ask={ask} />}
      <h3>{t("withUs")}</h3>
      <ul className="ring-people" aria-label={t("people", { count: people.length })}>
        {people.map(({ id, name, language }) => (
          <li key={id}>
            <Avatar id={id} name={name} size={24} />
            <bdi>{plainName(name)}</bdi>
            {language && <span className="quiet">{language}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type ChoiceProps = { chosen: Language | null; ask: Props["ask"] };

/** The language of the group in which one wants to sit. */
function LanguageChoice({ chosen, ask }: ChoiceProps) {
  const { t } = useTranslation("assembly");
  const choose = (language: Language | null) => void ask({ type: "join", language });
  return (
    <label className="gathering-field">
      {t("groupIn")}
      <select
        className="field"
        data-testid="group-language"
        value={chosen ?? ""}
        onChange={({ target }) => choose(Language.safeParse(target.value).data ?? null)}
      >
        <option value="">{t("anyLanguage")}</option>
        {Language.options.map((language) => (
          <option key={language} value={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
