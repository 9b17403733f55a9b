/** The models a person may choose among, for the panel's picker. */
import type { ModelUse } from "../../backend/server.ts";
import type { Settings } from "../settings.ts";

export interface ModelOption {
  /** Opaque; unique among the options. */
  readonly id: string;
  readonly name: string;
  /** Where it answers: "api.openai.com". */
  readonly provider: string;
}

export interface ModelCatalogue {
  list(signal: AbortSignal): Promise<readonly ModelOption[]>;
  /** Undefined: offline. */
  current(use: ModelUse): ModelOption | undefined;
  /** Null: offline. For all uses unless one is named. */
  choose(id: string | null, use?: ModelUse): Promise<void>;
}

/** Knows the one model that is set. */
export function createModelCatalogue(settings: Settings): ModelCatalogue {
  const current = (): ModelOption | undefined => {
    const model = settings.model();
    if (!model) return undefined;
    const { name, baseUrl } = model;
    return { id: `${baseUrl} ${name}`, name, provider: new URL(baseUrl).host };
  };
  return {
    current,
    list: async () => [current()].filter((option) => option !== undefined),
    async choose(id) {
      if (id === null) await settings.chooseModel(undefined);
    },
  };
}
