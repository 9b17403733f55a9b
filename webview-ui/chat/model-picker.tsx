/** Which model answers in the panel: the ones the host knows, none (offline), or the way to set one up. */
import type { ModelChoice } from "../../src/contract/webview.ts";
import { Icon } from "../shared/button.tsx";
import { MenuButton, type MenuItem } from "../shared/menu.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

export function ModelPicker({ state: { backend, models } }: { readonly state: PanelState }) {
  const { panel } = useServices();
  const chosen = models?.models.find(({ id }) => id === models.current)?.name;
  const name = chosen ?? backend.model ?? strings.offlineChoice;
  const current = models === null ? backend.model : models.current;
  const item = ({ id, name: label, provider }: ModelChoice): MenuItem => ({
    ...{ key: id, label, detail: provider, checked: id === current },
    onChoose: () => panel.chooseModel(id),
  });
  const items: MenuItem[] = [
    {
      ...{ key: "offline", label: strings.offlineChoice, detail: strings.offlineDetail, checked: current === null },
      onChoose: () => panel.chooseModel(null),
    },
    ...(models?.models ?? []).map(item),
    {
      ...{ key: "set-up", label: strings.setUp, icon: "settings-gear", separated: true },
      onChoose: () => panel.post({ type: "runCommand", command: "hapa.chooseModel" }),
    },
  ];
  const note = models === null ? strings.lookingForModels : models.models.length === 0 ? strings.noModels : null;
  return (
    <MenuButton
      label={strings.modelPicker(name)}
      menuLabel={strings.modelMenu}
      className="bar-button model-button"
      items={items}
      note={note}
      side="above"
      onOpen={() => panel.post({ type: "listModels" })}
    >
      <span className="model-name">{name}</span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}
