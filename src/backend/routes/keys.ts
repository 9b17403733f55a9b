/** `/keys`: who may call. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { KeyRepository } from "../../store/keys.ts";
import type { Handlers } from "../serve.ts";

export function keyRoutes({ keys }: { keys: KeyRepository }): Pick<Handlers, "createKey" | "listKeys" | "revokeKey"> {
  return {
    async createKey({ body }) {
      if (body.expiresAt && Date.parse(body.expiresAt) <= Date.now()) {
        throw new HapaError("invalid_request", say`expires_at lies in the past: the key would never work.`);
      }
      const { secret, key } = await keys.create(body);
      return { apiKey: secret, key };
    },
    async listKeys() {
      return { items: await keys.list() };
    },
    async revokeKey({ params }) {
      const key = await keys.revoke(params.id);
      if (!key) throw new HapaError("not_found", say`There is no key ${params.id}.`);
      return key;
    },
  };
}
