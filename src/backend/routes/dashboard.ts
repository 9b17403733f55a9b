/** The dashboard: links and sessions that let a browser in, its page, and its numbers. */
import { HapaError } from "../../contract/errors.ts";
import { allows } from "../../contract/roles.ts";
import { say } from "../../contract/say.ts";
import type { KeyRepository } from "../../store/keys.ts";
import { type OverviewParts, readOverview } from "../dashboard/overview.ts";
import { pageRoutes } from "../dashboard/page.ts";
import type { DashboardSessions } from "../dashboard/sessions.ts";
import type { Handlers, RequestContext } from "../serve.ts";

type DashboardRoutes = Pick<
  Handlers,
  | "createDashboardLink"
  | "openDashboard"
  | "getDashboardSession"
  | "closeDashboard"
  | "getOverview"
  | "dashboardPage"
  | "dashboardScript"
  | "dashboardStyle"
>;

export interface DashboardParts extends OverviewParts {
  readonly keys: KeyRepository;
  readonly sessions: DashboardSessions;
  /** Where the page's script and style sheet are, if there are any. */
  readonly folder: string | undefined;
}

export function dashboardRoutes(parts: DashboardParts): DashboardRoutes {
  const { keys, sessions, folder } = parts;
  const needSession = ({ session }: RequestContext) => {
    if (session) return session;
    throw new HapaError("not_found", say`This was not asked by a dashboard's page: there is no session.`);
  };
  return {
    ...pageRoutes(folder),
    createDashboardLink({ body }, { keyId, session }) {
      if (session || keyId === undefined) {
        throw new HapaError("forbidden", say`A dashboard cannot open another one: that needs an API key.`);
      }
      return dashboardLink(sessions, keyId, body);
    },
    async openDashboard({ body }, { header }) {
      const opened = sessions.open(body.code);
      const key = opened && (await keys.get(opened.session.keyId));
      const good = key?.revokedAt === null && (key.expiresAt === null || Date.parse(key.expiresAt) > Date.now());
      if (!opened || !good || !allows(key.role, "read")) {
        const message = say`This link was used already, or is older than five minutes. Open the dashboard again from VS Code, or ask for another link.`;
        throw new HapaError("unauthorized", message);
      }
      header("Set-Cookie", opened.cookie);
      return { pageToken: opened.pageToken, role: key.role, expiresAt: opened.session.expiresAt };
    },
    getDashboardSession(_, context) {
      const { expiresAt } = needSession(context);
      return { role: context.role ?? "viewer", expiresAt };
    },
    closeDashboard(_, context) {
      context.header("Set-Cookie", sessions.end(needSession(context).id));
      return undefined;
    },
    getOverview: () => readOverview(parts),
  };
}

/** `/#open.CODE.TASK.LANGUAGE`: no character in it that programs which open addresses would write otherwise. */
export function dashboardLink(
  sessions: DashboardSessions,
  keyId: string,
  { taskId = "", language = "" }: { taskId?: string | undefined; language?: string | undefined } = {},
): { path: string; expiresAt: string } {
  const { code, expiresAt } = sessions.link(keyId);
  const plain = [taskId, language].map((one) => (/^[\w-]*$/.test(one) ? one : ""));
  return { path: `/#open.${[code, ...plain].join(".").replace(/\.+$/, "")}`, expiresAt };
}
